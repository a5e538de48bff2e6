// The whole address of a mailbox as payers write it.

import { returnAddress, tenantTag } from '#carriers/make-return-address.ts';

/** The whole address of a mailbox, to be given to payers. */
export function wholeAddress(
  tenantId: string,
  mailbox: { readonly address: string; readonly token: string },
): string {
  return returnAddress(mailbox.address, { tag: tenantTag(tenantId), token: mailbox.token });
}
