// The operations on remittances. Those that meet a receipt are carried out by payments.

import { z } from 'zod';
import { DISPUTING } from '#disputes/contract.ts';
import {
  amountIn,
  currencyCode,
  day,
  dayText,
  idText,
  jsonIn,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import type { PaymentId } from '#kernel/id.ts';
import { REMITTANCE_LINES_MAX } from '#kernel/limits.ts';
import { zero } from '#kernel/money.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { CHOOSING, chosenRoles } from './contract-columns.ts';
import { LIST_FILE } from './contract-files.ts';

export * from './contract-columns.ts';
export * from './contract-files.ts';

const TAG = 'Remittances';

export const JOIN_RULES = ['person', 'payment_reference', 'payer_amount_date', 'bank_line'] as const;

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const place = z.object({ line: z.number().int(), column: z.number().int() });

const lineIn = z
  .object({
    /** The number of the document as the payer writes it. */
    document: textLine(140),
    /** Money paid for it. */
    amount: amountIn,
    discount: amountIn.optional(),
    deduction: amountIn.optional(),
    reason: textLine(500).optional(),
    claimNumber: textLine(100).optional(),
    claimCode: textLine(50).optional(),
  })
  .transform((line) => ({
    ...line,
    discount: line.discount ?? zero(line.amount.currency),
    deduction: line.deduction ?? zero(line.amount.currency),
  }));

const readingIn = z.object({
  customerId: customerIdIn.optional(),
  payerName: textLine(200).optional(),
  /** What the payer says the payment is; left out, the sum of the lines. */
  total: amountIn.optional(),
  paidOn: day.optional(),
  paymentReference: textLine(140).optional(),
  lines: z.array(lineIn).min(1).max(REMITTANCE_LINES_MAX),
});

const received = z.object({
  remittanceId: z.string(),
  /** The same content was there already. */
  isKnown: z.boolean(),
  lineCount: z.number().int(),
  total: moneyText,
  /** Stated total less the sum of the lines. */
  difference: moneyText,
  /** The other remittances of the same file; electronic data interchange alone holds several. */
  others: z.array(z.string()).optional(),
});

const row = z.object({
  remittanceId: z.string(),
  companyId: z.string(),
  origin: z.enum(['upload', 'typed', 'mail', 'bank']),
  fileName: z.string().nullable(),
  receivedOn: dayText,
  customer: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
  payerName: z.string().nullable(),
  total: moneyText,
  lineCount: z.number().int(),
  difference: moneyText,
  paidOn: dayText.nullable(),
  paymentReference: z.string().nullable(),
  /** The receipt it is joined to. */
  paymentId: z.string().nullable(),
  joinRule: z.enum(JOIN_RULES).nullable(),
  standing: z.enum(['waiting', 'joined', 'applied', 'in_doubt']),
  /** Why it is in doubt: its lines miss the payment stated, a number is that of several documents, no receipt for ten days. */
  doubts: z.array(z.enum(['lines_differ', 'document_ambiguous', 'no_receipt'])),
});

const READING: Readonly<Record<string, RefusalMeaning>> = {
  customer_not_found: [404, 'There is no such customer.'],
  remittance_without_lines: [422, 'No line says what is paid. Enter the remittance by hand.'],
  remittance_too_many_lines: [422, 'A remittance has 1,000 lines at most. Split it.'],
  remittance_line_negative: [422, 'Discount and deduction are written without a sign.'],
  wrong_currency: [422, 'All amounts of a remittance are in one currency.'],
};

const NOT_FOUND: Readonly<Record<string, RefusalMeaning>> = {
  remittance_not_found: [404, 'There is no such remittance. See the list of remittances.'],
};

/** A list of remittances. */
export const listRemittances = operation({
  id: 'list-remittances',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittances',
  summary: 'Remittances, the latest first, with the receipts they are joined to.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    paymentId: idText.optional(),
    /** `waiting`: without a receipt. `applied`: its receipt is used up. `in_doubt`: not applied, and something speaks against it. */
    state: z.enum(['waiting', 'joined', 'applied', 'in_doubt']).optional(),
  }),
  reply: pageOf(row),
});

