// What became of the disputed money as one bar: what is still disputed first, then how the rest was settled.

import { Box, Group, Text } from '@mantine/core';
import type { listDisputes } from '#disputes/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { drawingValue } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';

export type Amounts = Reply<typeof listDisputes>['rows'][number]['amounts'];

const PARTS = [
  { key: 'open', label: 'Disputed', color: 'var(--mantine-color-orange-6)' },
  { key: 'paid', label: 'Paid', color: 'var(--mantine-color-teal-6)' },
  { key: 'credited', label: 'Credited', color: 'var(--mantine-color-grape-5)' },
  { key: 'writtenOff', label: 'Written off', color: 'var(--mantine-color-gray-6)' },
  { key: 'released', label: 'Owed again', color: 'var(--mantine-color-blue-5)' },
] as const;

export function AmountBar({
  amounts,
  words = true,
}: {
  readonly amounts: Amounts;
  readonly words?: boolean;
}) {
  const whole = drawingValue(amounts.original.amount);
  const shown = PARTS.map((part) => ({ ...part, size: drawingValue(amounts[part.key].amount) })).filter(
    (part) => part.size > 0,
  );
  return (
    <div>
      <Box
        aria-hidden
        style={{
          display: 'flex',
          height: words ? 14 : 8,
          minWidth: 60,
          borderRadius: 7,
          overflow: 'hidden',
          background: 'var(--mantine-color-default-border)',
        }}
      >
        {shown.map((part) => (
          <div
            key={part.key}
            style={{ width: whole === 0 ? 0 : `${(part.size / whole) * 100}%`, background: part.color }}
          />
        ))}
      </Box>
      {words ? (
        <Group mt="xs" gap="lg">
          {shown.map((part) => (
            <div key={part.key}>
              <Group gap={6} wrap="nowrap">
                <Box
                  w={9}
                  h={9}
                  style={{ borderRadius: 3, flex: 'none', background: part.color }}
                  aria-hidden
                />
                <Text size="xs" c="dimmed">
                  {part.label}
                </Text>
              </Group>
              <Text size="sm" fw={600} component="div">
                <Money value={amounts[part.key]} />
              </Text>
            </div>
          ))}
        </Group>
      ) : null}
    </div>
  );
}
