// Mending what was read of a remittance, line by line. The reading before is kept.

import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { changeRemittance, type getRemittance } from '#remittances/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

type Remittance = Reply<typeof getRemittance>;
type Line = Remittance['lines'][number];

type Typed = {
  readonly key: number;
  readonly document: string;
  readonly amount: string;
  readonly discount: string;
  readonly deduction: string;
  readonly said: Pick<Line, 'reason' | 'claimNumber' | 'claimCode'>;
};

const typedOf = (line: Line): Typed => ({
  key: line.position,
  document: line.document,
  amount: line.amount.amount,
  discount: line.discount.amount,
  deduction: line.deduction.amount,
  said: line,
});

const PARTS = [
  { name: 'amount', label: 'Paid' },
  { name: 'discount', label: 'Discount' },
  { name: 'deduction', label: 'Kept back' },
] as const;

export function MendDialog({ remittance, onClose }: { readonly remittance: Remittance; onClose(): void }) {
  const change = useCommand(changeRemittance);
  const [lines, setLines] = useState<readonly Typed[]>(remittance.lines.map(typedOf));
  const [total, setTotal] = useState(remittance.totalStated ? remittance.total.amount : '');
  const { currency } = remittance.total;
  const put = (key: number, more: Partial<Typed>): void =>
    setLines((before) => before.map((line) => (line.key === key ? { ...line, ...more } : line)));
  const amount = (text: string) => ({ amount: typedDecimal(text) ?? (text.trim() || '0'), currency });
  const send = (): void =>
    change.mutate(
      {
        params: { remittanceId: remittance.remittanceId },
        body: {
          revision: remittance.revision,
          ...(remittance.customer ? { customerId: remittance.customer.id } : {}),
          ...(remittance.payerName ? { payerName: remittance.payerName } : {}),
          ...(remittance.paidOn ? { paidOn: remittance.paidOn } : {}),
          ...(remittance.paymentReference ? { paymentReference: remittance.paymentReference } : {}),
          ...(total.trim() ? { total: amount(total) } : {}),
          lines: lines.map((line) => ({
            document: line.document,
            amount: amount(line.amount),
            discount: amount(line.discount),
            deduction: amount(line.deduction),
            ...(line.said.reason ? { reason: line.said.reason } : {}),
            ...(line.said.claimNumber ? { claimNumber: line.said.claimNumber } : {}),
            ...(line.said.claimCode ? { claimCode: line.said.claimCode } : {}),
          })),
        },
      },
      { onSuccess: onClose },
    );
  const nextKey = Math.max(0, ...lines.map((line) => line.key)) + 1;
  const none = { reason: null, claimNumber: null, claimCode: null };
  return (
    <FormDialog
      title="Mend the lines"
      opened
      onClose={onClose}
      onSubmit={send}
      submitLabel="Keep this reading"
      busy={change.isPending}
      problem={change.error}
      size="xl"
    >
      <Text size="sm" c="dimmed">
        All amounts in {currency}. What was read before is kept.
      </Text>
      {lines.map((line, index) => (
        <Group key={line.key} gap="xs" align="flex-end" wrap="wrap">
          <TextInput
            label={`Document ${index + 1}`}
            required
            value={line.document}
            onChange={(event) => put(line.key, { document: event.currentTarget.value })}
            style={{ flex: '1 1 160px' }}
          />
          {PARTS.map(({ name, label }) => (
            <TextInput
              key={name}
              label={label}
              aria-label={`${label}, document ${index + 1}`}
              inputMode="decimal"
              w={104}
              value={line[name]}
              onChange={(event) => put(line.key, { [name]: event.currentTarget.value })}
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={`Leave document ${index + 1} out`}
            disabled={lines.length === 1}
            onClick={() => setLines((before) => before.filter((one) => one.key !== line.key))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group justify="space-between" align="flex-end">
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            setLines((before) => [
              ...before,
              { key: nextKey, document: '', amount: '', discount: '', deduction: '', said: none },
            ])
          }
        >
          Add a line
        </Button>
        <TextInput
          label="Payment as stated"
          description="Left empty, the sum of the lines"
          inputMode="decimal"
          w={200}
          value={total}
          onChange={(event) => setTotal(event.currentTarget.value)}
        />
      </Group>
    </FormDialog>
  );
}
