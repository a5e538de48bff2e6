// The operations on what the columns of payers' lists mean.

import { z } from 'zod';
import { idText, momentText, operation, pageOf, pageQuery, type RefusalMeaning } from '#http/contract.ts';
import { COLUMNS_MAX } from '#kernel/limits.ts';
import { COLUMN_ROLES } from './column-names.ts';
import { LIST_FILE } from './contract-files.ts';

export { COLUMN_ROLES } from './column-names.ts';

const TAG = 'Remittances';

const place = z.number().int().min(0).max(COLUMNS_MAX);

/** What a column holds → its place from 0. */
export const chosenRoles = z
  .object(
    Object.fromEntries(COLUMN_ROLES.map((role) => [role, place.optional()])) as Record<
      (typeof COLUMN_ROLES)[number],
      z.ZodOptional<typeof place>
    >,
  )
  .strict();

/** What is wrong with what is said of columns. */
export const CHOOSING: Readonly<Record<string, RefusalMeaning>> = {
  columns_without_headings: [422, 'This row names no column. Choose the row with the headings.'],
  columns_not_complete: [
    422,
    'Say which column is the document, and which the amount paid or of the document.',
  ],
  columns_not_there: [422, 'The row of headings has no such column.'],
  column_chosen_twice: [422, 'One column cannot hold two things. Choose another.'],
};

const ONE: Readonly<Record<string, RefusalMeaning>> = {
  columns_not_found: [404, 'Nothing was said of such columns. See the list.'],
  columns_ended: [409, 'This was said anew or forgotten meanwhile. Load the list again.'],
};

/** A list as it stands. */
export const lookAtRemittanceFile = operation({
  id: 'look-at-remittance-file',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/remittance-file-looks',
  summary:
    'The first rows of a CSV, .xlsx or PDF, and what their names say of the columns. Nothing is changed.',
  tag: TAG,
  permission: 'payment.apply',
  consumesFile: true,
  reply: z.object({
    format: z.string(),
    rows: z.array(
      z.object({
        line: z.number().int(),
        cells: z.array(z.string()),
        /** What the names of this row say, were it the headings. */
        roles: chosenRoles,
      }),
    ),
  }),
  refusals: LIST_FILE,
});

/** What people said of columns. */
export const listRemittanceColumns = operation({
  id: 'list-remittance-columns',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/remittance-columns',
  summary: 'What people said of the columns of payers’ lists, the latest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery,
  reply: pageOf(
    z.object({
      columnsId: z.string(),
      /** Of lists of this customer only; null for whoever sends such headings. */
      customer: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
      headings: z.array(z.string()),
      roles: chosenRoles,
      decimal: z.enum(['.', ',']).nullable(),
      version: z.number().int(),
      chosenBy: z.string(),
      chosenAt: momentText,
    }),
  ),
});

/** Says it anew. */
export const changeRemittanceColumns = operation({
  id: 'change-remittance-columns',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/remittance-columns/:columnsId',
  summary:
    'Says anew what the columns under some headings mean: another version. What was read before stays.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ columnsId: idText }),
  body: z.object({ roles: chosenRoles, decimal: z.enum(['.', ',']).nullable() }),
  reply: z.object({ columnsId: z.string() }),
  refusals: { ...ONE, ...CHOOSING, customer_not_found: [404, 'There is no such customer.'] },
});

/** Forgets it. */
export const endRemittanceColumns = operation({
  id: 'end-remittance-columns',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittance-columns/:columnsId/end',
  summary: 'Forgets what was said of the columns under some headings.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ columnsId: idText }),
  body: z.object({}),
  reply: z.object({ columnsId: z.string() }),
  refusals: ONE,
});
