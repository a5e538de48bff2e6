// Which items are meant: how late, how small in each currency, invoices or charges, and as what they are written off.

import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { WRITE_OFF_KINDS } from '#writeoffs/contract.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { Panel } from '../../ui/Page.tsx';
import { type DebtFacts, ReliefFacts } from '../writeoffs/ReliefFacts.tsx';
import { KIND_CHOICES } from '../writeoffs/relief-words.ts';
import { type TypedRule, type UpTo, upToText } from './rule.ts';

type RuleFormProps = {
  readonly rule: TypedRule;
  readonly facts: DebtFacts;
  onFacts(facts: DebtFacts): void;
  /** Changes the address. */
  onChange(change: Readonly<Record<string, string>>): void;
};

export function RuleForm({ rule, facts, onFacts, onChange }: RuleFormProps) {
  const companies = useCompanies();
  const own = companies?.find((one) => one.id === rule.companyId)?.functionalCurrency ?? 'EUR';
  const amounts: readonly UpTo[] = rule.upTo.length > 0 ? rule.upTo : [{ amount: '', currency: own }];
  const put = (upTo: readonly UpTo[]): void => onChange({ upto: upToText(upTo) });
  const change = (at: number, part: Partial<UpTo>): void =>
    put(amounts.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const used = new Set(amounts.map((one) => one.currency));
  return (
    <Panel title="Which items">
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          {(companies?.length ?? 0) > 1 || rule.companyId === '' ? (
            <CompanySelect value={rule.companyId} onChange={(company) => onChange({ company })} width={280} />
          ) : null}
          <Select
            label="Written off as"
            w={220}
            allowDeselect={false}
            data={KIND_CHOICES}
            value={rule.kind}
            onChange={(value) => onChange({ kind: WRITE_OFF_KINDS.find((one) => one === value) ?? '' })}
          />
          <TextInput
            label="Overdue at least"
            w={150}
            inputMode="numeric"
            rightSection="days"
            rightSectionWidth={48}
            value={rule.days}
            onChange={(e) => onChange({ days: e.currentTarget.value.replaceAll(/\D/g, '').slice(0, 5) })}
          />
          <SegmentedControl
            aria-label="Invoices or charges"
            data={[
              { value: '', label: 'All' },
              { value: 'invoice', label: 'Invoices' },
              { value: 'charge', label: 'Charges' },
            ]}
            value={rule.itemKind}
            onChange={(item) => onChange({ item })}
          />
        </Group>
        <Group align="flex-end" gap="sm">
          {amounts.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, its currency can be changed
            <Group key={at} align="flex-end" gap={4} wrap="nowrap">
              <TextInput
                label={at === 0 ? 'Open up to' : `And up to`}
                aria-label={`Open up to, in ${one.currency}`}
                w={110}
                inputMode="decimal"
                value={one.amount}
                onChange={(e) => change(at, { amount: e.currentTarget.value.replaceAll(/[-_]/g, '') })}
              />
              <Select
                aria-label="Currency"
                w={100}
                searchable
                allowDeselect={false}
                data={CURRENCY_CHOICES}
                value={one.currency}
                onChange={(currency) => change(at, { currency: currency ?? one.currency })}
              />
              {amounts.length > 1 ? (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={`Leave ${one.currency} out`}
                  onClick={() => put(amounts.filter((_, index) => index !== at))}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              ) : null}
            </Group>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            mb={6}
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() =>
              put([
                ...amounts,
                { amount: '', currency: ['EUR', 'USD', 'GBP', 'CHF'].find((one) => !used.has(one)) ?? own },
              ])
            }
          >
            Another currency
          </Button>
        </Group>
        {rule.kind === 'bad_debt' ? <ReliefFacts facts={facts} onChange={onFacts} /> : null}
      </Stack>
    </Panel>
  );
}
