// The editor of terms for late payment, with an example beside it that is reckoned while one types.

import {
  Checkbox,
  Grid,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { replaceChargePolicy } from '#charges/contract.ts';
import { me } from '#identity/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { SaveButtons } from './SaveButtons.tsx';
import { TermsExample } from './TermsExample.tsx';
import {
  amountsText,
  fixedSumsText,
  readAmounts,
  readFixedSums,
  readReminderFees,
  reminderFeesText,
  type Terms,
} from './terms.ts';

type TermsDialogProps = {
  readonly companyId: string;
  readonly customerId?: string;
  readonly start: Terms;
  readonly title: string;
  onClose(): void;
};

/** The first day of this year: what was issued before is left in peace unless somebody says otherwise. */
function yearStart(today: string): string {
  return `${today.slice(0, 4)}-01-01`;
}

export function TermsDialog({ companyId, customerId, start, title, onClose }: TermsDialogProps) {
  const [terms, setTerms] = useState<Terms>(start);
  const today = useRead(me).data?.today ?? '';
  const [chosen, setValidFrom] = useState<string>();
  const validFrom = chosen ?? (today && yearStart(today));
  const [texts, setTexts] = useState({
    minimums: amountsText(start.minimums),
    caps: amountsText(start.capAmounts),
    fixedSums: fixedSumsText(start.fixedSums),
    fees: reminderFeesText(start.reminderFees),
  });
  const replace = useCommand(replaceChargePolicy);
  const put = (change: Partial<Terms>): void => setTerms((before) => ({ ...before, ...change }));
  const whole: Terms = {
    ...terms,
    minimums: readAmounts(texts.minimums),
    capAmounts: readAmounts(texts.caps),
    fixedSums: readFixedSums(texts.fixedSums),
    reminderFees: readReminderFees(texts.fees),
  };
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const whose = customerId === undefined ? {} : { customerId };
    replace.mutate({ body: { companyId, ...whose, validFrom, terms: whole } }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={title} size="72rem">
      <form onSubmit={submit}>
        <Grid>
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Stack>
              {replace.error ? <Trouble problem={replace.error} /> : null}
              <TextInput
                label="Name"
                required
                data-autofocus
                value={terms.name}
                onChange={(e) => put({ name: e.currentTarget.value })}
              />
              <TextInput
                label="Law or clause"
                required
                description="Printed on each charge."
                value={terms.legalSource}
                onChange={(e) => put({ legalSource: e.currentTarget.value })}
              />
              <DayField
                label="For what is issued from"
                required
                value={validFrom}
                onChange={setValidFrom}
                description="An invoice goes by the terms in force on its day of issue."
              />
              <RateFields terms={terms} put={put} />
              <DayFields terms={terms} put={put} />
              <Textarea
                label="Fixed sums by size of the debt"
                description="One line each: from which debt on, and the sum. Empty for none."
                placeholder="0 EUR: 40 EUR"
                autosize
                value={texts.fixedSums}
                onChange={(e) => setTexts({ ...texts, fixedSums: e.currentTarget.value })}
              />
              <Textarea
                label="Fees for reminders"
                description="One line each: phase and fee. Phases: reminder, demand, final_notice."
                placeholder="demand: 5 EUR"
                autosize
                value={texts.fees}
                onChange={(e) => setTexts({ ...texts, fees: e.currentTarget.value })}
              />
              <Group grow align="flex-start">
                <TextInput
                  label="Not charged below"
                  placeholder="5.00 EUR"
                  value={texts.minimums}
                  onChange={(e) => setTexts({ ...texts, minimums: e.currentTarget.value })}
                />
                <TextInput
                  label="At most, as interest"
                  placeholder="500.00 EUR"
                  value={texts.caps}
                  onChange={(e) => setTexts({ ...texts, caps: e.currentTarget.value })}
                />
                <TextInput
                  label="At most, percent of the amount"
                  value={terms.capPercent ?? ''}
                  onChange={(e) => put({ capPercent: e.currentTarget.value.trim() || null })}
                />
              </Group>
              <Choices terms={terms} put={put} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Panel title="What they would ask">
              <TermsExample terms={whole} />
            </Panel>
          </Grid.Col>
        </Grid>
        <SaveButtons label="Put in force" busy={replace.isPending} onCancel={onClose} />
      </form>
    </Modal>
  );
}

type FieldsProps = { readonly terms: Terms; put(change: Partial<Terms>): void };

function RateFields({ terms, put }: FieldsProps) {
  const { rate } = terms;
  const toMode = (mode: string | null): void => {
    if (mode === 'fixed' || mode === 'monthly')
      put({ rate: { mode, percent: mode === 'fixed' ? '9' : '1.5' } });
    if (mode === 'reference')
      put({
        rate: { mode, code: 'ecb-mro', margin: '8', moves: 'each_half_year', referenceDay: 'first_day' },
      });
  };
  return (
    <>
      <Group grow align="flex-start">
        <Select
          label="Rate"
          data={[
            { value: 'reference', label: 'Reference rate + points' },
            { value: 'fixed', label: 'Percent a year' },
            { value: 'monthly', label: 'Percent a month' },
          ]}
          value={rate.mode}
          onChange={toMode}
          allowDeselect={false}
        />
        {rate.mode === 'reference' ? (
          <TextInput
            label="Points above it"
            required
            inputMode="decimal"
            value={rate.margin}
            onChange={(e) => put({ rate: { ...rate, margin: e.currentTarget.value.trim() } })}
          />
        ) : (
          <TextInput
            label="Percent"
            required
            inputMode="decimal"
            value={rate.percent}
            onChange={(e) => put({ rate: { ...rate, percent: e.currentTarget.value.trim() } })}
          />
        )}
      </Group>
      {rate.mode === 'reference' ? (
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput
            label="Reference rate"
            required
            value={rate.code}
            onChange={(e) => put({ rate: { ...rate, code: e.currentTarget.value.trim() } })}
          />
          <Select
            label="It counts"
            data={[
              { value: 'each_half_year', label: 'anew each half-year' },
              { value: 'fixed_at_start', label: 'as when interest starts' },
            ]}
            value={rate.moves}
            onChange={(moves) =>
              put({
                rate: { ...rate, moves: moves === 'fixed_at_start' ? 'fixed_at_start' : 'each_half_year' },
              })
            }
            allowDeselect={false}
          />
          <Select
            label="Of"
            data={[
              { value: 'first_day', label: '1 January, 1 July' },
              { value: 'day_before', label: '31 December, 30 June' },
            ]}
            value={rate.referenceDay}
            onChange={(on) =>
              put({ rate: { ...rate, referenceDay: on === 'day_before' ? 'day_before' : 'first_day' } })
            }
            allowDeselect={false}
          />
        </SimpleGrid>
      ) : null}
    </>
  );
}

const SHIFTS = ['none', 'following', 'modified_following', 'preceding'] as const;
const CALENDARS = ['t2', 'bacs', 'sic', 'fed'] as const;
const DAY_COUNTS = ['actual/365', 'actual/actual', 'actual/360', '30/360'] as const;

function DayFields({ terms, put }: FieldsProps) {
  return (
    <SimpleGrid cols={{ base: 2, xs: 3 }}>
      <Select
        label="Days of a year"
        data={[...DAY_COUNTS]}
        value={terms.dayCount}
        onChange={(count) => put({ dayCount: DAY_COUNTS.find((c) => c === count) ?? terms.dayCount })}
        allowDeselect={false}
      />
      <NumberInput
        label="Days of grace"
        min={0}
        max={365}
        allowDecimal={false}
        value={terms.graceDays}
        onChange={(days) => put({ graceDays: Number(days) })}
      />
      <NumberInput
        label="Interest ends after days"
        placeholder="never"
        min={1}
        max={36_500}
        allowDecimal={false}
        value={terms.maxDays ?? ''}
        onChange={(days) => put({ maxDays: days === '' ? null : Number(days) })}
      />
      <Select
        label="A due date on a closed day"
        data={[
          { value: 'none', label: 'stays' },
          { value: 'following', label: 'moves to the next open day' },
          { value: 'modified_following', label: 'moves on, within the month' },
          { value: 'preceding', label: 'moves to the day before' },
        ]}
        value={terms.dueShift}
        onChange={(shift) => put({ dueShift: SHIFTS.find((known) => known === shift) ?? terms.dueShift })}
        allowDeselect={false}
      />
      <Select
        label="Closed are weekends and days of"
        placeholder="nobody"
        clearable
        disabled={terms.dueShift === 'none'}
        data={[
          { value: 't2', label: 'T2 (euro area)' },
          { value: 'bacs', label: 'Bacs (United Kingdom)' },
          { value: 'sic', label: 'SIC (Switzerland)' },
          { value: 'fed', label: 'Fedwire (United States)' },
        ]}
        value={terms.dueCalendar ?? null}
        onChange={(code) => put({ dueCalendar: CALENDARS.find((known) => known === code) ?? null })}
      />
      <NumberInput
        label="Charge is due in days"
        min={0}
        max={365}
        allowDecimal={false}
        value={terms.paymentDays}
        onChange={(days) => put({ paymentDays: Number(days) })}
      />
    </SimpleGrid>
  );
}

function Choices({ terms, put }: FieldsProps) {
  const asks = (kind: Terms['debtors'][number]): boolean => terms.debtors.includes(kind);
  const toggle = (kind: Terms['debtors'][number]): void =>
    put({ debtors: asks(kind) ? terms.debtors.filter((d) => d !== kind) : [...terms.debtors, kind] });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Of whom, and how
      </Text>
      <Group>
        <Checkbox label="Businesses" checked={asks('business')} onChange={() => toggle('business')} />
        <Checkbox
          label="Public authorities"
          checked={asks('authority')}
          onChange={() => toggle('authority')}
        />
        <Checkbox label="Consumers" checked={asks('consumer')} onChange={() => toggle('consumer')} />
      </Group>
      <Checkbox
        label="Interest runs from the day after the due date once the grace is over"
        checked={terms.startRule === 'day_after_due'}
        onChange={(e) => put({ startRule: e.currentTarget.checked ? 'day_after_due' : 'day_after_grace' })}
      />
      <Checkbox
        label="The day money arrives still bears interest"
        checked={terms.receiptDay === 'charged'}
        onChange={(e) => put({ receiptDay: e.currentTarget.checked ? 'charged' : 'free' })}
      />
      <Checkbox
        label="Credit notes lower interest from the start (they correct an error)"
        checked={terms.creditNotes === 'from_start'}
        onChange={(e) => put({ creditNotes: e.currentTarget.checked ? 'from_start' : 'from_their_day' })}
      />
      <Checkbox
        label="Money and credit not applied yet lower interest"
        checked={terms.netCredits}
        onChange={(e) => put({ netCredits: e.currentTarget.checked })}
      />
      <Checkbox
        label="What was paid late in the meantime is charged too"
        checked={terms.paidLate}
        onChange={(e) => put({ paidLate: e.currentTarget.checked })}
      />
    </Stack>
  );
}
