// What a conversation comes to, at a glance: what was asked, promised and disputed, by whom and when, and what of it is open. Each line
// leads to the words it was read from.

import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { summarizeConversation } from '#inbox/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { INTENT_WORDS } from './intent-words.ts';

type Summary = Reply<typeof summarizeConversation>;
type Line = Summary['lines'][number];

const TOPICS: Readonly<Record<Line['topic'], string>> = {
  asked: 'Asked for',
  promised: 'Promised',
  disputed: 'Disputed',
  paid: 'Said to be paid',
  told: 'Told',
};

const STATES: Readonly<Record<Line['state'], readonly [words: string, color: string]>> = {
  undecided: ['not decided yet', 'yellow'],
  open: ['open', 'blue'],
  broken: ['not kept', 'red'],
  done: ['done', 'teal'],
};

/** Where the mail of a line stands on the page. */
export const placeOfMail = (mailId: string): string => `mail-${mailId}`;

export function SummaryPanel({ conversationId }: { readonly conversationId: string }) {
  const { data } = useRead(summarizeConversation, { params: { conversationId } });
  if (!data || (data.lines.length === 0 && data.items.length === 0)) return null;
  const topics = Map.groupBy(data.lines, ({ topic }) => topic);
  return (
    <Panel title="In short">
      <Stack gap="sm">
        {data.hasMore ? (
          <Text size="sm" c="dimmed">
            The latest of what was said; there is more before.
          </Text>
        ) : null}
        {[...topics].map(([topic, lines]) => (
          <div key={topic}>
            <Text size="sm" fw={600}>
              {TOPICS[topic]}
            </Text>
            {lines.map((line) => (
              <LineShown key={line.proposalId} line={line} />
            ))}
          </div>
        ))}
        <OpenItems items={data.items} />
      </Stack>
    </Panel>
  );
}

function LineShown({ line }: { readonly line: Line }) {
  const [words, color] = STATES[line.state];
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap" mt={4}>
      <Badge variant="light" color={color} style={{ flexShrink: 0 }}>
        {words}
      </Badge>
      <Text component="div" size="sm" style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {line.topic === 'asked' || line.topic === 'paid' || line.topic === 'told'
          ? `${INTENT_WORDS[line.intent]}: `
          : ''}
        <Anchor href={`#${placeOfMail(line.mailId)}`} size="sm">
          “{line.quote}”
        </Anchor>
        <Text size="sm" c="dimmed">
          {line.by}, {momentWords(line.at)}
        </Text>
        <Became line={line} />
      </Text>
    </Group>
  );
}

/** What it became in the books, as it stands now. */
function Became({ line: { promise, dispute, decidedBy } }: { readonly line: Line }) {
  if (promise)
    return (
      <Text size="sm">
        <Money value={promise.amount} /> promised
        {promise.next ? `, next by ${dayWords(promise.next)}` : ''}, <Money value={promise.kept} /> came
      </Text>
    );
  if (dispute)
    return (
      <Text size="sm">
        <TenantLink to={`disputes/${dispute.disputeId}`}>{dispute.number}</TenantLink>,{' '}
        <Money value={dispute.open} /> in dispute
      </Text>
    );
  return decidedBy ? (
    <Text size="sm" c="dimmed">
      by {decidedBy}
    </Text>
  ) : null;
}

function OpenItems({ items }: { readonly items: Summary['items'] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        Named and open
      </Text>
      {items.map((item) => (
        <Text key={item.itemId} size="sm">
          <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>, due{' '}
          {dayWords(item.dueOn)}, <Money value={item.open} />
        </Text>
      ))}
    </div>
  );
}
