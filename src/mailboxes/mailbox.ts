// An address for remittances: what may be set up.

import { isMailAddress } from '#carriers/mail-message.ts';
import { Refusal } from '#kernel/refusal.ts';

/** So long may the part before the @ be: 35 characters of mark are added to it, and 64 is the end (RFC 5321). */
const LOCAL_CHARACTERS_MAX = 29;
const CHARACTERS_MAX = 254 - 35;

/**
 * Makes sure that an address can be marked and written to.
 *
 * Refuses: `mailbox_address_not_valid`, `mailbox_address_too_long`.
 */
export function checkMailboxAddress(address: string): void {
  if (!isMailAddress(address) || address.includes('+'))
    throw new Refusal('mailbox_address_not_valid', { address: address.slice(0, 260) });
  if (address.lastIndexOf('@') > LOCAL_CHARACTERS_MAX || address.length > CHARACTERS_MAX)
    throw new Refusal('mailbox_address_too_long', { charactersMax: LOCAL_CHARACTERS_MAX });
}
