// The fields in which a person says what the columns of a gateway's payout report mean.

import { MultiSelect, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { PAYOUT_KINDS } from '#gateways/contract.ts';
import { countText } from '../../lib/format.ts';
import { type Kind, kindOf, type PayoutDraft, type PayoutLook, plain } from './payout-draft.ts';

/** What a row of a gateway is, in words. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  charge: 'a payment of a customer',
  refund: 'a refund',
  dispute: 'a chargeback',
  reversal: 'a refund or chargeback given back',
  fee: 'a fee',
  payout: 'the payout to the bank',
  carried: 'carried from or to another payout',
  other: 'something else',
};

const DATES = [
  { value: 'year_month_day', label: 'year month day (2026-12-31)' },
  { value: 'day_month_year', label: 'day month year (31.12.2026)' },
  { value: 'month_day_year', label: 'month day year (12/31/2026)' },
];

type FieldsProps = {
  readonly draft: PayoutDraft;
  readonly look: PayoutLook;
  onChange(change: Partial<PayoutDraft>): void;
};

/** Fields of a draft that hold one column. */
type ColumnField = { [K in keyof PayoutDraft]: PayoutDraft[K] extends string ? K : never }[keyof PayoutDraft];

const NEEDED: readonly (readonly [ColumnField, string])[] = [
  ['gross', 'Gross'],
  ['fee', 'Fee'],
  ['net', 'Net'],
  ['type', 'Type of the row'],
  ['on', 'Date'],
  ['id', 'Name of the row'],
  ['payout', 'Payout'],
];

const MORE: readonly (readonly [ColumnField, string, string])[] = [
  ['payoutOn', 'Date of the payout', 'That of its own row'],
  ['payer', 'Customer', 'Not in the file'],
  ['charge', 'Payment it takes back', 'The name of the row'],
  ['currency', 'Currency', 'That of the account'],
  ['account', 'Account', 'The one that was chosen'],
];

export function PayoutFields({ draft, look, onChange }: FieldsProps) {
  const choices = choicesOf(look);
  const column = ([field, label, otherwise]: readonly [ColumnField, string, string?]) => (
    <Select
      key={field}
      label={label}
      data={choices}
      value={draft[field] === '' ? null : draft[field]}
      onChange={(name) => onChange({ [field]: name ?? '' })}
      placeholder={otherwise ?? 'Choose'}
      withAsterisk={otherwise === undefined}
      clearable={otherwise !== undefined}
      allowDeselect={otherwise !== undefined}
      searchable
    />
  );
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        {NEEDED.map(column)}
        <MultiSelect
          label="Text"
          data={choices}
          value={[...draft.texts]}
          onChange={(texts) => onChange({ texts })}
          placeholder={draft.texts.length === 0 ? 'Where invoices are named' : ''}
          searchable
        />
        {MORE.map(column)}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Select
          label="Dates are written"
          data={DATES}
          value={draft.dateOrder}
          allowDeselect={false}
          onChange={(order) =>
            onChange({ dateOrder: (order ?? 'year_month_day') as PayoutDraft['dateOrder'] })
          }
        />
        <div>
          <Text size="sm" fw={500}>
            Decimals
          </Text>
          <SegmentedControl
            aria-label="Decimals"
            data={[
              { value: '.', label: '1,234.50' },
              { value: ',', label: '1.234,50' },
            ]}
            value={draft.decimalMark}
            onChange={(mark) => onChange({ decimalMark: mark === ',' ? ',' : '.' })}
          />
        </div>
        <Switch
          mt={26}
          label="Fees stand with a minus"
          checked={draft.isFeeNegative}
          onChange={(event) => onChange({ isFeeNegative: event.currentTarget.checked })}
        />
        <Switch
          mt={26}
          label="Refunds, chargebacks and payouts stand without a minus"
          checked={draft.isTakenPositive}
          onChange={(event) => onChange({ isTakenPositive: event.currentTarget.checked })}
        />
      </SimpleGrid>
      {draft.type === '' || look.words.length === 0 ? null : (
        <div>
          <Text size="sm" fw={600} mb={4}>
            What its words mean
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
            {look.words.map(({ word, rows }) => (
              <Select
                key={plain(word)}
                label={`${word === '' ? 'no word' : word} · ${rows === 1 ? '1 row' : `${countText(rows)} rows`}`}
                data={PAYOUT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
                value={kindOf(draft, word) || null}
                placeholder="Choose"
                withAsterisk
                allowDeselect={false}
                onChange={(kind) =>
                  onChange({ kinds: { ...draft.kinds, [plain(word)]: (kind ?? '') as Kind | '' } })
                }
              />
            ))}
          </SimpleGrid>
        </div>
      )}
    </Stack>
  );
}

/** Columns by name, each name that stands once, with a value as an example. */
function choicesOf({ header, rows }: PayoutLook) {
  const example = rows[1]?.cells ?? [];
  return header.flatMap((name, index) => {
    const isAlone = name !== '' && header.filter((other) => plain(other) === plain(name)).length === 1;
    if (!isAlone) return [];
    const shown = (example[index] ?? '').trim().slice(0, 24);
    return [{ value: name, label: shown === '' ? name : `${name} · ${shown}` }];
  });
}
