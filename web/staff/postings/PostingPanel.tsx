// Whether the accounting system has a receipt: shown with the receipt where its company posts receipts elsewhere.

import { Badge, Group, Stack, Text } from '@mantine/core';
import { getPaymentPosting } from '#postings/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { History } from '../../ui/History.tsx';
import { Panel } from '../../ui/Page.tsx';
import { PART_WORDS, STATE_COLOURS, STATE_WORDS } from './posting-words.ts';

export function PostingPanel({ paymentId }: { readonly paymentId: string }) {
  const { data } = useRead(getPaymentPosting, { params: { paymentId } });
  if (!data || data.rows.length === 0) return null;
  return (
    <Panel title="Accounting system">
      <Stack gap="sm">
        {data.rows.map((row) => (
          <Group key={`${row.part} ${row.number}`} gap="xs">
            <Text size="sm">
              {PART_WORDS[row.part]}
              {row.handoverId ? ` ${row.number}` : ''}
            </Text>
            <Badge color={STATE_COLOURS[row.state]} autoContrast>
              {STATE_WORDS[row.state]}
            </Badge>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {row.reference ?? row.reason ?? ''}
              {row.postedOn ? `, ${dayWords(row.postedOn)}` : ''}
            </Text>
          </Group>
        ))}
        {data.steps.length === 0 ? null : (
          <History
            entries={data.steps.map((step) => ({
              key: `${step.at} ${step.part} ${step.handoverId} ${step.state}`,
              title: `${PART_WORDS[step.part]} ${STATE_WORDS[step.state].toLowerCase()}`,
              when: `${momentWords(step.at)} · ${step.by}`,
            }))}
          />
        )}
      </Stack>
    </Panel>
  );
}
