// Rows of a file as they stand, each with its line; one can be marked, and columns can be named above them.

import { Table } from '@mantine/core';
import { Scroll } from './Scroll.tsx';

type FileRow = { readonly line: number; readonly cells: readonly string[] };

export function FileRows({
  rows,
  label,
  markedLine,
  held,
}: {
  readonly rows: readonly FileRow[];
  readonly label: string;
  readonly markedLine?: number;
  /** Place of a column from 0 → what it holds. Left out, nothing stands above the rows. */
  readonly held?: ReadonlyMap<number, string>;
}) {
  const columns = Array.from(
    { length: Math.max(...rows.map((row) => row.cells.length), 1) },
    (_, column) => column,
  );
  return (
    <Scroll minWidth={Math.max(320, columns.length * 110)} maxHeight={280} label={label}>
      <Table fz="xs" withColumnBorders verticalSpacing={4}>
        {held ? (
          <Table.Thead>
            <Table.Tr>
              <Table.Th c="dimmed" fw={400}>
                Row
              </Table.Th>
              {columns.map((column) => (
                <Table.Th key={column}>{held.get(column) ?? ''}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
        ) : null}
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr
              key={row.line}
              {...(row.line === markedLine ? { bg: 'var(--mantine-color-yellow-light)', fw: 600 } : {})}
            >
              <Table.Th scope="row" c="dimmed" fw={400}>
                {row.line}
              </Table.Th>
              {columns.map((column) => (
                <Table.Td key={column}>{row.cells[column] ?? ''}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
