// Agreeing on an invoice that recurs, with the periods it would have beside the form while one types.

import {
  Button,
  Checkbox,
  Grid,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { addRecurring, changeRecurring, previewRecurring, readRecurring } from '#billing/contract.ts';
import { me } from '#identity/contract.ts';
import { useGo, usePathPart } from '../../lib/address.ts';
import type { ApiProblem, Input, Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { NotAllowed, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { type Draft, invoiceOf, newDraft, writtenLines } from '../invoicing/draft.ts';
import { LineEditor } from '../invoicing/LineEditor.tsx';
import { draftFrom } from '../invoicing/saved-draft.ts';
import { PeriodTimeline } from './PeriodTimeline.tsx';

const PAUSE_MS = 400;

const RHYTHMS = [
  { value: '1 week', label: 'Weekly' },
  { value: '1 month', label: 'Monthly' },
  { value: '3 month', label: 'Quarterly' },
  { value: '6 month', label: 'Half-yearly' },
  { value: '1 year', label: 'Yearly' },
] as const;

const FIELDS = [
  'name',
  'companyId',
  'customerId',
  'startsOn',
  'endsOn',
  'anchorDay',
  'every',
  'yearlyPercent',
  'lines/',
];
const CODES = {
  company_not_found: 'companyId',
  customer_not_found: 'customerId',
  ends_before_start: 'endsOn',
  price_step_not_valid: 'yearlyPercent',
};

type Read = Reply<typeof readRecurring>;

type Form = {
  readonly name: string;
  readonly customerId: string;
  readonly rhythm: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly anchorDay: string;
  readonly timing: 'advance' | 'arrears';
  readonly prorates: boolean;
  readonly yearlyPercent: string;
  readonly mode: 'draft' | 'issue';
  readonly stopsWhenUnpaid: boolean;
  readonly dueDays: string;
};

function formOf(read: Read | undefined, today: string): Form {
  return {
    name: read?.name ?? '',
    customerId: read?.customer?.id ?? '',
    rhythm: read ? `${read.every} ${read.unit}` : '1 month',
    startsOn: read?.startsOn ?? today,
    endsOn: read?.endsOn ?? '',
    anchorDay: read?.anchorDay ? String(read.anchorDay) : '',
    timing: read?.timing ?? 'advance',
    prorates: read?.prorates ?? true,
    yearlyPercent: read?.yearlyPercent ?? '',
    mode: read?.mode ?? 'draft',
    stopsWhenUnpaid: read?.stopsWhenUnpaid ?? false,
    dueDays: typeof read?.body.dueDays === 'number' ? String(read.body.dueDays) : '',
  };
}

export default function RecurringEditor() {
  const recurringId = usePathPart('recurringId');
  const read = useRead(readRecurring, { params: { recurringId } }, { enabled: recurringId !== '' });
  const today = useRead(me).data?.today;
  const mayIssue = useMay('invoice.issue');
  if (today === undefined) return null;
  if (!mayIssue) return <NotAllowed title="Recurring invoice" />;
  if (recurringId === '') return <Editor today={today} />;
  return <Shown read={read}>{(recurring) => <Editor today={today} read={recurring} />}</Shown>;
}

function Editor({ today, read }: { readonly today: string; readonly read?: Read }) {
  const go = useGo();
  const [form, setForm] = useState(() => formOf(read, today));
  const [draft, setDraft] = useState(() =>
    read ? { ...draftFrom(read.body), companyId: read.companyId } : newDraft(),
  );
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const add = useCommand(addRecurring);
  const change = useCommand(changeRecurring);
  const currency = useCompanies()?.find((c) => c.id === draft.companyId)?.functionalCurrency ?? 'EUR';
  const put = (changed: Partial<Form>): void => setForm((before) => ({ ...before, ...changed }));
  const body = bodyOf(form, draft, draft.currency || currency);
  const { at, rest } = placeTrouble(problem, FIELDS, CODES);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    try {
      const { recurringId } = read
        ? await change.mutateAsync({
            params: { recurringId: read.id },
            body: { ...body, version: read.version },
          })
        : await add.mutateAsync({ body });
      go(`invoices/recurring/${recurringId}`);
    } catch (error) {
      setProblem(error as ApiProblem);
    }
  };
  return (
    <Page
      title={read ? `Change ${read.name}` : 'New recurring invoice'}
      subtitle="Each period is invoiced once. A change is for periods that were not invoiced yet."
    >
      <form onSubmit={(event) => void submit(event)}>
        <Grid>
          <Grid.Col span={{ base: 12, xl: 8 }}>
            <Stack>
              {rest ? <Trouble problem={rest} /> : null}
              <Parties form={form} draft={draft} at={at} onChange={put} onDraft={setDraft} />
              <Rhythm form={form} at={at} onChange={put} />
              <Panel title="Lines of a whole period">
                <LineEditor
                  lines={draft.lines}
                  nets={new Map()}
                  troubleOf={(line, field) =>
                    at(`lines/${writtenLines(draft).findIndex((l) => l.key === line.key)}/${field}`)
                  }
                  onChange={(lines) => setDraft({ ...draft, lines })}
                />
              </Panel>
              <Agreements form={form} at={at} onChange={put} />
              <Group justify="flex-end">
                <Button variant="default" onClick={() => go('invoices/recurring')}>
                  Cancel
                </Button>
                <Button type="submit" loading={add.isPending || change.isPending}>
                  {read ? 'Save' : 'Agree'}
                </Button>
              </Group>
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, xl: 4 }}>
            <Panel title="What comes">
              <Preview body={body} today={today} />
            </Panel>
          </Grid.Col>
        </Grid>
      </form>
    </Page>
  );
}

