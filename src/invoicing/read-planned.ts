// What an invoice would be if it were issued now, without storing anything: what is printed and checked before issue.

import { inEInvoice } from '#attachments/attachment.ts';
import { readAttachments } from '#attachments/read-attachments.ts';
import type { Finding } from '#checks/invoice-checks.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { readTermsFor } from '#terms/read-terms.ts';
import { checkInstalments, type ReadyDocument } from './document.ts';
import type { DocumentContent } from './document-content.ts';
import { decideInvoice, type IssueInvoice } from './issue-invoice.ts';
import { makeContent, type Parties, takeParties } from './make-content.ts';
import { type OpenDraft, readCheckRules, readIssueFindings } from './read-issue-findings.ts';

/** A request, and the draft it is written in, whose files would become the invoice's. */
export type PlannedInvoice = IssueInvoice & { readonly draftId?: string | undefined };

export type Planned = {
  readonly parties: Parties;
  readonly content: DocumentContent;
  readonly document: ReadyDocument;
  /** Names of all files it would be issued with. */
  readonly attached: readonly string[];
};

/** The invoice that a request asks for. Refuses: what issuing it would refuse before it is checked. */
export async function readPlanned(tx: Tx, input: PlannedInvoice, today: PlainDate): Promise<Planned> {
  const [parties, files] = await Promise.all([
    takeParties(tx, input),
    input.draftId === undefined ? [] : readAttachments(tx, { draftId: input.draftId }),
  ]);
  const isPlanned = input.dueOn === undefined && input.instalments === undefined;
  const terms = isPlanned ? await readTermsFor(tx, parties, input.issuedOn) : undefined;
  const content = makeContent(parties, input);
  const { customer, wish } = parties;
  const known = { today, customer, terms, content, wish, files: inEInvoice(files) };
  const document = decideInvoice(input, known);
  checkInstalments(document.instalments, document.priced.total, document.issuedOn);
  return { parties, content, document, attached: files.map(({ name }) => name) };
}

/** What would be found about it. Refuses: what `readPlanned` refuses. */
export async function readPlannedFindings(
  tx: Tx,
  input: IssueInvoice,
  today: PlainDate,
  drafts: readonly OpenDraft[] = [],
): Promise<readonly Finding[]> {
  const [{ parties, document }, rules] = await Promise.all([
    readPlanned(tx, input, today),
    readCheckRules(tx, input.companyId, input.customerId),
  ]);
  return readIssueFindings(tx, document, parties, rules, { today, lock: false, drafts });
}
