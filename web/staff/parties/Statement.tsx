// The open-item statement of a customer as of a day: what is asked for most, ready to print or to send along.

import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { me } from '#identity/contract.ts';
import { exportAgingItems, readCustomerStatement } from '#reporting/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords, lateWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { documentPath } from '../ledger/document-path.ts';

type Found = Reply<typeof readCustomerStatement>;
type Part = Found['parts'][number];

export function Statement({ customerId }: { readonly customerId: string }) {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const mayReport = useMay('report.read');
  const asOf = search.asOf ?? today;
  const query = search.asOf ? { asOf: search.asOf } : {};
  const statement = useRead(readCustomerStatement, { params: { customerId }, query });
  return (
    <Stack>
      <Group align="flex-end" justify="space-between" className="no-print">
        <DayField
          label="As of"
          value={asOf}
          onChange={(day) => setSearch({ asOf: day === today ? '' : day })}
          width={180}
        />
        <Group gap="xs">
          {mayReport ? (
            <SaveButton
              label="CSV"
              operation={exportAgingItems}
              input={{ query: { ...query, customerId } }}
            />
          ) : null}
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            Print
          </Button>
        </Group>
      </Group>
      <Shown read={statement}>
        {(found) =>
          found.parts.length === 0 ? (
            <Panel>
              <Empty title="Nothing was open">On {dayWords(found.asOf)} the account was settled.</Empty>
            </Panel>
          ) : (
            <Stack>
              <div className="print-only">
                <Text fw={700} fz={22}>
                  Statement of account
                </Text>
                <Text>
                  {found.customer.name} ({found.customer.number})
                </Text>
              </div>
              {found.parts.map((part) => (
                <StatementPart key={part.company.id + part.currency} part={part} asOf={found.asOf} />
              ))}
            </Stack>
          )
        }
      </Shown>
    </Stack>
  );
}

function StatementPart({ part, asOf }: { readonly part: Part; readonly asOf: string }) {
  return (
    <Panel title={`${part.company.name} · open on ${dayWords(asOf)}`}>
      <Scroll minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Document</Table.Th>
              <Table.Th>Issued</Table.Th>
              <Table.Th>Due</Table.Th>
              <Table.Th className="numeric">Amount</Table.Th>
              <Table.Th className="numeric">Open</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {part.items.map((item) => {
              const path = documentPath(item);
              return (
                <Table.Tr key={item.id}>
                  <Table.Td>
                    {path ? <TenantLink to={path}>{item.reference}</TenantLink> : item.reference}
                    <Text size="xs" c="dimmed">
                      {item.kind.replace('_', ' ')}
                    </Text>
                  </Table.Td>
                  <Table.Td>{dayWords(item.postedOn)}</Table.Td>
                  <Table.Td>
                    {dayWords(item.dueOn)}
                    {item.kind === 'invoice' && item.daysLate > 0 ? (
                      <Text size="xs" className="late">
                        {lateWords(item.daysLate)}
                      </Text>
                    ) : null}
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={item.amount} bare />
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={item.open} bare />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Td colSpan={4}>of this overdue</Table.Td>
              <Table.Td className="numeric">
                <Money value={part.overdue} bare />
              </Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Th colSpan={4}>Balance</Table.Th>
              <Table.Th className="numeric">
                <Money value={part.total} />
              </Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Scroll>
      {part.itemsLeftOut > 0 ? (
        <Alert color="blue" mt="sm">
          {countText(part.itemsLeftOut)} more items count in the balance and are not listed. The CSV has all
          of them.
        </Alert>
      ) : null}
    </Panel>
  );
}