type Body = NonNullable<Input<typeof addRecurring>['body']>;

function bodyOf(form: Form, draft: Draft, currency: string): Body {
  const [every = '1', unit = 'month'] = form.rhythm.split(' ');
  const says = invoiceOf(
    { ...draft, terms: 'once', dueOn: '' },
    { currency, issuedOn: '', customerId: form.customerId, instalments: [] },
  );
  const { companyId, customerId, issuedOn: _day, ...rest } = says;
  const { dueDays: _due, ...lasting } = rest as Record<string, unknown>;
  return {
    name: form.name,
    companyId,
    customerId,
    body: {
      ...(lasting as Record<string, never>),
      ...(form.dueDays.trim() === '' ? {} : { dueDays: Number(form.dueDays) as never }),
    },
    unit: unit as 'week' | 'month' | 'year',
    every: Number(every),
    startsOn: form.startsOn,
    ...(form.endsOn === '' ? {} : { endsOn: form.endsOn }),
    ...(form.anchorDay === '' || unit === 'week' ? {} : { anchorDay: Number(form.anchorDay) }),
    timing: form.timing,
    prorates: form.prorates,
    ...(form.yearlyPercent.trim() === '' ? {} : { yearlyPercent: form.yearlyPercent.trim() }),
    mode: form.mode,
    stopsWhenUnpaid: form.stopsWhenUnpaid,
  };
}

type PartProps = {
  readonly form: Form;
  at(field: string): string | undefined;
  onChange(change: Partial<Form>): void;
};

