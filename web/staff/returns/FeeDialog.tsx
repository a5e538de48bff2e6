// What payers are asked for a payment that came back by their doing, by company and currency.

import { NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { listReturnFees, putReturnFee } from '#returns/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { amountText, dayWords } from '../../lib/format.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';

export function FeeDialog({ onClose }: { onClose(): void }) {
  const [companyId, setCompanyId] = useState('');
  const [amount, setAmount] = useState<string | number>('');
  const [validFrom, setValidFrom] = useState('');
  const currency = useCompanies()?.find((company) => company.id === companyId)?.functionalCurrency ?? '';
  const put = useCommand(putReturnFee);
  return (
    <FormDialog
      title="Fee asked of payers"
      opened
      onClose={onClose}
      onSubmit={() =>
        put.mutate(
          { params: { companyId }, body: { amount: { amount: String(amount), currency }, validFrom } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Save"
      busy={put.isPending}
      problem={put.error}
    >
      <CompanySelect value={companyId} onChange={setCompanyId} />
      {companyId === '' ? null : <Present companyId={companyId} />}
      <NumberInput
        label={`Fee in ${currency}`}
        description="Asked by a charge of its own, only where the reason is the payer’s doing; zero asks nothing"
        required
        min={0}
        decimalScale={2}
        value={amount}
        onChange={setAmount}
      />
      <DayField label="For returns from" required value={validFrom} onChange={setValidFrom} />
    </FormDialog>
  );
}

function Present({ companyId }: { readonly companyId: string }) {
  const rows = useRead(listReturnFees, { params: { companyId } }).data?.rows ?? [];
  return (
    <Text size="sm" c="dimmed">
      {rows.length === 0
        ? 'Nothing is asked now.'
        : rows
            .map((row) => `${amountText(row.fee.amount, row.fee.currency)} since ${dayWords(row.validFrom)}`)
            .join(', ')}
    </Text>
  );
}
