// What the rest of an item is that a payment does not pay: chosen in its row, with the amount beside it.

import { Group, NativeSelect, Text } from '@mantine/core';
import { listDisputeReasons } from '#disputes/contract.ts';
import type { Money as Amount } from '#kernel/money.ts';
import { useRead } from '../../lib/data.ts';
import { Money } from '../../ui/Money.tsx';
import { toValue } from './amounts.ts';
import { RESTS, type Rest } from './rest.ts';

export function RestChoice({
  reference,
  missing,
  rest,
  onChange,
}: {
  readonly reference: string;
  /** What the money leaves open; more than nothing. */
  readonly missing: Amount;
  readonly rest: Rest | undefined;
  onChange(rest: Rest): void;
}) {
  const kind = rest?.kind ?? 'open';
  return (
    <Group gap={6} justify="flex-end" wrap="wrap" mt={4}>
      <Text size="xs" c="dimmed" component="div">
        <Money value={toValue(missing)} bare />
      </Text>
      <NativeSelect
        size="xs"
        aria-label={`What is missing of ${reference}`}
        data={RESTS.map((one) => ({ ...one }))}
        value={kind}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ kind: RESTS.find((one) => one.value === value)?.value ?? 'open' });
        }}
      />
      {kind === 'deduction' ? (
        <Reason
          reference={reference}
          reason={rest?.reason}
          onChange={(reason) => onChange({ kind, reason })}
        />
      ) : null}
    </Group>
  );
}

function Reason({
  reference,
  reason,
  onChange,
}: {
  readonly reference: string;
  readonly reason: string | undefined;
  onChange(reason: string): void;
}) {
  const reasons = useRead(listDisputeReasons, {}).data?.reasons ?? [];
  return (
    <NativeSelect
      size="xs"
      aria-label={`Why ${reference} was kept back`}
      data={[
        { value: '', label: 'Why?' },
        ...reasons.filter((one) => one.inUse).map((one) => ({ value: one.code, label: one.name })),
      ]}
      value={reason ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
