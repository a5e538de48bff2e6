// Rows of a spreadsheet before they become lines: what was understood, to be looked at first.

import { Table, Text } from '@mantine/core';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import type { DraftLine } from './draft.ts';

/** More rows than this are counted, not shown. */
const SHOWN_MAX = 20;

export function PasteDialog({
  lines,
  onTake,
  onClose,
}: {
  readonly lines: readonly DraftLine[];
  onTake(): void;
  onClose(): void;
}) {
  const more = lines.length - SHOWN_MAX;
  return (
    <FormDialog
      title={lines.length === 1 ? 'Add this line?' : `Add these ${lines.length} lines?`}
      opened={lines.length > 0}
      onClose={onClose}
      onSubmit={onTake}
      submitLabel="Add them"
      busy={false}
      problem={null}
    >
      <Scroll minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Description</Table.Th>
              <Table.Th className="numeric">Quantity</Table.Th>
              <Table.Th>Unit</Table.Th>
              <Table.Th className="numeric">Price</Table.Th>
              <Table.Th className="numeric">Tax per cent</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.slice(0, SHOWN_MAX).map((line) => (
              <Table.Tr key={line.key}>
                <Table.Td>{line.description}</Table.Td>
                <Table.Td className="numeric">{line.quantity}</Table.Td>
                <Table.Td>{line.unit}</Table.Td>
                <Table.Td className="numeric">{line.unitPrice}</Table.Td>
                <Table.Td className="numeric">{line.taxPercent === '' ? '–' : line.taxPercent}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {more > 0 ? (
        <Text size="sm" c="dimmed">
          and {more} more
        </Text>
      ) : null}
    </FormDialog>
  );
}
