// Reading which names and accounts stand for customers, and which would.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { ALIASES_PROPOSED_MAX } from '#kernel/limits.ts';
import { readCustomers } from '#parties/take-party.ts';
import { isWorthProposing } from './alias.ts';
import type * as contract from './contract.ts';
import { readAcceptedPage } from './read-accepted.ts';
import { findAliases, findAliasesByKeys, findEvident } from './store-aliases.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;

/** Who is meant by names (as match keys) and accounts (compact) on a value date. */
export type KnownAliases = {
  byName(key: string, on: Temporal.PlainDate): readonly CustomerId[];
  byAccount(account: string, on: Temporal.PlainDate): readonly CustomerId[];
  byWords(keys: readonly string[], on: Temporal.PlainDate): readonly LearntWord[];
};

/** A word that stands for a customer, as it was accepted. */
export type LearntWord = {
  readonly aliasId: string;
  readonly written: string;
  readonly customerId: CustomerId;
};

/** The customers that these names and accounts stand for, as people accepted it. */
export async function readAliases(
  tx: Tx,
  asked: {
    readonly names: readonly string[];
    readonly accounts: readonly string[];
    readonly words?: readonly string[];
  },
): Promise<KnownAliases> {
  const rows = await findAliasesByKeys(tx, { words: [], ...asked });
  const byKey = Map.groupBy(rows, ({ kind, key }) => `${kind} ${key}`);
  const counting = (key: string, on: Temporal.PlainDate) =>
    (byKey.get(key) ?? []).filter(
      ({ until_on }) => until_on === null || Temporal.PlainDate.compare(on, until_on) <= 0,
    );
  const of = (key: string, on: Temporal.PlainDate): readonly CustomerId[] =>
    counting(key, on).map((row) => row.customer_id);
  return {
    byName: (key, on) => of(`name ${key}`, on),
    byAccount: (account, on) => of(`account ${account}`, on),
    byWords: (keys, on) =>
      keys
        .flatMap((key) => counting(`word ${key}`, on))
        .map((row) => ({ aliasId: row.id, written: row.written, customerId: row.customer_id })),
  };
}

/** What the latest receipts propose to be learnt, most often right first; with a payment, only of its payer. */
export async function readAliasProposals(
  tx: Tx,
  query: { readonly paymentId?: string | undefined },
): Promise<Reply<typeof contract.listAliasProposals>> {
  const evident = await findEvident(tx, { paymentId: query.paymentId, limit: ALIASES_PROPOSED_MAX });
  const worth = evident.filter(isWorthProposing);
  const customers = await readCustomers(tx, [...new Set(worth.map((one) => one.customerId))]);
  return {
    rows: worth.flatMap(({ customerId, kind, written, paymentId, right, asked }) => {
      const customer = customers.get(customerId);
      if (!customer || customer.archivedAt !== null) return [];
      const { id, number, name } = customer;
      return [{ kind, written, paymentId, right, asked, customer: { id, number, name } }];
    }),
  };
}

/** What was accepted, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readAliasPage(
  tx: Tx,
  query: { readonly limit: number; readonly after?: string | undefined },
): Promise<Reply<typeof contract.listAliases>> {
  return readAcceptedPage(
    tx,
    query,
    (page) => findAliases(tx, page),
    (row) => ({
      aliasId: row.id,
      kind: row.kind,
      written: row.written,
      paymentId: row.payment_id,
      right: row.right_count,
      asked: row.asked_count,
    }),
  );
}
