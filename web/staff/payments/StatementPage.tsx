// One bank statement: its balances, and each line with the payment it became.

import { Alert, Badge, SimpleGrid, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { getBankStatement, listStatementLines } from '#payments/contract.ts';
import { useGo, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { isZero, spanWords } from './statement-words.ts';

type Line = Reply<typeof listStatementLines>['rows'][number];

function textOf(row: Line): string {
  return row.structuredReference ?? (row.remittance || row.endToEndId || '');
}

const COLUMNS: readonly Column<Line>[] = [
  { key: 'no', title: 'No', numeric: true, wideOnly: true, width: 60, cell: (row) => countText(row.lineNo) },
  {
    key: 'on',
    title: 'Booked',
    wideOnly: true,
    cell: (row) => (
      <span title={row.valueOn === row.bookedOn ? undefined : `Value date ${dayWords(row.valueOn)}`}>
        {dayWords(row.bookedOn)}
      </span>
    ),
  },
  {
    key: 'who',
    title: 'From or to',
    grow: 32,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {row.payerName ?? row.payerAccount ?? '–'}
      </Text>
    ),
    under: (row) => `${dayWords(row.bookedOn)} · ${textOf(row)}`,
  },
  {
    key: 'text',
    title: 'Text',
    wideOnly: true,
    grow: 40,
    cell: (row) => (
      <Text size="sm" c="dimmed" truncate title={textOf(row)}>
        {textOf(row)}
      </Text>
    ),
  },
  { key: 'amount', title: 'Amount', numeric: true, cell: (row) => <Money value={row.amount} /> },
  { key: 'became', title: 'Became', cell: (row) => <Became line={row} /> },
];

function Became({ line }: { readonly line: Line }) {
  if (line.paymentId) return <TenantLink to={`payments/${line.paymentId}`}>payment</TenantLink>;
  if (line.returnsPaymentId)
    return <TenantLink to={`payments/${line.returnsPaymentId}`}>return of a payment</TenantLink>;
  if (line.returned) return <Badge color="orange">return, not assigned</Badge>;
  return (
    <Text size="sm" c="dimmed">
      {line.amount.amount.startsWith('-') ? 'money out' : '–'}
    </Text>
  );
}

export default function StatementPage() {
  const statementId = usePathPart('statementId');
  const go = useGo();
  const read = useRead(getBankStatement, { params: { statementId } });
  const pages = usePages(listStatementLines, { params: { statementId } });
  return (
    <Shown read={read}>
      {(statement) => (
        <Page
          title={`Statement ${statement.sequenceNo ?? statement.statementRef}`}
          subtitle={`${statement.accountName} · ${statement.account} · ${spanWords(statement)}`}
        >
          <Difference statement={statement} />
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            <Figure label="Opening">
              {statement.opening ? <Money value={statement.opening} /> : 'not given'}
            </Figure>
            <Figure label="Entries" note={`${countText(statement.lines)} lines`}>
              <Money value={statement.entries} />
            </Figure>
            <Figure label="Closing">
              {statement.closing ? <Money value={statement.closing} /> : 'not given'}
            </Figure>
            <Figure label="Imported" note={statement.fileName}>
              <Text span fz="md">
                {momentWords(statement.recordedAt)}
              </Text>
            </Figure>
          </SimpleGrid>
          <Shown read={pages}>
            {() => (
              <DataTable
                label="Lines"
                columns={COLUMNS}
                rows={rowsOf(pages.data)}
                keyOf={(row) => row.lineId}
                onOpen={(row) => {
                  const paymentId = row.paymentId ?? row.returnsPaymentId;
                  if (paymentId) go(`payments/${paymentId}`);
                }}
                onEnd={() => readOn(pages)}
                loadingMore={pages.isFetchingNextPage}
                empty={<Empty title="The statement has no lines" />}
              />
            )}
          </Shown>
        </Page>
      )}
    </Shown>
  );
}

function Difference({ statement }: { readonly statement: Reply<typeof getBankStatement> }) {
  const { difference } = statement;
  if (difference === null || isZero(difference)) return null;
  return (
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
      Opening balance and entries do not make the closing balance. Its lines are booked as they stand.
    </Alert>
  );
}
