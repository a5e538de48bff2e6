// What exactly is asked for, for a person: the documents with their amounts, and what stands in the request.

import { Table, Text } from '@mantine/core';
import type { readApproval } from '#approvals/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { heading, plainWords } from '../../lib/words.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Version = Pick<Reply<typeof readApproval>, 'parts' | 'amounts' | 'request'>;

export function Parts({ parts, amounts }: Pick<Version, 'parts' | 'amounts'>) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Document</Table.Th>
          <Table.Th className="numeric">Amount</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two instalments of a document have the same label
          <Table.Tr key={index}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{part.label}</Table.Td>
            <Table.Td className="numeric">
              <Money value={part.amount} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      {parts.length > 1 ? (
        <Table.Tfoot>
          {amounts.map((amount) => (
            <Table.Tr key={amount.currency}>
              <Table.Th>Together</Table.Th>
              <Table.Th className="numeric">
                <Money value={amount} />
              </Table.Th>
            </Table.Tr>
          ))}
        </Table.Tfoot>
      ) : null}
    </Table>
  );
}

/** Fields that the table of documents says already. */
const SAID = new Set(['items']);

/** What stands in the request itself: its fields by name, lines as a table. Ids tell a person nothing. */
export function RequestFields({ body }: { readonly body: Readonly<Record<string, unknown>> }) {
  const fields = Object.entries(body).filter(([name]) => !SAID.has(name));
  const plain = fields.flatMap(([name, value]) => {
    const text = valueWords(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  const tables = fields.filter(([, value]) => rowsIn(value).length > 0);
  return (
    <>
      <Facts facts={plain.map(([name, text]) => [fieldWords(name), text] as const)} />
      {tables.map(([name, value]) => (
        <RowsTable key={name} title={fieldWords(name)} rows={rowsIn(value)} />
      ))}
    </>
  );
}

function RowsTable({ title, rows }: { readonly title: string; readonly rows: readonly Fields[] }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) =>
    rows.some((row) => valueWords(row[name]) !== undefined),
  );
  return (
    <div>
      <Text size="sm" fw={600} mt="sm">
        {title}
      </Text>
      <Scroll minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name) => (
                <Table.Th key={name}>{fieldWords(name)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
              <Table.Tr key={index}>
                {columns.map((name) => (
                  <Table.Td key={name}>{valueWords(row[name]) ?? '–'}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </div>
  );
}

type Fields = Readonly<Record<string, unknown>>;

function rowsIn(value: unknown): readonly Fields[] {
  const isRow = (row: unknown): row is Fields => typeof row === 'object' && row !== null;
  return Array.isArray(value) && value.every(isRow) ? value : [];
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^[a-z]+(_[a-z]+)+$/;

/** A value for people; nothing for ids and what has no words. */
function valueWords(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    if (value === '' || ID.test(value)) return undefined;
    if (DAY.test(value)) return dayWords(value);
    return CODE.test(value) ? plainWords(value) : value;
  }
  const money = value as { readonly amount?: unknown; readonly currency?: unknown } | null | undefined;
  return money?.amount && money.currency ? `${money.amount} ${money.currency}` : undefined;
}

/** `unitPrice` → `Unit price`. */
function fieldWords(name: string): string {
  return heading(name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
}
