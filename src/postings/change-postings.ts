// Handing receipts to the accounting system of a company, and keeping what it answers.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { POSTINGS_AT_ONCE_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type Answer, decideAnswers } from './posting.ts';
import {
  findByNumbers,
  findPostings,
  findSettings,
  insertAnswers,
  insertExport,
  insertSetting,
  lockPostings,
} from './store.ts';

/**
 * States from which value date on receipts of a company are posted in another system; null: none any more. What was said of
 * receipts stays on record.
 *
 * Refuses: `company_not_found`.
 */
export const setPostings: Command<
  { readonly companyId: CompanyId; readonly fromOn: PlainDate | null },
  { readonly companyId: string }
> = {
  name: 'set-postings',
  permission: 'company.manage',
  async run(act, { companyId, fromOn }) {
    const company = await takeCompany(act, companyId);
    insertSetting(act, company.id, fromOn);
    act.record({ type: 'postings.set', subjectId: company.id, data: { fromOn: fromOn?.toString() ?? null } });
    return { companyId: company.id };
  },
};

/**
 * Takes what is to be posted of a company, the oldest first, as one export: it is *sent* from now on. `refused`: takes what was
 * refused, once it was put right, instead.
 *
 * Refuses: `company_not_found`, `postings_not_used`, `nothing_to_post`.
 */
export const exportPostings: Command<
  { readonly companyId: CompanyId; readonly state: 'to_post' | 'refused' },
  { readonly exportId: string; readonly receipts: number; readonly isAll: boolean }
> = {
  name: 'export-postings',
  permission: 'payment.apply',
  async run(act, { companyId, state }) {
    const settings = await takeSettings(act, companyId);
    const found = await findPostings(act, settings, { state, limit: POSTINGS_AT_ONCE_MAX + 1 });
    const rows = found.slice(0, POSTINGS_AT_ONCE_MAX);
    if (rows.length === 0) throw new Refusal('nothing_to_post', { state });
    const exportId = insertExport(act, companyId, rows);
    const receipts = rows.length;
    act.record({ type: 'postings.exported', subjectId: exportId, data: { companyId, receipts, state } });
    return { exportId, receipts, isAll: found.length === rows.length };
  },
};

/**
 * Keeps what the accounting system says of receipts, all of it or nothing. What stands already changes nothing when it is said
 * again. An answer that names its export cannot refuse what was handed out again since; one that names none counts as new.
 *
 * Refuses: `company_not_found`, `postings_not_used`, `answers_wrong` (with the place of each and why).
 */
export const recordAnswers: Command<
  { readonly companyId: CompanyId; readonly answers: readonly Answer[] },
  {
    readonly posted: number;
    readonly refused: number;
    readonly unchanged: number;
    readonly outdated: number;
  }
> = {
  name: 'record-posting-answers',
  permission: 'payment.apply',
  async run(act, { companyId, answers }) {
    const settings = await takeSettings(act, companyId);
    const rows = await findByNumbers(act, settings, [...new Set(answers.map(({ number }) => number))]);
    const standing = new Map(
      rows.map((row) => [
        `${row.number} ${row.part}`,
        { ...row, paymentId: row.payment_id, handoverId: row.handover_id, exportIds: row.export_ids },
      ]),
    );
    const decided = decideAnswers(answers, ({ number, part }) => standing.get(`${number} ${part}`));
    if (decided.wrong.length > 0)
      throw new Refusal('answers_wrong', { answers: decided.wrong.slice(0, NAMED_MAX) });
    insertAnswers(act, decided.steps);
    for (const { paymentId, number, part, state, reference, reason } of decided.steps)
      act.record({
        type: state === 'posted' ? 'payment.posted' : 'payment.posting_refused',
        subjectId: paymentId,
        data: { number, part, reference, reason },
      });
    const posted = decided.steps.filter(({ state }) => state === 'posted').length;
    const { unchanged, outdated } = decided;
    return { posted, refused: decided.steps.length - posted, unchanged, outdated };
  },
};

/** Wrong answers named in one refusal. */
const NAMED_MAX = 50;

/** The one setting of a company, held against others who hand out or answer for its receipts. */
async function takeSettings(
  act: Parameters<typeof exportPostings.run>[0],
  companyId: CompanyId,
): Promise<ReadonlyMap<CompanyId, PlainDate>> {
  await takeCompany(act, companyId);
  await lockPostings(act, companyId);
  // Of what is said of a receipt the latest counts: whoever waited says it after those waited for.
  act.moveOn();
  const fromOn = (await findSettings(act)).get(companyId);
  if (fromOn === undefined) throw new Refusal('postings_not_used', { companyId });
  return new Map([[companyId, fromOn]]);
}
