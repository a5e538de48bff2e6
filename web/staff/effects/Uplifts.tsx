// What steps truly bring, by experiments: each uplift with its interval on one line around zero. What crosses zero is not shown to bring anything.

import { Badge, Box, Group, Stack, Text } from '@mantine/core';
import { listExperiments } from '#experiments/contract.ts';
import { useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import {
  type Experiment,
  inUnit,
  METRIC_WORDS,
  stepDay,
  triedWords,
  unitOf,
  VERDICT_COLOURS,
  verdictWords,
} from '../experiments/experiment-words.ts';

type Metric = Experiment['metric'];
type Measured = Experiment & { readonly uplift: NonNullable<Experiment['uplift']> };

export function Uplifts() {
  const mayRead = useMay('report.read');
  const rows = useRead(listExperiments, {}, { enabled: mayRead }).data?.rows ?? [];
  const measured = rows.filter((row): row is Measured => row.uplift !== null);
  return (
    <Panel title="What steps truly bring">
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          Customers chosen by chance did not hear a step, heard it later or in other words. The dot is what
          saying it as usual brought more; the bar is where the truth lies with 95 % certainty, however often
          one looks. A bar across the line shows no difference.{' '}
          <TenantLink to="experiments">Experiments</TenantLink>
        </Text>
        {measured.length === 0 ? (
          <Text size="sm">No experiment has measured anything yet.</Text>
        ) : (
          (['share_paid', 'days_to_pay'] as const).map((metric) => (
            <OfMetric key={metric} metric={metric} rows={measured.filter((row) => row.metric === metric)} />
          ))
        )}
      </Stack>
    </Panel>
  );
}

/** The farthest end of any interval has some room beside it. */
const ROOM = 1.1;
const HALF = 50;
const LINE = 22;

function OfMetric({ metric, rows }: { readonly metric: Metric; readonly rows: readonly Measured[] }) {
  if (rows.length === 0) return null;
  const reach = roundUp(Math.max(...rows.flatMap((row) => endsOf(row).map(Math.abs)), 1) * ROOM);
  const place = (value: number): number => HALF + (value / reach) * HALF;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {metric === 'share_paid' ? 'More customers paid, percentage points' : 'Paid earlier, days'}
      </Text>
      <Stack gap="sm" role="list" aria-label={METRIC_WORDS[metric]}>
        {rows.map((row) => (
          <Box key={row.experimentId} className="uplift-row" role="listitem">
            <div>
              <Text size="sm">{row.name}</Text>
              <Text size="xs" c="dimmed">
                {stepDay(row.offsetDays)}, {triedWords(row)}
              </Text>
            </div>
            <Interval row={row} place={place} />
            <Group gap={6} justify="flex-end">
              <Text size="sm" className="numeric" fw={600}>
                {signed(inUnit(metric, row.uplift.difference))}
              </Text>
              <Badge color={VERDICT_COLOURS[row.verdict]}>{verdictWords(row)}</Badge>
            </Group>
          </Box>
        ))}
      </Stack>
      <div className="uplift-row" aria-hidden>
        <span />
        <Group justify="space-between" gap={0} wrap="nowrap">
          {[-reach, 0, reach].map((value) => (
            <Text key={value} size="xs" c="dimmed" className="numeric">
              {signed(value)}
            </Text>
          ))}
        </Group>
        <span />
      </div>
    </Stack>
  );
}

/** The ends of the interval that is drawn, in its unit: the one for any number of looks, where there is one. */
function endsOf({ metric, uplift }: Measured): readonly [low: number, high: number] {
  const { low, high } = uplift.always ?? uplift.atEnd;
  return [inUnit(metric, low), inUnit(metric, high)];
}

/** The next of 1, 2, 3, 4, 5 and 10 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 3, 4, 5, 10].find((one) => one * power >= value) ?? 10) * power;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value).replace('-', '−');
}

function Interval({ row, place }: { readonly row: Measured; place(value: number): number }) {
  const [low, high] = endsOf(row);
  const difference = inUnit(row.metric, row.uplift.difference);
  const clamp = (value: number): number => Math.max(0, Math.min(HALF * 2, place(value)));
  return (
    <div
      role="img"
      aria-label={`${signed(difference)} ${unitOf(row.metric)}, from ${signed(low)} to ${signed(high)}`}
      style={{ position: 'relative', height: LINE }}
    >
      <Box pos="absolute" left={0} right={0} top={LINE / 2} h={1} bg="var(--mantine-color-default-border)" />
      <Box pos="absolute" left="50%" top={-4} bottom={-4} w={1} bg="var(--mantine-color-dimmed)" />
      <Box
        pos="absolute"
        h={6}
        top={LINE / 2 - 3}
        bg="var(--chart-main)"
        style={{
          left: `${clamp(low)}%`,
          width: `${clamp(high) - clamp(low)}%`,
          borderRadius: 3,
          opacity: 0.55,
        }}
      />
      <Box
        pos="absolute"
        top={LINE / 2 - 6}
        w={12}
        h={12}
        bg="var(--chart-main)"
        style={{
          left: `calc(${clamp(difference)}% - 6px)`,
          borderRadius: '50%',
          border: '2px solid var(--mantine-color-body)',
        }}
      />
    </div>
  );
}
