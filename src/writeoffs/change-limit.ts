// Stating how much somebody may write off alone. Versions are kept; what was written off stays.

import { readWhose, type WhoseLimit } from '#approvals/whose-limit.ts';
import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { takeCompany } from '#parties/take-party.ts';
import { readAmounts, type WriteOffLimit } from './limit.ts';
import { insertLimit } from './store-limits.ts';
import type { WriteOffKind } from './writing-off.ts';

export type PutWriteOffLimit = WhoseLimit & {
  readonly companyId: CompanyId;
  readonly currency: string;
  /** Left out: every kind of which nothing else is said. */
  readonly kind?: WriteOffKind | undefined;
  readonly stance: WriteOffLimit['stance'];
  readonly amountMin?: Money | null | undefined;
  readonly amountMax?: Money | null | undefined;
  /** The first day it counts on. */
  readonly validFrom: PlainDate;
};

/**
 * States a limit of a role or of one person.
 *
 * Refuses: `company_not_found`, and what `readWhose` and `readAmounts` refuse.
 */
export const putWriteOffLimit: Command<PutWriteOffLimit, { readonly limitId: string }> = {
  name: 'put-write-off-limit',
  permission: 'approval.manage',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const limit: WriteOffLimit = {
      id: newId(),
      ...readWhose(input),
      currency: input.currency,
      kind: input.kind ?? null,
      stance: input.stance,
      ...(input.stance === 'limit'
        ? readAmounts(input, input.currency)
        : { amountMin: null, amountMax: null }),
      validFrom: input.validFrom,
    };
    insertLimit(act, company.id, limit);
    act.record({
      type: 'write_off_limit.changed',
      subjectId: company.id,
      data: {
        limitId: limit.id,
        role: limit.role,
        userId: limit.userId,
        currency: limit.currency,
        kind: limit.kind,
        stance: limit.stance,
        amountMin: limit.amountMin && toDecimal(limit.amountMin),
        amountMax: limit.amountMax && toDecimal(limit.amountMax),
        validFrom: limit.validFrom.toString(),
      },
    });
    return { limitId: limit.id };
  },
};
