// Why a category of tax is not charged, and to what the total is rounded.

import { Autocomplete, Grid, Select, Text, TextInput } from '@mantine/core';
import { decimalsOf, money, toDecimal } from '#kernel/money.ts';
import {
  type Draft,
  type DraftExemption,
  exemptCategories,
  TAX_CATEGORIES,
  type TaxCategory,
} from './draft.ts';

type Props = {
  readonly draft: Draft;
  readonly currency: string;
  at(field: string): string | undefined;
  onChange(change: Partial<Draft>): void;
};

/** Codes that are used again and again (VATEX); any other can be typed. */
const CODES: Readonly<Partial<Record<TaxCategory, readonly string[]>>> = {
  E: [
    'VATEX-EU-132',
    'VATEX-EU-135-1',
    'VATEX-EU-143',
    'VATEX-EU-D',
    'VATEX-EU-F',
    'VATEX-EU-I',
    'VATEX-EU-J',
    'VATEX-FR-FRANCHISE',
  ],
  AE: ['VATEX-EU-AE'],
  K: ['VATEX-EU-IC'],
  G: ['VATEX-EU-G'],
  O: ['VATEX-EU-O'],
};

/** One row for each category in the lines that carries no tax. Left empty, it says what its category usually says. */
export function Exemptions({ draft, at, onChange }: Props) {
  const put = (category: TaxCategory, change: Partial<DraftExemption>): void => {
    const before = draft.exemptions.find((e) => e.category === category) ?? {
      category,
      reason: '',
      code: '',
    };
    const others = draft.exemptions.filter((e) => e.category !== category);
    onChange({ exemptions: [...others, { ...before, ...change }] });
  };
  const sent = draft.exemptions.filter((e) => e.reason.trim() !== '' || e.code.trim() !== '');
  return (
    <Grid>
      {exemptCategories(draft).map((category, index) => {
        const told = draft.exemptions.find((e) => e.category === category);
        const label = TAX_CATEGORIES.find(({ value }) => value === category)?.label ?? category;
        const path = `exemptions/${told ? sent.indexOf(told) : -1}`;
        return (
          <Grid.Col span={12} key={category}>
            <Grid>
              <Grid.Col span={{ base: 12, sm: 7 }}>
                <TextInput
                  label={`${label}: why, in words`}
                  placeholder={category === 'E' ? 'Exempt under § 4 no. 21 UStG' : 'What is usual for it'}
                  data-path={index === 0 ? 'exemptions' : undefined}
                  maxLength={500}
                  value={told?.reason ?? ''}
                  onChange={(event) => put(category, { reason: event.currentTarget.value })}
                  error={at(`${path}/reason`) ?? (index === 0 ? at('exemptions') : undefined)}
                />
              </Grid.Col>
              <Grid.Col span={{ base: 12, sm: 5 }}>
                <Autocomplete
                  label="As a code (VATEX)"
                  aria-label={`Code of ${label}`}
                  data={[...(CODES[category] ?? [])]}
                  maxLength={36}
                  value={told?.code ?? ''}
                  onChange={(code) => put(category, { code })}
                  error={at(`${path}/code`)}
                />
              </Grid.Col>
            </Grid>
          </Grid.Col>
        );
      })}
    </Grid>
  );
}

/** To what the total is rounded; for amounts that are paid in cash, as five centimes in Switzerland. */
export function Rounding({ draft, currency, at, onChange }: Props) {
  const steps = decimalsOf(currency) === 0 ? [10, 100] : [5, 10, 50, 100];
  const own = Number(draft.roundToMinor);
  const all = draft.roundToMinor === '' || steps.includes(own) ? steps : [...steps, own];
  return (
    <>
      <Select
        label="Round the total"
        data-path="roundToMinor"
        mt="md"
        w={{ base: '100%', sm: 220 }}
        data={[
          { value: '', label: 'Not at all' },
          ...all.map((step) => ({
            value: String(step),
            label: `To ${toDecimal(money(BigInt(step), currency))} ${currency}`,
          })),
        ]}
        value={draft.roundToMinor}
        allowDeselect={false}
        onChange={(step) => onChange({ roundToMinor: step ?? '' })}
        error={at('roundToMinor')}
      />
      <Text size="xs" c="dimmed" mt={4}>
        For what is paid in cash. The difference stands in the totals and is booked.
      </Text>
    </>
  );
}
