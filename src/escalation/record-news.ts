// What an agency, a lawyer or a court says about a claim that was handed over: typed, or told by a file or the API.

import { type Act, actorText, type Command } from '#command/command.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { AgencyColumns } from './agency-columns.ts';
import type { NewsStatus } from './contract.ts';
import { checkFee, giveBackStanding, takeHandOver } from './end-hand-over.ts';
import { findAgencies, findNews, type HandOverRow, insertNews, lockHandOvers } from './store.ts';
import { findNamedClaims, insertColumns } from './store-statements.ts';

/** What is said of one hand-over. */
export type News = {
  readonly status: NewsStatus;
  readonly on: PlainDate;
  /** Their own number, or that of the court. */
  readonly reference?: string | undefined;
  readonly note?: string | undefined;
  /** What it costs us. */
  readonly fee?: Money | undefined;
};

export type RecordNews = News & { readonly handOverId: string };

/**
 * Keeps what was told. What was given back is ours again: it ends there as by a recall.
 *
 * Refuses: `hand_over_not_found`, `news_in_future`, `wrong_currency`, `amount_not_positive`, `exclusion_not_found`.
 */
export const recordNews: Command<RecordNews, { readonly newsId: string }> = {
  name: 'record-hand-over-news',
  permission: 'claim.hand_over',
  async run(act, { handOverId, ...news }) {
    const row = await takeHandOver(act, handOverId);
    return { newsId: await tell(act, { row, documentId: null }, news) };
  },
};

/** A hand-over, and the invoice of it that news are of; null where they are of all of it. */
type ToldOf = { readonly row: HandOverRow; readonly documentId: string | null };

async function tell(act: Act, { row, documentId }: ToldOf, news: News): Promise<string> {
  checkFee(row, news.fee);
  if (isAfter(news.on, act.today))
    throw new Refusal('news_in_future', { on: news.on.toString(), today: act.today.toString() });
  if (news.status === 'returned') await giveBackStanding(act, row, documentId);
  const newsId = newId<'hand_over_news'>();
  insertNews(act, {
    id: newsId,
    hand_over_id: row.id,
    document_id: documentId,
    status: news.status,
    happened_on: news.on,
    reference: news.reference ?? null,
    note: news.note ?? null,
    fee_minor: news.fee?.minor ?? null,
    told_by: actorText(act.actor),
    recorded_at: act.now,
  });
  act.record({
    type: 'claim.news',
    subjectId: row.id,
    customerId: row.customer_id as CustomerId,
    data: {
      number: String(row.number),
      status: news.status,
      on: news.on.toString(),
      reference: news.reference,
      ...(news.fee ? { fee: shownMoney(news.fee) } : {}),
    },
  });
  return newsId;
}

/** What a file says of a hand-over, named by its number or by an invoice in it. */
export type NamedNews = News & { readonly name: string };

export type ReceiveNews = {
  readonly agencyId: string;
  readonly lines: readonly NamedNews[];
  /** Which columns of their files say what, kept for the next one. */
  readonly columns?: AgencyColumns | undefined;
};

export type NewsReceived = {
  readonly kept: number;
  /** Told before, on this file or another: the same of the same day. */
  readonly known: number;
};

/**
 * Keeps what an agency tells in one file, all of it or nothing. What was told before is not kept twice, so that lists of
 * everything may come each week. Of a hand-over of several invoices what names one is of that one: given back, the others stay.
 *
 * Refuses: `agency_not_found`, `agency_line_unknown` (with all that name nothing at this agency, or several things), what `recordNews` refuses.
 */
export const receiveNews: Command<ReceiveNews, NewsReceived> = {
  name: 'receive-agency-news',
  permission: 'claim.hand_over',
  async run(act, { agencyId, lines, columns }) {
    if ((await findAgencies(act, agencyId)).length === 0) throw new Refusal('agency_not_found', { agencyId });
    const named = await findNamedClaims(act, agencyId, [...new Set(lines.map(({ name }) => name))]);
    const unknown = lines.filter(({ name }) => !named.has(name)).map(({ name }) => name);
    if (unknown.length > 0)
      throw new Refusal('agency_line_unknown', { reference: unknown.slice(0, 20).join(', ') });
    const ids = [...new Set([...named.values()].map(({ handOverId }) => handOverId))];
    // One after the other, so that two who bring the same file keep it once.
    const rows = new Map((await lockHandOvers(act, ids)).map((row) => [row.id, row]));
    const told = new Set(
      (await findNews(act, ids)).map((one) =>
        keyOf([one.hand_over_id, one.document_id], { ...one, on: one.happened_on }),
      ),
    );
    let kept = 0;
    for (const { name, ...news } of lines) {
      const { handOverId = '', documentId = null } = named.get(name) ?? {};
      const row = rows.get(handOverId);
      if (!row) throw new Refusal('hand_over_not_found', { handOverId: name });
      const key = keyOf([row.id, documentId], news);
      if (told.has(key)) continue;
      told.add(key);
      await tell(act, { row, documentId }, news);
      kept += 1;
    }
    if (columns) insertColumns(act, agencyId, 'status', columns);
    return { kept, known: lines.length - kept };
  },
};

/** What makes two pieces of news the same. */
function keyOf(
  of: readonly [handOverId: string, documentId: string | null],
  news: {
    readonly status: string;
    readonly on: PlainDate;
    readonly reference?: string | null | undefined;
    readonly note?: string | null | undefined;
  },
): string {
  return JSON.stringify([...of, news.status, news.on.toString(), news.reference ?? '', news.note ?? '']);
}
