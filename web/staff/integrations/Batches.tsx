// Earlier imports, each of which can be taken back as a whole while nothing depends on it.

import { Badge, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { listImportBatches, undoImportBatch } from '#integrations/contract.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';

export function Batches() {
  const pages = usePages(listImportBatches);
  const undo = useCommand(undoImportBatch);
  const rows = rowsOf(pages.data);
  const take = async (batchId: string): Promise<void> => {
    const done = await undo.mutateAsync({ params: { batchId } });
    notifications.show({ message: `${countText(done.undone)} taken back.` });
  };
  return (
    <Panel title="Earlier imports">
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              None yet.
            </Text>
          ) : (
            <Scroll minWidth={640}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>File</Table.Th>
                    <Table.Th>What</Table.Th>
                    <Table.Th className="numeric">Created</Table.Th>
                    <Table.Th>When</Table.Th>
                    <Table.Th>By</Table.Th>
                    <Table.Th aria-label="Undo" />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.id}>
                      <Table.Td>
                        <Text size="sm" fw={550} truncate maw={280} title={row.fileName}>
                          {row.fileName}
                        </Text>
                      </Table.Td>
                      <Table.Td>{row.kind}</Table.Td>
                      <Table.Td className="numeric">{countText(row.created)}</Table.Td>
                      <Table.Td>{momentWords(row.at)}</Table.Td>
                      <Table.Td>{row.by}</Table.Td>
                      <Table.Td className="numeric">
                        {row.undoneAt ? (
                          <Badge color="gray">undone {momentWords(row.undoneAt)}</Badge>
                        ) : row.may.undo === true ? (
                          <ConfirmButton
                            label="Undo"
                            spoken={`Undo the import of ${row.fileName}`}
                            title={`Undo the import of ${row.fileName}?`}
                            says={`All ${countText(row.created)} it created are taken back with reversing entries. That works while nothing was applied to them.`}
                            confirmLabel="Undo it"
                            act={() => take(row.id)}
                          />
                        ) : null}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )
        }
      </Shown>
      <ShowMore pages={pages} words="Show earlier ones" mt="sm" fullWidth />
    </Panel>
  );
}
