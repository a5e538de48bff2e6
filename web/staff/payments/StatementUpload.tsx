// Handing in a file of the bank: it is read and shown first, then booked, then what came of it. A difference between balances and entries is
// shown, not hidden. When the file leaves something open (whose account?), it is asked, and the same file goes on.

import { Alert, Button, Group, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { receiveAnnouncements } from '#announcements/contract.ts';
import { importStatement } from '#payments/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { useUpload } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { AnnouncedResult } from '../announcements/AnnouncedResult.tsx';
import { FileMapping } from '../intake/FileMapping.tsx';
import type { BankAccount } from './BankPage.tsx';
import { isZero, spanWords } from './statement-words.ts';

type Imported = Reply<typeof importStatement>;
type Chosen = {
  readonly file: File;
  readonly query: Query;
  readonly isDone: boolean;
  /** What its columns mean is said, or said anew. */
  readonly isMapped?: boolean;
};
type Query = { readonly bankAccountId?: string; readonly addAccountsTo?: string };

const ACCEPT =
  '.xml,.csv,.txt,.sta,.mt940,.940,.942,.bai,.bai2,.ofx,.qfx,.zip,.gz,application/xml,text/xml,text/csv,application/zip';

/** What a file was recognised as, where its code is no name a person uses. */
const FORMAT_WORDS: Readonly<Record<string, string>> = {
  csv: 'CSV',
  mt940: 'MT940',
  mt942: 'MT942',
  bai2: 'BAI2',
  payout: 'a payout report',
  ofx: 'OFX',
};

/** The file is a CSV of which it has to be said what its columns mean, once its account is known. */
const COLUMNS_ASKED: ReadonlySet<string> = new Set([
  'bank_csv_unclear',
  'bank_file_needs_profile',
  'bank_csv_column_missing',
  'bank_csv_accounts_mixed',
  'statement_not_readable',
]);

/** What is asked first is which account the file is of. */
const ACCOUNT_ASKED: ReadonlySet<string> = new Set([
  'bank_account_not_named',
  'bank_csv_unclear',
  'bank_file_needs_profile',
  'bank_csv_column_missing',
]);

export function StatementUpload({ accounts }: { readonly accounts: readonly BankAccount[] }) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const booking = useUpload(importStatement);
  const keeping = useUpload(receiveAnnouncements);
  // What is read is shown first; it is booked when a person says so. What a file only announces goes its own way.
  const send = (file: File, query: Query, rehearse: boolean): void => {
    setChosen({ file, query, isDone: !rehearse });
    keeping.reset();
    const keep = (): void => keeping.mutate({ input: { query }, file, rehearse });
    booking.mutate(
      { input: { query }, file, rehearse },
      {
        onSuccess: (read) => read.announced > 0 && keep(),
        onError: (problem) => problem.code === 'not_a_statement' && keep(),
      },
    );
  };
  const onlyAnnounces = booking.error?.code === 'not_a_statement';
  const problem = onlyAnnounces ? keeping.error : (booking.error ?? keeping.error);
  const isRead = booking.data !== undefined || keeping.data !== undefined;
  const leave = (): void => {
    setChosen(null);
    booking.reset();
    keeping.reset();
  };
  const asksColumns =
    chosen?.isMapped ||
    (problem && COLUMNS_ASKED.has(problem.code) && /\.(csv|txt|tsv)$/i.test(chosen?.file.name ?? ''));
  const mapped = asksColumns
    ? accounts.find((a) => a.bankAccountId === chosen?.query.bankAccountId)
    : undefined;
  return (
    <Stack>
      <DropArea
        title="Drop a file of the bank here"
        says="camt.052/053/054, MT940, MT942, BAI2, OFX, CSV, also zipped, a lockbox, or a gateway’s payout report. You see what it says before it is booked; twice changes nothing."
        accept={ACCEPT}
        share={booking.share ?? keeping.share}
        onFile={(file) => send(file, {}, true)}
      />
      {chosen && mapped ? (
        <FileMapping
          key={chosen.file.name + chosen.file.lastModified}
          file={chosen.file}
          account={mapped}
          onKept={() => send(chosen.file, chosen.query, true)}
          onLeave={leave}
        />
      ) : null}
      {chosen && problem && !mapped ? (
        <Question
          key={chosen.file.name + chosen.file.lastModified}
          problem={problem}
          fileName={chosen.file.name}
          accounts={accounts}
          onAnswer={(query) => send(chosen.file, query, true)}
        />
      ) : null}
      {chosen && isRead && !problem && !mapped ? (
        <Stack gap="sm">
          {booking.data ? <Result imported={booking.data} isDone={chosen.isDone} /> : null}
          {keeping.data ? <AnnouncedResult received={keeping.data} isDone={chosen.isDone} /> : null}
          {chosen.isDone ? null : (
            <Group>
              <Button
                autoFocus
                loading={booking.isPending || keeping.isPending}
                onClick={() => send(chosen.file, chosen.query, false)}
              >
                {onlyAnnounces ? 'Keep what it announces' : 'Book it'}
              </Button>
              <Button variant="default" onClick={leave}>
                Leave it
              </Button>
              {booking.data?.format === 'csv' ? (
                <Button
                  variant="subtle"
                  onClick={() => {
                    const [first] = booking.data?.statements ?? [];
                    const query = first ? { bankAccountId: first.bankAccountId } : chosen.query;
                    setChosen({ ...chosen, query, isMapped: true });
                  }}
                >
                  Change what the columns mean
                </Button>
              ) : null}
            </Group>
          )}
        </Stack>
      ) : null}
    </Stack>
  );
}

