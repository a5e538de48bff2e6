// What a person says of the columns of a CSV, as it stands in the fields of the page, and as the profile it makes.

import type { z } from 'zod';
import type { csvProfile } from '#payments/contract.ts';

export type Profile = z.output<typeof csvProfile>;
type Ref = string | number;

/** A column as a choice: `n:` and its name, or `i:` and its place from 0; nothing chosen is ''. */
export type Token = string;

export type Draft = {
  readonly delimiter: string;
  readonly encoding: string;
  readonly skipLines: number;
  readonly skipLastRows: number;
  readonly hasHeader: boolean;
  readonly dateOrder: Profile['dateOrder'];
  readonly decimalMark: Profile['decimalMark'];
  readonly kind: Profile['amount']['kind'];
  readonly amount: Token;
  readonly isInverted: boolean;
  readonly flag: Token;
  readonly debitWords: string;
  readonly creditWords: string;
  readonly debit: Token;
  readonly credit: Token;
  /** '' where the whole file is in `currency`. */
  readonly currencyColumn: Token;
  readonly currency: string;
  readonly bookingDate: Token;
  readonly valueDate: Token;
  readonly payerName: Token;
  readonly payerAccount: Token;
  readonly texts: readonly Token[];
  readonly bankReference: Token;
  readonly balanceAfter: Token;
  readonly original: Token;
  readonly originalCurrency: Token;
  /** What the page has no fields for, kept as it is. */
  readonly rest: Pick<Profile, 'account' | 'endToEndId' | 'balanceBefore' | 'status'>;
};

const tokenOf = (ref: Ref | undefined): Token =>
  ref === undefined ? '' : typeof ref === 'number' ? `i:${ref}` : `n:${ref}`;

const refOf = (token: Token): Ref | undefined =>
  token === '' ? undefined : token.startsWith('i:') ? Number(token.slice(2)) : token.slice(2);

const columnIn = (value: { readonly column: Ref } | { readonly fixed: string } | undefined): Token =>
  value && 'column' in value ? tokenOf(value.column) : '';

/** A draft before anybody said anything. */
export function emptyDraft(currency: string): Draft {
  return {
    delimiter: '',
    encoding: '',
    skipLines: 0,
    skipLastRows: 0,
    hasHeader: true,
    dateOrder: 'day_month_year',
    decimalMark: ',',
    kind: 'signed',
    amount: '',
    isInverted: false,
    flag: '',
    debitWords: '',
    creditWords: '',
    debit: '',
    credit: '',
    currencyColumn: '',
    currency,
    bookingDate: '',
    valueDate: '',
    payerName: '',
    payerAccount: '',
    texts: [],
    bankReference: '',
    balanceAfter: '',
    original: '',
    originalCurrency: '',
    rest: {},
  };
}

/** A profile in the fields of the page. */
export function draftOf(profile: Profile, currency: string): Draft {
  const { amount } = profile;
  return {
    ...emptyDraft(currency),
    delimiter: profile.delimiter ?? '',
    encoding: profile.encoding ?? '',
    skipLines: profile.skipLines ?? 0,
    skipLastRows: profile.skipLastRows ?? 0,
    hasHeader: profile.hasHeader,
    dateOrder: profile.dateOrder,
    decimalMark: profile.decimalMark,
    kind: amount.kind,
    ...(amount.kind === 'two_columns'
      ? { debit: tokenOf(amount.debit), credit: tokenOf(amount.credit) }
      : { amount: tokenOf(amount.column) }),
    ...(amount.kind === 'signed' ? { isInverted: amount.isInverted === true } : {}),
    ...(amount.kind === 'flagged'
      ? {
          flag: tokenOf(amount.flag),
          debitWords: amount.debitWords.join(', '),
          creditWords: amount.creditWords.join(', '),
        }
      : {}),
    currencyColumn: columnIn(profile.currency),
    currency: 'fixed' in profile.currency ? profile.currency.fixed : currency,
    bookingDate: tokenOf(profile.bookingDate),
    valueDate: tokenOf(profile.valueDate),
    payerName: tokenOf(profile.counterpartyName),
    payerAccount: tokenOf(profile.counterpartyAccount),
    texts: profile.text.map(tokenOf),
    bankReference: tokenOf(profile.bankReference),
    balanceAfter: tokenOf(profile.balanceAfter),
    original: tokenOf(profile.original?.column),
    originalCurrency: columnIn(profile.original?.currency),
    rest: {
      account: profile.account,
      endToEndId: profile.endToEndId,
      balanceBefore: profile.balanceBefore,
      status: profile.status,
    },
  };
}

