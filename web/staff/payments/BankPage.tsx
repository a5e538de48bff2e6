// The bank: accounts with the day their statements reach to, handing in a statement, and all statements so far.

import { Badge, Button, Chip, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconBuildingBank, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listBankAccounts, listBankStatements } from '#payments/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Announced } from '../announcements/Announced.tsx';
import { BankAccountForm } from './BankAccountForm.tsx';
import { StatementUpload } from './StatementUpload.tsx';
import { isZero, spanWords } from './statement-words.ts';

export type BankAccount = Reply<typeof listBankAccounts>['rows'][number];

export default function BankPage() {
  const accounts = useRead(listBankAccounts);
  const [adding, setAdding] = useState(false);
  const mayImport = useMay('bank.import');
  return (
    <Page
      title="Bank"
      subtitle="Each credit of a statement becomes a receipt; what is certain is applied at once."
      actions={
        mayImport ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Add an account
          </Button>
        ) : null
      }
    >
      <Shown read={accounts}>
        {({ rows }) => (
          <Stack gap="lg">
            {mayImport ? <StatementUpload accounts={rows} /> : null}
            <Accounts accounts={rows} />
            {rows.length === 0 ? null : <Announced />}
            {rows.length === 0 ? null : <Statements accounts={rows} />}
          </Stack>
        )}
      </Shown>
      {adding ? <BankAccountForm onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

function Accounts({ accounts }: { readonly accounts: readonly BankAccount[] }) {
  if (accounts.length === 0) {
    return (
      <Panel>
        <Empty icon={<IconBuildingBank size={36} stroke={1.4} />} title="No bank account yet">
          Add the accounts your customers pay to, or hand in a statement: its account is added with it.
        </Empty>
      </Panel>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      {accounts.map((account) => (
        <Panel key={account.bankAccountId} title={account.name}>
          <Text size="sm" c="dimmed">
            {account.account.replace(/(.{4})(?=.)/g, '$1 ')}
          </Text>
          <Text fz={22} fw={650} component="div" mt={4}>
            {account.lastClosing ? <Money value={account.lastClosing} /> : `– ${account.currency}`}
          </Text>
          <Text size="xs" c="dimmed">
            {account.lastStatementTo
              ? `closing balance of ${dayWords(account.lastStatementTo)}`
              : 'no statement yet'}
          </Text>
        </Panel>
      ))}
    </SimpleGrid>
  );
}

type Row = Reply<typeof listBankStatements>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'account',
    title: 'Account',
    grow: 30,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {row.accountName}
      </Text>
    ),
    under: (row) => spanWords(row),
  },
  { key: 'days', title: 'Days', wideOnly: true, cell: (row) => spanWords(row) },
  { key: 'ref', title: 'Statement', wideOnly: true, cell: (row) => row.sequenceNo ?? row.statementRef },
  { key: 'lines', title: 'Lines', numeric: true, wideOnly: true, cell: (row) => countText(row.lines) },
  {
    key: 'entries',
    title: 'Entries',
    numeric: true,
    wideOnly: true,
    cell: (row) => <Money value={row.entries} bare />,
  },
  {
    key: 'closing',
    title: 'Closing',
    numeric: true,
    cell: (row) => (row.closing ? <Money value={row.closing} /> : '–'),
  },
  { key: 'proof', title: 'Agrees', cell: (row) => <Agrees difference={row.difference} /> },
  { key: 'when', title: 'Imported', wideOnly: true, cell: (row) => momentWords(row.recordedAt) },
];

function Agrees({ difference }: { readonly difference: Row['difference'] }) {
  if (difference === null) return <Badge color="gray">no balances</Badge>;
  if (isZero(difference)) return <Badge color="teal">agrees</Badge>;
  return (
    <Badge color="red">
      off by <Money value={difference} />
    </Badge>
  );
}

function Statements({ accounts }: { readonly accounts: readonly BankAccount[] }) {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const pages = usePages(listBankStatements, {
    query: {
      ...(search.account ? { bankAccountId: search.account } : {}),
      ...(search.differing === 'true' ? { differing: 'true' as const } : {}),
    },
  });
  const filtered = search.account !== undefined || search.differing === 'true';
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        Statements
      </Title>
      <Group gap={6}>
        {accounts.length > 1
          ? accounts.map((account) => (
              <Chip
                key={account.bankAccountId}
                size="xs"
                checked={search.account === account.bankAccountId}
                onChange={(on) => setSearch({ account: on ? account.bankAccountId : '' })}
              >
                {account.name}
              </Chip>
            ))
          : null}
        <Chip
          size="xs"
          color="red"
          checked={search.differing === 'true'}
          onChange={(on) => setSearch({ differing: on ? 'true' : '' })}
        >
          Only those that do not agree
        </Chip>
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Bank statements"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.statementId}
            onOpen={(row) => go(`bank/${row.statementId}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty title={filtered ? 'No statement fits' : 'No statement yet'}>
                {filtered ? 'Take the filter off to see all.' : 'Hand in a file of the bank above.'}
              </Empty>
            }
          />
        )}
      </Shown>
    </Stack>
  );
}
