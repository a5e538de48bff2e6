// Answering in a conversation: words of one's own, a draft with the rows it cites beside, what goes with it, and sending, once.

import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Group,
  Kbd,
  MultiSelect,
  Select,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useRef, useState } from 'react';
import { putSnippet, readReplyDraft, sendReply } from '#inbox/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { DayField } from '../../ui/DayField.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { ownFigures } from './own-figures.ts';

type Draft = Reply<typeof readReplyDraft>;

type Place = { readonly conversationId: string; readonly version: number };

export function ReplyPanel({ conversationId, version }: Place) {
  const [isOpen, setOpen] = useState(false);
  const read = useRead(readReplyDraft, { params: { conversationId } }, { enabled: isOpen });
  const shortcuts = useMemo(
    () => (isOpen ? [] : [{ keys: 'r', does: 'Answer', run: () => setOpen(true) }]),
    [isOpen],
  );
  useShortcuts(shortcuts);
  if (!isOpen)
    return (
      <Group>
        <Button onClick={() => setOpen(true)}>Answer</Button>
        <Kbd className="hide-narrow">r</Kbd>
      </Group>
    );
  if (read.error) return <Trouble problem={read.error} />;
  if (!read.data) return null;
  return (
    <Panel title="Answer">
      <ReplyForm
        draft={read.data}
        conversationId={conversationId}
        version={version}
        onDraft={async () => (await read.refetch()).data}
        onClose={() => setOpen(false)}
      />
    </Panel>
  );
}

function ReplyForm({
  draft,
  conversationId,
  version,
  onDraft,
  onClose,
}: Place & { readonly draft: Draft; onDraft(): Promise<Draft | undefined>; onClose(): void }) {
  const [words, setWords] = useState('');
  const [subject, setSubject] = useState(draft.subject);
  const [companyId, setCompanyId] = useState(draft.companyId);
  const [invoiceIds, setInvoiceIds] = useState<string[]>([...draft.enclosedIds]);
  const [statementOn, setStatementOn] = useState('');
  const [isDone, setDone] = useState(false);
  // As it was read when its words were taken over: what is sent is held against the ledger once more.
  const [drafted, setDrafted] = useState<Draft>();
  const send = useCommand(sendReply);
  const begin = useRef<HTMLTextAreaElement>(null);
  // Whoever answers begins to write.
  useEffect(() => begin.current?.focus(), []);
  const cited = (drafted?.figures ?? []).map(({ text, fingerprint }) => ({ text, fingerprint }));
  const own = drafted
    ? ownFigures(
        words,
        cited.map(({ text }) => text),
      )
    : [];
  const submit = (): void =>
    send.mutate(
      {
        params: { conversationId },
        body: {
          seen: version,
          words,
          subject,
          invoiceIds,
          isDone,
          cited: cited.filter(({ text }) => words.includes(text)),
          ...(companyId ? { companyId } : {}),
          ...(statementOn ? { statementOn } : {}),
        },
      },
      {
        onSuccess: ({ recipient }) => {
          notifications.show({ message: `Your answer to ${recipient} is on its way.` });
          onClose();
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">To {draft.recipient ?? 'nobody known'}</Text>
        {draft.recipient && !draft.isContact ? (
          <Alert color="orange">
            {draft.recipient} is no contact of this customer. Make sure whose address it is before you tell it
            what is owed.
          </Alert>
        ) : null}
        <TextInput
          label="Subject"
          required
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        {draft.companies.length > 1 ? (
          <Select
            label="Who speaks"
            required
            data={draft.companies.map(({ id, name }) => ({ value: id, label: name }))}
            value={companyId}
            onChange={setCompanyId}
          />
        ) : null}
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              void onDraft().then((fresh) => {
                if (!fresh) return;
                setWords(fresh.words);
                setDrafted(fresh);
                send.reset();
              })
            }
          >
            Draft it from the books
          </Button>
          <Snippets draft={draft} words={words} onChosen={(chosen) => setWords(`${words}${chosen}`)} />
        </Group>
        <Textarea
          label="Words"
          ref={begin}
          required
          autosize
          minRows={6}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {drafted ? <Cited draft={drafted} own={own} /> : null}
        {draft.invoices.length > 0 ? (
          <MultiSelect
            label="Copies of invoices"
            data={draft.invoices.map(({ invoiceId, number }) => ({ value: invoiceId, label: number }))}
            value={invoiceIds}
            onChange={setInvoiceIds}
            searchable
            clearable
          />
        ) : null}
        <Group align="flex-end">
          <DayField
            label="Statement of account as of"
            value={statementOn}
            onChange={setStatementOn}
            width={230}
          />
          <Checkbox
            label="Then the conversation is done"
            checked={isDone}
            onChange={(event) => setDone(event.currentTarget.checked)}
            mb={8}
          />
        </Group>
        {send.error ? <Trouble problem={send.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <MayButton may={draft.may.send} operation={sendReply} loading={send.isPending} onClick={submit}>
            Send
          </MayButton>
        </Group>
      </Stack>
    </form>
  );
}

/** The rows of the ledger that a draft cites, and what in the words is not from them. */
function Cited({ draft, own }: { readonly draft: Draft; readonly own: readonly string[] }) {
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {draft.rows.length > 0
          ? 'Each figure of the draft was read from these rows of the ledger, just now:'
          : 'The draft cites no rows of the ledger.'}
      </Text>
      {draft.rows.length > 0 ? (
        <Table aria-label="Rows of the ledger that the draft cites">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Document</Table.Th>
              <Table.Th>Due</Table.Th>
              <Table.Th ta="right">Open</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {draft.rows.map((row) => (
              <Table.Tr key={row.itemId}>
                <Table.Td>{row.reference}</Table.Td>
                <Table.Td>{dayWords(row.dueOn)}</Table.Td>
                <Table.Td ta="right">
                  <Money value={row.open} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
      {own.length > 0 ? (
        <Group gap={6} role="status">
          <Badge variant="light" color="orange">
            Yours, not from the ledger
          </Badge>
          <Text size="sm">{own.join(', ')}</Text>
        </Group>
      ) : null}
    </Stack>
  );
}

function Snippets({
  draft,
  words,
  onChosen,
}: {
  readonly draft: Draft;
  readonly words: string;
  onChosen(words: string): void;
}) {
  const [name, setName] = useState('');
  const keep = useCommand(putSnippet);
  return (
    <>
      {draft.snippets.length > 0 ? (
        <Select
          aria-label="Put in words that are kept"
          placeholder="Put in kept words"
          size="xs"
          data={draft.snippets.map((one) => one.name)}
          value={null}
          onChange={(chosen) => {
            const found = draft.snippets.find((one) => one.name === chosen);
            if (found) onChosen(found.words);
          }}
        />
      ) : null}
      {words.trim() === '' ? null : (
        <Group gap={4} wrap="nowrap">
          <TextInput
            aria-label="Name to keep these words under"
            placeholder="Keep these words as"
            size="xs"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            size="compact-sm"
            variant="default"
            disabled={name.trim() === ''}
            loading={keep.isPending}
            onClick={() =>
              keep.mutate({ body: { name: name.trim(), words } }, { onSuccess: () => setName('') })
            }
          >
            Keep
          </Button>
        </Group>
      )}
      {keep.error ? <Trouble problem={keep.error} /> : null}
    </>
  );
}