const wordsOf = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

function amountOf(draft: Draft): Profile['amount'] | undefined {
  const [column, flag] = [refOf(draft.amount), refOf(draft.flag)];
  const [debit, credit] = [refOf(draft.debit), refOf(draft.credit)];
  if (draft.kind === 'two_columns')
    return debit === undefined || credit === undefined ? undefined : { kind: 'two_columns', debit, credit };
  if (column === undefined) return undefined;
  if (draft.kind === 'signed')
    return { kind: 'signed', column, ...(draft.isInverted ? { isInverted: true } : {}) };
  if (flag === undefined) return undefined;
  const [debitWords, creditWords] = [wordsOf(draft.debitWords), wordsOf(draft.creditWords)];
  return debitWords.length + creditWords.length === 0
    ? undefined
    : { kind: 'flagged', column, flag, debitWords, creditWords };
}

/** The profile that the fields make; nothing while day, amount or currency is missing. */
export function profileOf(draft: Draft): Profile | undefined {
  const [amount, bookingDate] = [amountOf(draft), refOf(draft.bookingDate)];
  const currencyColumn = refOf(draft.currencyColumn);
  if (amount === undefined || bookingDate === undefined) return undefined;
  if (currencyColumn === undefined && !/^[A-Z]{3}$/.test(draft.currency)) return undefined;
  const [original, originalCurrency] = [refOf(draft.original), refOf(draft.originalCurrency)];
  const some = <Key extends string, Value>(key: Key, value: Value | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
  return {
    ...some('delimiter', (draft.delimiter || undefined) as Profile['delimiter']),
    ...some('encoding', (draft.encoding || undefined) as Profile['encoding']),
    ...(draft.skipLines > 0 ? { skipLines: draft.skipLines } : {}),
    ...(draft.skipLastRows > 0 ? { skipLastRows: draft.skipLastRows } : {}),
    hasHeader: draft.hasHeader,
    dateOrder: draft.dateOrder,
    decimalMark: draft.decimalMark,
    amount,
    currency: currencyColumn === undefined ? { fixed: draft.currency } : { column: currencyColumn },
    bookingDate,
    text: draft.texts.flatMap((token) => refOf(token) ?? []),
    ...some('valueDate', refOf(draft.valueDate)),
    ...some('counterpartyName', refOf(draft.payerName)),
    ...some('counterpartyAccount', refOf(draft.payerAccount)),
    ...some('bankReference', refOf(draft.bankReference)),
    ...some('balanceAfter', refOf(draft.balanceAfter)),
    ...(original === undefined
      ? {}
      : {
          original: {
            column: original,
            ...(originalCurrency === undefined ? {} : { currency: { column: originalCurrency } }),
          },
        }),
    ...draft.rest,
  };
}

/** Columns as choices, by name where the name is theirs alone, with a value as an example. */
export function choicesOf(
  header: readonly string[],
  example: readonly string[],
): readonly { readonly value: Token; readonly label: string }[] {
  const plain = (name: string): string => name.trim().toLowerCase();
  const count = Math.max(header.length, example.length);
  return Array.from({ length: count }, (_, index) => {
    const name = (header[index] ?? '').trim();
    const isAlone = name !== '' && header.filter((other) => plain(other) === plain(name)).length === 1;
    const shown = (example[index] ?? '').trim().slice(0, 24);
    const called = name === '' ? `Column ${index + 1}` : name;
    return {
      value: isAlone ? `n:${name}` : `i:${index}`,
      label: shown === '' ? called : `${called} · ${shown}`,
    };
  });
}
