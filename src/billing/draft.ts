// A draft is an invoice that is being written: what issuing would be asked for, as far as it is known. It may lack anything.
// It has no number and stands in no books; issuing it is what makes an invoice of it, once.

import { issueInvoice } from '#invoicing/contract.ts';
import { addUpLines, pricedRefusal } from '#invoicing/document.ts';
import type { IssueInvoice } from '#invoicing/issue-invoice.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, type Id, type InvoiceId, isId } from '#kernel/id.ts';
import { isCurrency, type Money } from '#kernel/money.ts';
import { type Facts, Refusal } from '#kernel/refusal.ts';

export type DraftId = Id<'invoice_draft'>;
export type IssueRunId = Id<'issue_run'>;

/** What issuing would be asked for: the request of `issue-invoice` in its outside form, any part of it missing. */
export type DraftBody = { readonly [key: string]: Json | undefined };

export type DraftSource = 'written' | 'copied' | 'recurring';

export type Draft = {
  readonly id: DraftId;
  readonly body: DraftBody;
  readonly companyId: CompanyId | null;
  readonly customerId: CustomerId | null;
  /** What it comes to, where that can be told. */
  readonly total: Money | null;
  /** Goes up at each change, so that two people do not overwrite each other unseen. */
  readonly version: number;
  readonly source: DraftSource;
  readonly state: 'open' | 'issued' | 'discarded';
  readonly invoiceId: InvoiceId | null;
  /** Why it could not be issued when that was last tried. */
  readonly refusal: KeptRefusal | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
};

/** A refusal as it is kept with what was refused. */
export type KeptRefusal = { readonly code: string; readonly facts: Facts };

/** What lists show of a body: whom it is for and what it comes to, as far as it says. */
export type DraftOutline = {
  readonly companyId: CompanyId | null;
  readonly customerId: CustomerId | null;
  readonly currency: string | null;
  readonly total: Money | null;
};

/** What a body says about itself, however incomplete it is. */
export function outlineOf(body: DraftBody): DraftOutline {
  const idIn = (value: unknown): string | null => (typeof value === 'string' && isId(value) ? value : null);
  const { currency } = body;
  const known = typeof currency === 'string' && isCurrency(currency) ? currency : null;
  return {
    companyId: idIn(body.companyId) as CompanyId | null,
    customerId: idIn(body.customerId) as CustomerId | null,
    currency: known,
    total: known === null ? null : totalOf(body, known),
  };
}

const PRICED_PART = issueInvoice.body.pick({
  lines: true,
  allowances: true,
  exemptions: true,
  roundToMinor: true,
});

/** What a body comes to; nothing while its lines cannot be read or priced. */
function totalOf(body: DraftBody, currency: string): Money | null {
  const read = PRICED_PART.safeParse({
    lines: body.lines,
    allowances: body.allowances,
    exemptions: body.exemptions,
    roundToMinor: body.roundToMinor,
  });
  if (!read.success) return null;
  try {
    const priced = addUpLines(read.data.lines, currency, read.data);
    return pricedRefusal(priced) === undefined ? priced.total : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Why a draft cannot be changed, issued or discarded, if so. */
export function draftRefusal(
  draft: Pick<Draft, 'state'>,
): 'draft_already_issued' | 'draft_discarded' | undefined {
  if (draft.state === 'issued') return 'draft_already_issued';
  return draft.state === 'discarded' ? 'draft_discarded' : undefined;
}

/**
 * Makes sure that a draft can be acted on, and is the one the caller saw.
 *
 * Refuses: `draft_already_issued`, `draft_discarded`, `draft_changed_meanwhile`.
 */
export function checkDraft(
  draft: Pick<Draft, 'id' | 'state' | 'version' | 'invoiceId'>,
  version: number | undefined,
): void {
  const refusal = draftRefusal(draft);
  if (refusal) throw new Refusal(refusal, { draftId: draft.id, invoiceId: draft.invoiceId });
  if (version !== undefined && version !== draft.version)
    throw new Refusal('draft_changed_meanwhile', { draftId: draft.id, seen: version, now: draft.version });
}

/** Fields named in one refusal of an incomplete draft; the rest show once these are mended. */
const FIELDS_NAMED_MAX = 20;

/** The request a draft makes. Refuses: `draft_incomplete`, naming the fields that lack or are not understood. */
export function requestOf(body: DraftBody): IssueInvoice {
  const read = issueInvoice.body.safeParse(body);
  // Consent is given when it is issued, to what is found then; what a draft keeps is none.
  if (read.success) return { ...read.data, accept: undefined };
  const fields = read.error.issues.map((issue) => `/${issue.path.join('/')}`);
  throw new Refusal('draft_incomplete', { fields: [...new Set(fields)].slice(0, FIELDS_NAMED_MAX) });
}
