// Which line of the bank shows a refund, or that it came back. Lines of its amount that nobody explained are offered.

import { Radio, Stack, Text } from '@mantine/core';
import { listRefundLines } from '#refunds/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';

const NONE = '';

export function LineChoice({
  refund,
  side,
  value,
  onChange,
}: {
  readonly refund: { readonly refundId: string };
  readonly side: 'in' | 'out';
  readonly value: string | null;
  onChange(lineId: string | null): void;
}) {
  const read = useRead(listRefundLines, { params: { refundId: refund.refundId }, query: { side } });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No line of the bank has this amount and waits to be explained.
      </Text>
    );
  return (
    <Radio.Group
      label="The line of the bank"
      value={value ?? NONE}
      onChange={(chosen) => onChange(chosen === NONE ? null : chosen)}
    >
      <Stack gap={6} mt={4}>
        {rows.map((row) => (
          <Radio
            key={row.lineId}
            value={row.lineId}
            label={`${dayWords(row.bookedOn)} · ${row.payerName ?? 'no name'}${row.account ? ` · ${row.account}` : ''}`}
            description={row.text || undefined}
          />
        ))}
        <Radio value={NONE} label="None of these" />
      </Stack>
    </Radio.Group>
  );
}
