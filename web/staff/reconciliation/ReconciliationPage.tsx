// The reconciliation of a bank account as of any day: from the balance at the bank to that in the books, and what stands between.

import { Alert, Badge, Button, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconDownload, IconFileTypePdf } from '@tabler/icons-react';
import {
  exportBankReconciliation,
  printBankReconciliation,
  readBankReconciliation,
} from '#reconciliation/contract.ts';
import { useAddress, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { dayWords } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { isNothing } from './tie-words.ts';

type Read = Reply<typeof readBankReconciliation>;

export default function ReconciliationPage() {
  const bankAccountId = usePathPart('bankAccountId');
  const [search, setSearch] = useAddress();
  const query = search.asOf ? { asOf: search.asOf } : {};
  const read = useRead(readBankReconciliation, { params: { bankAccountId }, query });
  const tenant = useTenant();
  return (
    <Shown read={read}>
      {(found) => (
        <Page
          title="Bank reconciliation"
          subtitle={
            <>
              <TenantLink to="tie-out">Tie-out</TenantLink> · {found.companyName} ·{' '}
              {found.account.name === found.companyName ? '' : `${found.account.name} · `}
              {found.account.account}
            </>
          }
          actions={
            <>
              <DayField
                label="As of"
                value={found.asOf}
                required
                onChange={(asOf) => setSearch({ asOf })}
                width={170}
              />
              <Button
                variant="default"
                style={{ alignSelf: 'flex-end' }}
                leftSection={<IconFileTypePdf size={16} aria-hidden />}
                onClick={() =>
                  void saveFile(printBankReconciliation, { params: { bankAccountId }, query }, tenant)
                }
              >
                PDF
              </Button>
              <Button
                variant="default"
                style={{ alignSelf: 'flex-end' }}
                leftSection={<IconDownload size={16} aria-hidden />}
                onClick={() =>
                  void saveFile(exportBankReconciliation, { params: { bankAccountId }, query }, tenant)
                }
              >
                CSV
              </Button>
            </>
          }
        >
          <Bridge read={found} />
          <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
            <Between title="In the books, not on a statement yet" rows={found.inTransit} read={found} />
            <Unexplained read={found} />
            {found.datedLater.length > 0 ? (
              <Between
                title="On a statement, dated later in the books"
                rows={found.datedLater}
                read={found}
              />
            ) : null}
          </SimpleGrid>
        </Page>
      )}
    </Shown>
  );
}

function negated(value: MoneyValue): MoneyValue {
  const amount = value.amount.startsWith('-')
    ? value.amount.slice(1)
    : isNothing(value.amount)
      ? value.amount
      : `-${value.amount}`;
  return { ...value, amount };
}

/** Who signed off, and which day. */
function signedWords({ lastSigned, asOf }: Read): string {
  if (!lastSigned) return 'not signed off';
  const day = lastSigned.day === asOf ? 'signed' : `signed up to ${dayWords(lastSigned.day)}`;
  return `${day} by ${lastSigned.by}`;
}

function Bridge({ read }: { readonly read: Read }) {
  const isOff = !isNothing(read.off.amount);
  const steps = [
    { words: `Balance at the bank on ${dayWords(read.asOf)}`, value: read.bank, strong: true },
    { words: 'Deposits in transit', value: read.deposits },
    { words: 'Refunds not on a statement yet', value: read.refunds },
    { words: 'Returned payments not on a statement yet', value: read.returns },
    { words: 'Bank lines not explained yet', value: negated(read.unexplained) },
    { words: 'Bank lines dated later in the books', value: negated(read.early) },
    { words: 'What the books should have', value: read.expected, strong: true },
    { words: 'Balance in the books', value: read.books, strong: true },
  ];
  return (
    <Panel
      title="From the bank to the books"
      actions={
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            {signedWords(read)}
          </Text>
          {read.isProved ? null : (
            <Badge color="yellow" autoContrast>
              no balance of the bank
            </Badge>
          )}
          <Badge color={isOff ? 'red' : 'teal'}>{isOff ? 'off' : 'ties to the cent'}</Badge>
        </Group>
      }
    >
      {read.startsOn === null ? <Alert color="gray">There is no statement up to this day.</Alert> : null}
      <Table>
        <Table.Tbody>
          {steps.map((step) => (
            <Table.Tr key={step.words}>
              <Table.Td className="growing">
                <Text size="sm" fw={step.strong ? 650 : 400} pl={step.strong ? 0 : 'md'}>
                  {step.words}
                </Text>
              </Table.Td>
              <Table.Td className="numeric">
                <Text size="sm" fw={step.strong ? 650 : 400} component="div">
                  <Money value={step.value} quietZero={!step.strong} />
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
          {isOff ? (
            <Table.Tr>
              <Table.Td>
                <Text size="sm" fw={700} c="red">
                  Off by
                </Text>
              </Table.Td>
              <Table.Td className="numeric">
                <Text size="sm" fw={700} c="red" component="div">
                  <Money value={read.off} />
                </Text>
              </Table.Td>
            </Table.Tr>
          ) : null}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="xs">
        {read.startsOn && read.opening ? (
          <>
            Followed since {dayWords(read.startsOn)}, when <Money value={read.opening} /> stood on it.{' '}
          </>
        ) : null}
        The ledger account of all bank accounts in this currency stands at <Money value={read.ledger} />.
      </Text>
    </Panel>
  );
}

function Between({
  title,
  rows,
  read,
}: {
  readonly title: string;
  readonly rows: Read['inTransit'];
  readonly read: Read;
}) {
  const ages = read.ages.filter((age) => !isNothing(age.amount.amount));
  return (
    <Panel title={title}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing.
        </Text>
      ) : (
        <Stack gap="xs">
          {rows === read.inTransit && ages.length > 0 ? (
            <Text size="xs" c="dimmed" component="div">
              Deposits:{' '}
              {ages.map((age, index) => (
                <span key={age.upToDays ?? 'older'}>
                  {index > 0 ? ', ' : ''}
                  <Money value={age.amount} />{' '}
                  {age.upToDays === null ? 'older' : `up to ${age.upToDays} days`}
                </span>
              ))}
            </Text>
          ) : null}
          <Scroll minWidth={0} label={title}>
            <Table>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={`${row.documentId}${row.kind}`}>
                    <Table.Td className="growing">
                      <TenantLink to={`payments/${row.documentId}`}>{row.number}</TenantLink>
                      <Text size="xs" c="dimmed" truncate>
                        {row.kind} · {row.who || 'nobody known'} · {dayWords(row.on)}
                        {row.days > 0 ? ` · ${row.days} days` : ''}
                      </Text>
                    </Table.Td>
                    <Table.Td className="numeric">
                      <Money value={row.amount} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        </Stack>
      )}
    </Panel>
  );
}

function Unexplained({ read }: { readonly read: Read }) {
  return (
    <Panel title="On a statement, not explained yet">
      {read.unexplainedLines.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing.
        </Text>
      ) : (
        <Scroll minWidth={0} label="Lines not explained">
          <Table>
            <Table.Tbody>
              {read.unexplainedLines.map((line) => (
                <Table.Tr key={line.lineId}>
                  <Table.Td className="growing">
                    <TenantLink
                      to={`tie-out/${read.account.bankAccountId}/${line.bookedOn}?kind=unexplained`}
                    >
                      {dayWords(line.bookedOn)}
                    </TenantLink>
                    <Text size="xs" c="dimmed" truncate>
                      {line.payerName ? `${line.payerName}: ` : ''}
                      {line.text || 'no text'}
                    </Text>
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={line.amount} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Panel>
  );
}
