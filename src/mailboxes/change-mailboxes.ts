// Opening and closing the address to which a company's payers send their remittances.

import { newReturnToken } from '#carriers/make-return-address.ts';
import type { Command } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { checkMailboxAddress } from './mailbox.ts';
import { wholeAddress } from './make-mailbox-address.ts';
import { insertMailbox, lockMailbox, updateClosed } from './store.ts';

export type OpenMailbox = {
  readonly companyId: CompanyId;
  /** Without a mark; its domain leads to our mail server. */
  readonly address: string;
};

export type MailboxOpened = { readonly mailboxId: string; readonly address: string };

/**
 * Opens the mailbox of a company, at an address that nobody can guess.
 *
 * Refuses: `company_not_found`, `mailbox_address_not_valid`, `mailbox_address_too_long`, `mailbox_open`.
 */
export const openMailbox: Command<OpenMailbox, MailboxOpened> = {
  name: 'open-remittance-mailbox',
  permission: 'company.manage',
  constraints: { remittance_mailbox_once: 'mailbox_open' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const address = input.address.trim().toLowerCase();
    checkMailboxAddress(address);
    const token = newReturnToken();
    const mailboxId = insertMailbox(act, { companyId: company.id, address, token });
    // The token is no matter of the log: who reads what happened need not be able to send.
    act.record({
      type: 'remittance_mailbox.opened',
      subjectId: mailboxId,
      data: { companyId: company.id, address },
    });
    return { mailboxId, address: wholeAddress(act.tenantId, { address, token }) };
  },
};

/** Closes a mailbox: mail to it is refused from now on. Refuses: `mailbox_not_found`, `mailbox_closed`. */
export const closeMailbox: Command<{ readonly mailboxId: string }, { readonly mailboxId: string }> = {
  name: 'close-remittance-mailbox',
  permission: 'company.manage',
  async run(act, { mailboxId }) {
    const mailbox = await lockMailbox(act, mailboxId);
    if (!mailbox) throw new Refusal('mailbox_not_found', { mailboxId });
    if (mailbox.closed_at !== null) throw new Refusal('mailbox_closed', { mailboxId });
    updateClosed(act, mailboxId);
    act.record({
      type: 'remittance_mailbox.closed',
      subjectId: mailboxId,
      data: { companyId: mailbox.company_id, address: mailbox.address },
    });
    return { mailboxId };
  },
};
