// Deciding about a notice of change: the customer's account is put right by a second person, or the notice is noted.

import type { Command } from '#command/command.ts';
import { isSamePerson } from '#identity/read-people.ts';
import { Refusal } from '#kernel/refusal.ts';
import { addCustomerBankAccount, archiveCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { putRight } from './correction.ts';
import { findPayingAccounts, insertCorrectionEnd, lockCorrection } from './store-corrections.ts';

export type DecideCorrection = {
  readonly correctionId: string;
  /** The customer's account that is put right; left out, the notice is noted only. */
  readonly bankAccountId?: string | undefined;
  readonly note?: string | undefined;
};

export type CorrectionDecided = {
  readonly correctionId: string;
  readonly kind: 'changed' | 'noted';
  readonly account: string | null;
};

/**
 * Puts an account right or notes the notice. Who took the file in does not change accounts by it, neither by a key of theirs:
 * whoever could hand in a file could send customers' money to another account.
 *
 * Refuses: `account_correction_not_found`, `account_correction_ended`, `same_person`, `bank_account_not_found`,
 * `account_not_corrected`, `iban_not_valid`, `bank_account_known`, `too_many_bank_accounts`.
 */
export const decideCorrection: Command<DecideCorrection, CorrectionDecided> = {
  name: 'decide-account-correction',
  permission: 'customer.edit',
  constraints: { account_correction_end_pkey: 'account_correction_ended' },
  async run(act, { correctionId, bankAccountId, note }) {
    const found = await lockCorrection(act, correctionId);
    if (!found) throw new Refusal('account_correction_not_found', { correctionId });
    if (found.isEnded) throw new Refusal('account_correction_ended', { correctionId });
    const { correction } = found;
    const end = { correction_id: correctionId, note: note ?? null };
    if (bankAccountId === undefined) {
      insertCorrectionEnd(act, {
        ...end,
        kind: 'noted',
        customer_id: null,
        account_before: null,
        account_after: null,
      });
      act.record({
        type: 'account_correction.noted',
        subjectId: correctionId,
        data: { code: correction.code, note },
      });
      return { correctionId, kind: 'noted', account: null };
    }
    if (await isSamePerson(act, act.actor, correction.recorded_by)) throw new Refusal('same_person');
    const account = (await findPayingAccounts(act, correction)).find((one) => one.id === bankAccountId);
    if (!account) throw new Refusal('bank_account_not_found', { bankAccountId });
    const right = { account: correction.right_account, routing: correction.right_routing };
    const after = putRight(account.account, right);
    if (after === undefined) throw new Refusal('account_not_corrected', { account: account.account });
    await addCustomerBankAccount.run(act, { customerId: account.customer_id, account: after });
    await archiveCustomerBankAccount.run(act, { bankAccountId });
    insertCorrectionEnd(act, {
      ...end,
      kind: 'changed',
      customer_id: account.customer_id,
      account_before: account.account,
      account_after: after,
    });
    act.record({
      type: 'account_correction.applied',
      subjectId: correctionId,
      customerId: account.customer_id,
      data: { code: correction.code, before: account.account, after },
    });
    return { correctionId, kind: 'changed', account: after };
  },
};
