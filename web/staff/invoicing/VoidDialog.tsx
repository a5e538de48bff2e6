// Voiding an invoice: why, and what it means.

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { type readInvoice, voidInvoice } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { Trouble } from '../../ui/Page.tsx';

type DialogProps = { readonly invoice: Reply<typeof readInvoice>; readonly opened: boolean; onClose(): void };

export function VoidDialog({ invoice, opened, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  const command = useCommand(voidInvoice);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate(
      { params: { invoiceId: invoice.id }, body: { reason } },
      {
        onSuccess: () => {
          notifications.show({ message: `${invoice.number} is void.` });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened={opened} onClose={onClose} title={`Void ${invoice.number}`}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            The document stays in the books with a reversing entry, and its number stays used. This cannot be
            undone; issue a new one instead.
          </Text>
          {command.error ? <Trouble problem={command.error} /> : null}
          <TextInput
            label="Why"
            required
            data-autofocus
            maxLength={500}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={command.isPending}>
              Void it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
