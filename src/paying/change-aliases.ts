// Accepting that a name or an account stands for a customer, and taking that back.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { matchKey } from '#ledger/match-key.ts';
import { compactAccount } from '#parties/iban.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { type AliasKind, checkAlias } from './alias.ts';
import { findReplay, insertAlias, lockAlias, updateRevoked } from './store-aliases.ts';

export type AcceptAlias = {
  readonly kind: AliasKind;
  /** The name or account as the payer writes it. */
  readonly written: string;
  readonly customerId: CustomerId;
  /** The last value date on which it counts; left out, it counts until it is revoked. */
  readonly untilOn?: PlainDate | undefined;
};

export type AliasAccepted = {
  readonly aliasId: string;
  /** How often it would have been right on past receipts, of how many. */
  readonly right: number;
  readonly asked: number;
};

/**
 * Accepts that money under a name, or from an account, is a customer's. Receipts are matched by it from now on. How often that
 * would have been right on past receipts is counted anew and kept.
 *
 * Refuses: `customer_not_found`, `alias_not_supported`, `alias_known`, `alias_ends_before_today`.
 */
export const acceptAlias: Command<AcceptAlias, AliasAccepted> = {
  name: 'accept-payer-alias',
  permission: 'payment.apply',
  constraints: { payer_alias_once: 'alias_known' },
  async run(act, input) {
    const customer = await takeCustomer(act, input.customerId);
    const untilOn = input.untilOn ?? null;
    if (untilOn !== null && Temporal.PlainDate.compare(untilOn, act.today) < 0)
      throw new Refusal('alias_ends_before_today', { untilOn: untilOn.toString() });
    const key = input.kind === 'name' ? matchKey(input.written) : compactAccount(input.written);
    const sign = { kind: input.kind, key, customerId: customer.id };
    const evident = key === '' ? undefined : await findReplay(act, sign);
    if (evident === undefined) throw new Refusal('alias_not_supported', { right: 0, asked: 0 });
    checkAlias(evident);
    const aliasId = insertAlias(act, { ...evident, written: input.written }, untilOn);
    const { right, asked } = evident;
    act.record({
      type: 'payer_alias.accepted',
      subjectId: aliasId,
      customerId: customer.id,
      data: { kind: input.kind, written: input.written, right, asked, untilOn: untilOn?.toString() ?? null },
    });
    return { aliasId, right, asked };
  },
};

/**
 * Takes back that a name or an account stands for a customer. What was applied by it stays.
 *
 * Refuses: `alias_not_found`, `alias_revoked`.
 */
export const revokeAlias: Command<{ readonly aliasId: string }, { readonly aliasId: string }> = {
  name: 'revoke-payer-alias',
  permission: 'payment.apply',
  async run(act, { aliasId }) {
    const alias = await lockAlias(act, aliasId);
    if (!alias) throw new Refusal('alias_not_found', { aliasId });
    if (alias.revoked_at !== null) throw new Refusal('alias_revoked', { aliasId });
    updateRevoked(act, aliasId);
    act.record({
      type: 'payer_alias.revoked',
      subjectId: aliasId,
      customerId: alias.customer_id,
      data: { kind: alias.kind, written: alias.written },
    });
    return { aliasId };
  },
};
