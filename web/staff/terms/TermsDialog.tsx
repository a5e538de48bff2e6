// The editor of payment terms: typed in short (2/10 net 30) or put together, with a picture of what they mean for an invoice
// of today beside it.

import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import {
  addPaymentTerms,
  changePaymentTerms,
  type listPaymentTerms,
  previewPaymentTerms,
} from '#terms/contract.ts';
import { type ApiProblem, call, type Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { useTenant } from '../../lib/tenant.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel } from '../../ui/Page.tsx';
import { DueFields } from './DueFields.tsx';
import {
  CALENDAR_CHOICES,
  type Instalment,
  NET_30,
  newDue,
  type Rules,
  SHIFT_CHOICES,
  type Tier,
} from './rules.ts';
import { TermsTimeline } from './TermsTimeline.tsx';

export type Terms = Reply<typeof listPaymentTerms>['rows'][number];

const CODES = {
  payment_terms_code_taken: 'code',
  terms_not_understood: 'notation',
  calendar_not_valid: 'calendar',
};
const EXAMPLE = '1000';
const PAUSE_MS = 250;

export function TermsDialog({ terms, onClose }: { readonly terms: Terms | undefined; onClose(): void }) {
  const add = useCommand(addPaymentTerms);
  const change = useCommand(changePaymentTerms);
  const form = useFields({ code: '', name: terms?.name ?? '' });
  const [rules, setRules] = useState<Rules>(terms?.rules ?? NET_30);
  // Fields keep what was typed; rules filled in from the short form make them anew.
  const [filledIn, setFilledIn] = useState(0);
  const command = terms ? change : add;
  const { at, rest } = placeTrouble(command.error, ['code', 'name', 'calendar'], CODES);
  const submit = (): void => {
    const { code, name } = form.values;
    const done = { onSuccess: onClose };
    if (terms) change.mutate({ params: { paymentTermsId: terms.id }, body: { name, rules } }, done);
    else add.mutate({ body: { code, name, rules } }, done);
  };
  return (
    <FormDialog
      title={terms ? `Change ${terms.name}` : 'Add payment terms'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={terms ? 'Save' : 'Add'}
      busy={command.isPending}
      problem={rest}
      size="xl"
    >
      <Group grow align="flex-start">
        {terms ? null : (
          <TextInput
            label="Code"
            placeholder="N30"
            required
            data-autofocus
            {...form.text('code')}
            error={at('code')}
          />
        )}
        <TextInput
          label="Name"
          placeholder="30 days net"
          required
          {...form.text('name')}
          error={at('name')}
        />
      </Group>
      <Notation
        onRead={(read) => {
          setRules({ ...read, graceDays: rules.graceDays, shift: rules.shift, calendar: rules.calendar });
          setFilledIn(filledIn + 1);
        }}
      />
      <Instalments key={`instalments ${filledIn}`} rules={rules} onChange={setRules} />
      <Discounts key={`discounts ${filledIn}`} rules={rules} onChange={setRules} />
      <BusinessDays rules={rules} wrong={at('calendar')} onChange={setRules} />
      <Picture rules={rules} />
      {terms ? (
        <Text size="sm" c="dimmed">
          Issued invoices keep their due dates and discounts.
        </Text>
      ) : null}
    </FormDialog>
  );
}

/** The short form people write terms in, read by the server into rules. */
function Notation({ onRead }: { onRead(rules: Rules): void }) {
  const tenant = useTenant();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const read = async (): Promise<void> => {
    if (text.trim() === '') return;
    setBusy(true);
    setProblem(null);
    const body = { notation: text, amount: { amount: EXAMPLE, currency: 'EUR' } };
    await call(previewPaymentTerms, { body }, { tenant }).then(
      (preview) => onRead(preview.rules),
      (error: ApiProblem) => setProblem(error),
    );
    setBusy(false);
  };
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap">
      <TextInput
        label="In short"
        placeholder="2/10, 1/20, net 30"
        description="Or EOM+30, 30 days end of month, 15th next month, 50/50 30/60"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        style={{ flex: 1 }}
        value={text}
        error={problem?.message}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void read();
        }}
      />
      <Button variant="default" mt={25} loading={busy} onClick={() => void read()}>
        Fill in
      </Button>
    </Group>
  );
}

