// A difference with its intervals on a line around zero: the thick bar may be looked at any day, the thin one once, at the end.

import { Box, Group, Stack, Text } from '@mantine/core';
import { type Experiment, inUnit, SHOWN_WORDS, unitOf } from './experiment-words.ts';

const ROOM = 1.15;
const HALF = 50;

export function IntervalBar({ experiment }: { readonly experiment: Experiment }) {
  const { uplift, metric } = experiment;
  if (!uplift) return null;
  const { difference, atEnd, always } = uplift;
  const ends = [atEnd.low, atEnd.high, ...(always ? [always.low, always.high] : [])];
  const reach = Math.max(...ends.map(Math.abs), 1e-9) * ROOM;
  const place = (value: number): number => HALF + (value / reach) * HALF;
  const text = (value: number): string => String(inUnit(metric, value));
  const shown = always ?? atEnd;
  return (
    <Stack gap={4}>
      <div
        role="img"
        aria-label={`Uplift ${text(difference)} ${unitOf(metric)}, from ${text(shown.low)} to ${text(shown.high)}`}
        style={{ position: 'relative', height: 34 }}
      >
        <Box pos="absolute" left="50%" top={0} bottom={0} w={1} bg="var(--mantine-color-dimmed)" />
        {always ? <Bar from={place(always.low)} to={place(always.high)} height={14} opacity={0.35} /> : null}
        <Bar from={place(atEnd.low)} to={place(atEnd.high)} height={4} opacity={1} />
        <Box
          pos="absolute"
          top={9}
          w={16}
          h={16}
          bg="var(--chart-main)"
          style={{
            left: `calc(${place(difference)}% - 8px)`,
            borderRadius: '50%',
            border: '2px solid var(--mantine-color-body)',
          }}
        />
      </div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed">
          ← {SHOWN_WORDS[experiment.kind].step_hurts}
        </Text>
        <Text size="xs" c="dimmed">
          {SHOWN_WORDS[experiment.kind].step_helps} →
        </Text>
      </Group>
    </Stack>
  );
}

function Bar({
  from,
  to,
  height,
  opacity,
}: {
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly opacity: number;
}) {
  return (
    <Box
      pos="absolute"
      h={height}
      top={17 - height / 2}
      bg="var(--chart-main)"
      style={{ left: `${from}%`, width: `${to - from}%`, opacity, borderRadius: height / 2 }}
    />
  );
}
