// Mending what was read of a remittance: a person says how it really is. The reading before is kept.

import type { Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type { RemittanceReceived } from './receive-remittance.ts';
import { checkReading, type Reading } from './remittance.ts';
import { insertReading } from './store.ts';
import { differenceOf } from './table-reading.ts';
import { takeRemittance } from './take-remittance.ts';

export type ChangeReading = Omit<Reading, 'currency'> & {
  readonly remittanceId: string;
  /** The reading that was looked at: another since then is not overwritten. */
  readonly revision: number;
};

/**
 * Puts another reading in the place of the present one. The currency stays. Lines that keep their document keep their places
 * in the source.
 *
 * Refuses: `remittance_not_found`, `remittance_changed_meanwhile`, `customer_not_found`, what `checkReading` refuses.
 */
export const changeReading: Command<ChangeReading, RemittanceReceived> = {
  name: 'change-remittance-reading',
  permission: 'payment.apply',
  async run(act, { remittanceId, revision, ...given }) {
    const before = await takeRemittance(act, remittanceId, { lock: true });
    if (before.revision !== revision)
      throw new Refusal('remittance_changed_meanwhile', { revision: before.revision });
    if (given.customerId !== undefined) await takeCustomer(act, given.customerId);
    const placed = new Map(before.lines.map((line) => [line.document, line.place]));
    const reading: Reading = {
      ...given,
      currency: before.currency,
      lines: given.lines.map((line) => ({ ...line, place: placed.get(line.document) })),
    };
    checkReading(reading);
    insertReading(act, remittanceId, revision + 1, reading);
    const { total, difference } = differenceOf(reading);
    const changed = {
      remittanceId,
      isKnown: true,
      lineCount: reading.lines.length,
      total: shownMoney(total),
      difference: shownMoney(difference),
    };
    act.record({
      type: 'remittance.reading_changed',
      subjectId: remittanceId,
      customerId: given.customerId ?? null,
      data: { revision: revision + 1, total: changed.total, difference: changed.difference },
    });
    return changed;
  },
};
