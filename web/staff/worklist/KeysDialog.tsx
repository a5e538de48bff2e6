// The keys of the page of one account.

import { Kbd, Modal, Table } from '@mantine/core';
import { DESK_KEYS } from './worklist-words.ts';

export function KeysDialog({ onClose }: { onClose(): void }) {
  return (
    <Modal opened onClose={onClose} title="Keys">
      <Table>
        <Table.Tbody>
          {DESK_KEYS.map(([key, does]) => (
            <Table.Tr key={key}>
              <Table.Td w={60}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
