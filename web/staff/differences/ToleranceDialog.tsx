// Stating what is dropped by rule, with an example that is worked out while one types. For everybody, or one customer.

import { SegmentedControl, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { putTolerance } from '#differences/contract.ts';
import { me } from '#identity/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { CEILING_CODES, CeilingFields } from './CeilingFields.tsx';
import { ceilingBody, mostTyped } from './ceiling.ts';
import { ShortExample } from './ShortExample.tsx';

type ToleranceDialogProps = {
  readonly companyId: string;
  readonly currency: string;
  /** Whose; left out, of everybody of whom nothing else is said. */
  readonly customer?: { readonly id: string; readonly name: string };
  onClose(): void;
};

const OF_A_CUSTOMER = [
  { value: 'limit', label: 'A tolerance of its own' },
  { value: 'blocked', label: 'Drop nothing' },
  { value: 'as_company', label: 'As all customers' },
] as const;
const OF_ALL = [
  { value: 'limit', label: 'Drop up to' },
  { value: 'blocked', label: 'Drop nothing' },
] as const;

export function ToleranceDialog({ companyId, currency, customer, onClose }: ToleranceDialogProps) {
  const put = useCommand(putTolerance);
  const today = useRead(me).data?.today ?? '';
  const [chosenFrom, setValidFrom] = useState<string>();
  const validFrom = chosenFrom ?? today;
  const [stance, setStance] = useState<'limit' | 'blocked' | 'as_company'>('limit');
  const [kind, setKind] = useState<'small_balance' | 'bank_charge'>('small_balance');
  const [chosen, setChosen] = useState(currency);
  const form = useFields({ amount: '', percent: '' });
  const { at, rest } = placeTrouble(
    put.error,
    ['amountMax', 'amountMax/', 'percentMax', 'validFrom'],
    CEILING_CODES,
  );
  const needsCurrency = customer === undefined || stance === 'limit';
  const submit = (): void =>
    put.mutate(
      {
        params: { companyId },
        body: {
          kind,
          stance,
          validFrom,
          ...(customer ? { customerId: customer.id } : {}),
          ...(needsCurrency ? { currency: chosen } : {}),
          ...(stance === 'limit' ? ceilingBody(form.values, chosen) : {}),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title={customer ? `What is dropped by rule: ${customer.name}` : 'What is dropped by rule'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="State it"
      busy={put.isPending}
      problem={rest}
      size="lg"
    >
      <Stack gap="sm">
        <SegmentedControl
          aria-label="What is missing"
          data={[
            { value: 'small_balance', label: 'A small difference' },
            { value: 'bank_charge', label: 'A bank charge' },
          ]}
          value={kind}
          onChange={(value) => setKind(value === 'bank_charge' ? 'bank_charge' : 'small_balance')}
        />
        <SegmentedControl
          aria-label="What is said"
          data={(customer ? OF_A_CUSTOMER : OF_ALL).map((one) => ({ ...one }))}
          value={stance}
          onChange={(value) => setStance(OF_A_CUSTOMER.find((one) => one.value === value)?.value ?? 'limit')}
        />
        {needsCurrency ? (
          <Select
            label="Currency of the payment"
            data={CURRENCY_CHOICES}
            searchable
            allowDeselect={false}
            value={chosen}
            onChange={(value) => setChosen(value ?? currency)}
          />
        ) : null}
        {stance === 'limit' ? <CeilingFields currency={chosen} form={form} at={at} /> : null}
        <DayField
          label="For money that came from"
          description="The value date of a payment counts."
          required
          value={validFrom}
          onChange={setValidFrom}
          error={at('validFrom')}
        />
        {stance === 'limit' ? (
          <ShortExample
            byRule
            account={kind === 'bank_charge' ? 'bank charges' : 'small differences'}
            currency={chosen}
            most={(item) => mostTyped(form.values, item)}
          />
        ) : null}
      </Stack>
    </FormDialog>
  );
}
