// Many items written off at once: which a rule means, what each would come to, what is left out and why; then all chosen.

import { Badge, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { OBSTACLE_MEANINGS, planWriteOffRun } from '#writeoffruns/contract.ts';
import { useAddress } from '../../lib/address.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { type DebtFacts, NO_FACTS } from '../writeoffs/ReliefFacts.tsx';
import { gapWords } from '../writeoffs/relief-words.ts';
import { Amounts, sumsOf } from './Amounts.tsx';
import { RuleForm } from './RuleForm.tsx';
import { planInput, ruleOf, saysAnything } from './rule.ts';
import { OBSTACLE_WORDS, type PlannedItem } from './run-words.ts';
import { StartRunDialog } from './StartRunDialog.tsx';

/** Keys are pressed faster than a server should be asked. */
const PAUSE_MS = 350;

/** Which items are chosen: those a rule means, or none, but for what somebody ticked or unticked. */
function useChosen(rows: readonly PlannedItem[], all: boolean) {
  const [other, setOther] = useState<ReadonlySet<string>>(new Set());
  const isChosen = (row: PlannedItem): boolean => row.obstacle === null && all !== other.has(row.itemId);
  const free = rows.filter((row) => row.obstacle === null);
  return {
    chosen: rows.filter(isChosen),
    isChosen,
    toggle: (row: PlannedItem): void => {
      const next = new Set(other);
      if (!next.delete(row.itemId)) next.add(row.itemId);
      setOther(next);
    },
    /** Chooses all, or none. */
    put: (wanted: boolean): void => setOther(new Set(wanted === all ? [] : free.map((row) => row.itemId))),
  };
}

/** The tax that comes back, of bad debts alone. */
const TAX: Column<PlannedItem> = {
  key: 'tax',
  title: 'Tax back',
  numeric: true,
  wideOnly: true,
  cell: (row) =>
    row.relief.state === 'claimed' ? (
      <span title={row.relief.source ?? undefined}>
        <Money value={row.relief.tax} />
      </span>
    ) : (
      <Text span size="sm" c="dimmed" title={gapWords(row.relief)}>
        –
      </Text>
    ),
};

function columnsOf(
  withTax: boolean,
  isChosen: (row: PlannedItem) => boolean,
  toggle: (row: PlannedItem) => void,
): readonly Column<PlannedItem>[] {
  return [
    {
      key: 'choose',
      title: '',
      width: 36,
      cell: (row) => (
        <Checkbox
          aria-label={`Write off ${row.reference}`}
          checked={isChosen(row)}
          disabled={row.obstacle !== null}
          onChange={() => toggle(row)}
        />
      ),
    },
    {
      key: 'item',
      title: 'Item',
      grow: 25,
      cell: (row) => (
        <TenantLink to={`${row.itemKind}s/${row.documentId}`}>
          <span className="code">{row.reference}</span>
        </TenantLink>
      ),
      under: (row) => (
        <>
          {row.customer.name} <Said row={row} />
        </>
      ),
    },
    {
      key: 'customer',
      title: 'Customer',
      grow: 40,
      wideOnly: true,
      cell: (row) => (
        <Text size="sm" truncate title={row.customer.name}>
          {row.customer.name}
        </Text>
      ),
    },
    {
      key: 'due',
      title: 'Due',
      wideOnly: true,
      cell: (row) => (
        <Text size="sm" span>
          {dayWords(row.dueOn)}{' '}
          {row.daysLate > 0 ? (
            <Text span size="xs" c="dimmed">
              {countText(row.daysLate)} {row.daysLate === 1 ? 'day' : 'days'} late
            </Text>
          ) : null}
        </Text>
      ),
    },
    ...(withTax ? [TAX] : []),
    { key: 'said', title: '', wideOnly: true, cell: (row) => <Said row={row} /> },
    { key: 'open', title: 'Open', numeric: true, cell: (row) => <Money value={row.open} /> },
  ];
}

/** Why it is left out, or that others are asked. */
function Said({ row }: { readonly row: PlannedItem }) {
  if (row.obstacle !== null)
    return (
      <Badge color="gray" title={OBSTACLE_MEANINGS[row.obstacle]}>
        {OBSTACLE_WORDS[row.obstacle]}
      </Badge>
    );
  return row.isWithinLimit === false ? (
    <Badge color="orange" title="It lies outside of what you may write off alone">
      others decide
    </Badge>
  ) : null;
}

export default function WriteOffManyPage() {
  const [search, setSearch] = useAddress();
  const [facts, setFacts] = useState<DebtFacts>(NO_FACTS);
  const rule = ruleOf(search);
  const [text] = useDebouncedValue(JSON.stringify(planInput(rule, facts)), PAUSE_MS);
  const asked = JSON.parse(text) as ReturnType<typeof planInput>;
  const read = useRead(planWriteOffRun, asked, { enabled: (asked.body?.companyId ?? '') !== '' });
  return (
    <Page
      title="Write many off"
      subtitle="Nothing happens by looking. What is disputed, promised, handed over, or beside credit of its customer is left out."
    >
      <Stack gap="md">
        <RuleForm rule={rule} facts={facts} onFacts={setFacts} onChange={setSearch} />
        <Shown read={read}>
          {({ rows, isMore }) => (
            <Chosen
              key={text}
              rows={rows}
              isMore={isMore}
              isRuled={saysAnything(asked)}
              asked={asked.body as NonNullable<typeof asked.body>}
            />
          )}
        </Shown>
      </Stack>
    </Page>
  );
}

function Chosen({
  rows,
  isMore,
  isRuled,
  asked,
}: {
  readonly rows: readonly PlannedItem[];
  readonly isMore: boolean;
  readonly isRuled: boolean;
  readonly asked: NonNullable<ReturnType<typeof planInput>['body']>;
}) {
  const { chosen, isChosen, toggle, put } = useChosen(rows, isRuled);
  const [starting, setStarting] = useState(false);
  const mayPost = useMay('write_off.post');
  const mayAsk = useMay('approval.request');
  const free = rows.filter((row) => row.obstacle === null).length;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status">
          <b>
            {countText(chosen.length)} {chosen.length === 1 ? 'item' : 'items'}
          </b>{' '}
          chosen of {countText(free)}
          {chosen.length > 0 ? (
            <>
              : <Amounts sums={sumsOf(chosen.map((row) => row.open))} />
            </>
          ) : null}
          <LeftOut rows={rows} />
          {isMore ? (
            <Text span size="sm" c="dimmed">
              {' '}
              More are meant than one run takes; the longest due are shown.
            </Text>
          ) : null}
        </Text>
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={free === 0} onClick={() => put(chosen.length < free)}>
            {chosen.length < free ? 'Choose all' : 'Choose none'}
          </Button>
          {mayPost || mayAsk ? (
            <Button
              leftSection={<IconEraser size={16} aria-hidden />}
              disabled={chosen.length === 0}
              onClick={() => setStarting(true)}
            >
              Write off…
            </Button>
          ) : null}
        </Group>
      </Group>
      <DataTable
        label="Items"
        columns={columnsOf(asked.kind === 'bad_debt', isChosen, toggle)}
        rows={rows}
        keyOf={(row) => row.itemId}
        empty={
          <Empty icon={<IconEraser size={36} stroke={1.4} />} title="No item is meant">
            Nothing of this company is that late and that small.
          </Empty>
        }
      />
      {starting ? <StartRunDialog asked={asked} chosen={chosen} onClose={() => setStarting(false)} /> : null}
    </Stack>
  );
}

/** How many are left out, by reason. */
function LeftOut({ rows }: { readonly rows: readonly PlannedItem[] }) {
  const by = [...Map.groupBy(rows, (row) => row.obstacle)].flatMap(([obstacle, of]) =>
    obstacle === null ? [] : [`${countText(of.length)} ${OBSTACLE_WORDS[obstacle]}`],
  );
  return by.length === 0 ? null : (
    <Text span size="sm" c="dimmed">
      . Left out: {by.join(', ')}.
    </Text>
  );
}
