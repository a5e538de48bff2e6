// Recording that a payment came back: why, and what the bank took on top.

import { Checkbox, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { listReturnReasons, recordReturn } from '#returns/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
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
  const [code, setCode] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [fee, setFee] = useState<string | number>('');
  const [asksFee, setAsksFee] = useState(true);
  const reasons = useRead(listReturnReasons).data?.rows ?? [];
  const chosen = reasons.find((one) => one.code === code);
  const command = useCommand(recordReturn);
  const submit = (): void =>
    command.mutate(
      {
        body: {
          paymentId: payment.paymentId,
          ...(code === null ? {} : { code }),
          reason: filled(reason),
          ...(fee === '' ? {} : { fee: { amount: String(fee), currency: payment.amount.currency } }),
          asksFee,
        },
      },
      {
        onSuccess: (done) => {
          notifications.show({
            message: `Recorded. ${done.items.length} items are open again${
              done.charge ? `, and ${done.charge.number} asks the payer for a fee` : ''
            }.`,
          });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={`${payment.number} came back`}
      opened={opened}
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Record the return"
      busy={command.isPending}
      problem={command.error}
    >
      <Text size="sm">
        What this payment settled will be open again with its first due dates. The payment stays on record.
      </Text>
      <Select
        label="The bank’s code"
        placeholder="AM04, R01 …"
        searchable
        clearable
        data={reasons.map((one) => ({ value: one.code, label: `${one.code} · ${one.meaning}` }))}
        value={code}
        onChange={setCode}
      />
      <TextInput
        label="Why, as the bank says"
        placeholder={chosen?.meaning ?? 'AM04 insufficient funds'}
        required={code === null}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NumberInput
        label={`What the bank took on top, ${payment.amount.currency}`}
        min={0}
        value={fee}
        onChange={setFee}
      />
      {chosen?.isTheirDoing ? (
        <Checkbox
          label="Ask the payer for the company’s fee"
          checked={asksFee}
          onChange={(event) => setAsksFee(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}
