// The periods of a recurring invoice, one under the other: what was invoiced, and what comes.

import { Badge, Group, Text, Timeline } from '@mantine/core';
import { IconCheck, IconClock, IconPencil } from '@tabler/icons-react';
import type { readRecurring } from '#billing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Read = Reply<typeof readRecurring>;

export function PeriodTimeline({
  invoiced = [],
  next,
  today,
}: {
  readonly invoiced?: Read['invoiced'];
  readonly next: Read['next'];
  readonly today: string;
}) {
  return (
    <Timeline active={invoiced.length - 1} bulletSize={24} lineWidth={2}>
      {invoiced.map((period) => (
        <Timeline.Item
          key={period.from}
          bullet={
            period.state === 'issued' ? (
              <IconCheck size={14} aria-hidden />
            ) : (
              <IconPencil size={14} aria-hidden />
            )
          }
          title={`${dayWords(period.from)} – ${dayWords(period.to)}`}
        >
          <Group gap="xs">
            {period.invoiceId ? (
              <TenantLink to={`invoices/${period.invoiceId}`}>{period.number}</TenantLink>
            ) : (
              <TenantLink to={`invoices/new?draft=${period.draftId}`}>
                {period.state === 'discarded' ? 'Draft, thrown away' : 'Draft'}
              </TenantLink>
            )}
            {period.refusal ? (
              <Text size="sm" className="late">
                {period.refusal.message}
              </Text>
            ) : null}
          </Group>
        </Timeline.Item>
      ))}
      {next.map((period) => (
        <Timeline.Item
          key={period.from}
          bullet={<IconClock size={14} aria-hidden />}
          title={`${dayWords(period.from)} – ${dayWords(period.to)}`}
        >
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {period.issueOn < today ? 'was due on' : 'on'} {dayWords(period.issueOn)}
            </Text>
            {period.total ? <Money value={period.total} /> : null}
            {period.days < period.ofDays ? (
              <Badge color="gray" variant="light">
                {period.days} of {period.ofDays} days
              </Badge>
            ) : null}
          </Group>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
