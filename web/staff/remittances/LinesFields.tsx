// The lines of a remittance as a person types them: to mend what was read, or to type in what could not be read.

import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { getRemittance } from '#remittances/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { typedDecimal } from '../../lib/typed.ts';

type Line = Reply<typeof getRemittance>['lines'][number];

/** A line as it is typed. */
export type TypedLine = {
  readonly key: number;
  readonly document: string;
  readonly amount: string;
  readonly discount: string;
  readonly deduction: string;
  readonly said: Pick<Line, 'reason' | 'claimNumber' | 'claimCode'>;
};

const NOTHING_SAID = { reason: null, claimNumber: null, claimCode: null };

/** An empty line; the key is its own. */
export const emptyLine = (key: number): TypedLine => ({
  key,
  document: '',
  amount: '',
  discount: '',
  deduction: '',
  said: NOTHING_SAID,
});

/** A line that was read, to be mended. */
export const typedLine = (line: Line): TypedLine => ({
  key: line.position,
  document: line.document,
  amount: line.amount.amount,
  discount: line.discount.amount,
  deduction: line.deduction.amount,
  said: line,
});

/** What was typed as an amount; what is none is sent as it is, so that the refusal names it. */
export const typedAmount = (text: string, currency: string) => ({
  amount: typedDecimal(text) ?? (text.trim() || '0'),
  currency,
});

/** Lines as the API takes them. */
export const linesBody = (lines: readonly TypedLine[], currency: string) =>
  lines.map(({ document, amount, discount, deduction, said }) => ({
    document,
    amount: typedAmount(amount, currency),
    discount: typedAmount(discount, currency),
    deduction: typedAmount(deduction, currency),
    ...(said.reason ? { reason: said.reason } : {}),
    ...(said.claimNumber ? { claimNumber: said.claimNumber } : {}),
    ...(said.claimCode ? { claimCode: said.claimCode } : {}),
  }));

const PARTS = [
  { name: 'amount', label: 'Paid' },
  { name: 'discount', label: 'Discount' },
  { name: 'deduction', label: 'Kept back' },
] as const;

type LinesFieldsProps = {
  readonly lines: readonly TypedLine[];
  onChange(lines: readonly TypedLine[]): void;
  readonly total: string;
  onTotal(total: string): void;
};

/** The fields of the lines and of the payment as stated. */
export function LinesFields({ lines, onChange, total, onTotal }: LinesFieldsProps) {
  const put = (key: number, more: Partial<TypedLine>): void =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...more } : line)));
  const nextKey = Math.max(0, ...lines.map((line) => line.key)) + 1;
  return (
    <>
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
            onClick={() => onChange(lines.filter((one) => one.key !== line.key))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group justify="space-between" align="flex-end">
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...lines, emptyLine(nextKey)])}
        >
          Add a line
        </Button>
        <TextInput
          label="Payment as stated"
          description="Left empty, the sum of the lines"
          inputMode="decimal"
          w={200}
          value={total}
          onChange={(event) => onTotal(event.currentTarget.value)}
        />
      </Group>
    </>
  );
}
