// The source of a remittance as it came, with the numbers of the chosen line marked where they stand.

import { Table, Text } from '@mantine/core';
import type { getRemittance } from '#remittances/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { Panel } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { type Mark, Pages } from './Pages.tsx';

type Remittance = Reply<typeof getRemittance>;

type SourceProps = {
  readonly source: NonNullable<Remittance['source']>;
  readonly places: Remittance['lines'][number]['places'];
};

/** What a marked cell is, for those who do not see the mark. */
const PARTS: Readonly<Record<string, string>> = {
  document: 'document',
  amount: 'paid',
  gross: 'amount of the document',
  discount: 'discount',
  deduction: 'kept back',
  reason: 'reason',
  claimNumber: 'claim number',
};

export function Source({ source, places }: SourceProps) {
  const marked = new Map(
    Object.entries(places).map(([part, place]) => [`${place.line}:${place.column}`, PARTS[part] ?? part]),
  );
  if (source.pages) return <PagesSource source={source} pages={source.pages} marked={marked} />;
  const columns = Math.max(...source.rows.map((row) => row.cells.length), 1);
  return (
    <Panel title={source.sheet === null ? 'The source' : `The source, sheet ${source.sheet}`}>
      <Text size="sm" c="dimmed" mb="xs">
        Choose a line to see where its numbers stand.
        {source.columns ? ` Its columns were said by a person (version ${source.columns.version}).` : ''}
      </Text>
      <Scroll minWidth={Math.max(320, columns * 90)} maxHeight={520} label="The source">
        <Table withColumnBorders fz="xs" verticalSpacing={4}>
          <Table.Tbody>
            {source.rows.map((row) => (
              <Table.Tr key={row.line}>
                <Table.Th c="dimmed" fw={400} scope="row">
                  {row.line}
                </Table.Th>
                {Array.from({ length: columns }, (_, column) => {
                  const part = marked.get(`${row.line}:${column}`);
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column
                    <Table.Td key={column}>
                      {part ? (
                        <mark title={part} style={{ padding: '0 3px', borderRadius: 3 }}>
                          {row.cells[column]}
                        </mark>
                      ) : (
                        row.cells[column]
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}

type PagesSourceProps = {
  readonly source: SourceProps['source'];
  readonly pages: NonNullable<SourceProps['source']['pages']>;
  /** `line:column` → what stands there. */
  readonly marked: ReadonlyMap<string, string>;
};

function PagesSource({ source, pages, marked }: PagesSourceProps) {
  const marks = source.rows.flatMap((row) =>
    (row.boxes ?? []).flatMap((box, column): readonly Mark[] => {
      const part = marked.get(`${row.line}:${column}`);
      return box && part ? [{ ...box, part }] : [];
    }),
  );
  return (
    <Panel title="The source">
      <Text size="sm" c="dimmed" mb="xs">
        Choose a line to see where its numbers stand.
      </Text>
      <Scroll minWidth={560} maxHeight={640} label="The source">
        <Pages pages={pages} marks={marks} />
      </Scroll>
    </Panel>
  );
}
