// What is known of one thing, a row each: its name, then what it is. What is not known (null) takes no row.

import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A fact as pages list them: its name, and what it is or `null` where there is none. */
export type NamedFact = readonly [name: string, value: ReactNode];

type FactsProps = {
  readonly facts: readonly NamedFact[];
  /** Rows that are more than a name and a value: several of one kind, with links. */
  readonly children?: ReactNode;
};

export function Facts({ facts, children }: FactsProps) {
  return (
    <div className="facts">
      <Table variant="vertical">
        <Table.Tbody>
          {facts
            .filter(([, value]) => value !== null && value !== '')
            .map(([name, value]) => (
              <FactRow key={name} name={name}>
                {value}
              </FactRow>
            ))}
          {children}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** One row of facts. Long words and addresses break rather than push the table out of a phone. */
export function FactRow({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th className="fact-name">{name}</Table.Th>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{children}</Table.Td>
    </Table.Tr>
  );
}
