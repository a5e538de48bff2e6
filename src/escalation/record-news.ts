// What an agency, a lawyer or a court says about a claim that was handed over: typed, or told by a file or the API.

import { actorText, type Command } from '#command/command.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { NEWS_STATUSES } from './contract.ts';
import { checkFee, takeHandOver } from './end-hand-over.ts';
import { insertNews } from './store.ts';

export type RecordNews = {
  readonly handOverId: string;
  readonly status: (typeof NEWS_STATUSES)[number];
  readonly on: PlainDate;
  /** Their own number, or that of the court. */
  readonly reference?: string | undefined;
  readonly note?: string | undefined;
  /** What it costs us. */
  readonly fee?: Money | undefined;
};

/** Keeps what was told. Refuses: `hand_over_not_found`, `news_in_future`, `wrong_currency`, `amount_not_positive`. */
export const recordNews: Command<RecordNews, { readonly newsId: string }> = {
  name: 'record-hand-over-news',
  permission: 'claim.hand_over',
  async run(act, input) {
    const row = await takeHandOver(act, input.handOverId);
    checkFee(row, input.fee);
    if (isAfter(input.on, act.today))
      throw new Refusal('news_in_future', { on: input.on.toString(), today: act.today.toString() });
    const newsId = newId<'hand_over_news'>();
    insertNews(act, {
      id: newsId,
      hand_over_id: row.id,
      status: input.status,
      happened_on: input.on,
      reference: input.reference ?? null,
      note: input.note ?? null,
      fee_minor: input.fee?.minor ?? null,
      told_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'claim.news',
      subjectId: row.id,
      customerId: row.customer_id as CustomerId,
      data: {
        number: String(row.number),
        status: input.status,
        on: input.on.toString(),
        reference: input.reference,
        ...(input.fee ? { fee: shownMoney(input.fee) } : {}),
      },
    });
    return { newsId };
  },
};
