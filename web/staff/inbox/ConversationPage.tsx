// One conversation: what the customer wrote, what we had sent, notes, and what is proposed. Keys: a and n decide about the first
// proposal that waits, e ends the conversation.

import { Badge, Button, Group, MultiSelect, Select, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { downloadInboundMail } from '#delivery/contract.ts';
import {
  addNote,
  assignConversation,
  endConversation,
  listConversationEntries,
  nameCustomer,
  readConversation,
  reopenConversation,
} from '#inbox/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { hasKeys, ProposalCard } from './ProposalCard.tsx';
import { ReplyPanel } from './ReplyPanel.tsx';
import { placeOfMail, SummaryPanel } from './SummaryPanel.tsx';
import { waitingWords } from './waiting-words.ts';

type Conversation = Reply<typeof readConversation>;
type Entry = Reply<typeof listConversationEntries>['rows'][number];

export default function ConversationPage() {
  const conversationId = usePathPart('conversationId');
  const read = useRead(readConversation, { params: { conversationId } });
  return (
    <Shown read={read}>
      {(conversation) => (
        <Whole conversation={conversation}>
          <Entries conversationId={conversationId} />
        </Whole>
      )}
    </Shown>
  );
}

/** What is in a conversation, the earliest first; of a long one the latest is read, and what was before when it is asked for. */
function Entries({ conversationId }: { readonly conversationId: string }) {
  const pages = usePages(listConversationEntries, { params: { conversationId } });
  const entries = rowsOf(pages.data).toReversed();
  const nextId = entries
    .flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []))
    .find(hasKeys)?.proposalId;
  return (
    <Shown read={pages}>
      {() => (
        <>
          <ShowMore pages={pages} words="Show what was said before" />
          {entries.map((entry) => (
            <EntryShown key={keyOf(entry)} entry={entry} nextId={nextId} />
          ))}
        </>
      )}
    </Shown>
  );
}

function Whole({
  conversation,
  children,
}: {
  readonly conversation: Conversation;
  readonly children: ReactNode;
}) {
  const { conversationId, customer, state, version } = conversation;
  const params = { conversationId };
  const end = useCommand(endConversation);
  const reopen = useCommand(reopenConversation);
  const mayWork = conversation.may.work === true;
  const { mutate } = end;
  const shortcuts = useMemo(
    () =>
      mayWork && state === 'open'
        ? [
            {
              keys: 'e',
              does: 'End the conversation',
              run: () => mutate({ params: { conversationId }, body: { seen: version } }),
            },
          ]
        : [],
    [mayWork, state, mutate, conversationId, version],
  );
  useShortcuts(shortcuts);
  const problem = end.error ?? reopen.error;
  return (
    <Page
      title={conversation.subject || '(no subject)'}
      subtitle={
        customer ? (
          <TenantLink to={`customers/${customer.id}`}>{customer.name}</TenantLink>
        ) : (
          'Nobody known yet'
        )
      }
      actions={
        !mayWork ? null : state === 'open' ? (
          <Button loading={end.isPending} onClick={() => end.mutate({ params, body: { seen: version } })}>
            Done
          </Button>
        ) : (
          <Button
            variant="default"
            loading={reopen.isPending}
            onClick={() => reopen.mutate({ params, body: {} })}
          >
            Open again
          </Button>
        )
      }
    >
      {problem ? <Trouble problem={problem} /> : null}
      {mayWork ? (
        <Panel>
          {conversation.waitingHours === null ? null : (
            <Text size="sm" mb="xs">
              The customer {waitingWords(conversation.waitingHours)} for an answer.
            </Text>
          )}
          <Group align="flex-end">
            <Assignee conversation={conversation} />
            {customer === null ? <Whose conversation={conversation} /> : null}
          </Group>
        </Panel>
      ) : null}
      <SummaryPanel conversationId={conversationId} />
      {children}
      {mayWork ? <ReplyPanel conversationId={conversationId} version={version} /> : null}
      {mayWork ? <NoteForm conversation={conversation} /> : null}
    </Page>
  );
}

function Assignee({ conversation }: { readonly conversation: Conversation }) {
  const assign = useCommand(assignConversation);
  const { conversationId, version } = conversation;
  return (
    <Stack gap={4}>
      <Select
        label="Who looks after it"
        placeholder="Nobody"
        clearable
        data={conversation.people.map(({ userId, name }) => ({ value: userId, label: name }))}
        value={conversation.assignedTo?.userId ?? null}
        onChange={(userId) => assign.mutate({ params: { conversationId }, body: { userId, seen: version } })}
      />
      {assign.error ? <Trouble problem={assign.error} /> : null}
    </Stack>
  );
}

