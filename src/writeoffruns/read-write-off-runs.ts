// What pages show of runs, in the words of the contract.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { COMMON_REFUSALS } from '#http/contract.ts';
import { readActorNames } from '#identity/read-people.ts';
import { WRITE_OFF_RUNS_SHOWN } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import { undoWriteOff, writeOffItems } from '#writeoffs/contract.ts';
import * as contract from './contract.ts';
import type { KeptObstacle } from './obstacle.ts';
import { mayUndoRun } from './state-of-run.ts';
import {
  type CountRow,
  countItems,
  findRun,
  findRunItems,
  findRuns,
  type ListedRunItem,
  type RunRow,
  sumCounts,
} from './store.ts';

type RunReply = z.input<typeof contract.listWriteOffRuns.reply>['runs'][number];
type ItemReply = z.input<typeof contract.listWriteOffRunItems.reply>['rows'][number];

/** The newest runs, with how far they are. */
export async function readWriteOffRuns(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.listWriteOffRuns.reply>> {
  const runs = await findRuns(tx, WRITE_OFF_RUNS_SHOWN);
  return { runs: await describe(tx, context, runs) };
}

/** One run, with how far it is. Refuses: `write_off_run_not_found`. */
export async function readWriteOffRun(tx: Tx, context: Context, runId: string): Promise<RunReply> {
  const run = await findRun(tx, runId);
  const [told] = run ? await describe(tx, context, [run]) : [];
  if (!told) throw new Refusal('write_off_run_not_found', { runId });
  return told;
}

async function describe(tx: Tx, context: Context, runs: readonly RunRow[]): Promise<RunReply[]> {
  const ids = runs.map((run) => run.id);
  const [counts, names] = await Promise.all([
    countItems(tx, ids),
    readActorNames(
      tx,
      runs.flatMap((run) => [run.started_by, run.undone_by ?? run.started_by]),
    ),
  ]);
  const countsOf = Map.groupBy(counts, (row) => row.run_id);
  return runs.map((run) => runReply(context, run, countsOf.get(run.id) ?? [], names));
}

function runReply(
  context: Context,
  run: RunRow,
  rows: readonly CountRow[],
  names: ReadonlyMap<string, string>,
): RunReply {
  const counts = sumCounts(rows);
  const may = mayUndoRun(run.state, counts);
  const nameOf = (actor: string): string => names.get(actor) ?? actor;
  return {
    runId: run.id,
    companyId: run.company_id,
    kind: run.kind,
    reason: run.reason,
    state: run.state,
    items: run.items,
    ...counts,
    amounts: rows.map((row) => ({
      asked: shownMoney(money(row.asked, row.currency)),
      writtenOff: shownMoney(money(row.written_minor, row.currency)),
      standing: shownMoney(money(row.standing_minor, row.currency)),
    })),
    startedBy: nameOf(run.started_by),
    startedAt: run.started_at.toString(),
    finishedAt: run.finished_at?.toString() ?? null,
    undo:
      run.undone_by === null
        ? null
        : {
            by: nameOf(run.undone_by),
            reason: run.undo_reason ?? '',
            finishedAt: run.undone_at?.toString() ?? null,
          },
    may: { undo: mayDo(context, 'write_off.post', may === true ? undefined : may) },
  };
}

/** Reads a position out of a cursor. Refuses: `bad_input`. */
function positionKey(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('bad_input');
  return Number(text);
}

/** A page of the items of a run, in the order they were looked at. Refuses: `write_off_run_not_found`. */
export async function readRunItems(
  tx: Tx,
  runId: string,
  query: z.output<typeof contract.listWriteOffRunItems.query>,
): Promise<z.input<typeof contract.listWriteOffRunItems.reply>> {
  const after = readCursor(query.after, [positionKey])?.[0] ?? 0;
  const [run, rows] = await Promise.all([
    findRun(tx, runId),
    findRunItems(tx, runId, { show: query.show, after, limit: query.limit + 1 }),
  ]);
  if (!run) throw new Refusal('write_off_run_not_found', { runId });
  const page = pageOfRows(rows, query.limit, (last) => [last.position]);
  const customers = await readCustomers(tx, [...new Set(page.rows.map((row) => row.customer_id))]);
  return { rows: page.rows.map((row) => itemReply(row, customers.get(row.customer_id))), next: page.next };
}

function itemReply(
  row: ListedRunItem,
  customer: { readonly number: string; readonly name: string } | undefined,
): ItemReply {
  return {
    itemId: row.item_id,
    reference: row.reference,
    documentId: row.document_id,
    itemKind: row.kind as 'invoice',
    customer: { id: row.customer_id, number: customer?.number ?? '', name: customer?.name ?? '' },
    dueOn: row.due_on.toString(),
    amount: shownMoney(money(row.amount_minor, row.currency)),
    outcome: row.outcome as ItemReply['outcome'],
    obstacle: row.obstacle === null ? null : obstacleReply(row.obstacle as KeptObstacle),
    writeOff:
      row.write_off_id === null
        ? null
        : { writeOffId: row.write_off_id, number: row.write_off_number ?? '', isUndone: row.is_undone },
    // What somebody took back since, or at the same moment, does not stay.
    kept:
      row.undo_obstacle === null || row.is_undone ? null : obstacleReply(row.undo_obstacle as KeptObstacle),
  };
}

/** Why something was left out or stays, with what that means; what later versions no longer know is shown by its code. */
function obstacleReply({ code, facts }: KeptObstacle): {
  code: string;
  message: string;
  facts: Record<string, string>;
} {
  const meant =
    contract.OBSTACLE_MEANINGS[code as keyof typeof contract.OBSTACLE_MEANINGS] ??
    (writeOffItems.refusals[code] ?? undoWriteOff.refusals[code] ?? COMMON_REFUSALS[code])?.[1];
  return { code, message: meant ?? code.replaceAll('_', ' '), facts: { ...facts } };
}
