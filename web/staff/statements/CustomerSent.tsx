// Statements sent to one customer, with the paper as it was sent; and what the customer wants of statements.

import { Button, Group, Select, SimpleGrid, Stack, Table, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  changeStatementPreference,
  listCustomerStatements,
  readStatementPreference,
} from '#statements/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { PaperDrawer, type PaperWanted } from './PaperDrawer.tsx';
import { paperOf } from './Runs.tsx';
import { KIND_CHOICES, kindWords, REASON_WORDS } from './statement-words.ts';

/** While messages are on their way the list is asked for again. */
const SENDING_REFRESH_MS = 2_000;

export function CustomerSent({ customerId }: { readonly customerId: string }) {
  const params = { customerId };
  const [paper, setPaper] = useState<PaperWanted | null>(null);
  const sent = useRead(
    listCustomerStatements,
    { params },
    {
      refreshMs: (last) =>
        last?.rows.some((row) => row.messageState === 'queued' || row.messageState === 'sending')
          ? SENDING_REFRESH_MS
          : false,
    },
  );
  const preference = useRead(readStatementPreference, { params });
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} style={{ alignItems: 'start' }}>
      <Panel title="Sent">
        <Shown read={sent}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty title="No statement was sent yet">Send one now, or have a schedule do it.</Empty>
            ) : (
              <SentTable rows={rows} onPaper={setPaper} />
            )
          }
        </Shown>
      </Panel>
      <Shown read={preference}>
        {(found) => <Wishes key={JSON.stringify(found)} customerId={customerId} preference={found} />}
      </Shown>
      <PaperDrawer wanted={paper} onClose={() => setPaper(null)} />
    </SimpleGrid>
  );
}

type Row = Reply<typeof listCustomerStatements>['rows'][number];

function SentTable({ rows, onPaper }: { readonly rows: readonly Row[]; onPaper(wanted: PaperWanted): void }) {
  return (
    <Scroll minWidth={420}>
      <Table aria-label="Statements sent">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>As of</Table.Th>
            <Table.Th className="numeric">Owed</Table.Th>
            <Table.Th>What became of it</Table.Th>
            <Table.Th aria-label="Look at it" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.statementId}>
              <Table.Td>
                {dayWords(row.asOf)}
                <Text size="xs" c="dimmed">
                  {kindWords(row)}
                  {row.runId ? '' : ', by hand'}
                </Text>
              </Table.Td>
              <Table.Td className="numeric">
                {row.balances.length === 0 ? '–' : null}
                {row.balances.map((balance) => (
                  <div key={balance.currency}>
                    <Money value={balance} />
                  </div>
                ))}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Fate row={row} />
              </Table.Td>
              <Table.Td ta="end">
                {row.messageState === 'sent' ? (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Paper as of ${dayWords(row.asOf)}`}
                    onClick={() => onPaper(paperOf(row))}
                  >
                    Paper
                  </Button>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Fate({ row }: { readonly row: Row }) {
  if (row.reason)
    return (
      <Text size="sm" c="dimmed">
        Left out: {REASON_WORDS[row.reason]}
      </Text>
    );
  if (row.messageId === null || row.messageState === null) return <>waits to be agreed to</>;
  return (
    <>
      <Group gap={6}>
        <StateBadge state={row.messageState} />
        <TenantLink to={`outbox/${row.messageId}`}>Message</TenantLink>
      </Group>
      <Text size="xs" c="dimmed">
        {row.recipient}
        {row.sentAt ? ` · ${momentWords(row.sentAt)}` : ''}
      </Text>
    </>
  );
}

type Preference = Reply<typeof readStatementPreference>;

const WANTED = [
  { value: '', label: 'As the schedule says' },
  { value: 'none', label: 'None' },
  ...KIND_CHOICES.map(({ value, label }) => ({ value: value as string, label })),
];
const CHANNELS = [
  { value: '', label: 'As all messages' },
  { value: 'email', label: 'By e-mail' },
  { value: 'post', label: 'By post' },
];

function Wishes({
  customerId,
  preference,
}: {
  readonly customerId: string;
  readonly preference: Preference;
}) {
  const change = useCommand(changeStatementPreference);
  const [kind, setKind] = useState(preference.kind ?? '');
  const [channel, setChannel] = useState(preference.channel ?? '');
  const [copies, setCopies] = useState<string[]>(preference.copies);
  const form = useFields({ emailTo: preference.emailTo ?? '' });
  const { at, rest } = placeTrouble(change.error, ['emailTo', 'copies/'], {
    delivery_address_not_valid: 'emailTo',
    too_many_copies: 'copies',
  });
  const mayChange = preference.may.change === true;
  const submit = (): void =>
    change.mutate({
      params: { customerId },
      body: {
        kind: kind === '' ? null : (kind as NonNullable<Preference['kind']>),
        channel: channel === '' ? null : (channel as NonNullable<Preference['channel']>),
        emailTo: filled(form.values.emailTo) ?? null,
        copies,
      },
    });
  return (
    <Panel title="What the customer wants">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!mayChange} className="plain-fieldset">
          <Stack>
            {rest ? <Trouble problem={rest} /> : null}
            <Select
              label="Statements"
              data={WANTED}
              value={kind}
              onChange={(value) => setKind((value ?? '') as typeof kind)}
              allowDeselect={false}
            />
            <Select
              label="How they come"
              description="Where that way is not open, the others are tried"
              data={CHANNELS}
              value={channel}
              onChange={(value) => setChannel((value ?? '') as typeof channel)}
              allowDeselect={false}
            />
            <TextInput
              label="Statements by e-mail to"
              placeholder="as all messages"
              type="email"
              {...form.text('emailTo')}
              error={at('emailTo')}
            />
            <TagsInput
              label="Copies to"
              description="Press Enter after each address"
              value={copies}
              onChange={setCopies}
              maxTags={10}
              error={at('copies')}
            />
            {mayChange ? <SaveRow saved={change.isSuccess} saving={change.isPending} /> : null}
          </Stack>
        </fieldset>
      </form>
    </Panel>
  );
}
