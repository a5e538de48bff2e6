// The fields in which a person says what the columns of a bank's CSV mean.

import {
  Accordion,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { TEXT_ENCODINGS } from '#payments/contract.ts';
import type { Draft, Token } from './csv-draft.ts';

type Choices = readonly { readonly value: Token; readonly label: string }[];

type FieldsProps = {
  readonly draft: Draft;
  readonly choices: Choices;
  onChange(change: Partial<Draft>): void;
};

/** Fields of a draft that hold one column. */
type ColumnField = {
  [K in keyof Draft]: Draft[K] extends string ? K : never;
}[keyof Draft];

function Column({
  label,
  field,
  required = false,
  draft,
  choices,
  onChange,
}: FieldsProps & { readonly label: string; readonly field: ColumnField; readonly required?: boolean }) {
  const value = String(draft[field]);
  // What was kept may name a column that this file does not have.
  const known = value === '' || choices.some((choice) => choice.value === value);
  return (
    <Select
      label={label}
      data={[...choices]}
      value={known && value !== '' ? value : null}
      onChange={(token) => onChange({ [field]: token ?? '' })}
      placeholder={required ? 'Choose' : 'Not in the file'}
      clearable={!required}
      searchable
      withAsterisk={required}
      error={known ? undefined : `This file has no column “${value.slice(2)}”.`}
    />
  );
}

const DATES = [
  { value: 'day_month_year', label: 'day month year (31.12.2026)' },
  { value: 'month_day_year', label: 'month day year (12/31/2026)' },
  { value: 'year_month_day', label: 'year month day (2026-12-31)' },
];

const KINDS = [
  { value: 'signed', label: 'One column' },
  { value: 'flagged', label: 'With a word' },
  { value: 'two_columns', label: 'Out and in' },
];

const DELIMITERS = [
  { value: '', label: 'found by itself' },
  { value: ';', label: 'semicolon' },
  { value: ',', label: 'comma' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar |' },
];

export function CsvFields(props: FieldsProps) {
  const { draft, onChange } = props;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Column {...props} label="Booking date" field="bookingDate" required />
        <Select
          label="Dates are written"
          data={DATES}
          value={draft.dateOrder}
          allowDeselect={false}
          onChange={(order) => onChange({ dateOrder: (order ?? 'day_month_year') as Draft['dateOrder'] })}
        />
        <Column {...props} label="Value date" field="valueDate" />
        <Select
          label="Decimals"
          data={[
            { value: ',', label: '1.234,50' },
            { value: '.', label: '1,234.50' },
          ]}
          value={draft.decimalMark}
          allowDeselect={false}
          onChange={(mark) => onChange({ decimalMark: mark === '.' ? '.' : ',' })}
        />
      </SimpleGrid>
      <AmountFields {...props} />
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Column {...props} label="Payer or payee" field="payerName" />
        <Column {...props} label="Their account" field="payerAccount" />
        <MultiSelect
          label="Text"
          data={[...props.choices]}
          value={draft.texts.filter((token) => props.choices.some((choice) => choice.value === token))}
          onChange={(texts) => onChange({ texts })}
          placeholder={draft.texts.length === 0 ? 'Choose' : ''}
          searchable
        />
        <Column {...props} label="Balance after the entry" field="balanceAfter" />
      </SimpleGrid>
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>How the file is written, and what is rare</Accordion.Control>
          <Accordion.Panel>
            <RareFields {...props} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function AmountFields(props: FieldsProps) {
  const { draft, onChange } = props;
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500} component="label" id="csv-amount-kind">
          The amount stands in
        </Text>
        <SegmentedControl
          aria-labelledby="csv-amount-kind"
          data={KINDS}
          value={draft.kind}
          onChange={(kind) => onChange({ kind: kind as Draft['kind'] })}
          fullWidth
          maw={420}
        />
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        {draft.kind === 'two_columns' ? (
          <>
            <Column {...props} label="Money out" field="debit" required />
            <Column {...props} label="Money in" field="credit" required />
          </>
        ) : (
          <Column {...props} label="Amount" field="amount" required />
        )}
        {draft.kind === 'flagged' ? (
          <>
            <Column {...props} label="In or out" field="flag" required />
            <TextInput
              label="Words for money out"
              placeholder="D, S, Soll"
              value={draft.debitWords}
              onChange={(event) => onChange({ debitWords: event.currentTarget.value })}
            />
            <TextInput
              label="Words for money in"
              placeholder="C, H, Haben"
              value={draft.creditWords}
              onChange={(event) => onChange({ creditWords: event.currentTarget.value })}
            />
          </>
        ) : null}
        <Column {...props} label="Currency" field="currencyColumn" />
        {draft.currencyColumn === '' ? (
          <TextInput
            label="All is in"
            value={draft.currency}
            maxLength={3}
            onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() })}
          />
        ) : null}
      </SimpleGrid>
      {draft.kind === 'signed' ? (
        <Switch
          label="What is written without a sign went out (card statements)"
          checked={draft.isInverted}
          onChange={(event) => onChange({ isInverted: event.currentTarget.checked })}
        />
      ) : null}
    </Stack>
  );
}

function RareFields(props: FieldsProps) {
  const { draft, onChange } = props;
  const count = (value: string | number): number => Math.max(0, Math.min(100, Number(value) || 0));
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Select
          label="Between the columns"
          data={DELIMITERS}
          value={draft.delimiter}
          allowDeselect={false}
          onChange={(delimiter) => onChange({ delimiter: delimiter ?? '' })}
        />
        <Select
          label="Encoding"
          data={[{ value: '', label: 'found by itself' }, ...TEXT_ENCODINGS]}
          value={draft.encoding}
          allowDeselect={false}
          onChange={(encoding) => onChange({ encoding: encoding ?? '' })}
        />
        <NumberInput
          label="Lines above to pass over"
          min={0}
          max={100}
          value={draft.skipLines}
          onChange={(value) => onChange({ skipLines: count(value) })}
        />
        <NumberInput
          label="Rows at the end to pass over"
          min={0}
          max={100}
          value={draft.skipLastRows}
          onChange={(value) => onChange({ skipLastRows: count(value) })}
        />
        <Column {...props} label="The bank's reference" field="bankReference" />
        <Column {...props} label="Amount before exchange" field="original" />
        <Column {...props} label="Its currency" field="originalCurrency" />
      </SimpleGrid>
      <Group>
        <Switch
          label="A row names the columns"
          checked={draft.hasHeader}
          onChange={(event) => onChange({ hasHeader: event.currentTarget.checked })}
        />
      </Group>
    </Stack>
  );
}