/** One remittance as it is read, with its source. */
export const getRemittance = operation({
  id: 'get-remittance',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittances/:remittanceId',
  summary: 'One remittance: what was read, where each number stands, and the source.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ remittanceId: idText }),
  reply: row.extend({
    /** Counted up when a person mends what was read. */
    revision: z.number().int(),
    totalStated: z.boolean(),
    recordedAt: momentText,
    recordedBy: z.string(),
    lines: z.array(
      z.object({
        position: z.number().int(),
        document: z.string(),
        amount: moneyText,
        discount: moneyText,
        deduction: moneyText,
        reason: z.string().nullable(),
        claimNumber: z.string().nullable(),
        claimCode: z.string().nullable(),
        /** Name of the number → where it stands in the source. */
        places: z.record(z.string(), place),
      }),
    ),
    /** Null when typed in. */
    source: z
      .object({
        format: z.string(),
        sheet: z.string().nullable(),
        /** What people said of its columns, where it was read by that. */
        columns: z.object({ columnsId: z.string(), version: z.number().int() }).nullable(),
        rows: z.array(
          z.object({
            line: z.number().int(),
            cells: z.array(z.string()),
            /** Where each cell stands on its page, in points from the upper left corner; of PDF only. */
            boxes: z.array(box.extend({ page: z.number().int() }).nullable()).nullable(),
          }),
        ),
        /** The pages of a PDF with all their texts. */
        pages: z
          .array(
            z.object({
              width: z.number(),
              height: z.number(),
              runs: z.array(box.extend({ text: z.string() })),
            }),
          )
          .nullable(),
      })
      .nullable(),
    /** Whether the file itself is kept. */
    hasFile: z.boolean(),
  }),
  refusals: NOT_FOUND,
});

/** The file a remittance was read from. */
export const getRemittanceFile = operation({
  id: 'get-remittance-file',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittances/:remittanceId/file',
  summary: 'The file a remittance was read from, byte by byte as it came.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ remittanceId: idText }),
  produces: ['application/octet-stream'],
  refusals: {
    ...NOT_FOUND,
    remittance_file_not_kept: [404, 'This remittance came without a file.'],
  },
});

const columnsSaid = z.object({ line: z.number().int().min(1), roles: chosenRoles });

/** Characters of what is said of columns, as it stands in the address of a request. */
const COLUMNS_CHARACTERS_MAX = 1_000;

/** Takes a remittance in from a file. */
export const receiveRemittanceFile = operation({
  id: 'receive-remittance-file',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittance-files',
  summary: 'Takes a remittance in from CSV, .xlsx or a PDF with text. The same file twice changes nothing.',
  tag: TAG,
  permission: 'payment.apply',
  consumesFile: true,
  query: z.object({
    companyId: companyIdIn,
    customerId: customerIdIn.optional(),
    /** Of amounts that bear none; left out, the company's own. */
    currency: currencyCode.optional(),
    /** The sign before the decimals, where the file leaves that open. */
    decimal: z.enum(['.', ',']).optional(),
    /**
     * JSON: the line of the headings and what their columns hold, `{"line": 3, "roles": {"document": 0, "amount": 4}}`. Kept for
     * lists of the customer named, or of whoever sends such headings.
     */
    columns: jsonIn(columnsSaid, COLUMNS_CHARACTERS_MAX).optional(),
  }),
  reply: received,
  refusals: { company_not_found: [404, 'There is no such company.'], ...READING, ...LIST_FILE, ...CHOOSING },
});

const mailPart = z.object({
  name: z.string(),
  /** Null where the part says nothing that can be read. */
  remittanceId: z.string().nullable(),
  /** Why it became no remittance of its own: the code of a refusal. */
  code: z.string().nullable(),
});

/** Takes in a mail that says what payments are for. */
export const receiveRemittanceMail = operation({
  id: 'receive-remittance-mail',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittance-mails',
  summary:
    'Takes remittances in from a mail (.eml): its files, else its words. The same bytes or Message-ID twice change nothing.',
  tag: TAG,
  permission: 'payment.apply',
  consumesFile: true,
  query: z.object({ companyId: companyIdIn }),
  reply: z.object({ mailId: z.string(), isKnown: z.boolean(), parts: z.array(mailPart) }),
  refusals: {
    company_not_found: [404, 'There is no such company.'],
    mail_not_readable: [400, 'The file is no mail that can be read. Hand it in as the mail server got it.'],
    mail_file_too_large: [413, 'The mail is larger than 25 MiB.'],
  },
});

/** Mails that said what payments are for. */
export const listRemittanceMails = operation({
  id: 'list-remittance-mails',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittance-mails',
  summary: 'Mails with remittances, the latest first, and what became of each of their parts.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    /** `unread`: nothing of it became a remittance. */
    state: z.enum(['unread']).optional(),
  }),
  reply: pageOf(
    z.object({
      mailId: z.string(),
      companyId: z.string(),
      sender: z.string(),
      subject: z.string(),
      receivedOn: dayText,
      /** The one customer with a contact of the sender's address: a hint, nothing more. */
      hint: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
      parts: z.array(mailPart),
    }),
  ),
});

