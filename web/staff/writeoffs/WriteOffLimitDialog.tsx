// Stating how much a role or one person may write off alone.

import { Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { me } from '#identity/contract.ts';
import { putWriteOffLimit, WRITE_OFF_KINDS } from '#writeoffs/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { ROLES } from '../identity/roles.ts';
import { AmountField } from './AmountField.tsx';
import { KIND_CHOICES } from './relief-words.ts';

const PERSON = 'person:';

export function WriteOffLimitDialog({
  companyId,
  currency,
  people,
  onClose,
}: {
  readonly companyId: string;
  readonly currency: string;
  /** Whom a limit may be of; empty for those who may not see the members. */
  readonly people: readonly { readonly value: string; readonly label: string }[];
  onClose(): void;
}) {
  const put = useCommand(putWriteOffLimit);
  const today = useRead(me).data?.today ?? '';
  const [whose, setWhose] = useState<string>('controller');
  const [kind, setKind] = useState('');
  const [stance, setStance] = useState<'limit' | 'withdrawn'>('limit');
  const [chosen, setChosen] = useState(currency);
  const [chosenFrom, setValidFrom] = useState<string>();
  const validFrom = chosenFrom ?? today;
  const { values, put: type } = useFields({ least: '', most: '' });
  const { at, rest } = placeTrouble(put.error, ['amountMin', 'amountMax', 'validFrom'], {
    limit_without_most: 'amountMax',
    limit_upside_down: 'amountMin',
  });
  const amount = (text: string) => {
    const typed = typedDecimal(text);
    return typed === undefined ? undefined : { amount: typed, currency: chosen };
  };
  const role = ROLES.find((one) => one.value === whose)?.value;
  const submit = (): void =>
    put.mutate(
      {
        params: { companyId },
        body: {
          ...(role ? { role } : { userId: whose.slice(PERSON.length) }),
          currency: chosen,
          kind: WRITE_OFF_KINDS.find((one) => one === kind),
          stance,
          ...(stance === 'limit' ? { amountMin: amount(values.least), amountMax: amount(values.most) } : {}),
          validFrom,
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title="How much may be written off alone"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="State it"
      busy={put.isPending}
      problem={rest}
      size="lg"
    >
      <Stack gap="sm">
        <Select
          label="Of"
          allowDeselect={false}
          searchable={people.length > 0}
          data={[
            { group: 'Everybody of a role', items: ROLES.map(({ value, label }) => ({ value, label })) },
            {
              group: 'One person',
              items: people.map(({ value, label }) => ({ value: `${PERSON}${value}`, label })),
            },
          ]}
          value={whose}
          onChange={(value) => setWhose(value ?? whose)}
        />
        <Select
          label="Kind"
          allowDeselect={false}
          data={[{ value: '', label: 'All of which nothing else is said' }, ...KIND_CHOICES]}
          value={kind}
          onChange={(value) => setKind(value ?? '')}
        />
        <SegmentedControl
          aria-label="What is said"
          data={[
            { value: 'limit', label: 'May write off alone' },
            { value: 'withdrawn', label: 'As where nothing is stated' },
          ]}
          value={stance}
          onChange={(value) => setStance(value === 'withdrawn' ? 'withdrawn' : 'limit')}
        />
        <Select
          label="Currency"
          data={CURRENCY_CHOICES}
          searchable
          allowDeselect={false}
          value={chosen}
          onChange={(value) => setChosen(value ?? currency)}
        />
        {stance === 'limit' ? (
          <Group grow align="flex-start">
            <AmountField
              label="From"
              currency={chosen}
              value={values.least}
              onChange={(least) => type({ least })}
              error={at('amountMin')}
            />
            <AmountField
              label="Up to"
              required
              currency={chosen}
              value={values.most}
              onChange={(most) => type({ most })}
              error={at('amountMax')}
            />
          </Group>
        ) : null}
        <DayField
          label="Counts from"
          required
          value={validFrom}
          onChange={setValidFrom}
          error={at('validFrom')}
        />
      </Stack>
    </FormDialog>
  );
}
