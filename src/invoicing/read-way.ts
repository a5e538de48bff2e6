// By which way a document of a customer would go.

import type { Tx } from '#db/transaction.ts';
import { chooseWay } from '#delivery/preference.ts';
import { readReach } from '#delivery/read-reach.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';

/** Whether an invoice of a company to a customer would go by post now. */
export async function goesByPost(
  tx: Tx,
  { companyId, customerId }: { readonly companyId: CompanyId; readonly customerId: CustomerId },
): Promise<boolean> {
  const reach = (await readReach(tx, companyId, [customerId], 'invoice')).get(customerId);
  return reach !== undefined && chooseWay(reach)?.channel === 'post';
}
