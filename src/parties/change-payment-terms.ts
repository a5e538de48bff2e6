// Payment terms: added, and changed for invoices to come. Issued invoices keep their due dates.

import type { Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { changeOf } from './changes.ts';
import type { PaymentTerms } from './customer.ts';
import { insertPaymentTerms, lockPaymentTerms, updatePaymentTerms } from './store.ts';

/** Adds payment terms. Refuses: `payment_terms_code_taken`. */
export const addPaymentTerms: Command<Omit<PaymentTerms, 'id'>, { readonly paymentTermsId: string }> = {
  name: 'add-payment-terms',
  permission: 'customer.edit',
  constraints: { payment_terms_tenant_id_code_key: 'payment_terms_code_taken' },
  async run(act, input) {
    const terms: PaymentTerms = { ...input, id: newId() };
    insertPaymentTerms(act, terms);
    act.record({ type: 'payment_terms.added', subjectId: terms.id, data: { ...input } });
    return { paymentTermsId: terms.id };
  },
};

export type ChangePaymentTerms = {
  readonly paymentTermsId: string;
  readonly wanted: { readonly name?: string | undefined; readonly netDays?: number | undefined };
};

/** Changes payment terms. Refuses: `payment_terms_not_found`. */
export const changePaymentTerms: Command<
  ChangePaymentTerms,
  { readonly paymentTermsId: string; readonly changed: readonly string[] }
> = {
  name: 'change-payment-terms',
  permission: 'customer.edit',
  async run(act, input) {
    const terms = await lockPaymentTerms(act, input.paymentTermsId);
    if (!terms) throw new Refusal('payment_terms_not_found', { paymentTermsId: input.paymentTermsId });
    const { after, fields, changes } = changeOf(terms, input.wanted);
    if (fields.length > 0) {
      updatePaymentTerms(act, after);
      act.record({ type: 'payment_terms.changed', subjectId: terms.id, data: { changes } });
    }
    return { paymentTermsId: terms.id, changed: fields };
  },
};
