// What customers wrote: conversations, those first in which somebody waits longest. Keys: j and k go through them, Enter opens.

import { Badge, Button, Group, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { INBOX_VIEWS, listConversations } from '#inbox/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { INTENT_WORDS } from './intent-words.ts';
import { waitingWords } from './waiting-words.ts';

type List = Reply<typeof listConversations>;
type View = (typeof INBOX_VIEWS)[number];

const VIEW_WORDS: Readonly<Record<View, string>> = {
  open: 'Open',
  waiting: 'Waiting',
  mine: 'Mine',
  unassigned: 'Nobody’s',
  done: 'Done',
  all: 'All',
};

function viewLabel(view: View, counts: List['counts'] | undefined): string {
  const count = view === 'done' || view === 'all' ? undefined : counts?.[view];
  return count ? `${VIEW_WORDS[view]} ${countText(count)}` : VIEW_WORDS[view];
}

export default function InboxPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const show = INBOX_VIEWS.find((view) => view === search.show) ?? 'open';
  const pages = usePages(listConversations, { query: { show } });
  const rows = rowsOf(pages.data);
  return (
    <Page
      title="Inbox"
      subtitle="What customers wrote, and what they seem to want"
      actions={
        <Button variant="default" onClick={() => go('inbox/set-up')}>
          Set-up
        </Button>
      }
    >
      <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
        <SegmentedControl
          aria-label="Which conversations"
          data={INBOX_VIEWS.map((value) => ({
            value,
            label: viewLabel(value, pages.data?.pages[0]?.counts),
          }))}
          value={show}
          onChange={(value) => setSearch({ show: value === 'open' ? '' : value })}
        />
      </div>
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Panel>
              <Empty icon={<IconInbox size={36} stroke={1.4} />} title="Nothing here">
                Answers to messages come here by themselves where mail comes back to this program. A mailbox
                of yours can be read too: see Set-up.
              </Empty>
            </Panel>
          ) : (
            <Panel>
              <Conversations rows={rows} />
              <ShowMore pages={pages} />
            </Panel>
          )
        }
      </Shown>
    </Page>
  );
}

function Conversations({ rows }: { readonly rows: readonly List['rows'][number][] }) {
  const list = useRef<HTMLDivElement>(null);
  const go = useGo();
  const shortcuts = useMemo(() => {
    const move = (step: number) => () => {
      const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
      const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
      buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
    };
    return [
      { keys: 'j', does: 'Next conversation', run: move(1) },
      { keys: 'k', does: 'Conversation before', run: move(-1) },
    ];
  }, []);
  useShortcuts(shortcuts);
  return (
    <Stack gap={0} ref={list} role="list" aria-label="Conversations">
      {rows.map((row) => (
        <Stack key={row.conversationId} gap={0} role="listitem">
          <UnstyledButton w="100%" py="sm" onClick={() => go(`inbox/${row.conversationId}`)}>
            <Group justify="space-between" gap="0 md" align="flex-start">
              <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                {row.customer?.name ?? row.sender ?? 'Nobody known'}
              </Text>
              <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
                {momentWords(row.lastAt)}
              </Text>
            </Group>
            <Text size="sm" truncate>
              {row.subject || '(no subject)'}
            </Text>
            <Text size="sm" lineClamp={1}>
              {row.words}
            </Text>
            <Group gap={6} mt={4}>
              {row.proposals.map((intent) => (
                <Badge key={intent} variant="light">
                  {INTENT_WORDS[intent]}
                </Badge>
              ))}
              {row.customer === null ? (
                <Badge variant="light" color="orange">
                  Whose is it?
                </Badge>
              ) : null}
              {row.waitingHours === null ? null : (
                <Text size="xs" fw={row.waitingHours >= 24 ? 700 : 400}>
                  {waitingWords(row.waitingHours)}
                </Text>
              )}
              {row.assignedTo ? <Text size="xs">{row.assignedTo.name}</Text> : null}
            </Group>
          </UnstyledButton>
        </Stack>
      ))}
    </Stack>
  );
}
