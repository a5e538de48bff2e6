// Which entries of a bank statement are not stored yet. Entries that share an identity (banks give one reference to several
// bookings of a day and amount) are told apart by what else they say, and counted; the order they come in does not matter.

import { createHash } from 'node:crypto';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { SurveyedStatement } from './read-statement.ts';
import { contradicts, type ReadyEntry, type SaidOfLine, saysTheSame } from './statement.ts';
import { type BankAccountRow, findKnownLines, findStored, type KnownLine } from './store-bank.ts';
import { toldThrough } from './told-before.ts';

/** A new entry with the identity it is to be stored by, which says the how-manieth of those that share it. */
export type NewEntry = { readonly entry: ReadyEntry; readonly identity: Buffer };

/** Lines that share an identity: those stored that no entry of this file has met yet, and the ordinal of the next new one. */
type Kin = { readonly unmet: KnownLine[]; next: number };

/** Finds the new entries of one file, part by part. */
export class NewEntryFinder {
  readonly #tx: Tx;
  /** What is stored of the identities that have passed by, by account. */
  readonly #kin = new Map<string, Kin>();

  constructor(tx: Tx) {
    this.#tx = tx;
  }

  /**
   * Entries that are not stored yet. Each stored line is met by one entry at most: first by one that says the same, then by
   * one that does not contradict it. An entry that meets none is a further one.
   */
  async newOf(bankAccountId: string, entries: readonly ReadyEntry[]): Promise<readonly NewEntry[]> {
    await this.#readKin(bankAccountId, entries);
    const kinOf = (entry: ReadyEntry): Kin =>
      present(this.#kin.get(kinKey(bankAccountId, entry)), 'the kin of an entry was read');
    const unlike = entries.filter((entry) => !meet(kinOf(entry), entry, saysTheSame));
    const fresh = unlike.filter((entry) => !meet(kinOf(entry), entry, (a, b) => !contradicts(a, b)));
    return fresh.map((entry) => {
      const kin = kinOf(entry);
      const identity = identityAt(kin.next, entry);
      kin.next += 1;
      return { entry, identity };
    });
  }

  /** Reads the stored lines of identities that pass by for the first time. They are stored by ordinals without gaps. */
  async #readKin(bankAccountId: string, entries: readonly ReadyEntry[]): Promise<void> {
    const groups = [...Map.groupBy(entries, (entry) => kinKey(bankAccountId, entry))];
    let open = groups.flatMap(([key, alike]) => {
      const [first] = alike;
      if (first === undefined || this.#kin.has(key)) return [];
      const kin: Kin = { unmet: [], next: 0 };
      this.#kin.set(key, kin);
      return [{ kin, first, count: alike.length }];
    });
    while (open.length > 0) {
      const asked = open.map(({ kin, first, count }) =>
        Array.from({ length: count }, (_, index) => identityAt(kin.next + index, first)),
      );
      const known = await findKnownLines(this.#tx, bankAccountId, asked.flat());
      const byIdentity = new Map(known.map((line) => [Buffer.from(line.identity).toString('hex'), line]));
      open = open.filter(({ kin, count }, index) => {
        const identities = asked[index] ?? [];
        const lines = identities.flatMap((identity) => byIdentity.get(identity.toString('hex')) ?? []);
        kin.unmet.push(...lines);
        kin.next += lines.length;
        return lines.length === count;
      });
    }
  }
}

/**
 * The last day up to which a statement is there already, whatever its entries are called there; nothing where its balances do not
 * show that.
 */
export async function findToldThrough(
  tx: Tx,
  { figures, days }: SurveyedStatement,
  account: Pick<BankAccountRow, 'id' | 'currency'>,
): Promise<PlainDate | undefined> {
  const named = [...days.keys()].sort();
  const [first, last] = [named[0], named.at(-1)];
  const opening = figures?.difference?.minor === 0n ? figures.opening : null;
  if (first === undefined || last === undefined || opening === null) return undefined;
  const stored = await findStored(tx, account, { first: parseDate(first), last: parseDate(last) });
  return toldThrough({ openingMinor: opening.minor, days }, stored);
}

/** The SHA-256 of a text. */
export function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function kinKey(bankAccountId: string, entry: ReadyEntry): string {
  return hashOf(`${bankAccountId}\n${entry.identity}`).toString('base64');
}

function identityAt(ordinal: number, entry: ReadyEntry): Buffer {
  return hashOf(`${ordinal}\n${entry.identity}`);
}

/** Takes the first stored line that an entry is like; says whether there was one. */
function meet(kin: Kin, entry: ReadyEntry, isLike: (a: SaidOfLine, b: SaidOfLine) => boolean): boolean {
  const [first] = entry.lines;
  const at = kin.unmet.findIndex((line) => first === undefined || isLike(first, saidOf(line)));
  if (at >= 0) kin.unmet.splice(at, 1);
  return at >= 0;
}

function saidOf(line: KnownLine): SaidOfLine {
  return {
    endToEndId: line.end_to_end_id,
    structuredReference: line.structured_reference,
    payerAccount: line.payer_account,
  };
}
