// Recording that a payment came back.

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { returnPayment } from '#payments/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { Trouble } from '../../ui/Page.tsx';
import type { Payment } from './PaymentPage.tsx';

export function ReturnDialog({
  payment,
  opened,
  onClose,
}: {
  readonly payment: Payment;
  readonly opened: boolean;
  onClose(): void;
}) {
  const [reason, setReason] = useState('');
  const command = useCommand(returnPayment);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate(
      { params: { paymentId: payment.paymentId }, body: { reason } },
      {
        onSuccess: (done) => {
          notifications.show({ message: `Recorded. ${done.items.length} items are open again.` });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened={opened} onClose={onClose} title={`${payment.number} came back`}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            What this payment settled will be open again with its first due dates. The payment stays on
            record.
          </Text>
          {command.error ? <Trouble problem={command.error} /> : null}
          <TextInput
            label="Why, as the bank says"
            placeholder="AM04 insufficient funds"
            required
            data-autofocus
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={command.isPending}>
              Record the return
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
