// Collectors: what they have, did today and reached of what is aimed at; who stands in; spreading what is nobody's.

import {
  Badge,
  Button,
  Group,
  NumberInput,
  Progress,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { balanceAccounts, listCollectors, setCollector } from '#worklist/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead, useRehearsal } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { countText, dayWords, drawingValue } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Page, Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Collector = Reply<typeof listCollectors>['rows'][number];

export default function CollectorsPage() {
  const read = useRead(listCollectors);
  const [editing, setEditing] = useState<Collector | null>(null);
  const [balancing, setBalancing] = useState(false);
  const maySet = read.data?.may.set === true;
  return (
    <Page
      title="Collectors"
      subtitle={
        <>
          What everybody has and did today, and this month.{' '}
          <TenantLink to="worklist">The worklist</TenantLink>
        </>
      }
      actions={maySet ? <Button onClick={() => setBalancing(true)}>Spread what is nobody’s</Button> : null}
    >
      <Shown read={read}>
        {({ rows }) => (
          <Stack role="list" aria-label="Collectors">
            {rows.map((one) => (
              <Stack key={one.userId} role="listitem">
                <One collector={one} onEdit={maySet ? () => setEditing(one) : undefined} />
              </Stack>
            ))}
          </Stack>
        )}
      </Shown>
      {editing ? (
        <CollectorDialog
          collector={editing}
          people={read.data?.rows ?? []}
          onClose={() => setEditing(null)}
        />
      ) : null}
      {balancing ? <BalanceDialog onClose={() => setBalancing(false)} /> : null}
    </Page>
  );
}

function One({ collector, onEdit }: { readonly collector: Collector; onEdit?: (() => void) | undefined }) {
  const { name, away, collects, accounts, doneToday, customersADay, callsToday, callsADay } = collector;
  const { minutesToday, minutesADay } = collector;
  return (
    <Panel
      title={name}
      actions={
        onEdit ? (
          <Button size="compact-sm" variant="default" aria-label={`Change ${name}`} onClick={onEdit}>
            Change
          </Button>
        ) : null
      }
    >
      <Stack gap="xs">
        <Group gap="xs">
          {collects ? <Badge color="teal">collects</Badge> : <Badge color="gray">gets nothing spread</Badge>}
          {away ? (
            <Badge color={away.isNow ? 'yellow' : 'gray'} variant="light">
              {away.substitute} stands in {dayWords(away.from)} to {dayWords(away.to)}
            </Badge>
          ) : null}
          <Text size="sm">{countText(accounts)} accounts on the list</Text>
        </Group>
        <Aim label="Accounts today" did={doneToday} aim={customersADay} />
        {minutesADay === null ? null : (
          <Aim label="Minutes today, about" did={minutesToday} aim={minutesADay} />
        )}
        <Aim label="Calls today" did={callsToday} aim={callsADay} />
        <MoneyAim label="Promised this month" did={collector.promised} aim={collector.promisedAMonth} />
        <MoneyAim label="Collected this month" did={collector.collected} aim={collector.collectedAMonth} />
      </Stack>
    </Panel>
  );
}

function Aim({
  label,
  did,
  aim,
}: {
  readonly label: string;
  readonly did: number;
  readonly aim: number | null;
}) {
  return (
    <div>
      <Text size="sm">
        {label}: {countText(did)}
        {aim === null ? '' : ` of ${countText(aim)}`}
      </Text>
      {aim === null ? null : <Bar label={label} part={did / aim} />}
    </div>
  );
}

type MoneyAimProps = {
  readonly label: string;
  readonly did: MoneyValue | null;
  readonly aim: MoneyValue | null;
};

function MoneyAim({ label, did, aim }: MoneyAimProps) {
  if (did === null || aim === null) return null;
  return (
    <div>
      <Text size="sm">
        {label}: <Money value={did} /> of <Money value={aim} />
      </Text>
      <Bar label={label} part={drawingValue(did.amount) / drawingValue(aim.amount)} />
    </div>
  );
}

const WHOLE = 100;

function Bar({ label, part }: { readonly label: string; readonly part: number }) {
  return <Progress value={Math.min(part, 1) * WHOLE} size="sm" mt={2} aria-label={label} />;
}

type CollectorDialogProps = {
  readonly collector: Collector;
  readonly people: readonly Collector[];
  onClose(): void;
};

function CollectorDialog({ collector, people, onClose }: CollectorDialogProps) {
  const set = useCommand(setCollector);
  const [collects, setCollects] = useState(collector.collects);
  const [capacity, setCapacity] = useState<number | string>(collector.customersADay ?? '');
  const [minutes, setMinutes] = useState<number | string>(collector.minutesADay ?? '');
  const [calls, setCalls] = useState<number | string>(collector.callsADay ?? '');
  const [currency, setCurrency] = useState(
    (collector.promisedAMonth ?? collector.collectedAMonth)?.currency ?? '',
  );
  const [promised, setPromised] = useState(collector.promisedAMonth?.amount ?? '');
  const [collected, setCollected] = useState(collector.collectedAMonth?.amount ?? '');
  const [substituteId, setSubstitute] = useState(collector.away?.substituteId ?? null);
  const [from, setFrom] = useState(collector.away?.from ?? '');
  const [to, setTo] = useState(collector.away?.to ?? '');
  // What is no number is sent as it is, so that it is refused and not left out.
  const amountOf = (text: string): MoneyValue | undefined =>
    filled(text) ? { amount: typedDecimal(text) ?? text, currency } : undefined;
  const submit = (): void => {
    const [promisedAMonth, collectedAMonth] = [amountOf(promised), amountOf(collected)];
    set.mutate(
      {
        params: { userId: collector.userId },
        body: {
          collects,
          ...(typeof capacity === 'number' ? { customersADay: capacity } : {}),
          ...(typeof minutes === 'number' ? { minutesADay: minutes } : {}),
          ...(typeof calls === 'number' ? { callsADay: calls } : {}),
          ...(promisedAMonth ? { promisedAMonth } : {}),
          ...(collectedAMonth ? { collectedAMonth } : {}),
          ...(substituteId && from && to ? { away: { from, to, substituteId } } : {}),
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={collector.name}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Save"
      busy={set.isPending}
      problem={set.error}
    >
      <Switch
        label="Collects: gets accounts that are nobody’s"
        checked={collects}
        onChange={(event) => setCollects(event.currentTarget.checked)}
      />
      <NumberInput
        label="Minutes a day for the worklist"
        description="The list says what fits into them. Accounts are spread by them, or else by accounts a day."
        min={10}
        max={1440}
        allowDecimal={false}
        value={minutes}
        onChange={setMinutes}
      />
      <Group grow align="flex-start">
        <NumberInput label="Accounts a day" min={1} max={1000} value={capacity} onChange={setCapacity} />
        <NumberInput label="Calls a day" min={1} max={1000} value={calls} onChange={setCalls} />
      </Group>
      <Group grow align="flex-end">
        <TextInput
          label="Promised a month"
          inputMode="decimal"
          value={promised}
          onChange={(event) => setPromised(event.currentTarget.value)}
        />
        <TextInput
          label="Collected a month"
          inputMode="decimal"
          value={collected}
          onChange={(event) => setCollected(event.currentTarget.value)}
        />
        <TextInput
          label="Currency"
          placeholder="EUR"
          required={filled(promised) !== undefined || filled(collected) !== undefined}
          maxLength={3}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
      </Group>
      <Select
        label="While away, who stands in"
        placeholder="nobody"
        clearable
        data={people
          .filter((one) => one.userId !== collector.userId)
          .map((one) => ({ value: one.userId, label: one.name }))}
        value={substituteId}
        onChange={setSubstitute}
      />
      {substituteId ? (
        <Group grow align="flex-start">
          <DayField label="From" required value={from} onChange={setFrom} />
          <DayField label="To" required value={to} onChange={setTo} />
        </Group>
      ) : null}
    </FormDialog>
  );
}

/** What spreading would do, then doing it. */
function BalanceDialog({ onClose }: { onClose(): void }) {
  const spread = useCommand(balanceAccounts);
  const preview = useRehearsal(balanceAccounts, {}, true);
  const people = preview.data?.people ?? [];
  const isNone = people.every((one) => one.given === 0);
  return (
    <FormDialog
      title="Spread what is nobody’s"
      opened
      onClose={onClose}
      onSubmit={() => (isNone ? onClose() : spread.mutate({}, { onSuccess: onClose }))}
      submitLabel={isNone ? 'Close' : 'Spread them so'}
      busy={spread.isPending || preview.isLoading}
      problem={spread.error ?? preview.error}
    >
      <Text size="sm">
        Accounts of the list that nobody has are given to those who collect and are here, by what they have
        and can do in a day. What is somebody’s stays so.
      </Text>
      {preview.data && isNone ? <Text size="sm">Every account is somebody’s already.</Text> : null}
      {people.map((one) => (
        <Group key={one.userId} justify="space-between">
          <Text size="sm">{one.name}</Text>
          <Text size="sm">
            {countText(one.before)} + {countText(one.given)}
          </Text>
        </Group>
      ))}
    </FormDialog>
  );
}
