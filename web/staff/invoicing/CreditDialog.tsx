// Crediting an invoice: wholly, or an amount of it.

import { Button, Group, Modal, Radio, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { creditInvoice, readCreditReasons, type readInvoice } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { Money } from '../../ui/Money.tsx';
import { Trouble } from '../../ui/Page.tsx';

type DialogProps = { readonly invoice: Reply<typeof readInvoice>; readonly opened: boolean; onClose(): void };

export function CreditDialog({ invoice, opened, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const reasons = useRead(readCreditReasons, {}, { enabled: opened }).data?.reasons ?? [];
  const label = reasons.find((each) => each.code === reason)?.label ?? reason;
  const [how, setHow] = useState<'whole' | 'part'>('whole');
  const [net, setNet] = useState('');
  const [percent, setPercent] = useState(invoice.lines[0]?.taxPercent ?? '0');
  const command = useCommand(creditInvoice);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const taxCategory = /^0*(\.0*)?$/.test(percent.trim()) ? ('Z' as const) : ('S' as const);
    const lines =
      how === 'part'
        ? {
            lines: [
              {
                description: note.trim() === '' ? label : note.trim(),
                quantity: '1',
                unitPrice: net.trim(),
                taxCategory,
                taxPercent: percent.trim(),
              },
            ],
          }
        : {};
    command.mutate(
      {
        params: { invoiceId: invoice.id },
        body: { reason, ...(note.trim() === '' ? {} : { reasonNote: note.trim() }), ...lines },
      },
      {
        onSuccess: (done) => {
          notifications.show({
            message: `Credit note ${done.number} over ${done.total} ${done.currency} issued; ${done.applied} applied.`,
          });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened={opened} onClose={onClose} title={`Credit ${invoice.number}`}>
      <form onSubmit={submit}>
        <Stack>
          {command.error ? <Trouble problem={command.error} /> : null}
          <div>
            Can still be credited: <Money value={invoice.creditable} />
          </div>
          <Radio.Group
            label="How much"
            value={how}
            onChange={(value) => setHow(value === 'part' ? 'part' : 'whole')}
          >
            <Group mt={6}>
              <Radio value="whole" label="All of it" />
              <Radio value="part" label="A part" />
            </Group>
          </Radio.Group>
          {how === 'part' ? (
            <Group grow>
              <TextInput
                label={`Net amount (${invoice.total.currency})`}
                required
                inputMode="decimal"
                placeholder="100.00"
                value={net}
                onChange={(e) => setNet(e.currentTarget.value)}
              />
              <TextInput
                label="Tax, per cent"
                required
                inputMode="decimal"
                value={percent}
                onChange={(e) => setPercent(e.currentTarget.value)}
              />
            </Group>
          ) : null}
          <Select
            label="Reason"
            required
            data-autofocus
            data={reasons.map(({ code, label: text }) => ({ value: code, label: text }))}
            value={reason || null}
            onChange={(code) => setReason(code ?? '')}
            allowDeselect={false}
          />
          <TextInput
            label="In words"
            description="Stands on the credit note"
            required={reason === 'other'}
            maxLength={500}
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={command.isPending}>
              Issue the credit note
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
