// Keeping what a bank said its payments are for, inside the command that records them: each becomes a remittance that is joined
// to its receipt by where it stood.

import { createHash } from 'node:crypto';
import { type Act, actorText } from '#command/command.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId, type PaymentId } from '#kernel/id.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { BankReading } from './bank-reading.ts';
import type { Grid } from './read-grid.ts';
import { checkReading } from './remittance.ts';
import { insertJoin, insertReading, insertRemittance } from './store.ts';
import { differenceOf } from './table-reading.ts';

/** A payment that was recorded a moment ago in the same transaction, with what the bank said of it. */
export type ToldByBank = {
  readonly payment: { readonly id: PaymentId; readonly customerId: CustomerId | null };
  readonly said: BankReading;
};

/**
 * Keeps the remittances that came with payments of a company. A payment is recorded once, so its remittance is too; nothing of
 * another remittance can be joined to it yet.
 */
export function recordBankRemittances(
  act: Act,
  at: { readonly companyId: CompanyId; readonly fileName: string },
  told: readonly ToldByBank[],
): void {
  for (const { payment, said } of told) {
    const { reading, rows } = said;
    checkReading(reading);
    const id = newId<'remittance'>();
    const grid: Grid = { format: 'bank', sheet: null, rows };
    insertRemittance(act, {
      id,
      company_id: at.companyId,
      origin: 'bank',
      file_name: at.fileName.slice(0, 255),
      sha256: createHash('sha256').update(`bank payment\n${payment.id}`).digest('hex'),
      source: jsonText(grid),
      original: null,
      received_on: act.today,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    insertReading(act, id, 1, reading);
    insertJoin(act, { remittanceId: id, paymentId: payment.id, rule: 'bank_line' });
    const { total, difference } = differenceOf(reading);
    act.record({
      type: 'remittance.received',
      subjectId: id,
      customerId: payment.customerId,
      data: {
        origin: 'bank',
        total: shownMoney(total),
        difference: shownMoney(difference),
        lineCount: reading.lines.length,
      },
    });
    act.record({
      type: 'remittance.joined',
      subjectId: id,
      customerId: payment.customerId,
      data: { paymentId: payment.id, rule: 'bank_line' },
    });
  }
}
