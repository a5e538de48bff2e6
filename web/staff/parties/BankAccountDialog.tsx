// A bank account a customer pays from.

import { TextInput } from '@mantine/core';
import { addCustomerBankAccount } from '#parties/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

const CODES = { iban_not_valid: 'account', bank_account_known: 'account' };

export function BankAccountDialog({ customerId, onClose }: { readonly customerId: string; onClose(): void }) {
  const add = useCommand(addCustomerBankAccount);
  const form = useFields({ account: '' });
  const { at, rest } = placeTrouble(add.error, ['account'], CODES);
  return (
    <FormDialog
      title="Add a bank account"
      opened
      onClose={onClose}
      onSubmit={() =>
        add.mutate({ params: { customerId }, body: { account: form.values.account } }, { onSuccess: onClose })
      }
      submitLabel="Add"
      busy={add.isPending}
      problem={rest}
    >
      <TextInput
        label="IBAN or account number"
        description="Payments from it are taken for this customer’s."
        required
        data-autofocus
        {...form.text('account')}
        error={at('account')}
      />
    </FormDialog>
  );
}
