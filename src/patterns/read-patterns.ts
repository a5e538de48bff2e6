// Reading how customers write numbers of documents: what people accepted, what could be learnt, and what it would have done.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { PATTERN_CUSTOMERS_MAX } from '#kernel/limits.ts';
import { formKey, type LearntWay, type WayForm } from '#matching/learnt-way.ts';
import { readCustomers, readMembers, takeCustomer } from '#parties/take-party.ts';
import { readAcceptedPage } from '#paying/read-accepted.ts';
import type * as contract from './contract.ts';
import { inheritedPatterns, proposePatterns, rightShare, tallyOf, tryForm } from './pattern.ts';
import { readPast } from './read-past.ts';
import { findAccepted, findCorrected, findPatterns, findPayer, findStanding, formOfRow } from './store.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;

/** How a customer writes numbers, as far as it counts on a value date. */
export type KnownWays = (customerId: CustomerId, on: PlainDate) => readonly LearntWay[];

/** How these customers write numbers, as people accepted it. */
export async function readWays(tx: Tx, customerIds: readonly CustomerId[]): Promise<KnownWays> {
  const rows = await findStanding(tx, [...new Set(customerIds)]);
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id);
  return (customerId, on) =>
    (byCustomer.get(customerId) ?? [])
      .filter(({ until_on }) => until_on === null || !isBefore(until_on, on))
      .map((row) => ({
        ...formOfRow(row),
        id: row.id,
        right: rightShare({ right: row.right_count, wrong: row.wrong_count }),
      }));
}

/**
 * What could be learnt from what people applied by hand lately, and what was accepted of customers above and fits those
 * below too; with a payment, only of its customer.
 */
export async function readPatternProposals(
  tx: Tx,
  query: { readonly paymentId?: string | undefined },
): Promise<Reply<typeof contract.listPatternProposals>> {
  const asked = await whoToAsk(tx, query.paymentId);
  if (asked.length === 0) return { rows: [] };
  const past = await readPast(tx, asked);
  const above = asked.flatMap((customerId) => past(customerId).above);
  const all = [...new Set([...asked, ...above])];
  const [standing, customers] = await Promise.all([findStanding(tx, all), readCustomers(tx, all)]);
  const brief = (customerId: CustomerId) => {
    const { id, number, name } = present(customers.get(customerId), 'who is asked is a customer');
    return { id, number, name };
  };
  const rows = asked.flatMap((customerId) => {
    if (customers.get(customerId)?.archivedAt !== null) return [];
    const { receipts, documents, above: those } = past(customerId);
    const known = new Set(standing.filter((row) => row.customer_id === customerId).map((row) => row.form));
    const own = proposePatterns(receipts, documents).map((one) => ({ ...one, from: null }));
    const said = new Set([...known, ...own.map(({ form }) => formKey(form))]);
    const theirs = those.flatMap((id) =>
      standing
        .filter((row) => row.customer_id === id && !said.has(row.form))
        .map((row) => ({ form: formOfRow(row), from: brief(id) })),
    );
    const once = [...new Map(theirs.toReversed().map((one) => [formKey(one.form), one])).values()];
    return [...own, ...inheritedPatterns(once, receipts, documents)]
      .filter(({ form }) => !known.has(formKey(form)))
      .map((proposal) => ({ ...proposal, customer: brief(customerId) }));
  });
  return { rows: rows.toSorted((a, b) => b.right - a.right) };
}

/** A payment's customer; else those whose receipts were applied by hand lately, and those below whom something was accepted of. */
async function whoToAsk(tx: Tx, paymentId: string | undefined): Promise<readonly CustomerId[]> {
  if (paymentId !== undefined) {
    const payer = await findPayer(tx, paymentId);
    return payer ? [payer] : [];
  }
  const [corrected, accepted] = await Promise.all([findCorrected(tx), findAccepted(tx)]);
  const groups = await readMembers(tx, accepted, PATTERN_CUSTOMERS_MAX);
  const below = [...groups].flatMap(([lead, members]) => members.filter((id) => id !== lead));
  return [...new Set([...corrected, ...below.slice(0, PATTERN_CUSTOMERS_MAX)])];
}

/** What a form would have done on a customer's latest receipts, piece by piece. Refuses: `customer_not_found`. */
export async function readTrials(
  tx: Tx,
  { customerId, form }: { readonly customerId: CustomerId; readonly form: WayForm },
): Promise<Reply<typeof contract.tryPattern>> {
  const customer = await takeCustomer(tx, customerId);
  const { receipts, documents } = (await readPast(tx, [customer.id]))(customer.id);
  const trials = tryForm(form, receipts, documents);
  const numbers = new Map(documents.map((document) => [document.id, document.number ?? '']));
  return {
    ...tallyOf(trials),
    rows: trials.map(({ receipt, written, verdict, meant }) => ({
      paymentId: receipt.paymentId,
      number: receipt.number,
      receivedOn: receipt.receivedOn.toString(),
      written,
      verdict,
      meant: meant.map(({ number = '' }) => number),
      paid: receipt.paidIds.flatMap((id) => numbers.get(id) ?? []),
    })),
  };
}

/** What was accepted, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readPatternPage(
  tx: Tx,
  query: { readonly limit: number; readonly after?: string | undefined },
): Promise<Reply<typeof contract.listPatterns>> {
  return readAcceptedPage(
    tx,
    query,
    (page) => findPatterns(tx, page),
    (row) => ({
      patternId: row.id,
      form: formOfRow(row),
      paymentId: row.payment_id,
      right: row.right_count,
      wrong: row.wrong_count,
      tied: row.tied_count,
    }),
  );
}
