// Writing and issuing an invoice by keyboard. Totals come from the server while one types; what it refuses stands beside
// the field it is about. Ctrl+Enter issues.

import { Button, Grid, Group, Kbd, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type FormEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { me } from '#identity/contract.ts';
import { calculateInvoice, issueInvoice } from '#invoicing/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import { type ApiProblem, call, type Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { useTenant } from '../../lib/tenant.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { NotAllowed, Page, Panel, Trouble } from '../../ui/Page.tsx';
import { UnsavedGuard } from '../../ui/UnsavedGuard.tsx';
import {
  calculationOf,
  type Draft,
  type DraftLine,
  invoiceOf,
  newDraft,
  priceableLines,
  writtenLines,
} from './draft.ts';
import { LineEditor } from './LineEditor.tsx';
import { TermsEditor } from './TermsEditor.tsx';

const PAUSE_MS = 250;

const FIELDS = [
  'companyId',
  'customerId',
  'issuedOn',
  'dueOn',
  'currency',
  'instalments',
  'instalments/',
  'lines/',
  'purchaseOrder',
  'paymentReference',
  'note',
];
const CODES = {
  company_not_found: 'companyId',
  customer_not_found: 'customerId',
  customer_archived: 'customerId',
  issued_too_far_ahead: 'issuedOn',
  period_locked: 'issuedOn',
  no_due_date: 'dueOn',
  exchange_rate_missing: 'currency',
  instalments_not_total: 'instalments',
  instalment_not_positive: 'instalments',
  no_instalments: 'instalments',
  too_many_instalments: 'instalments',
};

type Calculated = Reply<typeof calculateInvoice>;

export default function NewInvoicePage() {
  const mayIssue = useMay('invoice.issue');
  const isKnown = useRead(me).data !== undefined;
  if (isKnown && !mayIssue) return <NotAllowed title="New invoice" />;
  return <NewInvoice />;
}

function NewInvoice() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const [draft, setDraft] = useState(newDraft);
  const issuing = useIssuing(draft, search.customer);
  const { about, calculated, nets, at, rest } = issuing;
  const put = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const form = useRef<HTMLFormElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void issuing.issue();
  };
  const lineIndex = new Map(writtenLines(draft).map((line, index) => [line.key, index]));
  const troubleOf = (line: DraftLine, field: string): string | undefined => {
    const index = lineIndex.get(line.key);
    return index === undefined ? undefined : at(`lines/${index}/${field}`);
  };
  return (
    <Page
      title="New invoice"
      subtitle="Once issued it has its number, stands in the books and never changes."
    >
      <UnsavedGuard isUnsaved={() => !issuing.isDone() && writtenLines(draft).length > 0} />
      <form onSubmit={submit} onKeyDown={onKeyDown} ref={form}>
        <Stack>
          {rest ? <Trouble problem={rest} /> : null}
          <Panel title="For whom and when">
            <Grid>
              <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
                <CustomerPicker
                  label="Customer"
                  required
                  value={search.customer}
                  onChange={(customer) => setSearch({ customer: customer?.id ?? '' })}
                  error={at('customerId')}
                />
              </Grid.Col>
              <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
                <CompanySelect
                  value={draft.companyId}
                  onChange={(companyId) => put({ companyId })}
                  error={at('companyId')}
                />
              </Grid.Col>
              <Grid.Col span={{ base: 6, lg: 2 }}>
                <DayField
                  label="Issued"
                  required
                  value={about.issuedOn}
                  onChange={(issuedOn) => put({ issuedOn })}
                  error={at('issuedOn')}
                />
              </Grid.Col>
              <Grid.Col span={{ base: 6, lg: 2 }}>
                <Select
                  label="Currency"
                  data={CURRENCY_CHOICES}
                  value={about.currency}
                  onChange={(code) => put({ currency: code ?? '' })}
                  searchable
                  allowDeselect={false}
                  error={at('currency')}
                />
              </Grid.Col>
            </Grid>
          </Panel>
          <Panel title="Lines">
            <LineEditor
              lines={draft.lines}
              nets={nets}
              troubleOf={troubleOf}
              onChange={(lines) => put({ lines })}
            />
          </Panel>
          <Grid>
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Panel title="Payment">
                <TermsEditor
                  draft={draft}
                  dueByTerms={calculated?.dueOn ?? null}
                  parts={calculated?.instalments ?? []}
                  at={at}
                  onChange={put}
                />
              </Panel>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Totals calculated={calculated} currency={about.currency} problem={issuing.pricingProblem} />
            </Grid.Col>
          </Grid>
          <References draft={draft} at={at} onChange={put} />
          <Group justify="flex-end">
            <Text size="sm" c="dimmed" visibleFrom="sm">
              <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
            </Text>
            <Button variant="default" onClick={() => go('invoices')}>
              Cancel
            </Button>
            <Button type="submit" loading={issuing.busy}>
              Issue it
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

/** The totals while one writes, issuing, and where what was refused belongs. */
function useIssuing(draft: Draft, customerId: string | undefined) {
  const tenant = useTenant();
  const go = useGo();
  const today = useRead(me).data?.today ?? '';
  const company = useCompanies()?.find((c) => c.id === draft.companyId);
  const issue = useCommand(issueInvoice);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const isIssued = useRef(false);
  const about = {
    currency: draft.currency || (company?.functionalCurrency ?? 'EUR'),
    issuedOn: draft.issuedOn || today,
    customerId,
  };
  const priced = useMemo(() => priceableLines(draft), [draft]);
  const [asked] = useDebouncedValue(JSON.stringify(calculationOf(draft, priced, about)), PAUSE_MS);
  const calculation = useRead(
    calculateInvoice,
    { body: JSON.parse(asked) as ReturnType<typeof calculationOf> },
    { enabled: today !== '' },
  );
  const calculated = calculation.data;
  const nets = new Map<number, MoneyValue>(
    priced.flatMap((line, index) => {
      const net = calculated?.lines[index]?.net;
      return net && net.currency === about.currency ? [[line.key, net] as const] : [];
    }),
  );
  const codes = {
    ...CODES,
    due_before_issue: draft.terms === 'once' ? 'dueOn' : 'instalments',
  };
  const { at, rest } = placeTrouble(problem, FIELDS, codes);
  const send = async (): Promise<void> => {
    const body = calculationOf(draft, writtenLines(draft), about);
    // The parts are asked for once more: what is shown may be a moment behind what was typed.
    const instalments =
      draft.terms === 'instalments' ? (await call(calculateInvoice, { body }, { tenant })).instalments : [];
    const done = await issue.mutateAsync({
      body: invoiceOf(draft, { ...about, customerId: customerId ?? '', instalments }),
    });
    isIssued.current = true;
    notifications.show({ message: `${done.number} over ${done.total} ${done.currency} is issued.` });
    go(`invoices/${done.invoiceId}`);
  };
  return {
    about,
    calculated,
    nets,
    at,
    rest,
    busy,
    isDone: () => isIssued.current,
    pricingProblem: calculation.error,
    issue: async (): Promise<void> => {
      setBusy(true);
      setProblem(null);
      await send().catch(setProblem);
      setBusy(false);
    },
  };
}

const PROBLEM_WORDS: Readonly<Record<string, string>> = {
  no_lines: 'Write a line with a price.',
  total_not_positive: 'The total must be above zero. For money back, credit an invoice instead.',
};

function Totals({
  calculated,
  currency,
  problem,
}: {
  readonly calculated: Calculated | undefined;
  readonly currency: string;
  readonly problem: ApiProblem | null;
}) {
  const nothing = { amount: '0', currency };
  const shown = calculated?.total.currency === currency ? calculated : undefined;
  const words = shown?.problem ? (PROBLEM_WORDS[shown.problem] ?? shown.problem.replaceAll('_', ' ')) : null;
  return (
    <Panel title="Totals">
      <Table aria-live="polite">
        <Table.Tbody>
          <Table.Tr>
            <Table.Td>Net</Table.Td>
            <Table.Td className="numeric">
              <Money value={shown?.net ?? nothing} bare />
            </Table.Td>
          </Table.Tr>
          {shown?.taxes.map((tax) => (
            <Table.Tr key={tax.category + tax.percent}>
              <Table.Td>
                Tax {tax.percent} % on <Money value={tax.net} bare />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={tax.tax} bare />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th>Total</Table.Th>
            <Table.Th className="numeric" fz="lg">
              <Money value={shown?.total ?? nothing} />
            </Table.Th>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {problem ? (
        <Text size="sm" className="late" role="status" px="md" pt="xs">
          {problem.message}
        </Text>
      ) : words ? (
        <Text size="sm" c="dimmed" role="status" px="md" pt="xs">
          {words}
        </Text>
      ) : null}
    </Panel>
  );
}

function References({
  draft,
  at,
  onChange,
}: {
  readonly draft: Draft;
  at(field: string): string | undefined;
  onChange(change: Partial<Draft>): void;
}) {
  return (
    <Panel title="References">
      <Grid>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <TextInput
            label="Purchase order"
            maxLength={100}
            value={draft.purchaseOrder}
            onChange={(event) => onChange({ purchaseOrder: event.currentTarget.value })}
            error={at('purchaseOrder')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <TextInput
            label="Payment reference"
            description="Empty: the number of the invoice"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={140}
            value={draft.paymentReference}
            onChange={(event) => onChange({ paymentReference: event.currentTarget.value })}
            error={at('paymentReference')}
          />
        </Grid.Col>
        <Grid.Col span={12}>
          <Textarea
            label="Note on the invoice"
            autosize
            minRows={2}
            maxLength={2_000}
            value={draft.note}
            onChange={(event) => onChange({ note: event.currentTarget.value })}
            error={at('note')}
          />
        </Grid.Col>
      </Grid>
    </Panel>
  );
}
