// Which items are meant, as the address of the page says it.

import type { planWriteOffRun } from '#writeoffruns/contract.ts';
import { WRITE_OFF_KINDS } from '#writeoffs/contract.ts';
import type { Input } from '../../lib/api.ts';
import { typedDecimal } from '../../lib/typed.ts';

/** An amount that is being typed, with its currency. */
export type UpTo = { readonly amount: string; readonly currency: string };

/** A rule as it is being typed. */
export type TypedRule = {
  readonly companyId: string;
  readonly kind: (typeof WRITE_OFF_KINDS)[number];
  readonly itemKind: string;
  readonly days: string;
  readonly upTo: readonly UpTo[];
};

/** Reads a rule out of an address: `upto=5.00-EUR_6.00-USD`. */
export function ruleOf(search: Readonly<Record<string, string>>): TypedRule {
  return {
    companyId: search.company ?? '',
    kind: WRITE_OFF_KINDS.find((one) => one === search.kind) ?? 'small_balance',
    itemKind: search.item ?? '',
    days: search.days ?? '',
    upTo: (search.upto ?? '')
      .split('_')
      .filter((text) => text !== '')
      .map((text) => {
        const [amount = '', currency = ''] = text.split('-');
        return { amount, currency };
      }),
  };
}

/** The amounts as an address has them. */
export function upToText(upTo: readonly UpTo[]): string {
  return upTo.map(({ amount, currency }) => `${amount}-${currency}`).join('_');
}

/** What the server is asked; what is not a number yet is left out. */
export function planInput(
  rule: TypedRule,
  facts: NonNullable<Input<typeof planWriteOffRun>['body']>['facts'],
): Input<typeof planWriteOffRun> {
  const { companyId, kind, itemKind } = rule;
  return {
    body: {
      companyId,
      kind,
      ...(itemKind === 'invoice' || itemKind === 'charge' ? { itemKind } : {}),
      ...(/^\d{1,5}$/.test(rule.days) ? { overdueDaysMin: Number(rule.days) } : {}),
      upTo: rule.upTo.flatMap(({ amount, currency }) => {
        const typed = typedDecimal(amount);
        return typed === undefined ? [] : [{ amount: typed, currency }];
      }),
      ...(kind === 'bad_debt' ? { facts } : {}),
    },
  };
}

/** Whether a rule says anything: then what it means is chosen, else nothing is. */
export function saysAnything({ body }: Input<typeof planWriteOffRun>): boolean {
  return body?.overdueDaysMin !== undefined || (body?.upTo?.length ?? 0) > 0;
}
