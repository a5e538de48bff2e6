// Experiments with steps of policies: what each brings, and how sure that is.

import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Badge, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconFlask, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import {
  ARM_CUSTOMERS_MIN,
  listExperiments,
  startExperiment,
  stopExperiment,
} from '#experiments/contract.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { Facts } from '../../ui/Facts.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import {
  END_WORDS,
  type Experiment,
  inUnit,
  METRIC_WORDS,
  STATE_WORDS,
  stepDay,
  triedWords,
  unitOf,
  VERDICT_COLOURS,
  verdictWords,
} from './experiment-words.ts';
import { IntervalBar } from './IntervalBar.tsx';
import { StartDialog } from './StartDialog.tsx';
import { StopDialog } from './StopDialog.tsx';

export default function ExperimentsPage() {
  const read = useRead(listExperiments);
  const [starting, setStarting] = useState(false);
  return (
    <Page
      title="Experiments"
      subtitle="What a step truly brings: some customers, chosen by chance, do not hear it, hear it later or in other words"
      actions={
        read.data ? (
          <MayButton
            may={read.data.may.start}
            operation={startExperiment}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setStarting(true)}
          >
            New experiment
          </MayButton>
        ) : undefined
      }
    >
      <Shown read={read}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Panel>
              <Empty icon={<IconFlask size={36} stroke={1.4} />} title="No experiments yet">
                New experiment takes a step of the policies in force, and says before it begins what is
                measured. Required steps, demands and final notices are never part of one.
              </Empty>
            </Panel>
          ) : (
            <Stack>
              {rows.map((row) => (
                <OneExperiment key={row.experimentId} experiment={row} />
              ))}
            </Stack>
          )
        }
      </Shown>
      {starting ? <StartDialog steps={read.data?.steps ?? []} onClose={() => setStarting(false)} /> : null}
    </Page>
  );
}

function OneExperiment({ experiment }: { readonly experiment: Experiment }) {
  const [stopping, setStopping] = useState(false);
  const { metric, course } = experiment;
  return (
    <Panel
      title={`${experiment.number} · ${experiment.name}`}
      actions={
        <Group gap="xs">
          <Badge variant="light" color={VERDICT_COLOURS[experiment.verdict]}>
            {verdictWords(experiment)}
          </Badge>
          <Badge variant="outline" color="gray">
            {STATE_WORDS[experiment.state]}
          </Badge>
          {experiment.endKind ? null : (
            <MayButton
              may={experiment.may.stop}
              operation={stopExperiment}
              size="compact-sm"
              variant="default"
              onClick={() => setStopping(true)}
            >
              Stop
            </MayButton>
          )}
        </Group>
      }
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="sm">
          <Text size="sm">{experiment.note}</Text>
          <Facts
            facts={[
              ['Step', `${experiment.policyCode}, ${stepDay(experiment.offsetDays)}`],
              ['Tried', `${triedWords(experiment)}, with ${experiment.sharePercent} % of customers`],
              ['Measured', `${METRIC_WORDS[metric]} within ${experiment.windowDays} days`],
              ['From to', `${dayWords(experiment.startsOn)} – ${dayWords(experiment.endsOn)}`],
              ['Registered by', experiment.registeredBy],
              ...(experiment.endKind && experiment.endedOn
                ? ([['Ended', `${dayWords(experiment.endedOn)}, ${END_WORDS[experiment.endKind]}`]] as const)
                : []),
              ...(experiment.endNote ? ([['Why', experiment.endNote]] as const) : []),
            ]}
          />
        </Stack>
        <Stack gap="sm">
          <Uplift experiment={experiment} />
          <Parts experiment={experiment} />
        </Stack>
      </SimpleGrid>
      {course.length > 1 ? (
        <LineChart
          mt="md"
          h={160}
          data={course.map((point) => ({
            day: dayWords(point.on).replace(/ \d{4}$/, ''),
            'at most': inUnit(metric, point.high),
            uplift: inUnit(metric, point.difference),
            'at least': inUnit(metric, point.low),
          }))}
          dataKey="day"
          series={[
            { name: 'at most', color: 'gray.5' },
            { name: 'uplift', color: 'var(--chart-main)' },
            { name: 'at least', color: 'gray.5' },
          ]}
          withDots={false}
          curveType="linear"
          referenceLines={[{ y: 0, color: 'gray.6' }]}
          unit={metric === 'share_paid' ? ' pt' : ' d'}
        />
      ) : null}
      {stopping ? <StopDialog experiment={experiment} onClose={() => setStopping(false)} /> : null}
    </Panel>
  );
}

function Uplift({ experiment }: { readonly experiment: Experiment }) {
  const { uplift, metric } = experiment;
  if (!uplift)
    return (
      <Text size="sm" c="dimmed">
        Nobody’s window is over yet.
      </Text>
    );
  const { always } = uplift;
  return (
    <div>
      <Text fz={24} fw={650}>
        {inUnit(metric, uplift.difference)} {unitOf(metric)}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {always
          ? `between ${inUnit(metric, always.low)} and ${inUnit(metric, always.high)} (95 %, however often one looks)`
          : `nothing is concluded before ${ARM_CUSTOMERS_MIN} customers of each part`}
      </Text>
      <IntervalBar experiment={experiment} />
      <Text size="xs" c="dimmed">
        For one look at the end: {inUnit(metric, uplift.atEnd.low)} to {inUnit(metric, uplift.atEnd.high)}
      </Text>
    </div>
  );
}

function Parts({
  experiment: { arms, metric: _metric, ...experiment },
}: {
  readonly experiment: Experiment;
}) {
  return (
    <Scroll minWidth={440} label="The two parts">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Part</Table.Th>
            <Table.Th className="numeric">Entered</Table.Th>
            <Table.Th className="numeric">Window over</Table.Th>
            <Table.Th className="numeric">Paid all</Table.Th>
            <Table.Th className="numeric">Days</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(['usual', 'tried'] as const).map((arm) => (
            <Table.Tr key={arm}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                {arm === 'usual' ? 'told as usual' : triedWords(experiment)}
              </Table.Td>
              <Table.Td className="numeric">{countText(arms[arm].entered)}</Table.Td>
              <Table.Td className="numeric">{countText(arms[arm].of)}</Table.Td>
              <Table.Td className="numeric">
                {countText(arms[arm].paid)}
                {arms[arm].of > 0 ? ` (${Math.round((arms[arm].paid / arms[arm].of) * 100)} %)` : ''}
              </Table.Td>
              <Table.Td className="numeric">{arms[arm].meanDays?.toFixed(1) ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
