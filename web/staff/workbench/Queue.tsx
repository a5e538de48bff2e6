// The receipts that wait, at the edge of the workbench.

import { Badge, Group, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { listWaitingReceipts } from '#workbench/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText, dayWords, drawingValue } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { chanceWords } from '../paying/matching-words.ts';

export type Waiting = Reply<typeof listWaitingReceipts>['rows'][number];

const ORDERS = [
  { value: 'oldest', label: 'Oldest first' },
  { value: 'largest', label: 'Largest first' },
  { value: 'surest', label: 'Surest first' },
];
const PARTS = [
  { value: 'open', label: 'All that wait' },
  { value: 'free', label: 'Nobody asked' },
  { value: 'mine', label: 'I am asked' },
  { value: 'asked', label: 'A colleague is asked' },
  { value: 'kept', label: 'Kept on account' },
];

export function Queue({
  rows,
  waiting,
  currentId,
  order,
  part,
  onPick,
  onChange,
}: {
  readonly rows: readonly Waiting[];
  readonly waiting: number;
  readonly currentId: string | undefined;
  readonly order: string;
  readonly part: string;
  onPick(paymentId: string): void;
  onChange(change: Readonly<Record<string, string>>): void;
}) {
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever becomes the current one is brought into view
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  return (
    <Panel title={`Waiting: ${countText(waiting)}`}>
      <Stack gap="xs">
        <Stack gap={6}>
          <Select
            size="xs"
            aria-label="Order"
            data={ORDERS}
            value={order}
            allowDeselect={false}
            onChange={(value) => onChange({ order: value ?? '', receipt: '' })}
          />
          <Select
            size="xs"
            aria-label="Which"
            data={PARTS}
            value={part}
            allowDeselect={false}
            onChange={(value) => onChange({ part: value ?? '', receipt: '' })}
          />
        </Stack>
        <div className="queue-scroll">
          <ul className="plain-list" aria-label="Receipts that wait">
            {rows.map((row) => (
              <li key={row.paymentId}>
                <UnstyledButton
                  ref={row.paymentId === currentId ? current : undefined}
                  className="queue-row"
                  aria-current={row.paymentId === currentId}
                  onClick={() => onPick(row.paymentId)}
                >
                  <QueueRow row={row} />
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </div>
      </Stack>
    </Panel>
  );
}

function QueueRow({ row }: { readonly row: Waiting }) {
  const chance = row.likeliest?.probability;
  return (
    <>
      <Group justify="space-between" gap="0 6px">
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {row.customer?.name ?? row.payerName ?? 'Not known who paid'}
        </Text>
        <Text
          size="sm"
          ml="auto"
          title={
            drawingValue(row.grantedBack.amount) === 0
              ? undefined
              : `${row.grantedBack.amount} more was granted back as a refund`
          }
        >
          <Money value={row.unapplied} />
        </Text>
      </Group>
      <Group justify="space-between" gap={6} wrap="nowrap">
        <Text size="xs" c="dimmed" truncate>
          {dayWords(row.receivedOn)}
          {row.text === '' ? '' : ` · ${row.text}`}
        </Text>
        {row.mark ? (
          <Badge size="xs" color="blue" style={{ flex: 'none' }}>
            {row.mark.person?.name ?? 'on account'}
          </Badge>
        ) : chance === undefined || chance === null ? null : (
          <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
            {chanceWords(chance)}
          </Text>
        )}
      </Group>
    </>
  );
}
