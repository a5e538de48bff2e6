// Promises to pay: which can still be kept, which are due, which were not kept; of everybody, a customer or a document.

import { Badge, Button, Group, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconCalendarDue } from '@tabler/icons-react';
import { useState } from 'react';
import { listPromises, readReliability, withdrawPromise } from '#promises/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { useIsNarrow } from '../../lib/narrow.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { STATE_COLORS, STATE_WORDS, WAY_WORDS } from './promise-words.ts';
import { TakeDialog } from './TakeDialog.tsx';

type List = Reply<typeof listPromises>;
type Row = List['rows'][number];

const VIEWS = ['open', 'due', 'broken', 'kept', 'all'] as const;

function viewLabel(view: (typeof VIEWS)[number], counts: List['counts'] | undefined): string {
  const of = (count: number | undefined): string => (count ? ` ${countText(count)}` : '');
  switch (view) {
    case 'open':
      return `Open${of(counts?.open)}`;
    case 'due':
      return `Due${of(counts?.due)}`;
    case 'broken':
      return `Broken${of(counts?.broken)}`;
    case 'kept':
      return 'Kept';
    case 'all':
      return 'All';
  }
}

type PromiseListProps = {
  readonly customerId?: string | undefined;
  readonly documentId?: string | undefined;
};

/** The list with its filter; within the page of a customer or document, only theirs. */
export function PromiseList({ customerId, documentId }: PromiseListProps) {
  const [search, setSearch] = useAddress();
  const usual = customerId === undefined ? 'open' : 'all';
  const show = VIEWS.find((view) => view === search.promises) ?? usual;
  const read = useRead(listPromises, {
    query: { show, ...(customerId ? { customerId } : {}), ...(documentId ? { documentId } : {}) },
  });
  const [taking, setTaking] = useState(false);
  return (
    <Stack>
      <Group justify="space-between">
        <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
          <SegmentedControl
            aria-label="Which promises"
            data={VIEWS.map((value) => ({ value, label: viewLabel(value, read.data?.counts) }))}
            value={show}
            onChange={(value) => setSearch({ promises: value === usual ? '' : value })}
          />
        </div>
        {customerId && read.data?.may.take === true ? (
          <Button onClick={() => setTaking(true)}>The customer promises to pay</Button>
        ) : null}
      </Group>
      {customerId && documentId === undefined ? <Reliability customerId={customerId} /> : null}
      <Shown read={read}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Panel>
              <Empty icon={<IconCalendarDue size={36} stroke={1.4} />} title="No promises here">
                What a customer says it will pay, and when, is taken on its page under Promises. It is not
                asked for until then.
              </Empty>
            </Panel>
          ) : (
            <Panel>
              <Promises rows={rows} withCustomer={customerId === undefined} />
            </Panel>
          )
        }
      </Shown>
      {taking && customerId ? (
        <TakeDialog customerId={customerId} documentId={documentId} onClose={() => setTaking(false)} />
      ) : null}
    </Stack>
  );
}

/** `3 of 4 kept`, with how much of the money came in time. */
function Reliability({ customerId }: { readonly customerId: string }) {
  const { data } = useRead(readReliability, { params: { customerId } });
  return (
    <>
      {(data?.currencies ?? []).map((one) => (
        <Text key={one.promised.currency} size="sm">
          {countText(one.kept)} of {countText(one.ended)} promises kept: <Money value={one.cameInTime} /> of{' '}
          <Money value={one.promised} /> came in time.
        </Text>
      ))}
    </>
  );
}

type ListProps = { readonly rows: readonly Row[]; readonly withCustomer: boolean };
type ShownProps = ListProps & { onWithdraw(row: Row): void };

function Promises(props: ListProps) {
  const [withdrawing, setWithdrawing] = useState<Row | null>(null);
  const isNarrow = useIsNarrow();
  const shown = { ...props, onWithdraw: setWithdrawing };
  return (
    <>
      {isNarrow ? <PromiseCards {...shown} /> : <PromiseTable {...shown} />}
      {withdrawing ? <WithdrawDialog row={withdrawing} onClose={() => setWithdrawing(null)} /> : null}
    </>
  );
}

