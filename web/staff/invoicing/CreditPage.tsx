// Writing a credit note: for an invoice (all of it, some lines, or an amount) or for a customer without one. What it does, whether
// others have to approve it, and the paper itself stand beside the form while one writes. Ctrl+Enter issues it.

import { Grid, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { me } from '#identity/contract.ts';
import {
  checkCreditEInvoice,
  creditInvoice,
  issueCreditNote,
  previewCreditNote,
  readCreditReasons,
  readInvoice,
} from '#invoicing/contract.ts';
import { creditDispute, readDisputeCreditPlan } from '#remedies/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Input, Reply } from '../../lib/api.ts';
import { useCommand, useRead, useRehearsal } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { Money } from '../../ui/Money.tsx';
import { NotAllowed, Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { useApprovalPlan, useAsk } from '../approvals/WillAsk.tsx';
import { CreditEffect } from './CreditEffect.tsx';
import { CreditForm } from './CreditForm.tsx';
import { CreditLines } from './CreditLines.tsx';
import { CreditWhy, type Reasoned } from './CreditWhy.tsx';
import {
  bodyOf,
  type Credit,
  type How,
  type Invoice,
  isPriceable,
  newCredit,
  reasonOf,
  rehearsable,
  taxesOf,
  wholeRefusal,
} from './credit.ts';
import { type DraftLine, footnotesIn, isEmptyLine, newLine, requestLines } from './draft.ts';
import { EInvoiceFindings } from './EInvoiceFindings.tsx';
import { LineEditor, type SoughtField } from './LineEditor.tsx';
import { PaperPreview } from './PaperPreview.tsx';

/** A pause while one types, before the rules are asked. */
const CHECK_PAUSE_MS = 500;

export default function CreditPage() {
  const [search] = useAddress();
  const mayCredit = useMay('invoice.credit');
  const mayAsk = useMay('approval.request');
  const isKnown = useRead(me).data !== undefined;
  if (isKnown && !mayCredit && !mayAsk) return <NotAllowed title="New credit note" />;
  return search.invoice === undefined ? <OwnCredit /> : <OfInvoice invoiceId={search.invoice} />;
}

function OfInvoice({ invoiceId }: { readonly invoiceId: string }) {
  const [search] = useAddress();
  const read = useRead(readInvoice, { params: { invoiceId } });
  return (
    <Shown read={read}>
      {(invoice) =>
        search.dispute ? (
          <OfDispute invoice={invoice} disputeId={search.dispute} />
        ) : (
          <InvoiceCredit invoice={invoice} />
        )
      }
    </Shown>
  );
}

/** What is credited for a dispute: what is disputed of the invoice, with and without tax. */
type Disputed = Reply<typeof readDisputeCreditPlan>['invoices'][number] & { readonly disputeId: string };

function OfDispute({ invoice, disputeId }: { readonly invoice: Invoice; readonly disputeId: string }) {
  const read = useRead(readDisputeCreditPlan, { params: { disputeId } });
  return (
    <Shown read={read}>
      {({ invoices }) => {
        const disputed = invoices.find((one) => one.invoiceId === invoice.id);
        return (
          <InvoiceCredit invoice={invoice} {...(disputed ? { disputed: { ...disputed, disputeId } } : {})} />
        );
      }}
    </Shown>
  );
}

/** The net amount of what is disputed, by the tax it is credited with. */
function disputedNet(invoice: Invoice, disputed: Disputed, tax: number): string {
  const chosen = taxesOf(invoice)[tax];
  const own = disputed.taxes.find(
    ({ category, percent }) => category === chosen?.category && Number(percent) === Number(chosen.percent),
  );
  return (own ?? disputed.taxes[0])?.net.amount ?? '';
}

type Checked = Reply<typeof checkCreditEInvoice>;
type Issued = Reply<typeof creditInvoice> & { readonly disputeId?: string };

/** Issues a credit note, or asks others for it where the rules want that. */
function useIssue<O extends typeof creditInvoice | typeof creditDispute | typeof issueCreditNote>(
  operation: O,
  input: Input<O>,
  isReady: boolean,
  reason: string,
) {
  const go = useGo();
  const command = useCommand(operation);
  const asking = useAsk(operation);
  const { plan } = useApprovalPlan(operation, input, isReady);
  const isAsking = plan?.needed === true;
  const issue = (): void => {
    if (isAsking)
      asking.ask(input, reason, {
        onSuccess: ({ approvalId }) => {
          notifications.show({ message: 'Others are asked.' });
          go(`approvals/${approvalId}`);
        },
      });
    else
      command.mutate(input, {
        onSuccess: (reply) => {
          const done = reply as Issued;
          notifications.show({
            message: `Credit note ${done.number} over ${done.total} ${done.currency} is issued.`,
          });
          go(done.disputeId ? `disputes/${done.disputeId}` : `invoices/${done.creditNoteId}`);
        },
      });
  };
  return {
    issue,
    plan,
    isAsking,
    busy: command.isPending || asking.busy,
    problem: command.error ?? asking.problem,
  };
}

const CODES = {
  credit_reason_unknown: 'reason',
  credit_reason_without_words: 'reasonNote',
  credit_before_invoice: 'issuedOn',
  dated_in_future: 'issuedOn',
  period_locked: 'issuedOn',
  footnote_field_unknown: 'footnotes',
};
const FIELDS = [
  'reason',
  'reasonNote',
  'issuedOn',
  'note',
  'customerId',
  'companyId',
  'currency',
  'lines/',
  'footnotes',
  'footnotes/',
];

/** What the rules of the customer's e-invoice say of the credit note, a moment after one stopped typing. */
function useEInvoiceCheck(
  body: NonNullable<Input<typeof checkCreditEInvoice>['body']>,
  isReady: boolean,
): Checked | undefined {
  const [asked] = useDebouncedValue(JSON.stringify(body), CHECK_PAUSE_MS);
  const check = useRead(
    checkCreditEInvoice,
    { body: JSON.parse(asked) as typeof body },
    { enabled: isReady && asked === JSON.stringify(body) },
  );
  return isReady && check.error === null ? check.data : undefined;
}

function useReasonLabel(code: string): string {
  const reasons = useRead(readCreditReasons).data?.reasons ?? [];
  return reasons.find((reason) => reason.code === code)?.label ?? '';
}

function InvoiceCredit({ invoice, disputed }: { readonly invoice: Invoice; readonly disputed?: Disputed }) {
  const [credit, setCredit] = useState<Credit>(() => ({
    ...newCredit(invoice),
    ...(disputed ? { how: 'amount', net: disputedNet(invoice, disputed, 0) } : {}),
  }));
  const put = (change: Partial<Credit>): void => setCredit((before) => ({ ...before, ...change }));
  const label = useReasonLabel(credit.reason);
  const body = bodyOf(credit, invoice, label);
  const params = { invoiceId: invoice.id };
  const isWritten = isPriceable(body.lines);
  const isReady = isWritten && credit.reason !== '';
  const words = filled(credit.reasonNote) ?? label;
  const plain = useIssue(creditInvoice, { params, body }, isReady && !disputed, words);
  const forDispute = useIssue(
    creditDispute,
    {
      params: { disputeId: disputed?.disputeId ?? '' },
      body: { ...body, invoiceId: invoice.id, decision: { note: filled(credit.reasonNote) } },
    },
    isReady && disputed !== undefined,
    words,
  );
  const issuing = disputed ? forDispute : plain;
  const rehearsal = useRehearsal(creditInvoice, { params, body: rehearsable(body) }, isWritten);
  const { at, rest } = placeTrouble(issuing.problem, FIELDS, CODES);
  const whole = wholeRefusal(invoice);
  const written = {
    ...body,
    invoiceId: invoice.id,
    companyId: invoice.company.id,
    customerId: invoice.customer.id,
    currency: invoice.total.currency,
  };
  const checked = useEInvoiceCheck(rehearsable(written), isWritten);
  return (
    <CreditForm
      title={`Credit ${invoice.number}`}
      subtitle={
        <span>
          <TenantLink to={`customers/${invoice.customer.id}`}>{invoice.customer.name}</TenantLink> · can still
          be credited: <Money value={invoice.creditable} />
          {disputed ? (
            <>
              {' · '}
              <TenantLink to={`disputes/${disputed.disputeId}`}>disputed</TenantLink>:{' '}
              <Money value={disputed.disputed} />
            </>
          ) : null}
        </span>
      }
      back={disputed ? `disputes/${disputed.disputeId}` : `invoices/${invoice.id}`}
      issuing={issuing}
      isReady={isReady}
      problem={rest}
      findings={checked ? <EInvoiceFindings checked={checked} customerId={invoice.customer.id} /> : null}
      effect={
        <CreditEffect
          effect={isWritten ? rehearsal.data : undefined}
          problem={isWritten && rehearsal.error?.code !== 'approval_required' ? rehearsal.error : null}
          wanting={
            rehearsal.error?.code === 'approval_required'
              ? 'Others have to approve it first.'
              : isWritten
                ? 'One moment …'
                : credit.how === 'lines'
                  ? 'Choose the lines to credit.'
                  : 'Write an amount.'
          }
        />
      }
      preview={
        <PaperPreview
          operation={previewCreditNote}
          what="credit note"
          wants="The credit note appears here as soon as it has a reason and an amount."
          body={written}
          isReady={isReady}
        />
      }
    >
      <Panel title="How much">
        <Stack>
          <SegmentedControl
            aria-label="How much"
            value={credit.how}
            onChange={(how) => put({ how: how as How })}
            data={[
              { value: 'whole', label: 'All of it', disabled: whole !== undefined },
              { value: 'lines', label: 'Some lines', disabled: invoice.lines.length === 0 },
              { value: 'amount', label: 'An amount' },
            ]}
          />
          {whole ? (
            <Text size="xs" c="dimmed">
              {whole}
            </Text>
          ) : null}
          {credit.how === 'lines' ? (
            <CreditLines invoice={invoice} chosen={credit.chosen} onChange={(chosen) => put({ chosen })} />
          ) : null}
          {credit.how === 'amount' ? (
            <Group grow align="flex-start">
              <TextInput
                label={`Net amount (${invoice.total.currency})`}
                required
                inputMode="decimal"
                placeholder="100.00"
                value={credit.net}
                onChange={(event) => put({ net: event.currentTarget.value })}
                error={at('lines/0/unitPrice')}
              />
              <Select
                label="With the tax of"
                allowDeselect={false}
                data={taxesOf(invoice).map((tax, index) => ({
                  value: String(index),
                  label: `${tax.percent} %${tax.category === 'S' ? '' : ` (${tax.category})`}`,
                }))}
                value={String(credit.tax)}
                onChange={(index) => {
                  const tax = Number(index ?? 0);
                  const isProposed = disputed && credit.net === disputedNet(invoice, disputed, credit.tax);
                  put({ tax, ...(isProposed ? { net: disputedNet(invoice, disputed, tax) } : {}) });
                }}
              />
            </Group>
          ) : null}
        </Stack>
      </Panel>
      <CreditWhy credit={credit} usual={checked?.usual.footnotes} at={at} onChange={put} />
    </CreditForm>
  );
}

/** A credit note that corrects no invoice: a bonus, a gesture. */
function OwnCredit() {
  const [search, setSearch] = useAddress();
  const [companyId, setCompanyId] = useState('');
  const [chosenCurrency, setCurrency] = useState('');
  const [lines, setLines] = useState<readonly DraftLine[]>(() => [newLine()]);
  const [credit, setCredit] = useState<Reasoned>({
    reason: '',
    reasonNote: '',
    issuedOn: '',
    note: '',
    footnotes: null,
  });
  const company = useCompanies()?.find((each) => each.id === companyId);
  const currency = chosenCurrency || (company?.functionalCurrency ?? 'EUR');
  const label = useReasonLabel(credit.reason);
  const written = requestLines(lines);
  const body = {
    companyId,
    customerId: search.customer ?? '',
    currency,
    ...reasonOf(credit),
    lines: written,
    ...(credit.issuedOn === '' ? {} : { issuedOn: credit.issuedOn }),
    ...(filled(credit.note) === undefined ? {} : { note: credit.note.trim() }),
    ...footnotesIn(credit.footnotes),
  };
  const isWritten = search.customer !== undefined && companyId !== '' && isPriceable(written);
  const isReady = isWritten && credit.reason !== '';
  const issuing = useIssue(issueCreditNote, { body }, isReady, filled(credit.reasonNote) ?? label);
  const rehearsal = useRehearsal(issueCreditNote, { body: rehearsable(body) }, isWritten);
  const checked = useEInvoiceCheck(rehearsable(body), isWritten);
  const [sought, setSought] = useState<SoughtField | null>(null);
  const filledLines = lines.filter((line) => !isEmptyLine(line));
  const goTo = (field: string): void => {
    const [, no, name = 'description'] = /^lines\/(\d+)\/(\w+)/.exec(field) ?? [];
    const line = filledLines[Number(no ?? 0)];
    if (line) setSought({ key: line.key, field: name });
  };
  const { at: refusedAt, rest } = placeTrouble(issuing.problem, FIELDS, CODES);
  const at = (field: string): string | undefined =>
    refusedAt(field) ?? checked?.findings.find((found) => found.field === field)?.message;
  return (
    <CreditForm
      title="New credit note"
      isWide
      subtitle="Without an invoice: an open credit of the customer, to be applied or paid out."
      back={search.customer === undefined ? 'invoices' : `customers/${search.customer}`}
      issuing={issuing}
      isReady={isReady}
      problem={rest}
      findings={
        checked ? <EInvoiceFindings checked={checked} customerId={body.customerId} onGo={goTo} /> : null
      }
      effect={
        <CreditEffect
          effect={isWritten ? rehearsal.data : undefined}
          problem={isWritten && rehearsal.error?.code !== 'approval_required' ? rehearsal.error : null}
          wanting={
            rehearsal.error?.code === 'approval_required'
              ? 'Others have to approve it first.'
              : 'Choose a customer and write a line with a price.'
          }
        />
      }
      preview={
        <PaperPreview
          operation={previewCreditNote}
          what="credit note"
          wants="The credit note appears here as soon as it has a customer, a line and a reason."
          body={body}
          isReady={isReady}
        />
      }
    >
      <Panel title="For whom">
        <Grid>
          <Grid.Col span={{ base: 12, sm: 6 }}>
            <CustomerPicker
              label="Customer"
              required
              value={search.customer}
              onChange={(customer) => setSearch({ customer: customer?.id ?? '' })}
              error={at('customerId')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 8, sm: 4 }}>
            <CompanySelect value={companyId} onChange={setCompanyId} error={at('companyId')} />
          </Grid.Col>
          <Grid.Col span={{ base: 4, sm: 2 }}>
            <Select
              label="Currency"
              data={CURRENCY_CHOICES}
              value={currency}
              onChange={(code) => setCurrency(code ?? '')}
              searchable
              allowDeselect={false}
              error={at('currency')}
            />
          </Grid.Col>
        </Grid>
      </Panel>
      <Panel title="Lines">
        <LineEditor
          lines={lines}
          nets={new Map()}
          sought={sought}
          troubleOf={(line, field) => at(`lines/${filledLines.indexOf(line)}/${field}`)}
          onChange={setLines}
        />
      </Panel>
      <CreditWhy
        credit={credit}
        usual={checked?.usual.footnotes}
        at={at}
        onChange={(change) => setCredit((before) => ({ ...before, ...change }))}
      />
    </CreditForm>
  );
}
