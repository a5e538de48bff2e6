// The operations on printed documents: how those of a company look.

import { z } from 'zod';
import { idText, may, operation } from '#http/contract.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import {
  LETTERHEAD_COLUMNS_MAX,
  LETTERHEAD_LINE_MAX,
  LETTERHEAD_LINES_MAX,
  LETTERHEAD_TEXT_MAX,
  LOGO_BYTES_MAX,
} from '#kernel/limits.ts';
import { DOCUMENT_LANGUAGES, SECOND_LANGUAGES } from './language.ts';
import { ADDRESS_WINDOWS, PAPERS, PRINT_FONTS } from './print-style.ts';

export { DOCUMENT_LANGUAGES, type DocumentLanguage, LANGUAGE_NAMES } from './language.ts';

/** Four letters of base64 carry three bytes. */
const LOGO_BASE64_MAX = Math.ceil(LOGO_BYTES_MAX / 3) * 4;

/** The look of a company's documents. */
export const printStyle = z.object({
  paper: z.enum(PAPERS),
  window: z.enum(ADDRESS_WINDOWS),
  accent: z.string().regex(/^#[0-9a-f]{6}$/, 'colour_not_valid'),
  font: z.enum(PRINT_FONTS),
  marks: z.boolean(),
});

/** What a company adds to its documents. */
export const printExtras = z.object({
  secondLanguage: z.enum(SECOND_LANGUAGES),
  payLink: z.string().max(500).nullable(),
  upiId: z.string().max(320).nullable(),
});

const letterheadLines = z.array(z.string().trim().min(1).max(LETTERHEAD_LINE_MAX)).max(LETTERHEAD_LINES_MAX);
const letterheadText = z.string().trim().min(1).max(LETTERHEAD_TEXT_MAX).nullable();

/** What a company says at head and foot and around the lines, in one language. */
export const letterhead = z.object({
  language: z.enum(DOCUMENT_LANGUAGES),
  head: letterheadLines,
  columns: z.array(letterheadLines).max(LETTERHEAD_COLUMNS_MAX),
  before: letterheadText,
  after: letterheadText,
  creditBefore: letterheadText,
  creditAfter: letterheadText,
});

/** In each language once. */
export const letterheads = z.array(letterhead).max(DOCUMENT_LANGUAGES.length);

/** What is refused of a letterhead, wherever one is given. */
export const LETTERHEAD_REFUSALS = {
  letterhead_twice: [400, 'A language is here twice. Leave one of them out.'],
  letterhead_field_unknown: [
    400,
    'A word in braces is not known here. Use those that are listed, or leave the braces out.',
  ],
} as const;

/** Why a letter is not posted, wherever one is drawn. */
export const WINDOW_REFUSAL = {
  address_not_in_window: [
    409,
    'The address does not fit into the window of the envelope, or a text lies too near to it. Shorten the address of the customer (at most some seven lines), or choose another window in Settings → Documents.',
  ],
} as const;

/** How documents look. */
export const readLook = operation({
  id: 'read-look',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/look',
  summary: 'How the printed documents of a company look: as chosen, else as is usual in its country.',
  tag: 'Printing',
  permission: 'book.read',
  params: z.object({ companyId: idText }),
  reply: z.object({
    style: printStyle,
    /** The picture in the head, as a data URL. */
    logo: z.string().nullable(),
    extras: printExtras,
    /** What it says at head and foot and around the lines; what it does not say is as usual. */
    letterheads,
    /** The company's own language, whose letterhead is read where a document's language has none. */
    ownLanguage: z.enum(DOCUMENT_LANGUAGES),
    /** The look that is usual in the country of the company. */
    usual: printStyle,
    may: z.object({ change: may }),
  }),
  refusals: { company_not_found: [404, 'There is no such company. See the list of companies.'] },
});

/** Chooses how documents look. */
export const changeLook = operation({
  id: 'change-look',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/look',
  summary:
    'Chooses paper, window, colour, font and logo of a company’s printed documents, and what they add: a second language, a link and a UPI address to pay by. Style null is the usual look. The logo is base64; left out, the one there stays; null takes it away. Extras and letterheads left out stay; documents issued before keep the letterhead of their day.',
  tag: 'Printing',
  permission: 'company.manage',
  params: z.object({ companyId: idText.transform((text) => text as CompanyId) }),
  body: z.object({
    style: printStyle.nullable(),
    logo: z.base64().max(LOGO_BASE64_MAX).nullable().optional(),
    extras: printExtras.optional(),
    letterheads: letterheads.optional(),
  }),
  reply: z.object({ companyId: z.string() }),
  refusals: {
    ...LETTERHEAD_REFUSALS,
    letterhead_changed_meanwhile: [
      409,
      'Somebody changed the letterhead in the same moment. Look at it as it is now, and save again.',
    ],
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    accent_too_light: [400, 'This colour is too light to be read on white paper. Choose a darker one.'],
    logo_not_readable: [400, 'This is no picture that can be printed. Use a PNG, JPEG or SVG file.'],
    logo_too_large: [400, 'This picture is too large. Use one of at most 1 MB and 16 million pixels.'],
    pay_link_not_valid: [
      400,
      'This is no link to pay by. Give an address that begins with https://, with {number}, {amount}, {currency} or {reference} after the name of the site.',
    ],
    upi_id_not_valid: [400, 'This is no UPI address. Give one such as shop@bank.'],
  },
});

/** What one customer wants on its documents. */
export const readCustomerPrint = operation({
  id: 'read-customer-print',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/print',
  summary: 'The second language of a customer’s documents; null where it is left to the company.',
  tag: 'Printing',
  permission: 'book.read',
  params: z.object({ customerId: idText }),
  reply: z.object({ secondLanguage: z.enum(SECOND_LANGUAGES).nullable(), may: z.object({ change: may }) }),
  refusals: { customer_not_found: [404, 'There is no such customer.'] },
});

/** Chooses what one customer wants on its documents. */
export const changeCustomerPrint = operation({
  id: 'change-customer-print',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/print',
  summary: 'Chooses the second language of a customer’s documents; null leaves it to the company.',
  tag: 'Printing',
  permission: 'customer.edit',
  params: z.object({ customerId: idText.transform((text) => text as CustomerId) }),
  body: z.object({ secondLanguage: z.enum(SECOND_LANGUAGES).nullable() }),
  reply: z.object({ customerId: z.string() }),
  refusals: { customer_not_found: [404, 'There is no such customer.'] },
});
