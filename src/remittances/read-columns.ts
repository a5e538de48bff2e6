// Reading what people said of the columns of payers' lists; and looking at a list before anybody said anything.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import type { Upload } from '#http/route.ts';
import { readActorNames } from '#identity/read-people.ts';
import { REMITTANCE_BYTES_MAX } from '#kernel/limits.ts';
import { idKey, momentKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import { COLUMN_ROLES, columnRole } from './column-names.ts';
import type * as contract from './contract-columns.ts';
import { readGrid } from './read-grid.ts';
import { bytesWithin } from './receive-remittance.ts';
import { findAllChoices } from './store-columns.ts';

/** Rows of a list that are looked at, and characters of a cell. */
const ROWS_SHOWN = 25;
const CELL_CHARACTERS = 100;

/** A page of what people said, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readColumnChoices(
  tx: Tx,
  { limit, after }: z.output<typeof contract.listRemittanceColumns.query>,
): Promise<z.input<typeof contract.listRemittanceColumns.reply>> {
  const found = await findAllChoices(tx, {
    after: readCursor<readonly [string, string]>(after, [momentKey, idKey]),
    limit: limit + 1,
  });
  const { rows, next } = pageOfRows(found, limit, (last) => [last.chosen_at, last.id]);
  const [customers, names] = await Promise.all([
    readCustomers(tx, [...new Set(rows.flatMap((row) => row.customer_id ?? []))]),
    readActorNames(
      tx,
      rows.map((row) => row.chosen_by),
    ),
  ]);
  return {
    rows: rows.map((row) => {
      const customer = row.customer_id === null ? undefined : customers.get(row.customer_id);
      return {
        columnsId: row.id,
        customer: customer ? { id: customer.id, number: customer.number, name: customer.name } : null,
        headings: [...row.headings],
        roles: { ...row.roles },
        decimal: row.decimal_mark,
        version: row.version,
        chosenBy: names.get(row.chosen_by) ?? row.chosen_by,
        chosenAt: row.chosen_at.toString(),
      };
    }),
    next,
  };
}

/**
 * The first rows of a list, and what their names say of the columns.
 *
 * Refuses: `remittance_too_large`, what `readGrid` refuses.
 */
export async function lookAtRows(
  upload: Pick<Upload, 'stream'>,
): Promise<z.input<typeof contract.lookAtRemittanceFile.reply>> {
  const grid = await readGrid(await bytesWithin(upload.stream, REMITTANCE_BYTES_MAX, 'remittance_too_large'));
  const rows = grid.rows.slice(0, ROWS_SHOWN).map(({ line, cells }) => ({
    line,
    cells: cells.map((cell) => cell.slice(0, CELL_CHARACTERS)),
  }));
  return {
    format: grid.format,
    rows: rows.map(({ line, cells }) => {
      const roles = cells.map(columnRole);
      const known = COLUMN_ROLES.flatMap((role) => {
        const place = roles.indexOf(role);
        return place < 0 ? [] : [[role, place] as const];
      });
      return { line, cells, roles: Object.fromEntries(known) };
    }),
  };
}
