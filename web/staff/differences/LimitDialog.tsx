// Stating how much a role or one person may drop by hand.

import { SegmentedControl, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { putDifferenceLimit } from '#differences/contract.ts';
import { me } from '#identity/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { ROLES, type Role } from '../identity/roles.ts';
import { CEILING_CODES, CeilingFields } from './CeilingFields.tsx';
import { ceilingBody, mostTyped } from './ceiling.ts';
import { ShortExample } from './ShortExample.tsx';

type Person = { readonly value: string; readonly label: string };

export function LimitDialog({
  companyId,
  currency,
  people,
  onClose,
}: {
  readonly companyId: string;
  readonly currency: string;
  /** Whom a limit may be of; empty for those who may not see the members. */
  readonly people: readonly Person[];
  onClose(): void;
}) {
  const put = useCommand(putDifferenceLimit);
  const today = useRead(me).data?.today ?? '';
  const [chosenFrom, setValidFrom] = useState<string>();
  const validFrom = chosenFrom ?? today;
  const [of, setOf] = useState<'role' | 'person'>('role');
  const [role, setRole] = useState<Role>('cash_applier');
  const [userId, setUserId] = useState<string | null>(null);
  const [stance, setStance] = useState<'limit' | 'withdrawn'>('limit');
  const [chosen, setChosen] = useState(currency);
  const form = useFields({ amount: '', percent: '' });
  const fields = ['amountMax', 'amountMax/', 'percentMax', 'validFrom', 'userId'];
  const { at, rest } = placeTrouble(put.error, fields, { ...CEILING_CODES, limit_of_whom: 'userId' });
  const submit = (): void =>
    put.mutate(
      {
        params: { companyId },
        body: {
          currency: chosen,
          stance,
          validFrom,
          ...(of === 'role' ? { role } : { userId: userId ?? undefined }),
          ...(stance === 'limit' ? ceilingBody(form.values, chosen) : {}),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title="How much may be dropped by hand"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="State it"
      busy={put.isPending}
      problem={rest}
      size="lg"
    >
      <Stack gap="sm">
        {people.length > 0 ? (
          <SegmentedControl
            aria-label="Of whom"
            data={[
              { value: 'role', label: 'Everybody of a role' },
              { value: 'person', label: 'One person' },
            ]}
            value={of}
            onChange={(value) => setOf(value === 'person' ? 'person' : 'role')}
          />
        ) : null}
        {of === 'role' ? (
          <Select
            label="Role"
            allowDeselect={false}
            data={ROLES.map(({ value, label }) => ({ value, label }))}
            value={role}
            onChange={(value) => setRole(ROLES.find((one) => one.value === value)?.value ?? role)}
          />
        ) : (
          <Select
            label="Person"
            required
            searchable
            data={[...people]}
            value={userId}
            onChange={setUserId}
            error={at('userId')}
          />
        )}
        <SegmentedControl
          aria-label="What is said"
          data={[
            { value: 'limit', label: 'May drop up to' },
            { value: 'withdrawn', label: of === 'role' ? 'As where nothing is stated' : 'As the role' },
          ]}
          value={stance}
          onChange={(value) => setStance(value === 'withdrawn' ? 'withdrawn' : 'limit')}
        />
        <Select
          label="Currency of the payment"
          data={CURRENCY_CHOICES}
          searchable
          allowDeselect={false}
          value={chosen}
          onChange={(value) => setChosen(value ?? currency)}
        />
        {stance === 'limit' ? <CeilingFields currency={chosen} form={form} at={at} /> : null}
        <DayField label="From" required value={validFrom} onChange={setValidFrom} error={at('validFrom')} />
        {stance === 'limit' ? (
          <ShortExample byRule={false} currency={chosen} most={(item) => mostTyped(form.values, item)} />
        ) : null}
      </Stack>
    </FormDialog>
  );
}
