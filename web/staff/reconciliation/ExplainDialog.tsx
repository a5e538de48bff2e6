// Saying what a bank line is. What shows payments recorded by hand is put together from those in transit, with a running total.

import { Alert, Checkbox, Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { explainBankLine, readBankReconciliation } from '#reconciliation/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords, drawingValue } from '../../lib/format.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Shown } from '../../ui/Page.tsx';
import type { Line } from './tie-words.ts';

type ExplainKind = 'fee' | 'interest' | 'transfer' | 'sweep' | 'other' | 'deposit' | 'refund' | 'return';

const OTHERS: readonly { readonly value: ExplainKind; readonly label: string; readonly says: string }[] = [
  { value: 'fee', label: 'Bank fee', says: 'what the bank charges' },
  { value: 'interest', label: 'Interest', says: 'of the account' },
  { value: 'transfer', label: 'Transfer', says: 'between own accounts' },
  { value: 'sweep', label: 'Sweep', says: 'moved by the bank itself' },
  { value: 'other', label: 'Of other books', says: 'suppliers, wages, taxes' },
];
const MONEY_IN: typeof OTHERS = [
  { value: 'deposit', label: 'Deposit', says: 'recorded by hand before' },
  { value: 'return', label: 'Returned refund', says: 'recorded by hand before' },
];
const MONEY_OUT: typeof OTHERS = [
  { value: 'refund', label: 'Refund', says: 'recorded by hand before' },
  { value: 'return', label: 'Returned payment', says: 'recorded by hand before' },
];

export function ExplainDialog({
  line,
  bankAccountId,
  onClose,
}: {
  readonly line: Line;
  readonly bankAccountId: string;
  onClose(): void;
}) {
  const explain = useCommand(explainBankLine);
  const isIn = drawingValue(line.amount.amount) > 0;
  const read = useRead(readBankReconciliation, { params: { bankAccountId } });
  const [picked, setKind] = useState<ExplainKind>();
  const [note, setNote] = useState('');
  const [marked, setChosen] = useState<readonly string[]>();
  const fitting = onlyReturnOf(line, read.data?.inTransit ?? []);
  const kind = picked ?? (fitting ? 'return' : isIn ? 'deposit' : 'fee');
  const chosen = marked ?? (fitting && kind === 'return' ? [fitting.documentId] : []);
  const isShown = kind === 'deposit' || kind === 'refund' || kind === 'return';
  const submit = (): void =>
    explain.mutate(
      {
        params: { lineId: line.lineId },
        body: {
          kind,
          ...(isShown ? { paymentIds: [...chosen] } : {}),
          ...(note.trim() ? { note: note.trim() } : {}),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title="What is this bank line?"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="That is what it is"
      busy={explain.isPending}
      problem={explain.error}
      size="lg"
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {line.payerName ? `${line.payerName}: ` : ''}
          {line.text || 'no text'}
        </Text>
        <Text fw={650} style={{ flex: 'none' }} component="div">
          <Money value={line.amount} />
        </Text>
      </Group>
      {fitting ? (
        <Alert color="blue">
          {fitting.number} was recorded as returned by hand on {dayWords(fitting.on)}, of this amount: this
          may be the bank’s side of it.
        </Alert>
      ) : null}
      {line.kind === 'receipt' ? (
        <Alert color="yellow">
          The import took this for a receipt. It is given up, and stays on record as returned.
        </Alert>
      ) : null}
      <Radio.Group
        value={kind}
        onChange={(value) => {
          setKind(value as ExplainKind);
          setChosen([]);
        }}
        aria-label="What it is"
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs">
          {[...(isIn ? MONEY_IN : MONEY_OUT), ...OTHERS].map((one) => (
            <Radio key={one.value} value={one.value} label={one.label} description={one.says} />
          ))}
        </SimpleGrid>
      </Radio.Group>
      {isShown ? (
        <InTransit kind={kind} line={line} read={read} chosen={chosen} onChange={setChosen} />
      ) : null}
      <TextInput label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  );
}

type InTransitRow = Reply<typeof readBankReconciliation>['inTransit'][number];

/** The return that was recorded by hand and that alone is of the amount of a line; nothing where there are several. */
function onlyReturnOf(line: Line, rows: readonly InTransitRow[]): InTransitRow | undefined {
  const [first, second] = rows.filter(
    (row) => row.kind === 'return' && row.amount.amount === line.amount.amount,
  );
  return second === undefined ? first : undefined;
}

function InTransit({
  kind,
  line,
  read,
  chosen,
  onChange,
}: {
  readonly kind: ExplainKind;
  readonly line: Line;
  readonly read: ReturnType<typeof useRead<typeof readBankReconciliation>>;
  readonly chosen: readonly string[];
  onChange(ids: readonly string[]): void;
}) {
  return (
    <Shown read={read}>
      {({ inTransit }) => {
        const rows = inTransit.filter((row) => row.kind === kind);
        const total = rows
          .filter((row) => chosen.includes(row.documentId))
          .reduce((all, row) => all + drawingValue(row.amount.amount), 0);
        const rest = Math.round((drawingValue(line.amount.amount) - total) * 1000) / 1000;
        return rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing of this kind is in transit.
          </Text>
        ) : (
          <Stack gap={6}>
            {rows.map((row) => (
              <Checkbox
                key={row.documentId}
                checked={chosen.includes(row.documentId)}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked
                      ? [...chosen, row.documentId]
                      : chosen.filter((id) => id !== row.documentId),
                  )
                }
                label={
                  <Text size="sm" component="span">
                    {row.number} · {row.who || 'nobody known'} · {dayWords(row.on)} ·{' '}
                    <Money value={row.amount} />
                  </Text>
                }
              />
            ))}
            <Text size="sm" fw={600} c={rest === 0 ? 'teal' : 'inherit'} role="status">
              {rest === 0
                ? 'Comes to the line exactly'
                : `${rest.toLocaleString()} ${line.amount.currency} of the line left`}
            </Text>
          </Stack>
        );
      }}
    </Shown>
  );
}
