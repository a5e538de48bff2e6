// Numbers of accounts that the bank lets a company give to its customers, taken in as a list.

import { Button, Select, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconListNumbers } from '@tabler/icons-react';
import { useState } from 'react';
import { addReceivingAccounts } from '#receiving/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import type { Company } from '../../ui/CompanySelect.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

/** The rows of a list: a number in each line, and after a semicolon, comma or tab the number of the customer it is given to. */
function rowsIn(text: string) {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/[;,\t]/).map((cell) => cell.trim()))
    .flatMap(([account, customer]) => (account ? [{ account, ...(customer ? { customer } : {}) }] : []));
}

export function NumbersForCustomers({ company }: { readonly company: Company }) {
  const mayAdd = useMay('company.manage');
  const [adding, setAdding] = useState(false);
  if (!mayAdd) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        mt="xs"
        leftSection={<IconListNumbers size={16} aria-hidden />}
        onClick={() => setAdding(true)}
      >
        Numbers for customers
      </Button>
      {adding ? <NumbersDialog company={company} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function NumbersDialog({ company, onClose }: { readonly company: Company; onClose(): void }) {
  const add = useCommand(addReceivingAccounts);
  const [currency, setCurrency] = useState<string>(company.functionalCurrency);
  const [text, setText] = useState('');
  return (
    <FormDialog
      title={`Numbers for customers of ${company.name}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        add.mutate(
          { params: { companyId: company.id }, body: { currency, rows: rowsIn(text) } },
          {
            onSuccess: ({ added, given, known }) => {
              notifications.show({
                message: `${added} new, ${given} given to customers, ${known} known before.`,
              });
              onClose();
            },
          },
        )
      }
      submitLabel="Take them in"
      busy={add.isPending}
      problem={add.error}
    >
      <Select
        label="For payments in"
        data={CURRENCY_CHOICES}
        value={currency}
        allowDeselect={false}
        searchable
        onChange={(value) => setCurrency(value ?? company.functionalCurrency)}
      />
      <Textarea
        label="Numbers"
        description="One in each line, as the bank gave them: an IBAN or its own number. After a semicolon the number of the customer it is for; without one it waits to be given."
        placeholder={'DE02 1203 0000 0000 2020 51; K10042'}
        autosize
        minRows={5}
        maxRows={12}
        required
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
