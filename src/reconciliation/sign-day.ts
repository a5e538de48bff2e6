// Signing off a day of a bank account, and opening it again. A signed day is locked: no line comes in for it and none of its
// lines is explained otherwise, until a second person opens it for a reason. Both stay on record.

import { createHash } from 'node:crypto';
import { actorText, type Command } from '#command/command.ts';
import { isSamePerson } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { signedFigures, signRefusal } from './day.ts';
import { readDay } from './read-days.ts';
import { findSignOffs, hashDayLines, insertSignOff, lockAccount, updateReopened } from './store.ts';

export type SignDay = {
  readonly bankAccountId: string;
  readonly day: PlainDate;
  /** What the signer saw at the bank, where no statement says a balance. */
  readonly closing?: Money | undefined;
  readonly note?: string | undefined;
};

export type DaySigned = {
  readonly signOffId: string;
  readonly day: string;
  readonly closing: ShownMoney | null;
  /** SHA-256 of the figures signed, hexadecimal. */
  readonly sha256: string;
};

/**
 * Signs off a day that is over and tied. Waits for imports and explanations of the account that are under way; later ones see
 * the signature.
 *
 * Refuses: `bank_account_not_found`, `day_signed_already`, `day_not_over`, `day_not_tied`, `closing_differs`, `wrong_currency`.
 */
export const signDay: Command<SignDay, DaySigned> = {
  name: 'sign-day',
  permission: 'bank.sign_off',
  constraints: { day_sign_off_once: 'day_signed_already' },
  async run(act, input) {
    const account = await lockAccount(act, input.bankAccountId);
    if (!account) throw new Refusal('bank_account_not_found', { bankAccountId: input.bankAccountId });
    if (input.closing && input.closing.currency !== account.currency)
      throw new Refusal('wrong_currency', { currency: account.currency });
    const { day } = input;
    const [tied, signed, lines] = await Promise.all([
      readDay(act, account, day),
      findSignOffs(act, account.id, day),
      hashDayLines(act, { account, from: day, to: day }),
    ]);
    const refusal = signRefusal(tied, {
      today: act.today,
      closingMinor: input.closing?.minor ?? null,
      isSigned: signed.size > 0,
    });
    if (refusal)
      throw new Refusal(refusal, {
        day: day.toString(),
        reasons: [...tied.reasons],
        closing:
          tied.closingMinor === null ? null : shownMoney(money(tied.closingMinor, account.currency)).amount,
      });
    const seen = input.closing === undefined ? {} : { closingSeen: input.closing.minor.toString() };
    const figures = { currency: account.currency, ...signedFigures(tied, lines), ...seen };
    const sha256 = createHash('sha256').update(canonicalJson(figures)).digest();
    const id = newId<'day_sign_off'>();
    insertSignOff(act, {
      id,
      bankAccountId: account.id,
      day,
      figures,
      sha256,
      note: input.note ?? null,
      by: actorText(act.actor),
    });
    const result: DaySigned = {
      signOffId: id,
      day: day.toString(),
      closing: tied.closingMinor === null ? null : shownMoney(money(tied.closingMinor, account.currency)),
      sha256: sha256.toString('hex'),
    };
    act.record({ type: 'bank_day.signed', subjectId: account.id, data: { ...result, note: input.note } });
    return result;
  },
};

/**
 * Opens a signed day again, so that lines can come in for it or be explained otherwise. Never by whoever signed it.
 *
 * Refuses: `bank_account_not_found`, `day_not_signed`, `second_person_needed`.
 */
export const reopenDay: Command<
  { readonly bankAccountId: string; readonly day: PlainDate; readonly reason: string },
  { readonly day: string }
> = {
  name: 'reopen-day',
  permission: 'bank.sign_off',
  constraints: { day_sign_off_second_person: 'second_person_needed' },
  async run(act, input) {
    const account = await lockAccount(act, input.bankAccountId);
    if (!account) throw new Refusal('bank_account_not_found', { bankAccountId: input.bankAccountId });
    const day = input.day.toString();
    const signature = (await findSignOffs(act, account.id, input.day)).get(day);
    if (!signature) throw new Refusal('day_not_signed', { day });
    const by = actorText(act.actor);
    if (await isSamePerson(act, act.actor, signature.signed_by))
      throw new Refusal('second_person_needed', { day });
    updateReopened(act, signature.id, { by, reason: input.reason });
    act.record({ type: 'bank_day.reopened', subjectId: account.id, data: { day, reason: input.reason } });
    return { day };
  },
};
