// Reading the report on reminders that should not have been sent.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { csvLine } from '#formats/csv.ts';
import type { Instant } from '#kernel/calendar.ts';
import { BREACHES_SHOWN_MAX } from '#kernel/limits.ts';
import type { BreachKind } from './breach.ts';
import type * as contract from './contract.ts';
import { countByWeek, countKnowable, findBreaches, findLastSearch } from './store.ts';

type Report = z.input<(typeof contract.listBreaches)['reply']>;

const HOURS_A_WEEK = 168;

/** What was found of the last weeks. */
export async function readBreaches(tx: Tx, now: Instant, weeks: number): Promise<Report> {
  const since = now.subtract({ hours: weeks * HOURS_A_WEEK });
  const [search, counted, rows] = await Promise.all([
    findLastSearch(tx),
    countByWeek(tx, since),
    findBreaches(tx, since, BREACHES_SHOWN_MAX),
  ]);
  const byWeek = counted.map((one) => ({
    monday: one.week.toString(),
    messages: Number(one.left),
    knowable: Number(one.knowable),
    notKnowable: Number(one.later),
  }));
  return {
    search: search
      ? { at: search.recorded_at.toString(), since: search.since.toString(), messages: search.messages }
      : null,
    counts: {
      knowable: byWeek.reduce((sum, { knowable }) => sum + knowable, 0),
      notKnowable: byWeek.reduce((sum, { notKnowable }) => sum + notKnowable, 0),
    },
    weeks: byWeek,
    rows: rows.map((row) => ({
      breachId: row.id,
      kind: row.kind as BreachKind,
      wasKnowable: row.was_knowable,
      messageId: row.message_id,
      customer: { id: row.customer_id, number: row.customer_number, name: row.customer_name },
      reference: row.reference,
      seen: { ...(row.seen as Readonly<Record<string, unknown>>) },
      handedOverAt: row.handed_over_at.toString(),
      foundAt: row.recorded_at.toString(),
    })),
  };
}

/** Weeks that the count goes back: long enough that what was found is not overlooked, short enough that it is mended some day. */
const COUNTED_WEEKS = 8;

/** How many wrong reminders left in the last weeks: it must read zero. */
export async function readBreachCount(
  tx: Tx,
  now: Instant,
): Promise<z.input<(typeof contract.countBreaches)['reply']>> {
  const since = now.subtract({ hours: COUNTED_WEEKS * HOURS_A_WEEK });
  return { messages: await countKnowable(tx, since), weeks: COUNTED_WEEKS };
}

/** The report as delimited text, a line for each breach. */
export function breachLines({ rows }: Report): string {
  const head = ['Left at', 'Customer', 'Name', 'What', 'Document', 'Could be known', 'Message', 'Seen'];
  const lines = rows.map((row) => [
    row.handedOverAt,
    row.customer.number,
    row.customer.name,
    row.kind,
    row.reference ?? '',
    row.wasKnowable ? 'yes' : 'no',
    row.messageId,
    JSON.stringify(row.seen),
  ]);
  return `\ufeff${[head, ...lines].map((cells) => csvLine(cells)).join('')}`;
}
