// What a credit note would do, told by the server that rehearsed it: to each instalment, to the discount, and what is left.

import { Table, Text } from '@mantine/core';
import type { creditInvoice } from '#invoicing/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';

type Effect = Reply<typeof creditInvoice>;

export function CreditEffect({
  effect,
  problem,
  wanting,
}: {
  readonly effect: Effect | undefined;
  readonly problem: ApiProblem | null;
  /** What to do before anything can be said. */
  readonly wanting: string;
}) {
  if (problem) return <Trouble problem={problem} />;
  if (!effect)
    return (
      <Panel title="What it does">
        <Text size="sm" c="dimmed" role="status">
          {wanting}
        </Text>
      </Panel>
    );
  const money = (amount: string) => ({ amount, currency: effect.currency });
  const isNothing = (amount: string): boolean => /^-?[0.]*$/.test(amount);
  const rows: readonly (readonly [string, string])[] = [
    ...(isNothing(effect.discount)
      ? []
      : [['Less the discount taken when it was paid', effect.discount] as const]),
    ...(isNothing(effect.applied) ? [] : [['Applied to the invoice', effect.applied] as const]),
    ...(isNothing(effect.open) ? [] : [['Left as a credit of the customer', effect.open] as const]),
  ];
  return (
    <Panel title="What it does">
      <Table aria-live="polite">
        <Table.Tbody>
          <Table.Tr>
            <Table.Th>Credit note</Table.Th>
            <Table.Th className="numeric">
              <Money value={money(effect.total)} />
            </Table.Th>
          </Table.Tr>
          {rows.map(([words, amount]) => (
            <Table.Tr key={words}>
              <Table.Td>{words}</Table.Td>
              <Table.Td className="numeric">
                <Money value={money(amount)} bare />
              </Table.Td>
            </Table.Tr>
          ))}
          {effect.items.map((item) => (
            <Table.Tr key={item.itemId}>
              <Table.Td>
                {effect.items.length > 1
                  ? `Open of instalment ${item.instalment}, due ${dayWords(item.dueOn)}`
                  : 'Open of the invoice'}
              </Table.Td>
              <Table.Td className="numeric">
                {item.before === item.after ? null : (
                  <>
                    <Text span size="sm" c="dimmed" td="line-through">
                      <Money value={money(item.before)} bare />
                    </Text>{' '}
                  </>
                )}
                <Money value={money(item.after)} bare />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
