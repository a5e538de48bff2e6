// How drafts, runs and recurring invoices are written in replies.

import type { Attachment } from '#attachments/attachment.ts';
import { attachmentsReply } from '#attachments/attachment-reply.ts';
import { decimalText } from '#kernel/percent.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Customer } from '#parties/customer.ts';
import { issueDraft } from './contract.ts';
import type { Draft, KeptRefusal } from './draft.ts';
import type { ListedDraft, ReadRun } from './read-drafts.ts';
import type { NextPeriod, ReadRecurring } from './read-recurring.ts';
import type { InvoicedPeriod } from './store-recurring.ts';

/** A draft as a row of a list. */
export function draftRowReply({ draft, customer }: ListedDraft) {
  return { ...draftFacts(draft), customer: customer ? customerBrief(customer) : null };
}

/** A draft with all that is written. */
export function draftReply(draft: Draft, files: readonly Attachment[]) {
  return {
    ...draftFacts(draft),
    customerId: draft.customerId,
    invoiceId: draft.invoiceId,
    body: draft.body as Record<string, unknown>,
    attachments: attachmentsReply(files),
  };
}

function draftFacts(draft: Draft) {
  return {
    id: draft.id,
    version: draft.version,
    companyId: draft.companyId,
    total: draft.total ? shownMoney(draft.total) : null,
    source: draft.source,
    state: draft.state,
    refusal: draft.refusal ? refusalReply(draft.refusal) : null,
    changedAt: draft.changedAt.toString(),
  };
}

/** A refusal that was kept, with what it means; one that later versions no longer know is shown by its code. */
export function refusalReply(refusal: KeptRefusal) {
  const [, message] = issueDraft.refusals[refusal.code] ?? [409, refusal.code.replaceAll('_', ' ')];
  return { code: refusal.code, message, facts: { ...refusal.facts } as Record<string, unknown> };
}

/** A run and how far it is. */
export function runReply({ run, issued, refused }: ReadRun) {
  return {
    id: run.id,
    state: run.state === 'done' ? ('done' as const) : ('running' as const),
    drafts: run.drafts,
    issued,
    refused,
    startedAt: run.created_at.toString(),
    finishedAt: run.finished_at?.toString() ?? null,
  };
}

/** A recurring invoice with what comes next. */
export function recurringReply({ recurring, customer, next, invoiced }: ReadRecurring) {
  return {
    id: recurring.id,
    version: recurring.version,
    name: recurring.name,
    companyId: recurring.companyId,
    customer: customer ? customerBrief(customer) : null,
    body: recurring.body as Record<string, unknown>,
    unit: recurring.unit,
    every: recurring.every,
    startsOn: recurring.startsOn.toString(),
    endsOn: recurring.endsOn?.toString() ?? null,
    anchorDay: recurring.anchorDay ?? null,
    timing: recurring.timing,
    prorates: recurring.prorates,
    priceSteps: recurring.priceSteps.map((step) => ({
      from: step.from.toString(),
      percent: decimalText(step.percent),
    })),
    yearlyPercent: recurring.yearlyPercent ? decimalText(recurring.yearlyPercent) : null,
    mode: recurring.mode,
    stopsWhenUnpaid: recurring.stopsWhenUnpaid,
    pausedOn: recurring.pausedOn?.toString() ?? null,
    next: next.map(nextReply),
    invoicedCount: invoiced.length,
  };
}

/** A period to come. */
export function nextReply({ period, total }: NextPeriod) {
  return {
    from: period.from.toString(),
    to: period.to.toString(),
    issueOn: period.issueOn.toString(),
    days: period.days,
    ofDays: period.ofDays,
    total: total ? shownMoney(total) : null,
  };
}

/** A period that was invoiced. */
export function invoicedReply(period: InvoicedPeriod) {
  return {
    from: period.from.toString(),
    to: period.to.toString(),
    draftId: period.draftId,
    state: period.state,
    invoiceId: period.invoiceId,
    number: period.number,
    refusal: period.refusal ? refusalReply(period.refusal) : null,
  };
}

/** A customer by name and number. */
export function customerBrief(customer: Customer) {
  return { id: customer.id, number: customer.number, name: customer.name };
}
