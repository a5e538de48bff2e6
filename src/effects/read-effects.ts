// Reading what collecting brought: the report, the contacts behind a figure, the money behind a contact.

import { type Actor, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { addDays, daysBetween, type Instant, isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { EFFECT_PERIOD_DAYS_MAX, EFFECT_PROMISES_MAX } from '#kernel/limits-collecting.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { readKept } from '#promises/read-standings.ts';
import {
  type Dimension,
  type EffectSums,
  type PromiseSum,
  stepLabel,
  veiled,
  withoutOthers,
} from './effect.ts';
import {
  type Asked,
  type CashTie,
  type ContactRow,
  findContacts,
  findPromised,
  type PromiseMade,
  sumCash,
  sumContacts,
  sumTies,
} from './store.ts';

/** What somebody asks for; days left out are the ninety up to the day it is asked as of. */
export type AskedFor = {
  readonly from?: PlainDate | undefined;
  readonly to?: PlainDate | undefined;
  readonly windowDays: number;
  readonly asOf?: PlainDate | undefined;
  readonly knownAt?: Instant | undefined;
  readonly companyId?: CompanyId | undefined;
};

/** Who reads: their own contacts are theirs to see, those of each colleague only for who may. */
export type Reader = {
  readonly actor: Actor;
  readonly permissions: ReadonlySet<string>;
  readonly today: PlainDate;
};

/** Days that are reported where nobody says others. */
const USUAL_DAYS = 90;

/** Makes whole what was asked for. Refuses: `effect_days_reversed`, `effect_days_too_many`, `company_not_found`. */
export async function askedOf(tx: Tx, given: AskedFor, reader: Reader): Promise<Asked> {
  const asOf = given.asOf ?? reader.today;
  const to = given.to ?? asOf;
  const from = given.from ?? addDays(to, 1 - USUAL_DAYS);
  if (isAfter(from, to))
    throw new Refusal('effect_days_reversed', { from: from.toString(), to: to.toString() });
  if (daysBetween(from, to) >= EFFECT_PERIOD_DAYS_MAX)
    throw new Refusal('effect_days_too_many', { daysMax: EFFECT_PERIOD_DAYS_MAX });
  if (given.companyId !== undefined) await takeCompany(tx, given.companyId);
  return { ...given, asOf, from, to };
}

/** The sums the report is made of, and how they tie to all money that was applied. */
export type EffectReport = { readonly sums: EffectSums; readonly ties: readonly CashTie[] };

/** Adds up contacts, money and promises, without the names of colleagues for who may not see them. */
export async function readEffects(tx: Tx, asked: Asked, reader: Reader): Promise<EffectReport> {
  const [contacts, cash, made, ties] = await Promise.all([
    sumContacts(tx, asked),
    sumCash(tx, asked),
    findPromised(tx, asked, EFFECT_PROMISES_MAX),
    sumTies(tx, asked),
  ]);
  const kept = await readKept(
    tx,
    made.map(({ id }) => id),
    asked,
  );
  const promises = made.map((one) => promiseSum(one, kept.get(one.id)));
  const sums = { contacts, cash, promises };
  return { sums: mayReview(reader) ? sums : withoutOthers(sums, actorText(reader.actor)), ties };
}

/**
 * A promise as the report counts it. What was promised still stands and what came in time are taken over into the functional
 * currency in the proportion of the whole, half up: exact where the promise is in that currency.
 */
function promiseSum(
  { id: _id, minor, ...traits }: PromiseMade,
  standing: { readonly promised: bigint; readonly kept: bigint } | undefined,
): PromiseSum {
  const { promised = 0n, kept = 0n } = standing ?? {};
  const inTime = promised === 0n ? 0n : (minor * kept * 2n + promised) / (promised * 2n);
  return { ...traits, promises: 1, promised: minor, kept: inTime };
}

/** Whether the reader may see what each collector brought about. */
export function mayReview(reader: Reader): boolean {
  return reader.permissions.has('collector.review');
}

/** What the values of a dimension are called. */
export async function labelsOf(
  tx: Tx,
  by: Dimension,
  keys: readonly (string | null)[],
): Promise<(key: string | null) => string> {
  const names =
    by === 'collector'
      ? await readActorNames(tx, keys.filter((key) => key?.includes(':') === true).map(String))
      : new Map<string, string>();
  return (key) => {
    if (key === null) return 'None';
    if (by === 'step') return stepLabel(key);
    if (by !== 'collector') return key.replaceAll('_', ' ');
    if (key === 'automatic') return 'Automatic';
    return key === 'others' ? 'Colleagues' : (names.get(key) ?? key);
  };
}

/** A page of contacts with what was credited to them, as far as the reader may tell them apart. */
export async function readContacts(
  tx: Tx,
  asked: Asked,
  reader: Reader,
  filter: {
    readonly by: Dimension;
    readonly key: string | null | undefined;
    readonly after: readonly [PlainDate, string] | undefined;
    readonly limit: number;
  },
): Promise<readonly ContactRow[]> {
  if (mayReview(reader)) return findContacts(tx, asked, filter);
  const own = actorText(reader.actor);
  const { by, key } = filter;
  const asks = by === 'collector' && key !== undefined && key !== null;
  // Whoever asks for a colleague by their key gets them all, or none: the answer tells no two of them apart.
  const isOther = asks && veiled(key, own) === 'others';
  const rows = await findContacts(
    tx,
    asked,
    isOther ? { ...filter, key: undefined, butCollector: own } : filter,
  );
  return rows.map((row) => ({ ...row, collector: veiled(row.collector, own) }));
}
