// What a person says of the columns of a gateway's payout report, as it stands in the fields of the page, and as what is kept.

import type { z } from 'zod';
import type { PAYOUT_KINDS, payoutColumns } from '#gateways/contract.ts';
import type { lookAtPayoutReport } from '#intake/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Columns = z.output<typeof payoutColumns>;
export type Kind = (typeof PAYOUT_KINDS)[number];
export type PayoutLook = Reply<typeof lookAtPayoutReport>;

/** Columns are names in the header; nothing chosen is ''. */
export type PayoutDraft = {
  readonly payout: string;
  readonly payoutOn: string;
  readonly id: string;
  readonly on: string;
  readonly type: string;
  readonly gross: string;
  readonly fee: string;
  readonly net: string;
  readonly charge: string;
  readonly payer: string;
  readonly texts: readonly string[];
  /** '' where the whole file is in the currency of the account. */
  readonly currency: string;
  /** '' where the whole file is of one account. */
  readonly account: string;
  readonly dateOrder: Columns['dateOrder'];
  readonly decimalMark: Columns['decimalMark'];
  readonly isFeeNegative: boolean;
  readonly isTakenPositive: boolean;
  /** Word of the types, in small letters → what it means. */
  readonly kinds: Readonly<Record<string, Kind | ''>>;
};

/** Words that gateways use, by their beginning. */
const KNOWN_WORDS: readonly (readonly [RegExp, Kind])[] = [
  [/^(charge ?back|dispute)/, 'dispute'],
  [/^(charge|payment|sale|capture|paid|zahlung)/, 'charge'],
  [/^(refund|erstattung)/, 'refund'],
  [/^(fee|gebühr|commission)/, 'fee'],
  [/^(payout|transfer|withdrawal|deposit|auszahlung)/, 'payout'],
];

export const plain = (word: string): string => word.trim().replace(/\s+/g, ' ').toLowerCase();

/** What a word most likely means; '' where that is for a person to say. */
export const kindOf = (draft: PayoutDraft, word: string): Kind | '' =>
  draft.kinds[plain(word)] ?? KNOWN_WORDS.find(([pattern]) => pattern.test(plain(word)))?.[1] ?? '';

/** The draft of what was said before, else of what the file says by itself. */
export function draftOf({ columns, proposal }: PayoutLook): PayoutDraft {
  const named = (either: Columns['currency'] | undefined): string =>
    either && 'column' in either ? either.column : '';
  const said = columns ?? proposal;
  return {
    payout: said.payout ?? '',
    payoutOn: said.payoutOn ?? '',
    id: said.id ?? '',
    on: said.on ?? '',
    type: said.type ?? '',
    gross: said.gross ?? '',
    fee: said.fee ?? '',
    net: said.net ?? '',
    charge: columns?.charge ?? '',
    payer: said.payer ?? '',
    texts: columns?.texts ?? [],
    currency: columns ? named(columns.currency) : (proposal.currency ?? ''),
    account: named(columns?.account),
    dateOrder: said.dateOrder ?? 'year_month_day',
    decimalMark: said.decimalMark ?? '.',
    isFeeNegative: columns?.isFeeNegative ?? false,
    isTakenPositive: columns?.isTakenPositive ?? false,
    kinds: Object.fromEntries((columns?.words ?? []).map(({ word, kind }) => [plain(word), kind])),
  };
}

/** What is kept; nothing while a column is missing, or a word of the file means nothing yet. */
export function columnsOf(
  draft: PayoutDraft,
  words: PayoutLook['words'],
  of: { readonly account: string; readonly currency: string },
): Columns | undefined {
  const { payout, id, on, type, gross, fee, net } = draft;
  if ([payout, id, on, type, gross, fee, net].includes('')) return undefined;
  const named = words.map(({ word }) => ({ word, kind: kindOf(draft, word) }));
  if (named.length === 0 || named.some(({ kind }) => kind === '')) return undefined;
  const inFile = new Set(words.map(({ word }) => plain(word)));
  // Words that this file has not were said of another one, and stay.
  const others = Object.entries(draft.kinds)
    .filter(([word, kind]) => kind !== '' && !inFile.has(word))
    .map(([word, kind]) => ({ word, kind }));
  return {
    ...{ payout, id, on, type, gross, fee, net },
    ...(draft.payoutOn === '' ? {} : { payoutOn: draft.payoutOn }),
    ...(draft.charge === '' ? {} : { charge: draft.charge }),
    ...(draft.payer === '' ? {} : { payer: draft.payer }),
    texts: [...draft.texts],
    currency: draft.currency === '' ? { fixed: of.currency } : { column: draft.currency },
    account: draft.account === '' ? { fixed: of.account } : { column: draft.account },
    dateOrder: draft.dateOrder,
    decimalMark: draft.decimalMark,
    isFeeNegative: draft.isFeeNegative,
    ...(draft.isTakenPositive ? { isTakenPositive: true } : {}),
    words: [...named, ...others].map(({ word, kind }) => ({ word, kind: kind as Kind })),
  };
}
