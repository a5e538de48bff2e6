// A bank account of one of our companies.

import { Select, TextInput } from '@mantine/core';
import { addBankAccount } from '#payments/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

const FIELDS = ['companyId', 'name', 'account', 'currency'];
const CODES = {
  company_not_found: 'companyId',
  bank_account_taken: 'account',
  bank_account_not_valid: 'account',
  iban_not_valid: 'account',
  unknown_currency: 'currency',
};

export function BankAccountForm({ onClose }: { onClose(): void }) {
  const add = useCommand(addBankAccount);
  const form = useFields({ companyId: '', name: '', account: '', currency: '' });
  const company = useCompanies()?.find((c) => c.id === form.values.companyId);
  const currency = form.values.currency || (company?.functionalCurrency ?? 'EUR');
  const { at, rest } = placeTrouble(add.error, FIELDS, CODES);
  return (
    <FormDialog
      title="Add a bank account"
      opened
      onClose={onClose}
      onSubmit={() => add.mutate({ body: { ...form.values, currency } }, { onSuccess: onClose })}
      submitLabel="Add"
      busy={add.isPending}
      problem={rest}
    >
      <TextInput
        label="Name"
        placeholder="Main account"
        required
        data-autofocus
        {...form.text('name')}
        error={at('name')}
      />
      <TextInput
        label="IBAN or account number"
        description="As the bank writes it in its statements"
        required
        {...form.text('account')}
        error={at('account')}
      />
      <CompanySelect
        value={form.values.companyId}
        onChange={(companyId) => form.put({ companyId })}
        error={at('companyId')}
      />
      <Select
        label="Currency"
        data={CURRENCY_CHOICES}
        value={currency}
        onChange={(code) => form.put({ currency: code ?? '' })}
        searchable
        allowDeselect={false}
        error={at('currency')}
      />
    </FormDialog>
  );
}
