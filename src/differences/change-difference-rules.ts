// Stating what may be dropped when payments are short: by rule, and by hand. Versions are kept; what was dropped stays.

import { readWhose, type WhoseLimit } from '#approvals/whose-limit.ts';
import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DifferenceKind } from '#ledger/settlement.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import {
  type Ceiling,
  ceilingText,
  type DifferenceLimit,
  readCeiling,
  type Stance,
  type ToleranceRule,
} from './difference-rules.ts';
import { insertLimit, insertTolerance } from './store.ts';

const NONE: Ceiling = { amountMax: null, percentMax: null };

export type PutTolerance = {
  readonly companyId: CompanyId;
  /** What is dropped; left out, a little that is missing. */
  readonly kind?: DifferenceKind | undefined;
  /** Left out: everybody of whom nothing else is said. */
  readonly customerId?: CustomerId | undefined;
  /** Currency of the receipt. Left out: all, where a customer is blocked or goes by the company's rule again. */
  readonly currency?: string | undefined;
  readonly stance: Stance;
  readonly amountMax?: Money | null | undefined;
  readonly percentMax?: string | null | undefined;
  /** The first value date it counts for. */
  readonly validFrom: PlainDate;
};

/**
 * States what is dropped by rule when a payment is short.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `currency_missing`, `stance_of_customers`, and what `readCeiling` refuses.
 */
export const putTolerance: Command<PutTolerance, { readonly toleranceId: string }> = {
  name: 'put-tolerance',
  permission: 'company.manage',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    if (input.customerId !== undefined) await takeCustomer(act, input.customerId);
    else if (input.stance === 'as_company') throw new Refusal('stance_of_customers');
    if (input.currency === undefined && (input.customerId === undefined || input.stance === 'limit'))
      throw new Refusal('currency_missing');
    const rule: ToleranceRule = {
      id: newId(),
      kind: input.kind ?? 'small_balance',
      customerId: input.customerId ?? null,
      currency: input.currency ?? null,
      stance: input.stance,
      ...(input.stance === 'limit' ? readCeiling(input, input.currency ?? '') : NONE),
      validFrom: input.validFrom,
    };
    insertTolerance(act, company.id, rule);
    act.record({
      type: 'tolerance.changed',
      subjectId: company.id,
      customerId: rule.customerId,
      data: {
        toleranceId: rule.id,
        kind: rule.kind,
        currency: rule.currency,
        stance: rule.stance,
        ...ceilingText(rule),
        validFrom: rule.validFrom.toString(),
      },
    });
    return { toleranceId: rule.id };
  },
};

export type PutDifferenceLimit = WhoseLimit & {
  readonly companyId: CompanyId;
  readonly currency: string;
  readonly stance: DifferenceLimit['stance'];
  readonly amountMax?: Money | null | undefined;
  readonly percentMax?: string | null | undefined;
  /** The first day it counts on. */
  readonly validFrom: PlainDate;
};

/**
 * States how much people may drop by hand. More needs an approval.
 *
 * Refuses: `company_not_found`, and what `readWhose` and `readCeiling` refuse.
 */
export const putDifferenceLimit: Command<PutDifferenceLimit, { readonly limitId: string }> = {
  name: 'put-difference-limit',
  permission: 'approval.manage',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const limit: DifferenceLimit = {
      id: newId(),
      ...readWhose(input),
      currency: input.currency,
      stance: input.stance,
      ...(input.stance === 'limit' ? readCeiling(input, input.currency) : NONE),
      validFrom: input.validFrom,
    };
    insertLimit(act, company.id, limit);
    act.record({
      type: 'difference_limit.changed',
      subjectId: company.id,
      data: {
        limitId: limit.id,
        role: limit.role,
        userId: limit.userId,
        currency: limit.currency,
        stance: limit.stance,
        ...ceilingText(limit),
        validFrom: limit.validFrom.toString(),
      },
    });
    return { limitId: limit.id };
  },
};
