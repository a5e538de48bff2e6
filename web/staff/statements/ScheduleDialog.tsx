// Making a schedule of statements, or changing one.

import { Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { me } from '#identity/contract.ts';
import { addStatementSchedule, changeStatementSchedule } from '#statements/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { minorText, typedAmount } from '../payments/amounts.ts';
import { ChosenCustomers } from './ChosenCustomers.tsx';
import {
  AUDIENCE_CHOICES,
  KIND_CHOICES,
  RHYTHM_CHOICES,
  type Schedule,
  WEEKDAYS,
} from './statement-words.ts';

const FIELDS = ['name', 'day', 'minimumMinor', 'startsOn', 'companyId'];
const CODES = { statement_day_not_valid: 'day', statement_customers_missing: 'customerIds' };

export function ScheduleDialog({
  schedule,
  onClose,
}: {
  /** Left out: a new one. */
  readonly schedule: Schedule | undefined;
  onClose(): void;
}) {
  const add = useCommand(addStatementSchedule);
  const change = useCommand(changeStatementSchedule);
  const today = useRead(me).data?.today ?? '';
  const form = useFields({
    companyId: schedule?.company.id ?? '',
    name: schedule?.name ?? 'Monthly statements',
    minimum:
      schedule && schedule.minimumMinor !== '0'
        ? minorText(schedule.minimumMinor, schedule.company.currency)
        : '',
    startsOn: schedule?.startsOn ?? '',
  });
  const [kind, setKind] = useState<Schedule['kind']>(schedule?.kind ?? 'open_item');
  const [rhythm, setRhythm] = useState<Schedule['rhythm']>(schedule?.rhythm ?? 'month_end');
  const [day, setDay] = useState(schedule?.day ?? 1);
  const [audience, setAudience] = useState<Schedule['audience']>(schedule?.audience ?? 'with_balance');
  const [customerIds, setCustomerIds] = useState<readonly string[]>(schedule?.customerIds ?? []);
  const [groups, setGroups] = useState(schedule?.groups ?? false);
  const [allCompanies, setAllCompanies] = useState(schedule?.allCompanies ?? false);
  const [skipsUnchanged, setSkipsUnchanged] = useState(schedule?.skipsUnchanged ?? false);
  const [needsApproval, setNeedsApproval] = useState(schedule?.needsApproval ?? true);
  const { companyId, name, minimum } = form.values;
  const companies = useCompanies() ?? [];
  const currency = companies.find((company) => company.id === companyId)?.functionalCurrency ?? 'EUR';
  const least = typedAmount(minimum, currency);
  const { at, rest } = placeTrouble(add.error ?? change.error, FIELDS, CODES);
  const submit = (): void => {
    if (least === undefined) return;
    const body = {
      companyId,
      name,
      kind,
      rhythm,
      day: rhythm === 'weekly' || rhythm === 'monthly' ? day : null,
      audience,
      customerIds: audience === 'chosen' ? [...customerIds] : [],
      minimumMinor: String(least.minor),
      groups,
      allCompanies,
      skipsUnchanged,
      needsApproval,
      startsOn: filled(form.values.startsOn) ?? today,
    };
    if (schedule)
      change.mutate({ params: { scheduleId: schedule.scheduleId }, body }, { onSuccess: onClose });
    else add.mutate({ body }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={schedule ? `Change ${schedule.name}` : 'New schedule'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={schedule ? 'Save' : 'Make it'}
      busy={add.isPending || change.isPending}
      problem={rest}
      size="lg"
    >
      <TextInput
        label="Name"
        required
        maxLength={100}
        data-autofocus
        {...form.text('name')}
        error={at('name')}
      />
      {schedule ? null : <CompanySelect value={companyId} onChange={(id) => form.put({ companyId: id })} />}
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <Select
          label="What it lists"
          data={KIND_CHOICES}
          value={kind}
          onChange={(value) => value && setKind(value as Schedule['kind'])}
          allowDeselect={false}
        />
        <Select
          label="How often"
          data={RHYTHM_CHOICES}
          value={rhythm}
          onChange={(value) => value && setRhythm(value as Schedule['rhythm'])}
          allowDeselect={false}
        />
        <DueDay rhythm={rhythm} day={day} onChange={setDay} error={at('day')} />
      </Group>
      <Select
        label="To whom"
        data={AUDIENCE_CHOICES}
        value={audience}
        onChange={(value) => value && setAudience(value as Schedule['audience'])}
        allowDeselect={false}
      />
      {audience === 'chosen' ? (
        <ChosenCustomers value={customerIds} onChange={setCustomerIds} error={at('customerIds')} />
      ) : null}
      <Group grow align="flex-start">
        <TextInput
          label={`Smallest balance (${currency})`}
          description="Who owes less gets none"
          placeholder="none"
          inputMode="decimal"
          {...form.text('minimum')}
          error={least === undefined ? 'Write an amount such as 10.00.' : at('minimumMinor')}
        />
        <DayField
          label="First day"
          description="Days before are not stated"
          value={form.values.startsOn || today}
          onChange={(startsOn) => form.put({ startsOn })}
          error={at('startsOn')}
        />
      </Group>
      <Stack gap="xs">
        <Checkbox
          label="One statement for a whole group"
          description="To whom stands above it, with a sum for each customer below; those get none of their own"
          checked={groups}
          onChange={(event) => setGroups(event.currentTarget.checked)}
        />
        {companies.length > 1 || allCompanies ? (
          <Checkbox
            label="What is owed to all companies, each for itself"
            description="This company writes; each account to pay to stands beside what is owed to it"
            checked={allCompanies}
            onChange={(event) => setAllCompanies(event.currentTarget.checked)}
          />
        ) : null}
        <Checkbox
          label="Leave out whoever has the same items open as last time"
          checked={skipsUnchanged}
          onChange={(event) => setSkipsUnchanged(event.currentTarget.checked)}
        />
        <Checkbox
          label="Wait until a person agreed to each run"
          checked={needsApproval}
          onChange={(event) => setNeedsApproval(event.currentTarget.checked)}
        />
      </Stack>
      <Text size="xs" c="dimmed">
        What a customer wants of its own (none, another kind, an address) is kept with the customer and goes
        first.
      </Text>
    </FormDialog>
  );
}

function DueDay({
  rhythm,
  day,
  onChange,
  error,
}: {
  readonly rhythm: Schedule['rhythm'];
  readonly day: number;
  onChange(day: number): void;
  readonly error: string | undefined;
}) {
  if (rhythm === 'weekly')
    return (
      <Select
        label="Day of the week"
        data={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
        value={String(Math.min(day, WEEKDAYS.length))}
        onChange={(value) => onChange(Number(value ?? 1))}
        allowDeselect={false}
        error={error}
      />
    );
  if (rhythm !== 'monthly') return null;
  return (
    <NumberInput
      label="Day of the month"
      min={1}
      max={31}
      allowDecimal={false}
      value={day}
      onChange={(value) => onChange(Number(value) || 1)}
      error={error}
    />
  );
}
