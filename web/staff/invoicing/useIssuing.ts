// Pricing an invoice while it is written, keeping it as a draft, issuing it, and where what was refused belongs.

import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMemo, useRef, useState } from 'react';
import { issueDraft } from '#billing/contract.ts';
import { me } from '#identity/contract.ts';
import { calculateInvoice, checkEInvoice, checkInvoice, issueInvoice } from '#invoicing/contract.ts';
import { useGo } from '../../lib/address.ts';
import { ApiProblem, call } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useTenant } from '../../lib/tenant.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import type { MoneyValue } from '../../ui/Money.tsx';
import { calculationOf, type Draft, invoiceOf, keptOf, priceableLines, writtenLines } from './draft.ts';
import type { FieldFinding } from './FieldFindings.tsx';
import { useSavedDraft } from './useSavedDraft.ts';

const PAUSE_MS = 250;
/** Checks look at earlier invoices: they wait until one has stopped typing. */
const CHECK_PAUSE_MS = 700;
/** Refusals that tell findings. */
const CHECKED = new Set(['checks_refused', 'checks_not_accepted']);

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
  'allowances',
  'allowances/',
  'references/',
  'delivery/',
  'exemptions',
  'exemptions/',
  'roundToMinor',
  'footnotes',
  'footnotes/',
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
  allowance_without_reason: 'allowances',
  allowance_incomplete: 'allowances',
  allowance_negative: 'allowances',
  footnote_field_unknown: 'footnotes',
};

export type KnownDraft = { readonly draftId: string; readonly version: number };

/** The totals while one writes, the draft, issuing, and where what was refused belongs. */
export function useIssuing(
  draft: Draft,
  customerId: string | undefined,
  known: KnownDraft | undefined,
  onBegun: (draftId: string) => void,
) {
  const tenant = useTenant();
  const go = useGo();
  const today = useRead(me).data?.today ?? '';
  const company = useCompanies()?.find((c) => c.id === draft.companyId);
  const issue = useCommand(issueInvoice);
  const issueKept = useCommand(issueDraft);
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
  const bodyWith = (instalments: readonly MoneyValue[]) =>
    invoiceOf(draft, { ...about, customerId: customerId ?? '', instalments });
  const body = bodyWith(calculated?.instalments ?? []);
  const isWritten = writtenLines(draft).length > 0;
  const saved = useSavedDraft(JSON.stringify(keptOf(draft, body)), isWritten && today !== '', known, onBegun);
  const codes = {
    ...CODES,
    due_before_issue: draft.terms === 'once' ? 'dueOn' : 'instalments',
  };
  const stopped = problem && CHECKED.has(problem.code) ? findingsIn(problem) : [];
  const { at: refusedAt, rest } = placeTrouble(stopped.length > 0 ? null : problem, FIELDS, codes);
  const isIssuable = isWritten && customerId !== undefined && calculated?.problem === null;
  const planned = saved.draftId === undefined ? body : { ...body, draftId: saved.draftId };
  const checked = useEInvoiceCheck(planned, isIssuable);
  const at = (field: string): string | undefined =>
    refusedAt(field) ?? checked?.findings.find((found) => found.field === field)?.message;
  const isReady =
    (customerId ?? '') !== '' &&
    (calculated?.problem ?? 'none') === 'none' &&
    isWritten &&
    draft.companyId !== '';
  const [rested] = useDebouncedValue(JSON.stringify(body), CHECK_PAUSE_MS);
  const checking = useRead(
    checkInvoice,
    { body: JSON.parse(rested) as typeof body },
    { enabled: isReady && rested === JSON.stringify(body) },
  );
  const send = async (accept: readonly string[]): Promise<void> => {
    const asking = calculationOf(draft, writtenLines(draft), about);
    // The parts are asked for once more: what is shown may be a moment behind what was typed.
    const instalments =
      draft.terms === 'instalments'
        ? (await call(calculateInvoice, { body: asking }, { tenant })).instalments
        : [];
    const wanted = bodyWith(instalments);
    const done = saved.draftId
      ? await issueAsDraft(wanted, accept)
      : await issue.mutateAsync({ body: { ...wanted, accept: [...accept] } });
    isIssued.current = true;
    notifications.show({ message: `${done.number} over ${done.total} ${done.currency} is issued.` });
    go(`invoices/${done.invoiceId}`);
  };
  const issueAsDraft = async (wanted: typeof body, accept: readonly string[]) => {
    const { draftId, version } = await saved.save(JSON.stringify(keptOf(draft, wanted)));
    return issueKept.mutateAsync({ params: { draftId }, body: { version, accept: [...accept] } });
  };
  return {
    about,
    /** What would be issued, with the draft whose files go along. */
    planned,
    calculated,
    nets,
    at,
    rest,
    busy,
    saved,
    checked,
    isDone: () => isIssued.current,
    pricingProblem: calculation.error,
    /** What is found about it as it stands, while one writes. */
    findings: isReady ? (checking.data?.findings ?? []) : [],
    /** What stopped it when it was to be issued; all of them warnings, it can be issued all the same. */
    stopped,
    /** Issues it, in spite of the warnings named. */
    issue: async (accept: readonly string[] = []): Promise<void> => {
      setBusy(true);
      setProblem(null);
      await send(accept).catch((error: ApiProblem) => setProblem(withFields(error)));
      setBusy(false);
    },
  };
}

/** What the rules of the customer's e-invoice say of it, a moment after one stopped typing; nothing while it cannot be issued yet. */
function useEInvoiceCheck(body: ReturnType<typeof invoiceOf>, isIssuable: boolean) {
  const [asked] = useDebouncedValue(JSON.stringify(body), PAUSE_MS * 2);
  const check = useRead(checkEInvoice, { body: JSON.parse(asked) as typeof body }, { enabled: isIssuable });
  return isIssuable && check.error === null ? check.data : undefined;
}

/** An incomplete draft names its fields as facts; here they become findings beside them. */
function withFields(problem: ApiProblem): ApiProblem {
  if (problem.code !== 'draft_incomplete' || !Array.isArray(problem.facts.fields)) return problem;
  const errors = problem.facts.fields.map((field) => ({
    pointer: `/body${field}`,
    message: 'Fill this in.',
  }));
  return new ApiProblem(problem.status, { title: problem.message, code: problem.code, errors });
}

/** The findings a refusal tells. */
function findingsIn(problem: ApiProblem): readonly FieldFinding[] {
  return Array.isArray(problem.facts.findings) ? (problem.facts.findings as FieldFinding[]) : [];
}