function PromiseTable({ rows, withCustomer, onWithdraw }: ShownProps) {
  return (
    <Scroll minWidth={760} label="Promises">
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {withCustomer ? <Table.Th>Customer</Table.Th> : null}
            <Table.Th>What and when</Table.Th>
            <Table.Th>Promised</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th className="numeric">Amount</Table.Th>
            <Table.Th className="numeric">Came in time</Table.Th>
            <Table.Th aria-label="What to do" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.promiseId}>
              {withCustomer ? (
                <Table.Td>
                  <Who row={row} />
                </Table.Td>
              ) : null}
              <Table.Td>
                <Parts row={row} />
              </Table.Td>
              <Table.Td>
                <Said row={row} />
              </Table.Td>
              <Table.Td>
                <State row={row} />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={row.amount} />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={row.kept} quietZero />
              </Table.Td>
              <Table.Td>
                <Withdraw row={row} onWithdraw={onWithdraw} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** On a phone: one below the other, who and how much first. */
function PromiseCards({ rows, withCustomer, onWithdraw }: ShownProps) {
  return (
    <Stack gap="md" role="list" aria-label="Promises">
      {rows.map((row) => (
        <Stack key={row.promiseId} gap={4} role="listitem">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <div>
              {withCustomer ? <Who row={row} /> : null}
              <Parts row={row} />
            </div>
            <Text fw={600} className="numeric">
              <Money value={row.amount} />
            </Text>
          </Group>
          <Said row={row} />
          <Group justify="space-between">
            <State row={row} />
            <Withdraw row={row} onWithdraw={onWithdraw} />
          </Group>
        </Stack>
      ))}
    </Stack>
  );
}

function Who({ row }: { readonly row: Row }) {
  return <TenantLink to={`customers/${row.customer.id}?tab=promises`}>{row.customer.name}</TenantLink>;
}

function Said({ row }: { readonly row: Row }) {
  return (
    <div>
      <Text size="sm">{dayWords(row.promisedOn)}</Text>
      <Text size="xs" c="dimmed">
        {[row.by, WAY_WORDS[row.way].toLowerCase(), row.note].filter(Boolean).join(' · ')}
      </Text>
    </div>
  );
}

function State({ row }: { readonly row: Row }) {
  return (
    <div>
      <Badge color={STATE_COLORS[row.state]} variant="light">
        {STATE_WORDS[row.state]}
      </Badge>
      {row.level > 1 ? (
        <Text size="xs" c="dimmed">
          promise no. {countText(row.level)}
        </Text>
      ) : null}
    </div>
  );
}

function Withdraw({ row, onWithdraw }: { readonly row: Row; onWithdraw(row: Row): void }) {
  return row.may.withdraw === true ? (
    <Button
      size="compact-sm"
      variant="subtle"
      aria-label={`Withdraw the promise of ${row.customer.name}`}
      onClick={() => onWithdraw(row)}
    >
      Withdraw
    </Button>
  ) : null;
}

/** Documents of a promise that are named; a whole account is many. */
const PARTS_SHOWN = 3;

function Parts({ row }: { readonly row: Row }) {
  const more = row.parts.length - PARTS_SHOWN;
  return (
    <>
      {row.parts.slice(0, PARTS_SHOWN).map((part) => (
        <Text key={`${part.itemId} ${part.on}`} size="sm" {...(part.isReplaced ? { c: 'dimmed' } : {})}>
          <TenantLink to={`invoices/${part.documentId}`}>{part.reference}</TenantLink>{' '}
          {part.isReplaced ? 'now in a later promise' : `by ${dayWords(part.on)}`}
        </Text>
      ))}
      {more > 0 ? (
        <Text size="xs" c="dimmed">
          and {countText(more)} more
        </Text>
      ) : null}
    </>
  );
}

function WithdrawDialog({ row, onClose }: { readonly row: Row; onClose(): void }) {
  const withdraw = useCommand(withdrawPromise);
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title="The customer takes the promise back"
      opened
      onClose={onClose}
      onSubmit={() =>
        withdraw.mutate({ params: { promiseId: row.promiseId }, body: { note } }, { onSuccess: onClose })
      }
      submitLabel="Withdraw it"
      busy={withdraw.isPending}
      problem={withdraw.error}
    >
      <Text size="sm">What it was about is asked for again.</Text>
      <TextInput
        label="Why"
        required
        data-autofocus
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** What an invoice's customer promised of it, and taking a promise. */
export function InvoicePromises({
  customerId,
  documentId,
}: Required<{ [K in keyof PromiseListProps]: string }>) {
  const { data } = useRead(listPromises, { query: { show: 'all', documentId } });
  const mayTake = useMay('hold.place');
  const [taking, setTaking] = useState(false);
  const rows = data?.rows ?? [];
  return (
    <Panel
      title="Promises"
      actions={
        mayTake ? (
          <Button size="compact-sm" variant="default" onClick={() => setTaking(true)}>
            The customer promises to pay
          </Button>
        ) : null
      }
    >
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody promised to pay this yet.
        </Text>
      ) : (
        <Promises rows={rows} withCustomer={false} />
      )}
      {taking ? (
        <TakeDialog customerId={customerId} documentId={documentId} onClose={() => setTaking(false)} />
      ) : null}
    </Panel>
  );
}

export default function PromisesPage() {
  return (
    <Page
      title="Promises"
      subtitle="What customers said they would pay. Whether it was kept follows from the money that came in time."
    >
      <PromiseList />
    </Page>
  );
}