function Parties({
  form,
  draft,
  at,
  onChange,
  onDraft,
}: PartProps & { readonly draft: Draft; onDraft(draft: (before: Draft) => Draft): void }) {
  return (
    <Panel title="What and for whom">
      <Grid>
        <Grid.Col span={12}>
          <TextInput
            label="Name"
            description="For you; it does not stand on invoices"
            required
            maxLength={200}
            value={form.name}
            error={at('name')}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <CustomerPicker
            label="Customer"
            required
            value={form.customerId === '' ? undefined : form.customerId}
            onChange={(customer) => onChange({ customerId: customer?.id ?? '' })}
            error={at('customerId')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <CompanySelect
            value={draft.companyId}
            onChange={(companyId) => onDraft((before) => ({ ...before, companyId }))}
            error={at('companyId')}
          />
        </Grid.Col>
      </Grid>
    </Panel>
  );
}

function Rhythm({ form, at, onChange }: PartProps) {
  const known = RHYTHMS.some((rhythm) => rhythm.value === form.rhythm);
  return (
    <Panel title="When">
      <Grid>
        <Grid.Col span={{ base: 12, sm: 4 }}>
          <Select
            label="How often"
            data={known ? [...RHYTHMS] : [...RHYTHMS, { value: form.rhythm, label: `Every ${form.rhythm}s` }]}
            value={form.rhythm}
            allowDeselect={false}
            onChange={(rhythm) => onChange({ rhythm: rhythm ?? '1 month' })}
            error={at('every')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 6, sm: 4 }}>
          <DayField
            label="From"
            required
            value={form.startsOn}
            onChange={(startsOn) => onChange({ startsOn })}
            error={at('startsOn')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 6, sm: 4 }}>
          <DayField
            label="Until"
            value={form.endsOn}
            onChange={(endsOn) => onChange({ endsOn })}
            error={at('endsOn')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 4 }}>
          <NumberInput
            label="Periods begin on day"
            description="Empty: on the day it starts"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            max={31}
            disabled={form.rhythm.endsWith('week')}
            value={form.anchorDay}
            onChange={(value) => onChange({ anchorDay: String(value) })}
            error={at('anchorDay')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 8 }}>
          <SegmentedControl
            aria-label="Invoiced"
            mt={{ base: 0, sm: 25 }}
            data={[
              { value: 'advance', label: 'In advance' },
              { value: 'arrears', label: 'Afterwards' },
            ]}
            value={form.timing}
            onChange={(timing) => onChange({ timing: timing === 'arrears' ? 'arrears' : 'advance' })}
          />
        </Grid.Col>
      </Grid>
    </Panel>
  );
}

function Agreements({ form, at, onChange }: PartProps) {
  return (
    <Panel title="How">
      <Stack gap="sm">
        <SegmentedControl
          aria-label="What is made"
          style={{ alignSelf: 'flex-start' }}
          data={[
            { value: 'draft', label: 'Make drafts' },
            { value: 'issue', label: 'Issue by itself' },
          ]}
          value={form.mode}
          onChange={(mode) => onChange({ mode: mode === 'issue' ? 'issue' : 'draft' })}
        />
        <Group align="flex-start">
          <TextInput
            label="Due after, days"
            description="Empty: by the customer’s terms"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            inputMode="numeric"
            w={200}
            value={form.dueDays}
            error={/^\d{0,3}$/.test(form.dueDays.trim()) ? undefined : 'no number of days'}
            onChange={(event) => onChange({ dueDays: event.currentTarget.value })}
          />
          <TextInput
            label="Prices rise each year, %"
            inputMode="decimal"
            w={200}
            value={form.yearlyPercent}
            error={at('yearlyPercent')}
            onChange={(event) => onChange({ yearlyPercent: event.currentTarget.value })}
          />
        </Group>
        <Checkbox
          label="Short first and last periods cost their share of days"
          checked={form.prorates}
          onChange={(event) => onChange({ prorates: event.currentTarget.checked })}
        />
        <Checkbox
          label="Nothing further while an invoice before is overdue"
          checked={form.stopsWhenUnpaid}
          onChange={(event) => onChange({ stopsWhenUnpaid: event.currentTarget.checked })}
        />
      </Stack>
    </Panel>
  );
}

function Preview({ body, today }: { readonly body: Body; readonly today: string }) {
  const { unit, every, startsOn, endsOn, anchorDay, timing, prorates, priceSteps, yearlyPercent } = body;
  const currency = typeof body.body.currency === 'string' ? body.body.currency : 'EUR';
  const asking = {
    ...{ unit, every, startsOn, endsOn, anchorDay, timing, prorates, priceSteps, yearlyPercent },
    currency,
    body: body.body,
  };
  const [asked] = useDebouncedValue(JSON.stringify(asking), PAUSE_MS);
  const read = useRead(
    previewRecurring,
    { body: JSON.parse(asked) as typeof asking },
    { enabled: startsOn !== '' },
  );
  return <Shown read={read}>{({ next }) => <PeriodTimeline next={next} today={today} />}</Shown>;
}
