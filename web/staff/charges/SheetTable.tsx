// The calculation sheet as a table: the days on which amount and rate were the same, and what they bear.

import { Table, Text } from '@mantine/core';
import type { readCharge } from '#charges/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText, dayWords, priceText } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

export type Span = Reply<typeof readCharge>['parts'][number]['spans'][number];

export function SheetTable({ spans, label }: { readonly spans: readonly Span[]; readonly label: string }) {
  return (
    <Scroll minWidth={440}>
      <Table aria-label={label} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From – to</Table.Th>
            <Table.Th className="numeric">Days</Table.Th>
            <Table.Th className="numeric">Open amount</Table.Th>
            <Table.Th className="numeric">Rate</Table.Th>
            <Table.Th className="numeric">Unrounded</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {spans.map((span) => (
            <Table.Tr key={span.from}>
              <Table.Td>
                {span.from === span.to
                  ? dayWords(span.from)
                  : `${dayWords(span.from)} – ${dayWords(span.to)}`}
                <Text size="xs" c="dimmed">
                  {span.source}
                </Text>
              </Table.Td>
              <Table.Td className="numeric">
                {countText(span.days)}
                <Text span size="xs" c="dimmed">
                  {' '}
                  / {span.yearDays}
                </Text>
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={span.base} bare />
              </Table.Td>
              <Table.Td className="numeric">{span.percent} %</Table.Td>
              <Table.Td className="numeric">{priceText(span.amount, span.base.currency)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
