// Which line of the bank shows a refund, or that it came back. Lines that nobody explained are offered: of its amount, or less where
// a bank may have kept some of what came back.

import { Radio, Stack, Text } from '@mantine/core';
import { listRefundLines } from '#refunds/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { amountText, dayWords } from '../../lib/format.ts';

const NONE = '';

type Row = Reply<typeof listRefundLines>['rows'][number];
type Kept = Row['kept'];

const keptOf = (row: Row | undefined): Kept | undefined =>
  row === undefined || Number(row.kept.amount) === 0 ? undefined : row.kept;

function keptWords(row: Row): string {
  const kept = keptOf(row);
  return kept === undefined ? '' : `${amountText(kept.amount, kept.currency)} less: booked as a bank charge`;
}

export function LineChoice({
  refund,
  side,
  value,
  onChange,
}: {
  readonly refund: { readonly refundId: string };
  readonly side: 'in' | 'out';
  /** Null: none of them; undefined: nobody said yet, and it is asked. */
  readonly value: string | null | undefined;
  /** With what a bank kept of the money of that line. */
  onChange(lineId: string | null, kept: Kept | undefined): void;
}) {
  const read = useRead(listRefundLines, { params: { refundId: refund.refundId }, query: { side } });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No line of the bank fits and waits to be explained.
      </Text>
    );
  return (
    <Radio.Group
      label="The line of the bank"
      withAsterisk={value === undefined}
      value={value === undefined ? null : (value ?? NONE)}
      onChange={(chosen) =>
        onChange(chosen === NONE ? null : chosen, keptOf(rows.find((row) => row.lineId === chosen)))
      }
    >
      <Stack gap={6} mt={4}>
        {rows.map((row) => (
          <Radio
            key={row.lineId}
            value={row.lineId}
            label={`${dayWords(row.bookedOn)} · ${row.payerName ?? 'no name'}${row.account ? ` · ${row.account}` : ''}`}
            description={
              [row.isApplied ? 'its receipt is applied: take that back first' : '', keptWords(row), row.text]
                .filter((text) => text !== '')
                .join(' · ') || undefined
            }
          />
        ))}
        <Radio value={NONE} label="None of these" />
      </Stack>
    </Radio.Group>
  );
}