type PartProps = { readonly rules: Rules; onChange(rules: Rules): void };

function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}

function Instalments({ rules, onChange }: PartProps) {
  const { instalments } = rules;
  const put = (index: number, change: Partial<Instalment>): void =>
    onChange({
      ...rules,
      instalments: instalments.map((one, at) => (at === index ? { ...one, ...change } : one)),
    });
  const several = instalments.length > 1;
  return (
    <Panel
      title={several ? 'Instalments' : 'Due'}
      actions={
        <AddButton
          label="Add an instalment"
          onClick={() =>
            onChange({
              ...rules,
              instalments: [...instalments, { share: { weight: '1' }, due: newDue('days') }],
            })
          }
        />
      }
    >
      <Stack gap="sm">
        {instalments.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: instalments have no other name than their place
          <Group key={index} gap="xs" align="flex-end">
            {several ? (
              <ShareFields
                instalment={one}
                name={`Instalment ${index + 1}`}
                onChange={(share) => put(index, { share })}
              />
            ) : null}
            <DueFields
              due={one.due}
              name={`Instalment ${index + 1}`}
              onChange={(due) => put(index, { due })}
            />
            {several ? (
              <RemoveButton
                label={`Remove instalment ${index + 1}`}
                onClick={() => onChange({ ...rules, instalments: without(instalments, index) })}
              />
            ) : null}
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}

function ShareFields({
  instalment,
  name,
  onChange,
}: {
  readonly instalment: Instalment;
  readonly name: string;
  onChange(share: Instalment['share']): void;
}) {
  const { share } = instalment;
  const isFixed = 'amount' in share;
  const text = isFixed ? share.amount : share.weight;
  const of = (value: string, fixed: boolean): Instalment['share'] =>
    fixed ? { amount: value } : { weight: value };
  return (
    <Group gap={4} wrap="nowrap" align="flex-end">
      <TextInput
        label={isFixed ? 'Amount' : 'Parts'}
        aria-label={`${name}: ${isFixed ? 'amount' : 'parts'}`}
        inputMode="decimal"
        w={80}
        value={text}
        error={typedDecimal(text) === undefined}
        onChange={(event) => onChange(of(event.currentTarget.value.replace(',', '.'), isFixed))}
      />
      <Select
        aria-label={`${name}: kind of share`}
        data={[
          { value: 'weight', label: 'parts' },
          { value: 'amount', label: 'fixed' },
        ]}
        value={isFixed ? 'amount' : 'weight'}
        onChange={(kind) => onChange(of(text, kind === 'amount'))}
        allowDeselect={false}
        w={92}
      />
    </Group>
  );
}

function Discounts({ rules, onChange }: PartProps) {
  const discounts = rules.discounts ?? [];
  const put = (index: number, change: Partial<Tier>): void =>
    onChange({
      ...rules,
      discounts: discounts.map((tier, at) => (at === index ? { ...tier, ...change } : tier)),
    });
  return (
    <Panel
      title="Discounts for paying early"
      actions={
        <AddButton
          label="Add a discount"
          onClick={() =>
            onChange({
              ...rules,
              discounts: [...discounts, { percent: '2', until: { kind: 'days', days: 10 } }],
            })
          }
        />
      }
    >
      <Stack gap="sm">
        {discounts.length === 0 ? (
          <Text size="sm" c="dimmed">
            None: all is to be paid, whenever it is paid.
          </Text>
        ) : null}
        {discounts.map((tier, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tiers have no other name than their place
          <Group key={index} gap="xs" align="flex-end">
            <TextInput
              label="Percent"
              aria-label={`Discount ${index + 1}: percent`}
              inputMode="decimal"
              w={80}
              value={tier.percent}
              error={typedDecimal(tier.percent) === undefined}
              onChange={(event) => put(index, { percent: event.currentTarget.value.replace(',', '.') })}
            />
            <DueFields
              due={tier.until}
              name={`Discount ${index + 1}`}
              onChange={(until) => put(index, { until })}
            />
            <RemoveButton
              label={`Remove discount ${index + 1}`}
              onClick={() => onChange({ ...rules, discounts: without(discounts, index) })}
            />
          </Group>
        ))}
        {discounts.length === 0 ? null : (
          <NumberInput
            label="Days of grace"
            description="A payment so many days late still earns the discount; not printed."
            inputWrapperOrder={['label', 'input', 'description']}
            min={0}
            max={60}
            allowDecimal={false}
            value={rules.graceDays ?? 0}
            onChange={(days) => onChange({ ...rules, graceDays: Number(days) || 0 })}
            maw={320}
          />
        )}
      </Stack>
    </Panel>
  );
}

function BusinessDays({ rules, wrong, onChange }: PartProps & { readonly wrong: string | undefined }) {
  const calendar = rules.calendar ?? 'none';
  const isPlace = !CALENDAR_CHOICES.some((choice) => choice.value === calendar);
  return (
    <Group grow align="flex-start">
      <Select
        label="A date on a day without business"
        data={SHIFT_CHOICES}
        value={rules.shift ?? 'none'}
        onChange={(shift) => onChange({ ...rules, shift: (shift ?? 'none') as Rules['shift'] })}
        allowDeselect={false}
      />
      {(rules.shift ?? 'none') === 'none' ? null : (
        <>
          <Select
            label="Calendar"
            data={[...CALENDAR_CHOICES, { value: 'place', label: 'Another country or state' }]}
            value={isPlace ? 'place' : calendar}
            onChange={(code) => onChange({ ...rules, calendar: code === 'place' ? 'DE' : (code ?? 'none') })}
            allowDeselect={false}
          />
          {isPlace ? (
            <TextInput
              label="Country or state"
              placeholder="DE-BY"
              value={calendar}
              error={wrong}
              onChange={(event) => onChange({ ...rules, calendar: event.currentTarget.value.toUpperCase() })}
            />
          ) : null}
        </>
      )}
    </Group>
  );
}

/** What the rules mean for an invoice of today, while one writes. */
function Picture({ rules }: { readonly rules: Rules }) {
  const currency = useCompanies()?.[0]?.functionalCurrency ?? 'EUR';
  const [asked] = useDebouncedValue(JSON.stringify(rules), PAUSE_MS);
  const preview = useRead(previewPaymentTerms, {
    body: { rules: JSON.parse(asked) as Rules, amount: { amount: EXAMPLE, currency } },
  });
  const { data, error } = preview;
  return (
    <Panel title="An invoice of today">
      {error ? (
        <Text size="sm" c="dimmed" role="status">
          {error.code === 'bad_input' ? 'Some of it cannot be read yet.' : error.message}
        </Text>
      ) : data ? (
        <Stack gap="sm">
          <Text size="sm" fw={550}>
            {data.words}
          </Text>
          <TermsTimeline issuedOn={data.issuedOn} instalments={data.instalments} />
          {data.costs.map((cost) => (
            <Text key={`${cost.percent} ${cost.daysEarlier}`} size="xs" c="dimmed">
              Giving {cost.percent} % to be paid {cost.daysEarlier} days earlier costs {cost.on365} % a year.
            </Text>
          ))}
        </Stack>
      ) : null}
    </Panel>
  );
}

function AddButton({ label, onClick }: { readonly label: string; onClick(): void }) {
  return (
    <Button
      size="xs"
      variant="default"
      style={{ flex: 'none' }}
      leftSection={<IconPlus size={14} aria-hidden />}
      aria-label={label}
      onClick={onClick}
    >
      Add
    </Button>
  );
}

function RemoveButton({ label, onClick }: { readonly label: string; onClick(): void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
      <IconTrash size={16} />
    </ActionIcon>
  );
}
