// What an invoice comes to while it is being written, as the server prices it.

import { Table, Text } from '@mantine/core';
import type { calculateInvoice } from '#invoicing/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';

type Calculated = Reply<typeof calculateInvoice>;

const PROBLEM_WORDS: Readonly<Record<string, string>> = {
  no_lines: 'Write a line with a price.',
  total_not_positive: 'The total must be above zero. For money back, credit an invoice instead.',
};

export function Totals({
  calculated,
  currency,
  problem,
}: {
  readonly calculated: Calculated | undefined;
  readonly currency: string;
  readonly problem: ApiProblem | null;
}) {
  const nothing = { amount: '0', currency };
  const shown = calculated?.total.currency === currency ? calculated : undefined;
  const words = shown?.problem ? (PROBLEM_WORDS[shown.problem] ?? shown.problem.replaceAll('_', ' ')) : null;
  return (
    <Panel title="Totals">
      <Table aria-live="polite">
        <Table.Tbody>
          {(shown?.allowances.length ?? 0) > 0 ? (
            <Table.Tr>
              <Table.Td>Lines</Table.Td>
              <Table.Td className="numeric">
                <Money value={shown?.linesNet ?? nothing} bare />
              </Table.Td>
            </Table.Tr>
          ) : null}
          <Table.Tr>
            <Table.Td>Net</Table.Td>
            <Table.Td className="numeric">
              <Money value={shown?.net ?? nothing} bare />
            </Table.Td>
          </Table.Tr>
          {shown?.taxes.map((tax) => (
            <Table.Tr key={tax.category + tax.percent}>
              <Table.Td>
                Tax {tax.percent} % on <Money value={tax.net} bare />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={tax.tax} bare />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th>Total</Table.Th>
            <Table.Th className="numeric" fz="lg">
              <Money value={shown?.total ?? nothing} />
            </Table.Th>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {problem ? (
        <Text size="sm" className="late" role="status" px="md" pt="xs">
          {problem.message}
        </Text>
      ) : words ? (
        <Text size="sm" c="dimmed" role="status" px="md" pt="xs">
          {words}
        </Text>
      ) : null}
    </Panel>
  );
}
