// What paying an invoice early saves, by instalment.

import { Badge, Table, Text } from '@mantine/core';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import type { Invoice } from './InvoicePage.tsx';

export function DiscountsShown({ invoice }: { readonly invoice: Invoice }) {
  const rows = invoice.items.flatMap((item) => item.discounts.map((discount) => ({ item, discount })));
  if (rows.length === 0) return null;
  const several = invoice.items.length > 1;
  return (
    <Panel title="For paying early">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Until</Table.Th>
            <Table.Th className="numeric">Less</Table.Th>
            <Table.Th className="numeric">To pay</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ item, discount }) => (
            <Table.Tr key={item.id + discount.untilOn + discount.source + discount.discount.amount}>
              <Table.Td>
                {dayWords(discount.untilOn)}{' '}
                {discount.isPast ? (
                  <Badge size="sm" color="gray" variant="light">
                    past
                  </Badge>
                ) : null}
                {discount.source === 'offer' ? (
                  <Badge size="sm" color="teal" variant="light">
                    offer
                  </Badge>
                ) : null}
                {several ? (
                  <Text size="xs" c="dimmed">
                    instalment {item.instalment}
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={discount.discount} bare />
                {discount.percent === null ? null : (
                  <Text size="xs" c="dimmed">
                    {discount.percent} %
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={discount.pay} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