/** A mail as it came. */
export const getRemittanceMailFile = operation({
  id: 'get-remittance-mail-file',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittance-mails/:mailId/raw',
  summary: 'A mail with remittances as it came (.eml).',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ mailId: idText }),
  produces: ['message/rfc822'],
  refusals: { remittance_mail_not_found: [404, 'There is no such mail.'] },
});

/** Takes a remittance in that a person typed. */
export const receiveRemittance = operation({
  id: 'receive-remittance',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittances',
  summary: 'Takes a remittance in line by line. The same content twice changes nothing.',
  tag: TAG,
  permission: 'payment.apply',
  body: readingIn.extend({ companyId: companyIdIn, currency: currencyCode }),
  reply: received,
  refusals: { company_not_found: [404, 'There is no such company.'], ...READING },
});

/** Mends what was read. */
export const changeRemittance = operation({
  id: 'change-remittance',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/remittances/:remittanceId/reading',
  summary: 'Puts another reading in the place of the present one, which is kept.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ remittanceId: idText }),
  body: readingIn.extend({
    /** The reading that was looked at. */
    revision: z.number().int().min(1),
  }),
  reply: received,
  refusals: {
    ...NOT_FOUND,
    ...READING,
    remittance_changed_meanwhile: [409, 'Somebody else mended this remittance. Load it again.'],
  },
});

/** How a remittance stands against the books. */
export const getRemittanceClaims = operation({
  id: 'get-remittance-claims',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittances/:remittanceId/claims',
  summary:
    'What the lines of a remittance mean in the books, what stands in the way of applying it, and receipts it may be about.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ remittanceId: idText }),
  reply: z.object({
    claims: z.array(
      z.object({
        position: z.number().int(),
        /** `found`, or why the line cannot be applied. */
        state: z.string(),
        documentId: z.string().nullable(),
        reference: z.string().nullable(),
        open: moneyText.nullable(),
      }),
    ),
    /** Why it is not applied exactly as claimed; null when nothing stands in the way. */
    obstacle: z.string().nullable(),
    receipt: z
      .object({
        paymentId: z.string(),
        number: z.string(),
        receivedOn: dayText,
        payerName: z.string().nullable(),
        amount: moneyText,
        left: moneyText,
      })
      .nullable(),
    /** Receipts of the same amount and days without a remittance, the likeliest first. */
    offered: z.array(
      z.object({
        paymentId: z.string(),
        number: z.string(),
        receivedOn: dayText,
        payerName: z.string().nullable(),
        amount: moneyText,
      }),
    ),
    may: z.object({ join: may, part: may, apply: may }),
  }),
  refusals: NOT_FOUND,
});

/** Joins a remittance to a receipt. */
export const joinRemittance = operation({
  id: 'join-remittance',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittances/:remittanceId/join',
  summary: 'Says which receipt a remittance is about. Nothing is applied by that.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ remittanceId: idText }),
  body: z.object({ paymentId: idText.transform((text) => text as PaymentId) }),
  reply: z.object({ remittanceId: z.string(), paymentId: z.string() }),
  refusals: {
    ...NOT_FOUND,
    payment_not_found: [404, 'There is no such payment.'],
    payment_returned: [409, 'The payment was returned.'],
    payment_not_received: [409, 'A remittance is about money received, not refunded.'],
    payment_of_other_company: [409, 'The payment belongs to another company.'],
    remittance_joined: [409, 'The remittance is joined to a receipt. Part them first.'],
    payment_has_remittance: [409, 'The receipt has another remittance. Part them first.'],
  },
});

/** Parts a remittance from its receipt. */
export const partRemittance = operation({
  id: 'part-remittance',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittances/:remittanceId/part',
  summary: 'Says that a remittance is not about its receipt after all. What was applied stays.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ remittanceId: idText }),
  body: z.object({}),
  reply: z.object({ remittanceId: z.string() }),
  refusals: {
    ...NOT_FOUND,
    remittance_not_joined: [409, 'The remittance is not joined to a receipt.'],
  },
});

/** What applying by a remittance refuses beside what applying refuses; payments adds the rest. */
export const APPLYING_REMITTANCE: Readonly<Record<string, RefusalMeaning>> = {
  ...NOT_FOUND,
  ...DISPUTING,
  remittance_not_joined: [409, 'The remittance is not joined to a receipt. Join it first.'],
  remittance_not_clear: [
    409,
    'The remittance cannot be applied exactly as it says. Mend its lines, or apply the receipt by hand.',
  ],
};
