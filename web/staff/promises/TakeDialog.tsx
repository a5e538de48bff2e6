// A customer says what it will pay and when: all that is open or chosen items, by one day or in parts.

import { Button, Checkbox, Group, ScrollArea, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { readCustomer } from '#parties/contract.ts';
import { listPromisable, PROMISE_WAYS, takePromise } from '#promises/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty } from '../../ui/Page.tsx';
import { WAY_WORDS } from './promise-words.ts';

type Item = Reply<typeof listPromisable>['rows'][number];
/** A day with the amount that comes on it; without one, all that is open of each item. */
type Instalment = { readonly no: number; readonly on: string; readonly amount: string };

type TakeDialogProps = {
  readonly customerId: string;
  /** Only items of this document. */
  readonly documentId?: string | undefined;
  onClose(): void;
};

export function TakeDialog({ customerId, documentId, onClose }: TakeDialogProps) {
  const take = useCommand(takePromise);
  const read = useRead(listPromisable, { params: { customerId } });
  const customer = useRead(readCustomer, { params: { customerId } }).data;
  const free = (read.data?.rows ?? []).filter(
    (item) =>
      Number(item.promisable.amount) > 0 && (documentId === undefined || item.documentId === documentId),
  );
  const groups = [...Map.groupBy(free, groupOf)];
  const [group, setGroup] = useState<string | null>(null);
  const items = (groups.find(([name]) => name === group) ?? groups[0])?.[1] ?? [];
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [days, setDays] = useState<readonly Instalment[]>([{ no: 1, on: '', amount: '' }]);
  const [contactId, setContactId] = useState<string | null>(null);
  const [way, setWay] = useState<(typeof PROMISE_WAYS)[number]>('phone');
  const [note, setNote] = useState('');
  const chosen = items.filter((item) => !left.has(item.itemId));
  // An amount that was typed for one item says nothing of several, for which it cannot be seen.
  const isSingle = chosen.length === 1;
  const submit = (): void => {
    const words = filled(note);
    take.mutate(
      {
        body: {
          items: chosen.flatMap((item) =>
            days.map((one) => wishOf(item, isSingle ? one : { ...one, amount: '' })),
          ),
          way,
          ...(contactId ? { contactId } : {}),
          ...(words ? { note: words } : {}),
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title="The customer promises to pay"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Take the promise"
      busy={take.isPending || read.isPending}
      problem={take.error}
      size="lg"
    >
      {items.length === 0 && read.isSuccess ? (
        <Empty title="Nothing to promise">Nothing is open that is not in dispute.</Empty>
      ) : null}
      {groups.length > 1 ? (
        <Select
          label="Owed to"
          description="A promise is about one company and one currency"
          allowDeselect={false}
          data={groups.map(([name]) => name)}
          value={groups.find(([name]) => name === group)?.[0] ?? groups[0]?.[0] ?? null}
          onChange={(name) => {
            setGroup(name);
            setLeft(new Set());
          }}
        />
      ) : null}
      <Days days={days} single={isSingle} onDays={setDays} />
      {items.length > 1 ? (
        <ScrollArea.Autosize mah={300} viewportProps={{ tabIndex: 0 }}>
          <Chosen items={items} left={left} onLeft={setLeft} />
        </ScrollArea.Autosize>
      ) : null}
      <Group grow align="flex-start">
        <Select
          label="Who"
          placeholder="somebody"
          clearable
          data={(customer?.contacts ?? []).map((contact) => ({ value: contact.id, label: contact.name }))}
          value={contactId}
          onChange={setContactId}
        />
        <Select
          label="How"
          allowDeselect={false}
          data={PROMISE_WAYS.map((value) => ({ value, label: WAY_WORDS[value] }))}
          value={way}
          onChange={(value) => setWay(PROMISE_WAYS.find((one) => one === value) ?? 'phone')}
        />
      </Group>
      <TextInput
        label="Note"
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        Until the day, and the days of tolerance, no reminder asks for what is promised. Everything else is
        asked for as before. An earlier promise about the same invoices says no more of them; about others it
        stands.
      </Text>
    </FormDialog>
  );
}

/** A promise is about items of one company and currency: one group. */
function groupOf({ company, promisable }: Item): string {
  return `${company.name}, ${promisable.currency}`;
}

function wishOf(item: Item, { on, amount }: Instalment) {
  const given = filled(amount);
  return {
    itemId: item.itemId,
    on,
    ...(given ? { amount: { amount: given, currency: item.promisable.currency } } : {}),
  };
}

type ChosenProps = {
  readonly items: readonly Item[];
  readonly left: ReadonlySet<string>;
  onLeft(left: ReadonlySet<string>): void;
};

function Chosen({ items, left, onLeft }: ChosenProps) {
  const toggle = (id: string): void => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    onLeft(next);
  };
  return (
    <Stack gap={6}>
      <Switch
        label="Everything that can be promised"
        checked={left.size === 0}
        onChange={(event) =>
          onLeft(new Set(event.currentTarget.checked ? [] : items.map((item) => item.itemId)))
        }
      />
      {items.map((item) => (
        <Group key={item.itemId} justify="space-between" wrap="nowrap">
          <Checkbox
            label={`${item.reference}, due ${dayWords(item.dueOn)}`}
            description={Number(item.disputed.amount) > 0 ? 'without what is in dispute' : undefined}
            checked={!left.has(item.itemId)}
            onChange={() => toggle(item.itemId)}
          />
          <Money value={item.promisable} />
        </Group>
      ))}
    </Stack>
  );
}

type DaysProps = {
  readonly days: readonly Instalment[];
  /** One item is promised, so that an amount says of what. */
  readonly single: boolean;
  onDays(days: readonly Instalment[]): void;
};

function Days({ days, single, onDays }: DaysProps) {
  const change = (index: number, given: Partial<Instalment>): void =>
    onDays(days.map((one, place) => (place === index ? { ...one, ...given } : one)));
  return (
    <Stack gap="xs">
      {days.map((one, index) => (
        <Group key={one.no} grow align="flex-start">
          <DayField
            label={days.length > 1 ? `Day ${index + 1}` : 'By'}
            required
            value={one.on}
            onChange={(on) => change(index, { on })}
          />
          {single ? (
            <TextInput
              label={days.length > 1 ? `Amount ${index + 1}` : 'Amount'}
              placeholder="all that is open"
              inputMode="decimal"
              value={one.amount}
              onChange={(event) => change(index, { amount: event.currentTarget.value })}
            />
          ) : null}
        </Group>
      ))}
      {single ? (
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onDays([...days, { no: days.length + 1, on: '', amount: '' }])}
          >
            Another day
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
