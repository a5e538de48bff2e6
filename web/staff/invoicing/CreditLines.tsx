// Which lines of an invoice are credited, and how much of each: ticked, a line is credited wholly; then the quantity can be less.

import { Checkbox, Table, Text, TextInput } from '@mantine/core';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import type { Chosen, Invoice } from './credit.ts';

type CreditLinesProps = {
  readonly invoice: Invoice;
  readonly chosen: Readonly<Record<number, Chosen>>;
  onChange(chosen: Readonly<Record<number, Chosen>>): void;
};

export function CreditLines({ invoice, chosen, onChange }: CreditLinesProps) {
  const isChosen = (lineNo: number): boolean => chosen[lineNo] !== undefined;
  const wholeOf = (line: Invoice['lines'][number]): Chosen => ({
    quantity: line.quantity,
    unitPrice: line.unitPrice,
  });
  const toggle = (line: Invoice['lines'][number]): void => {
    const { [line.lineNo]: before, ...rest } = chosen;
    onChange(before ? rest : { ...rest, [line.lineNo]: wholeOf(line) });
  };
  const put = (lineNo: number, change: Partial<Chosen>): void => {
    const before = chosen[lineNo];
    if (before) onChange({ ...chosen, [lineNo]: { ...before, ...change } });
  };
  const all = invoice.lines.every((line) => isChosen(line.lineNo));
  const some = invoice.lines.some((line) => isChosen(line.lineNo));
  return (
    <Scroll minWidth={0} label="Lines to credit">
      <Table verticalSpacing={6} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={36}>
              <Checkbox
                aria-label="All lines"
                checked={all}
                indeterminate={some && !all}
                onChange={() =>
                  onChange(
                    all ? {} : Object.fromEntries(invoice.lines.map((line) => [line.lineNo, wholeOf(line)])),
                  )
                }
              />
            </Table.Th>
            <Table.Th>Line</Table.Th>
            <Table.Th className="numeric">Quantity</Table.Th>
            <Table.Th className="numeric">Price</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoice.lines.map((line) => {
            const given = chosen[line.lineNo];
            const name = line.description.split('\n')[0] ?? '';
            return (
              <Table.Tr key={line.lineNo}>
                <Table.Td>
                  <Checkbox
                    aria-label={`Credit ${name}`}
                    checked={given !== undefined}
                    onChange={() => toggle(line)}
                  />
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Text size="sm">{name}</Text>
                  <Text size="xs" c="dimmed">
                    {line.quantity} {line.unit ?? '×'} {line.unit ? 'at ' : ''}
                    {line.unitPrice} · <Money value={line.net} bare />
                  </Text>
                </Table.Td>
                <Table.Td className="numeric" w={{ base: 72, sm: 110 }}>
                  <TextInput
                    size="sm"
                    aria-label={`Quantity of ${name}`}
                    inputMode="decimal"
                    disabled={!given}
                    value={given?.quantity ?? ''}
                    onChange={(event) => put(line.lineNo, { quantity: event.currentTarget.value })}
                    styles={{ input: { textAlign: 'right' } }}
                  />
                </Table.Td>
                <Table.Td className="numeric" w={{ base: 92, sm: 120 }}>
                  <TextInput
                    size="sm"
                    aria-label={`Price of ${name}`}
                    inputMode="decimal"
                    disabled={!given}
                    value={given?.unitPrice ?? ''}
                    onChange={(event) => put(line.lineNo, { unitPrice: event.currentTarget.value })}
                    styles={{ input: { textAlign: 'right' } }}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