type QuestionProps = {
  readonly problem: ApiProblem;
  readonly fileName: string;
  readonly accounts: readonly BankAccount[];
  onAnswer(query: Query): void;
};

function Question({ problem, fileName, accounts, onAnswer }: QuestionProps) {
  const [companyId, setCompanyId] = useState('');
  const [accountId, setAccountId] = useState<string | null>(accounts[0]?.bankAccountId ?? null);
  // A question that can be answered here is no failure.
  const asks =
    problem.code === 'bank_account_unknown' || (ACCOUNT_ASKED.has(problem.code) && accounts.length > 0);
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600} role="status">
        {asks ? `${fileName}: one thing to say first` : `${fileName} was not imported.`}
      </Text>
      {COLUMNS_ASKED.has(problem.code) && ACCOUNT_ASKED.has(problem.code) ? (
        <Text size="sm">
          What its columns mean cannot be told for sure. Say which account it is of, then what they mean: once
          for all its files.
        </Text>
      ) : asks ? (
        <Text size="sm">{problem.message}</Text>
      ) : (
        <Trouble problem={problem} />
      )}
      {problem.code === 'bank_account_unknown' ? (
        <Group align="flex-end">
          <CompanySelect label="Whose account is it?" value={companyId} onChange={setCompanyId} width={280} />
          <Button disabled={companyId === ''} onClick={() => onAnswer({ addAccountsTo: companyId })}>
            Add the account and go on
          </Button>
        </Group>
      ) : null}
      {ACCOUNT_ASKED.has(problem.code) && accounts.length > 0 ? (
        <Group align="flex-end">
          <Select
            label="Which account is it of?"
            data={accounts.map((a) => ({ value: a.bankAccountId, label: `${a.name} (${a.currency})` }))}
            value={accountId}
            onChange={setAccountId}
            allowDeselect={false}
            w={280}
          />
          <Button
            disabled={accountId === null}
            onClick={() => accountId !== null && onAnswer({ bankAccountId: accountId })}
          >
            Go on with this account
          </Button>
        </Group>
      ) : null}
      {ACCOUNT_ASKED.has(problem.code) && accounts.length === 0 ? (
        <Text size="sm">Add the account first, then hand the file in again.</Text>
      ) : null}
    </Stack>
  );
}

