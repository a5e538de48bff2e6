// The operations on printed documents: how those of a company look.

import { z } from 'zod';
import { idText, may, operation } from '#http/contract.ts';
import type { CompanyId } from '#kernel/id.ts';
import { LOGO_BYTES_MAX } from '#kernel/limits.ts';
import { ADDRESS_WINDOWS, PAPERS, PRINT_FONTS } from './print-style.ts';

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
    'Chooses paper, window, colour, font and logo of a company’s printed documents. The logo is base64; left out, the one there stays; null takes it away.',
  tag: 'Printing',
  permission: 'company.manage',
  params: z.object({ companyId: idText.transform((text) => text as CompanyId) }),
  body: z.object({
    style: printStyle,
    logo: z.base64().max(LOGO_BASE64_MAX).nullable().optional(),
  }),
  reply: z.object({ companyId: z.string() }),
  refusals: {
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    accent_too_light: [400, 'This colour is too light to be read on white paper. Choose a darker one.'],
    logo_not_readable: [400, 'This is no picture that can be printed. Use a PNG, JPEG or SVG file.'],
    logo_too_large: [400, 'This picture is too large. Use one of at most 1 MB and 16 million pixels.'],
  },
});
