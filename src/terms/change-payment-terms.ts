// Payment terms: added, and changed for invoices to come. A change of the rules makes a new version; issued invoices keep
// their due dates.

import type { Command } from '#command/command.ts';
import { canonicalJson, type Json } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkCalendar } from './find-holidays.ts';
import { checkRules, type PaymentTerms, type TermsRules } from './payment-terms.ts';
import { insertTerms, insertVersion, lockTerms, updateTerms } from './store.ts';

export type AddPaymentTerms = Pick<PaymentTerms, 'code' | 'name' | 'rules'>;

/** Adds payment terms. Refuses: `payment_terms_code_taken`, `calendar_not_valid`, what `checkRules` refuses. */
export const addPaymentTerms: Command<AddPaymentTerms, { readonly paymentTermsId: string }> = {
  name: 'add-payment-terms',
  permission: 'customer.edit',
  constraints: { payment_terms_tenant_id_code_key: 'payment_terms_code_taken' },
  async run(act, input) {
    await checkTermsRules(input.rules);
    const terms: PaymentTerms = { ...input, id: newId(), version: 1 };
    insertTerms(act, terms);
    act.record({
      type: 'payment_terms.added',
      subjectId: terms.id,
      data: { code: input.code, name: input.name, rules: input.rules as unknown as Json },
    });
    return { paymentTermsId: terms.id };
  },
};

export type ChangePaymentTerms = {
  readonly paymentTermsId: string;
  readonly wanted: { readonly name?: string | undefined; readonly rules?: TermsRules | undefined };
};

/**
 * Changes payment terms. Rules that say something else than before become the next version.
 *
 * Refuses: `payment_terms_not_found`, `calendar_not_valid`, what `checkRules` refuses.
 */
export const changePaymentTerms: Command<
  ChangePaymentTerms,
  { readonly paymentTermsId: string; readonly changed: readonly string[] }
> = {
  name: 'change-payment-terms',
  permission: 'customer.edit',
  async run(act, input) {
    const terms = await lockTerms(act, input.paymentTermsId);
    if (!terms) throw new Refusal('payment_terms_not_found', { paymentTermsId: input.paymentTermsId });
    const { name = terms.name, rules = terms.rules } = input.wanted;
    await checkTermsRules(rules);

    const rulesDiffer = canonicalJson(rules) !== canonicalJson(terms.rules);
    const changed = [...(name === terms.name ? [] : ['name']), ...(rulesDiffer ? ['rules'] : [])];
    if (changed.length === 0) return { paymentTermsId: terms.id, changed };

    const after: PaymentTerms = { ...terms, name, rules, version: terms.version + (rulesDiffer ? 1 : 0) };
    updateTerms(act, after);
    if (rulesDiffer) insertVersion(act, after);
    const shown = (of: PaymentTerms): Json => ({ name: of.name, rules: of.rules as unknown as Json });
    act.record({
      type: 'payment_terms.changed',
      subjectId: terms.id,
      data: { from: shown(terms), to: shown(after), version: after.version },
    });
    return { paymentTermsId: terms.id, changed };
  },
};

async function checkTermsRules(rules: TermsRules): Promise<void> {
  checkRules(rules);
  await checkCalendar(rules.calendar);
}