function Result({ imported, isDone }: { readonly imported: Imported; readonly isDone: boolean }) {
  const go = useGo();
  const waiting = imported.statements.reduce((count, s) => count + s.waiting, 0);
  return (
    <Panel
      title={
        isDone
          ? `Imported: ${imported.fileName}`
          : `Read as ${FORMAT_WORDS[imported.format] ?? imported.format}: ${imported.fileName}`
      }
      actions={
        isDone && waiting > 0 ? (
          <Button size="xs" onClick={() => go('payments?state=unapplied')}>
            Apply what waits
          </Button>
        ) : null
      }
    >
      <Stack>
        {imported.statements.map((statement) => (
          <StatementResult
            key={statement.bankAccountId + statement.statementRef + (statement.to ?? '')}
            statement={statement}
            isDone={isDone}
          />
        ))}
        <Problems imported={imported} />
      </Stack>
    </Panel>
  );
}

type StatementOf = Imported['statements'][number];

function StatementResult({
  statement,
  isDone,
}: {
  readonly statement: StatementOf;
  readonly isDone: boolean;
}) {
  const { difference } = statement;
  const counts = [
    ['New lines', statement.newLines],
    ['Known already', statement.knownLines],
    ['Receipts', statement.payments],
    [isDone ? 'Applied' : 'Applied at once', statement.applied],
    ['Waiting for you', statement.waiting],
    ['Returns', statement.returns],
    ['Announced, not booked', statement.notBooked],
  ] as const;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600}>
          {statement.account} · {spanWords(statement)}
          {statement.accountAdded ? (isDone ? ' · account added' : ' · account will be added') : ''}
        </Text>
        {statement.statementId === null ? (
          <Text size="sm" c="dimmed">
            {isDone ? 'Nothing in it was new' : 'Nothing in it is new'}
          </Text>
        ) : null}
        {statement.statementId && isDone ? (
          <TenantLink to={`bank/${statement.statementId}`}>See its lines</TenantLink>
        ) : null}
      </Group>
      {difference !== null && !isZero(difference) ? (
        <Alert
          role="alert"
          color="red"
          variant="filled"
          icon={<IconAlertTriangle aria-hidden />}
          title={
            <>
              The statement is off by <Money value={difference} />
            </>
          }
        >
          Opening balance and entries do not make the closing balance. An entry may be missing: ask the bank
          for a complete statement.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 2, xs: 3, md: 7 }} spacing="xs">
        {counts
          .filter(([name, count]) => count > 0 || name === 'New lines' || name === 'Receipts')
          .map(([name, count]) => (
            <div key={name}>
              <Text size="xs" c="dimmed">
                {name}
              </Text>
              <Text fw={600}>{countText(count)}</Text>
            </div>
          ))}
      </SimpleGrid>
      <Text size="sm" component="div">
        {statement.opening && statement.closing ? (
          <>
            <Money value={statement.opening} bare /> + entries <Money value={statement.entries} bare /> →
            closing <Money value={statement.closing} />{' '}
            {difference !== null && isZero(difference) ? (
              <IconCheck size={16} color="var(--mantine-color-teal-text)" aria-label="agrees" />
            ) : null}
          </>
        ) : (
          <>
            The file gives no balances, so nothing proves that it is complete. Entries:{' '}
            <Money value={statement.entries} />
          </>
        )}
      </Text>
    </Stack>
  );
}

function Problems({ imported }: { readonly imported: Imported }) {
  if (imported.problemCount === 0) return null;
  return (
    <Alert color="orange" title={`${countText(imported.problemCount)} remarks on the file`}>
      <Scroll minWidth={420} maxHeight={280}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Line</Table.Th>
              <Table.Th>Where</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th>Value</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {imported.problems.map((p) => (
              <Table.Tr key={`${p.line ?? ''}${p.column ?? ''}${p.code}${p.value ?? ''}`}>
                <Table.Td>{p.line ?? '–'}</Table.Td>
                <Table.Td>{p.column ?? '–'}</Table.Td>
                <Table.Td>{p.message}</Table.Td>
                <Table.Td>{p.value ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Alert>
  );
}
