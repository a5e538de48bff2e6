// Reading notices of change for people: what banks want changed, and whose account it is.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { isSamePerson, readActorNames } from '#identity/read-people.ts';
import { idKey, momentKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import type * as contract from './contract.ts';
import { CORRECTION_CODES, putRight } from './correction.ts';
import {
  findCorrections,
  findPayingAccounts,
  type ListedCorrection,
  type PayingAccount,
} from './store-corrections.ts';

type PageOfThem = z.input<typeof contract.listAccountCorrections.reply>;

/** A page of notices of change. Refuses: `bad_input` (an `after` we never gave out). */
export async function readCorrectionPage(
  tx: Tx,
  context: Context,
  { state, after, limit }: z.output<typeof contract.listAccountCorrections.query>,
): Promise<PageOfThem> {
  const isWaiting = state === 'waiting';
  const found = await findCorrections(tx, {
    isWaiting,
    after: readCursor(after, [momentKey, idKey]),
    limit: limit + 1,
  });
  const page = pageOfRows(found, limit, (last) => [last.recorded_at.toString(), last.id]);
  const names = await readActorNames(
    tx,
    page.rows.flatMap((row) => row.decided_by ?? []),
  );
  const rows: PageOfThem['rows'] = [];
  for (const row of page.rows) {
    const accounts = isWaiting ? await findPayingAccounts(tx, row) : [];
    const isOwn = await isSamePerson(tx, context.actor, row.recorded_by);
    rows.push(shownCorrection(row, accounts, { names, isOwn, context }));
  }
  return { rows, next: page.next };
}

function shownCorrection(
  row: ListedCorrection,
  accounts: readonly PayingAccount[],
  who: { readonly names: ReadonlyMap<string, string>; readonly isOwn: boolean; readonly context: Context },
): PageOfThem['rows'][number] {
  const right = { account: row.right_account, routing: row.right_routing };
  const mayEdit = who.context.permissions.has('customer.edit') ? true : 'not_permitted';
  return {
    correctionId: row.id,
    code: row.code,
    meaning: CORRECTION_CODES[row.code] ?? 'A code that is not known here',
    account: row.account,
    routing: row.routing,
    holder: row.holder,
    said: row.said,
    rightAccount: row.right_account,
    rightRouting: row.right_routing,
    fileName: row.file_name,
    recordedAt: row.recorded_at.toString(),
    accounts: accounts.map((one) => ({
      bankAccountId: one.id,
      account: one.account,
      becomes: putRight(one.account, right) ?? null,
      customer: { id: one.customer_id, number: one.number, name: one.name },
    })),
    outcome:
      row.kind === null || row.decided_at === null
        ? null
        : {
            kind: row.kind,
            account: row.account_after,
            note: row.note,
            decidedBy: who.names.get(row.decided_by ?? '') ?? row.decided_by ?? '',
            decidedAt: row.decided_at.toString(),
          },
    mayChange: who.isOwn ? 'same_person' : mayEdit,
  };
}
