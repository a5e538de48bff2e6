// The latest runs, above the list of write-offs; nothing where there was none.

import { Badge, Group, Stack, Text } from '@mantine/core';
import { listWriteOffRuns } from '#writeoffruns/contract.ts';
import { useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { kindWords } from '../writeoffs/relief-words.ts';
import { Amounts } from './Amounts.tsx';
import { isAtWork, STATE_COLOURS, STATE_WORDS } from './run-words.ts';

const SHOWN = 3;
const REFRESH_MS = 2_000;

export function Runs() {
  const read = useRead(
    listWriteOffRuns,
    {},
    { refreshMs: (last) => (last?.runs.some(isAtWork) ? REFRESH_MS : false) },
  );
  const runs = read.data?.runs.slice(0, SHOWN) ?? [];
  if (runs.length === 0) return null;
  return (
    <Panel title="Written off together">
      <Stack gap={6}>
        {runs.map((run) => (
          <Group key={run.runId} gap="sm" wrap="wrap">
            <TenantLink to={`write-offs/runs/${run.runId}`}>
              {countText(run.items)} {run.items === 1 ? 'item' : 'items'}, {kindWords(run.kind).toLowerCase()}
            </TenantLink>
            <Badge color={STATE_COLOURS[run.state]}>{STATE_WORDS[run.state]}</Badge>
            {run.standing > 0 ? (
              <Text size="sm">
                <Amounts sums={run.amounts.map((one) => one.standing)} />
              </Text>
            ) : null}
            {run.leftOut > 0 ? (
              <Text size="sm" className="late">
                {countText(run.leftOut)} left out
              </Text>
            ) : null}
            <Text size="sm" c="dimmed">
              {run.startedBy}, {momentWords(run.startedAt)}
            </Text>
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
