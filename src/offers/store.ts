// All SQL of offers. Rows in, domain values out.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import type { YearDays } from '#terms/discount-cost.ts';
import type { Answer, Offer } from './offer.ts';

/** An offer with what became of it. */
export type KnownOffer = {
  readonly offer: Offer;
  readonly answer: Answer | undefined;
  /** The document's number, as people write it. */
  readonly reference: string;
  readonly documentId: string;
};

type OfferRow = Selectable<DB['discount_offer']> &
  Partial<
    Pick<Selectable<DB['discount_offer_answer']>, 'answer' | 'answered_on' | 'pay_on' | 'discount_minor'>
  > & {
    readonly reference: string;
    readonly document_id: string;
  };

function toKnown(row: OfferRow): KnownOffer {
  return {
    offer: {
      id: row.id,
      itemId: row.item_id as ItemId,
      companyId: row.company_id as CompanyId,
      customerId: row.customer_id as CustomerId,
      amount: money(row.amount_minor, row.currency),
      apr: parseDecimal(row.apr),
      yearDays: row.year_days as YearDays,
      dueOn: row.due_on,
      offeredOn: row.offered_on,
      expiresOn: row.expires_on,
    },
    answer:
      row.answer && row.answered_on
        ? {
            answer: row.answer as Answer['answer'],
            answeredOn: row.answered_on,
            payOn: row.pay_on ?? null,
            discount:
              row.discount_minor === null || row.discount_minor === undefined
                ? null
                : money(row.discount_minor, row.currency),
          }
        : undefined,
    reference: row.reference,
    documentId: row.document_id,
  };
}

const offerWithAnswer = sql`o.*, a.answer, a.answered_on, a.pay_on, a.discount_minor, i.reference, i.document_id
  from discount_offer o
  join open_item i on i.tenant_id = o.tenant_id and i.id = o.item_id
  left join discount_offer_answer a on a.tenant_id = o.tenant_id and a.offer_id = o.id`;

/** One offer by id. */
export async function findOffer(tx: Tx, id: string): Promise<KnownOffer | undefined> {
  const row = await tx.find(
    sql<OfferRow>`select ${offerWithAnswer} where o.tenant_id = ${tx.tenantId} and o.id = ${id}`,
  );
  return row && toKnown(row);
}

/** Offers, the newest first: of an item, or of a customer, or all. */
export async function findOffers(
  tx: Tx,
  filter: {
    readonly itemId?: string | undefined;
    readonly documentId?: string | undefined;
    readonly customerId?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly KnownOffer[]> {
  const parts: RawBuilder<unknown>[] = [sql`o.tenant_id = ${tx.tenantId}`];
  if (filter.itemId !== undefined) parts.push(sql`o.item_id = ${filter.itemId}`);
  if (filter.documentId !== undefined) parts.push(sql`i.document_id = ${filter.documentId}`);
  if (filter.customerId !== undefined) parts.push(sql`o.customer_id = ${filter.customerId}`);
  if (filter.after !== undefined) parts.push(sql`o.id < ${filter.after}::uuid`);
  const rows = await tx.run(
    sql<OfferRow>`select ${offerWithAnswer} where ${sql.join(parts, sql` and `)}
      order by o.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
  return rows.map(toKnown);
}

/** Adds an offer. */
export function insertOffer(act: Act, offer: Offer): void {
  act.insert('discount_offer', [
    {
      id: offer.id,
      item_id: offer.itemId,
      company_id: offer.companyId,
      customer_id: offer.customerId,
      currency: offer.amount.currency,
      amount_minor: offer.amount.minor,
      apr: decimalText(offer.apr),
      year_days: offer.yearDays,
      due_on: offer.dueOn,
      offered_on: offer.offeredOn,
      expires_on: offer.expiresOn,
      recorded_at: act.now,
    },
  ]);
}

/** Keeps what became of an offer; it has one answer only. */
export function insertAnswer(act: Act, offerId: string, answer: Answer): void {
  act.insert('discount_offer_answer', [
    {
      offer_id: offerId,
      answer: answer.answer,
      answered_on: answer.answeredOn,
      pay_on: answer.payOn,
      discount_minor: answer.discount?.minor ?? null,
      recorded_at: act.now,
    },
  ]);
}
