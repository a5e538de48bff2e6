// Exchange rates. A rate is never changed: one recorded later for the same day counts instead.

import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { me } from '#identity/contract.ts';
import { listRates, recordRates } from '#ledger/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Empty, Shown } from '../../ui/Page.tsx';

type Row = Reply<typeof listRates>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'on', title: 'Day', cell: (row) => dayWords(row.validOn) },
  {
    key: 'pair',
    title: 'One',
    cell: (row) => (
      <Text size="sm" fw={550}>
        {row.base}
      </Text>
    ),
  },
  {
    key: 'rate',
    title: 'is worth',
    numeric: true,
    cell: (row) => (
      <span className="amount">
        {row.rate}
        <span className="amount-currency">{row.quote}</span>
      </span>
    ),
  },
  { key: 'source', title: 'Source', wideOnly: true, cell: (row) => row.source },
  { key: 'at', title: 'Recorded', wideOnly: true, cell: (row) => momentWords(row.recordedAt) },
];

export function Rates() {
  const pages = usePages(listRates);
  const mayRecord = useMay('rate.record');
  const [adding, setAdding] = useState(false);
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          A document takes the rate of its day, or the last one before it.
        </Text>
        {mayRecord ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Record a rate
          </Button>
        ) : null}
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Exchange rates"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.id}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty title="No rates yet">
                They are needed for documents in other currencies than that of the books.
              </Empty>
            }
          />
        )}
      </Shown>
      {adding ? <RateDialog onClose={() => setAdding(false)} /> : null}
    </Stack>
  );
}

function RateDialog({ onClose }: { onClose(): void }) {
  const record = useCommand(recordRates);
  const today = useRead(me).data?.today ?? '';
  const own = useCompanies()?.[0]?.functionalCurrency ?? 'EUR';
  const form = useFields({ base: '', quote: '', rate: '', validOn: '', source: '' });
  const { values } = form;
  const quote = values.quote || own;
  const validOn = values.validOn || today;
  const { at, rest } = placeTrouble(record.error, ['rates/', 'rate', 'base'], {
    number_not_decimal: 'rate',
    rate_not_positive: 'rate',
    rate_out_of_range: 'rate',
    rate_of_same_currency: 'base',
  });
  const submit = (): void =>
    record.mutate(
      {
        body: {
          rates: [
            {
              base: values.base,
              quote,
              validOn,
              rate: typedDecimal(values.rate) ?? values.rate,
              ...(values.source.trim() === '' ? {} : { source: values.source }),
            },
          ],
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title="Record an exchange rate"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Record"
      busy={record.isPending}
      problem={rest}
    >
      <DayField
        label="Day"
        required
        value={validOn}
        onChange={(day) => form.put({ validOn: day })}
        error={at('rates/0/validOn')}
      />
      <Group grow align="flex-start">
        <Select
          label="One unit of"
          required
          data={CURRENCY_CHOICES}
          value={values.base === '' ? null : values.base}
          onChange={(code) => form.put({ base: code ?? '' })}
          searchable
          error={at('base') ?? at('rates/0/base')}
        />
        <TextInput
          label="is worth"
          required
          inputMode="decimal"
          placeholder="0.9214"
          {...form.text('rate')}
          error={at('rate') ?? at('rates/0/rate')}
          styles={{ input: { textAlign: 'end' } }}
        />
        <Select
          label="of"
          required
          data={CURRENCY_CHOICES}
          value={quote}
          onChange={(code) => form.put({ quote: code ?? '' })}
          searchable
          allowDeselect={false}
          error={at('rates/0/quote')}
        />
      </Group>
      <TextInput
        label="Source"
        placeholder="ECB"
        maxLength={60}
        {...form.text('source')}
        error={at('rates/0/source')}
      />
    </FormDialog>
  );
}
