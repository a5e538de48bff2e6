// HTTP of effects: contract to reading.

import type { Tx } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import { EFFECT_CASH_SHOWN } from '#kernel/limits-collecting.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { cashByLag, currenciesOf, type Dimension, effectBy, totalOf } from './effect.ts';
import {
  type AskedFor,
  askedOf,
  labelsOf,
  mayReview,
  type Reader,
  readContacts,
  readEffects,
} from './read-effects.ts';
import { effectLines, shownAsked, shownEffect, shownTie } from './replies.ts';
import { findCredited, isContact } from './store.ts';

async function reportOf(tx: Tx, query: AskedFor & { readonly by: Dimension }, reader: Reader) {
  const { by } = query;
  const asked = await askedOf(tx, query, reader);
  const { sums, ties } = await readEffects(tx, asked, reader);
  const names = [...new Set([...currenciesOf(sums), ...ties.map(({ currency }) => currency)])].sort();
  const rowsOf = new Map(names.map((currency) => [currency, effectBy(sums, currency, by)]));
  const label = await labelsOf(
    tx,
    by,
    [...rowsOf.values()].flat().map(({ key }) => key),
  );
  return {
    ...shownAsked(asked),
    by,
    currencies: names.map((currency) => ({
      currency,
      total: shownEffect(totalOf(sums, currency)),
      rows: inOrder(
        (rowsOf.get(currency) ?? []).map(({ key, ...effect }) => ({
          key,
          label: label(key),
          ...shownEffect(effect),
        })),
        by,
      ),
      byLag: cashByLag(sums, currency, asked.windowDays).map(shownMoney),
      tie: shownTie(
        currency,
        ties.find((tie) => tie.currency === currency),
      ),
    })),
    may: { review: mayReview(reader) },
  };
}

/** Rows as they are shown: most contacts first, but collectors by name, for nobody is ranked. */
function inOrder<R extends { readonly label: string }>(rows: readonly R[], by: Dimension): R[] {
  return by === 'collector' ? rows.toSorted((a, b) => a.label.localeCompare(b.label, 'en')) : [...rows];
}

/** The key of a dimension as it stands in an address: `-` for none. */
function keyOf(text: string | undefined): string | null | undefined {
  return text === '-' ? null : text;
}

export const routes: readonly Route[] = [
  route(contract.readEffects, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => reportOf(tx, query, context)),
  ),

  route(contract.exportEffects, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const report = await reportOf(tx, query, context);
      return {
        fileName: `effects-by-${query.by}-${report.asOf}.csv`,
        contentType: 'text/csv; charset=utf-8',
        body: effectLines(report),
      };
    }),
  ),

  route(contract.listEffectContacts, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const asked = await askedOf(tx, query, context);
      const after = readCursor<[PlainDate, string]>(query.after, [parseDate, idKey]);
      const filter = { by: query.by, key: keyOf(query.key), after, limit: query.limit + 1 };
      const found = await readContacts(tx, asked, context, filter);
      const page = pageOfRows(found, query.limit, (row) => [row.onDay, row.id]);
      const label = await labelsOf(
        tx,
        'collector',
        page.rows.map((row) => row.collector),
      );
      return {
        ...shownAsked(asked),
        rows: page.rows.map((row) => ({
          contactId: row.id,
          kind: row.kind,
          on: row.onDay.toString(),
          customer: { id: row.customerId, number: row.customerNumber, name: row.customerName },
          step: row.step,
          template: row.template,
          channel: row.channel,
          collector: label(row.collector),
          reached: row.reached,
          cash: shownMoney(money(row.minor, row.currency)),
        })),
        next: page.next,
      };
    }),
  ),

  route(contract.readContactCash, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const asked = await askedOf(tx, query, context);
      if (!(await isContact(tx, params.contactId)))
        throw new Refusal('contact_not_made', { contactId: params.contactId });
      const rows = await findCredited(tx, asked, params.contactId, EFFECT_CASH_SHOWN);
      return {
        ...shownAsked(asked),
        rows: rows.map((row) => ({
          applicationId: row.applicationId,
          paymentId: row.paymentId,
          paymentNumber: row.paymentNumber,
          reference: row.reference,
          documentId: row.documentId,
          receivedOn: row.receivedOn.toString(),
          lagDays: row.lagDays,
          amount: shownMoney(money(row.minor, row.currency)),
        })),
      };
    }),
  ),
];
