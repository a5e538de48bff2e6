// The operations on addresses to which payers send remittances.

import { z } from 'zod';
import { idText, momentText, operation, textLine } from '#http/contract.ts';
import { companyIdIn } from '#parties/contract.ts';

export * from './contract-accounts.ts';

const TAG = 'Remittances';

/** The addresses that take mail. */
export const listMailboxes = operation({
  id: 'list-remittance-mailboxes',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittance-mailboxes',
  summary: 'Addresses to which payers send remittances, one for each company at most.',
  tag: TAG,
  permission: 'payment.apply',
  reply: z.object({
    rows: z.array(
      z.object({
        mailboxId: z.string(),
        companyId: z.string(),
        /** The whole address. Who has it can send to it. */
        address: z.string(),
        openedBy: z.string(),
        openedAt: momentText,
      }),
    ),
  }),
});

/** Opens the address of a company. */
export const openMailbox = operation({
  id: 'open-remittance-mailbox',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittance-mailboxes',
  summary: 'Opens an address for remittances of a company; its mark makes it one that nobody can guess.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({
    companyId: companyIdIn,
    /** Such as `remittance@mail.seller.example`. The MX record of its domain leads to the mail server of this program. */
    address: textLine(254),
  }),
  reply: z.object({ mailboxId: z.string(), address: z.string() }),
  refusals: {
    company_not_found: [404, 'There is no such company.'],
    mailbox_address_not_valid: [
      400,
      'This is no mail address that can be marked. Write one like remittance@mail.seller.example, without a plus sign.',
    ],
    mailbox_address_too_long: [
      400,
      'The address is too long: a mark is added to it. 29 characters before the @ are the limit.',
    ],
    mailbox_open: [409, 'The company has an address already. Close that one first.'],
  },
});

/** Closes an address. */
export const closeMailbox = operation({
  id: 'close-remittance-mailbox',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittance-mailboxes/:mailboxId/close',
  summary: 'Closes an address for remittances. Mail to it is refused from now on.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ mailboxId: idText }),
  body: z.object({}),
  reply: z.object({ mailboxId: z.string() }),
  refusals: {
    mailbox_not_found: [404, 'There is no such address. See the list.'],
    mailbox_closed: [409, 'The address is closed already.'],
  },
});