function Whose({ conversation }: { readonly conversation: Conversation }) {
  const name = useCommand(nameCustomer);
  const { conversationId } = conversation;
  const choose = (customerId: string): void =>
    name.mutate({ params: { conversationId }, body: { customerId: customerId } });
  return (
    <Stack gap={4}>
      <CustomerPicker
        label="Whose is it?"
        value={undefined}
        description="Mails from this address are that customer’s from then on"
        onChange={(customer) => (customer ? choose(customer.id) : undefined)}
      />
      <Group gap="xs">
        {conversation.candidates.map(({ id, name: called }) => (
          <Button key={id} size="compact-sm" variant="default" onClick={() => choose(id)}>
            {called}
          </Button>
        ))}
      </Group>
      {name.error ? <Trouble problem={name.error} /> : null}
    </Stack>
  );
}

const keyOf = (entry: Entry): string =>
  entry.kind === 'mail' ? entry.mailId : entry.kind === 'note' ? entry.noteId : entry.messageId;

function EntryShown({ entry, nextId }: { readonly entry: Entry; readonly nextId: string | undefined }) {
  if (entry.kind === 'message')
    return (
      <Panel>
        <Group justify="space-between">
          <TenantLink to={`outbox/${entry.messageId}`}>{entry.subject || entry.purpose}</TenantLink>
          <Text size="sm">
            sent to {entry.recipient}, {momentWords(entry.at)}
          </Text>
        </Group>
      </Panel>
    );
  if (entry.kind === 'note')
    return (
      <Panel>
        <Group gap="xs" mb={4}>
          <Badge variant="light" color="gray">
            Note
          </Badge>
          <Text size="sm">
            {entry.by}, {momentWords(entry.at)}
            {entry.mentions.length > 0 ? ` · for ${entry.mentions.map(({ name }) => name).join(', ')}` : ''}
          </Text>
        </Group>
        <Text style={{ whiteSpace: 'pre-wrap' }}>{entry.words}</Text>
      </Panel>
    );
  if (entry.kind === 'reply')
    return (
      <Panel>
        <Group justify="space-between" mb={4}>
          <Group gap="xs">
            <Badge variant="light" color="teal">
              Answer
            </Badge>
            <Text size="sm">
              {entry.by} to {entry.recipient}, {momentWords(entry.at)}
            </Text>
          </Group>
          <TenantLink to={`outbox/${entry.messageId}`}>{entry.state}</TenantLink>
        </Group>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {entry.words}
        </Text>
        {entry.invoices.length > 0 || entry.statementOn ? (
          <Text size="sm" mt={4}>
            With{' '}
            {[
              ...entry.invoices,
              ...(entry.statementOn ? [`a statement of ${dayWords(entry.statementOn)}`] : []),
            ].join(', ')}
          </Text>
        ) : null}
      </Panel>
    );
  return (
    <Panel>
      <Stack gap="sm" id={placeOfMail(entry.mailId)}>
        <Group justify="space-between">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {entry.sender}
          </Text>
          <Group gap="xs">
            {entry.isAutomatic ? (
              <Badge variant="light" color="gray">
                Automatic reply
              </Badge>
            ) : null}
            <Text size="sm">{momentWords(entry.at)}</Text>
          </Group>
        </Group>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {entry.words}
        </Text>
        {entry.files.length > 0 ? (
          <Text size="sm">Files: {entry.files.map((file) => file.name).join(', ')}</Text>
        ) : null}
        {entry.words === '' ? <Text size="sm">It has no words that can be shown.</Text> : null}
        <Group>
          <SaveButton
            label="Save the mail as it came"
            operation={downloadInboundMail}
            input={{ params: { inboundMailId: entry.inboundMailId } }}
          />
        </Group>
        {entry.proposals.map((proposal) => (
          <ProposalCard
            key={proposal.proposalId}
            proposal={proposal}
            isNext={proposal.proposalId === nextId}
          />
        ))}
      </Stack>
    </Panel>
  );
}

function NoteForm({ conversation }: { readonly conversation: Conversation }) {
  const { conversationId, people } = conversation;
  const [words, setWords] = useState('');
  const [mentions, setMentions] = useState<string[]>([]);
  const add = useCommand(addNote);
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(
            { params: { conversationId }, body: { words, mentions } },
            {
              onSuccess: () => {
                setWords('');
                setMentions([]);
              },
            },
          );
        }}
      >
        <Stack gap="xs">
          <Textarea
            label="Note for colleagues"
            description="The customer never sees it"
            autosize
            minRows={2}
            required
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <MultiSelect
            label="For whom"
            description="They find the conversation under Mine"
            data={people.map(({ userId, name }) => ({ value: userId, label: name }))}
            value={mentions}
            onChange={setMentions}
          />
          {add.error ? <Trouble problem={add.error} /> : null}
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={add.isPending}>
              Note it
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
