// What an invoice would be if it were issued now, without storing anything: what is printed and checked before issue.

import type { Finding } from '#checks/invoice-checks.ts';
import type { Tx } from '#db/transaction.ts';
import { readSetting } from '#delivery/read-reach.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { readTermsFor } from '#terms/read-terms.ts';
import { checkInstalments, type ReadyDocument } from './document.ts';
import type { DocumentContent } from './document-content.ts';
import { decideInvoice, type IssueInvoice } from './issue-invoice.ts';
import { makeContent, type Parties, takeParties } from './make-content.ts';
import { type OpenDraft, readCheckRules, readIssueFindings } from './read-issue-findings.ts';

export type Planned = {
  readonly parties: Parties;
  readonly content: DocumentContent;
  readonly document: ReadyDocument;
};

/** The invoice that a request asks for. Refuses: what issuing it would refuse before it is checked. */
export async function readPlanned(tx: Tx, input: IssueInvoice, today: PlainDate): Promise<Planned> {
  const parties = await takeParties(tx, input.companyId, input.customerId);
  const isPlanned = input.dueOn === undefined && input.instalments === undefined;
  const terms = isPlanned ? await readTermsFor(tx, parties, input.issuedOn) : undefined;
  const content = makeContent(parties, input);
  const { customer, wish } = parties;
  const document = decideInvoice(input, { today, customer, terms, content, wish });
  checkInstalments(document.instalments, document.priced.total, document.issuedOn);
  return { parties, content, document };
}

/** What would be found about it. Refuses: what `readPlanned` refuses. */
export async function readPlannedFindings(
  tx: Tx,
  input: IssueInvoice,
  today: PlainDate,
  drafts: readonly OpenDraft[] = [],
): Promise<readonly Finding[]> {
  const [{ parties, document }, setting, rules] = await Promise.all([
    readPlanned(tx, input, today),
    readSetting(tx, input.companyId),
    readCheckRules(tx, input.companyId, input.customerId),
  ]);
  return readIssueFindings(tx, document, parties, { rules, setting }, { today, lock: false, drafts });
}
