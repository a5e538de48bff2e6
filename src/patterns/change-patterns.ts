// Accepting that a customer writes numbers of documents in a way of its own, and taking that back.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { WayForm } from '#matching/learnt-way.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { checkPattern, type Tally, tallyOf, tryForm } from './pattern.ts';
import { readPast } from './read-past.ts';
import { formOfRow, insertPattern, lockPattern, updateRevoked } from './store.ts';

export type AcceptPattern = {
  readonly customerId: CustomerId;
  readonly form: WayForm;
  /** The last value date on which it counts; left out, it counts until it is revoked. */
  readonly untilOn?: PlainDate | undefined;
};

/**
 * Accepts that a customer writes numbers of documents so. Its receipts are matched by it from now on, worth as much as it was
 * right; that is counted anew on its latest receipts and kept. What such a number names several of stays in doubt.
 *
 * Refuses: `customer_not_found`, `pattern_not_supported`, `pattern_known`, `pattern_ends_before_today`.
 */
export const acceptPattern: Command<AcceptPattern, Tally & { readonly patternId: string }> = {
  name: 'accept-writing-pattern',
  permission: 'payment.apply',
  constraints: { writing_pattern_once: 'pattern_known' },
  async run(act, { customerId, form, untilOn: lastDay }) {
    const customer = await takeCustomer(act, customerId);
    const untilOn = lastDay ?? null;
    if (untilOn !== null && Temporal.PlainDate.compare(untilOn, act.today) < 0)
      throw new Refusal('pattern_ends_before_today', { untilOn: untilOn.toString() });
    const { receipts, documents } = (await readPast(act, [customer.id]))(customer.id);
    const trials = tryForm(form, receipts, documents);
    const tally = tallyOf(trials);
    checkPattern(tally);
    const latest = trials.find(({ verdict }) => verdict === 'right');
    const patternId = insertPattern(act, {
      ...tally,
      customerId: customer.id,
      form,
      paymentId: latest?.receipt.paymentId ?? null,
      untilOn,
    });
    act.record({
      type: 'writing_pattern.accepted',
      subjectId: patternId,
      customerId: customer.id,
      data: { ...form, ...tally, untilOn: untilOn?.toString() ?? null },
    });
    return { patternId, ...tally };
  },
};

/**
 * Takes back that a customer writes numbers so. What was applied by it stays.
 *
 * Refuses: `pattern_not_found`, `pattern_revoked`.
 */
export const revokePattern: Command<{ readonly patternId: string }, { readonly patternId: string }> = {
  name: 'revoke-writing-pattern',
  permission: 'payment.apply',
  async run(act, { patternId }) {
    const pattern = await lockPattern(act, patternId);
    if (!pattern) throw new Refusal('pattern_not_found', { patternId });
    if (pattern.revoked_at !== null) throw new Refusal('pattern_revoked', { patternId });
    updateRevoked(act, patternId);
    act.record({
      type: 'writing_pattern.revoked',
      subjectId: patternId,
      customerId: pattern.customer_id,
      data: { ...formOfRow(pattern) },
    });
    return { patternId };
  },
};
