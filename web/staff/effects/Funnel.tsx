// Bars under each other that grow shorter: how many of the first are left at each.

import { Group, Stack, Text } from '@mantine/core';
import { countText } from '../../lib/format.ts';

const WHOLE = 100;

export function Funnel({
  steps,
}: {
  readonly steps: readonly { readonly label: string; readonly count: number }[];
}) {
  const first = steps[0]?.count ?? 0;
  return (
    <Stack gap="xs">
      {steps.map(({ label, count }) => {
        const percent = first === 0 ? 0 : Math.round((count / first) * WHOLE);
        return (
          <div key={label}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="sm">{label}</Text>
              <Text size="sm" className="amount">
                {countText(count)}{' '}
                <Text span size="xs" c="dimmed">
                  {percent} %
                </Text>
              </Text>
            </Group>
            <div
              aria-hidden
              style={{ height: 14, borderRadius: 4, background: 'var(--mantine-color-default-border)' }}
            >
              <div
                style={{
                  height: '100%',
                  width: `${percent}%`,
                  minWidth: count > 0 ? 3 : 0,
                  borderRadius: 4,
                  background: 'var(--chart-main)',
                }}
              />
            </div>
          </div>
        );
      })}
    </Stack>
  );
}
