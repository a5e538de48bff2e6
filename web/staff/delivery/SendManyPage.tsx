// Sending many documents: choose among those listed, see who is reached and how before anything is sent, then send.

import { Alert, Box, Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { IconEye, IconFileInvoice, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { deliverInvoices, listInvoices } from '#invoicing/contract.ts';
import { DELIVER_INVOICES_MAX } from '#kernel/limits.ts';
import { useAddress } from '../../lib/address.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CHANNEL_WORDS } from './channel-words.ts';

type Row = Reply<typeof listInvoices>['rows'][number];
type Delivered = Reply<typeof deliverInvoices>;
type Result = Delivered['results'][number];

const REASON_WORDS: Readonly<Record<NonNullable<Result['reason']>, string>> = {
  no_way: 'cannot be reached; a delivery problem is opened',
  voided: 'is voided',
  already_on_its_way: 'is on its way already',
  by_portal: 'is posted in the customer’s portal',
};

const STATES = ['open', 'overdue', 'paid'] as const;

export default function SendManyPage() {
  const [search] = useAddress();
  const state = STATES.find((s) => s === search.state) ?? 'all';
  const pages = usePages(listInvoices, {
    query: {
      state,
      ...(search.q ? { q: search.q } : {}),
      ...(search.kind === 'credit_note' ? { kind: 'credit_note' as const } : {}),
    },
  });
  return (
    <Page
      title="Send many"
      subtitle="Each goes by the way its customer wants. What was sent before goes again, as a copy."
    >
      <Shown read={pages}>
        {() => (
          <Choice
            rows={rowsOf(pages.data).filter((row) => row.state !== 'voided')}
            more={<ShowMore pages={pages} />}
          />
        )}
      </Shown>
    </Page>
  );
}

function Choice({ rows, more }: { readonly rows: readonly Row[]; readonly more: React.ReactNode }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [foreseen, setForeseen] = useState<Delivered | null>(null);
  const [looking, setLooking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const send = useCommand(deliverInvoices);
  const body = { invoiceIds: [...chosen] };
  const choose = (ids: readonly string[], on: boolean): void => {
    setForeseen(null);
    send.reset();
    const now = new Set(chosen);
    for (const id of ids)
      if (on) now.add(id);
      else now.delete(id);
    setChosen(new Set([...now].slice(0, DELIVER_INVOICES_MAX)));
  };
  const look = async (): Promise<void> => {
    setLooking(true);
    setProblem(null);
    await send.rehearse({ body }).then(setForeseen, (error: ApiProblem) => setProblem(error));
    setLooking(false);
  };
  if (rows.length === 0)
    return (
      <Panel>
        <Empty icon={<IconFileInvoice size={36} stroke={1.4} />} title="Nothing to send">
          Search for invoices in the list first; those that are listed there can be chosen here.
        </Empty>
      </Panel>
    );
  const shown = send.data ?? foreseen;
  const results = new Map(shown?.results.map((result) => [result.invoiceId, result]));
  return (
    <Stack>
      {(send.error ?? problem) ? <Trouble problem={(send.error ?? problem) as ApiProblem} /> : null}
      <Group justify="space-between">
        <Text size="sm" role="status">
          {countText(chosen.size)} chosen
          {chosen.size === DELIVER_INVOICES_MAX ? `, the most at once` : ''}
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
            disabled={chosen.size === 0 || send.isSuccess}
            loading={looking}
            onClick={() => void look()}
          >
            See who is reached and how
          </Button>
          <Button
            leftSection={<IconSend size={16} aria-hidden />}
            disabled={!foreseen || foreseen.queued === 0 || send.isSuccess}
            loading={send.isPending}
            onClick={() => send.mutate({ body })}
          >
            {foreseen ? `Send ${countText(foreseen.queued)}` : 'Send'}
          </Button>
        </Group>
      </Group>
      {shown ? <Summary delivered={shown} done={send.isSuccess} /> : null}
      <Panel>
        <Scroll minWidth={330}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={40}>
                  <Checkbox
                    aria-label="Choose all that are listed"
                    checked={rows.every((row) => chosen.has(row.id))}
                    indeterminate={chosen.size > 0 && !rows.every((row) => chosen.has(row.id))}
                    onChange={(event) =>
                      choose(
                        rows.map((row) => row.id),
                        event.currentTarget.checked,
                      )
                    }
                  />
                </Table.Th>
                <Table.Th>Document</Table.Th>
                <Table.Th>Customer</Table.Th>
                <Table.Th className="numeric">Open</Table.Th>
                <Table.Th visibleFrom="sm">How it goes</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td>
                    <Checkbox
                      aria-label={`Choose ${row.number}`}
                      checked={chosen.has(row.id)}
                      onChange={(event) => choose([row.id], event.currentTarget.checked)}
                    />
                  </Table.Td>
                  <Table.Td>{row.number}</Table.Td>
                  <Table.Td>
                    {row.customer.name}
                    <Box hiddenFrom="sm">
                      <HowItGoes result={results.get(row.id)} />
                    </Box>
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={row.open} />
                  </Table.Td>
                  <Table.Td visibleFrom="sm">
                    <HowItGoes result={results.get(row.id)} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      </Panel>
      {more}
    </Stack>
  );
}

function HowItGoes({ result }: { readonly result: Result | undefined }) {
  if (!result) return null;
  if (result.reason !== null)
    return (
      <Text size="sm" c="red">
        {REASON_WORDS[result.reason]}
      </Text>
    );
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {CHANNEL_WORDS[result.channel ?? ''] ?? ''}: {result.recipient}
    </Text>
  );
}

function Summary({ delivered, done }: { readonly delivered: Delivered; readonly done: boolean }) {
  const left = delivered.results.length - delivered.queued;
  const notSent =
    left === 0 ? '' : ` ${countText(left)} ${left === 1 ? 'is' : 'are'} not, for the reason beside it.`;
  if (!done)
    return (
      <Alert color="blue" title="Nothing is sent yet">
        {countText(delivered.queued)} can be sent.{notSent}
      </Alert>
    );
  return (
    <Alert color="green" title={`${countText(delivered.queued)} on their way`} role="status">
      {notSent} What becomes of each stands in the <TenantLink to="outbox">outbox</TenantLink>.
    </Alert>
  );
}
