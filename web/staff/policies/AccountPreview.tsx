// Given this account: on which days of the months to come it hears what, under the policies that are looked at.

import { Badge, Group, SegmentedControl, Stack, Text, Timeline } from '@mantine/core';
import { useState } from 'react';
import { forecastAccount } from '#forecasts/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { CHANNEL_WORDS, PHASE_COLORS, reasonWords } from '../collections/plan-words.ts';
import { dayOfStep } from './policy-words.ts';

type OfCompany = Reply<typeof forecastAccount>['companies'][number];

type AccountPreviewProps = {
  readonly of: { readonly setId: string } | { readonly file: Record<string, unknown> };
  /** An account to begin with. */
  readonly first: string | undefined;
};

const MONTHS = ['3', '6', '12'] as const;

export function AccountPreview({ of, first }: AccountPreviewProps) {
  const [picked, setPicked] = useState<string | undefined>(undefined);
  const [isEmptied, setEmptied] = useState(false);
  const [months, setMonths] = useState('6');
  const customerId = picked ?? (isEmptied ? undefined : first);
  return (
    <Stack>
      <Group align="flex-end">
        <div style={{ minWidth: 280, flex: '0 1 380px' }}>
          <CustomerPicker
            label="Given this account"
            value={customerId}
            onChange={(customer) => {
              setPicked(customer?.id);
              setEmptied(customer === undefined);
            }}
          />
        </div>
        <SegmentedControl
          aria-label="How far ahead"
          data={MONTHS.map((value) => ({ value, label: `${value} months` }))}
          value={months}
          onChange={setMonths}
        />
      </Group>
      {customerId === undefined ? (
        <Panel>
          <Empty title="Choose a customer">
            You see day by day what it would hear under these policies if it paid nothing.
          </Empty>
        </Panel>
      ) : (
        <Ahead of={of} customerId={customerId} months={Number(months)} />
      )}
    </Stack>
  );
}

type AheadProps = Pick<AccountPreviewProps, 'of'> & { readonly customerId: string; readonly months: number };

function Ahead({ of, customerId, months }: AheadProps) {
  const read = useRead(forecastAccount, { body: { ...of, customerId, months } });
  return (
    <Shown read={read}>
      {({ companies }) =>
        companies.length === 0 ? (
          <Panel>
            <Empty title="It hears nothing">Nothing that it owes reaches a step in this time.</Empty>
          </Panel>
        ) : (
          <Stack>
            {companies.map((company) => (
              <Panel key={company.companyId} title={company.companyName}>
                <Messages company={company} />
              </Panel>
            ))}
          </Stack>
        )
      }
    </Shown>
  );
}

function Messages({ company }: { readonly company: OfCompany }) {
  return (
    <Stack>
      <Timeline bulletSize={14} lineWidth={2} active={-1}>
        {company.messages.map((message, index) => (
          <Timeline.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: messages of a day have no name but their place
            key={index}
            title={
              <Group gap="xs">
                <Text fw={600}>{dayWords(message.on)}</Text>
                <Badge color={PHASE_COLORS[message.phase] ?? 'gray'} variant="light">
                  {heading(message.phase)}
                </Badge>
                {message.forPerson ? (
                  <Badge color="grape" variant="light">
                    for a person
                  </Badge>
                ) : null}
              </Group>
            }
          >
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {heading(CHANNEL_WORDS[message.channel] ?? message.channel)} to {message.recipient}
              {message.sender ? `, in the name of ${message.sender}` : ''}, by the policy{' '}
              {message.policy.name}
            </Text>
            <Text size="sm" c="dimmed">
              {message.items
                .map(({ reference, offsetDays }) => `${reference} (${dayOfStep(offsetDays)})`)
                .join(', ')}
              {message.totals.map((total) => (
                <span key={total.currency}>
                  {' '}
                  · <Money value={total} />
                </span>
              ))}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
      {company.leftOut.length > 0 ? (
        <div>
          <Text size="sm" fw={600}>
            Left out
          </Text>
          {company.leftOut.map((one) => (
            <Text key={`${one.on} ${one.reference} ${one.offsetDays} ${one.reason}`} size="sm" c="dimmed">
              {dayWords(one.on)}: {one.reference} ({dayOfStep(one.offsetDays)}), {reasonWords(one.reason)}
            </Text>
          ))}
        </div>
      ) : null}
    </Stack>
  );
}
