// What people of the demo said to late payers on the telephone in the last weeks: some days before money came, or in vain.

import { sql } from 'kysely';
import { type RecordCall, recordCall } from '#calls/record-call.ts';
import type { Context, Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { Tell } from './story.ts';

/** Weeks that are told of, and how many calls at most. */
const DAYS = 80;
const CALLS = 48;
/** Every so many-th call was somebody else's, found nobody, was a visit. */
const OF_OTHER = 3;
const IN_VAIN = 4;
const VISIT = 9;

type Late = {
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly item_id: ItemId;
  readonly called_on: PlainDate;
};

/** Notes calls to customers who paid late, a few days before they did; `tellers` each tell in the name of one person. */
export async function callSome(
  door: Door,
  about: {
    readonly tenantId: Context['tenantId'];
    readonly today: PlainDate;
    readonly tellers: readonly Tell[];
  },
): Promise<void> {
  const from = addDays(about.today, -DAYS);
  const late = await inTenant(door.pool, about.tenantId, (tx) =>
    tx.run(sql<Late>`
      select distinct on (i.customer_id, i.id) i.company_id, i.customer_id, i.id as item_id,
        greatest(i.due_on + 1, y.received_on - 2 - (y.received_on - i.due_on) % 6) as called_on
      from application a join open_item i on i.tenant_id = a.tenant_id and i.id = a.debit_item_id and i.kind = 'invoice'
      join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id and c.kind = 'payment'
      join payment y on y.tenant_id = c.tenant_id and y.id = c.document_id
      where a.tenant_id = ${about.tenantId} and y.received_on > i.due_on + 4 and y.received_on >= ${from}::date
      order by i.customer_id, i.id, y.received_on`),
  );
  const told = late.toSorted((a, b) => Temporal.PlainDate.compare(a.called_on, b.called_on)).slice(-CALLS);
  for (const [n, one] of told.entries()) {
    const tell = about.tellers[n % OF_OTHER === 0 ? about.tellers.length - 1 : 0];
    const call: RecordCall = {
      companyId: one.company_id,
      customerId: one.customer_id,
      itemIds: [one.item_id],
      direction: 'out',
      way: n % VISIT === VISIT - 1 ? 'visit' : 'phone',
      outcome: n % IN_VAIN === IN_VAIN - 1 ? 'no_answer' : 'reached',
    };
    await tell?.(one.called_on, 11, recordCall, call);
  }
}
