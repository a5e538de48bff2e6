// What the reminders of a day come to: how many go out, by phase and way, and how much is left out and why.

import { Badge, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { summarizePlan } from '#forecasts/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CHANNEL_WORDS, PHASE_COLORS, reasonWords } from './plan-words.ts';

type Summary = Reply<typeof summarizePlan>;

type PlanSummaryProps = {
  readonly summary: Summary;
  /** The day is past: only what was not said then. */
  readonly isPast: boolean;
};

export function PlanSummary({ summary, isPast }: PlanSummaryProps) {
  const { said, byPhase, leftOut, held } = summary;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Panel>
        <Text size="sm" c="dimmed">
          {isPast ? 'Would still go out' : 'Would go out'}
        </Text>
        <Text fz={28} fw={700} lh={1.3}>
          {countText(said.messages)} {said.messages === 1 ? 'message' : 'messages'}
        </Text>
        <Text size="sm" c="dimmed">
          to {countText(said.customers)} {said.customers === 1 ? 'customer' : 'customers'} about{' '}
          {countText(said.items)} {said.items === 1 ? 'invoice' : 'invoices'}
        </Text>
        {said.sums.map((sum) => (
          <div key={sum.currency}>
            <Money value={sum} />
          </div>
        ))}
        {held.items > 0 ? <Held count={held} /> : null}
      </Panel>
      <Panel>
        <Text size="sm" c="dimmed" mb={6}>
          By phase and way
        </Text>
        <Stack gap={6}>
          {byPhase.length === 0 ? <Text size="sm">nothing</Text> : null}
          {byPhase.map(({ phase, channel, count }) => (
            <Group key={`${phase} ${channel}`} justify="space-between" wrap="nowrap" gap="xs">
              <Group gap={6} wrap="nowrap">
                <Badge color={PHASE_COLORS[phase] ?? 'gray'} variant="light">
                  {heading(phase)}
                </Badge>
                <Text size="xs" c="dimmed">
                  {CHANNEL_WORDS[channel] ?? channel}
                </Text>
              </Group>
              <Text size="sm" fw={600} className="numeric">
                {countText(count.messages)}
              </Text>
            </Group>
          ))}
        </Stack>
      </Panel>
      <Panel>
        <Text size="sm" c="dimmed" mb={6}>
          Left out
        </Text>
        <Stack gap={4}>
          {leftOut.length === 0 ? <Text size="sm">nobody</Text> : null}
          {leftOut.map(({ reason, count }) => (
            <Group key={reason} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm">{reasonWords(reason)}</Text>
              <Text size="sm" fw={600} className="numeric">
                {countText(count.items)}
              </Text>
            </Group>
          ))}
        </Stack>
      </Panel>
    </SimpleGrid>
  );
}

/** What the send gate would hold back: whoever applies the money lets the rest go. */
function Held({ count }: { readonly count: Summary['held'] }) {
  return (
    <Text size="sm" mt={6} className="late">
      {countText(count.items)} of them held back, {countText(count.messages)}{' '}
      {count.messages === 1 ? 'message' : 'messages'} with all in it: money that could pay them waits in the{' '}
      <TenantLink to="workbench">workbench</TenantLink>.
    </Text>
  );
}
