// Issuing: documents get their numbers, their items and their entry, one or many, in one transaction. After that nothing
// about them changes.

import type { Act } from '#command/command.ts';
import { isQrIban, makeReference } from '#formats/payment-reference.ts';
import { assert, present } from '#kernel/assert.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { takeNumbers } from '#ledger/take-number.ts';
import { type Rate, rateText, takeRates, toFunctional } from '#ledger/take-rate.ts';
import type { Company } from '#parties/company.ts';
import { recordIssuedTerms } from '#terms/record-issued-terms.ts';
import { type PromisedDiscounts, recordItemDiscounts } from '#terms/record-item-discounts.ts';
import { checkInstalments, givenBy, lastDue, type ReadyDocument } from './document.ts';
import { checkEInvoice } from './e-invoice-findings.ts';
import { type Given, wholeToIssue } from './issued-whole.ts';
import { DEFAULT_SERIES, type DocumentPosting, documentPosting } from './posting.ts';
import { insertDocuments } from './store.ts';
import { insertDiscountReversals } from './store-credits.ts';

/** How documents are numbered: from a series of ours, or each with the number it already has elsewhere. */
export type Numbering = { readonly series: string } | { readonly numbers: readonly string[] };

export type IssuedDocument = {
  readonly document: ReadyDocument;
  readonly number: string;
  readonly items: readonly OpenItem[];
};

/**
 * Issues documents of one kind and company. Their dates, numbers and amounts are then fixed; open items are made, one per
 * instalment, and the books are posted on the day of issue at that day's exchange rate.
 *
 * Refuses: what `checkInstalments` refuses, `series_not_found`, `exchange_rate_missing`, `period_locked`, `einvoice_not_valid`.
 */
export async function issueDocuments(
  act: Act,
  company: Company,
  documents: readonly ReadyDocument[],
  numbering: Numbering,
  batchId: string | null = null,
): Promise<readonly IssuedDocument[]> {
  const [first] = documents;
  if (!first) return [];
  for (const document of documents) {
    assert(
      document.companyId === company.id && document.kind === first.kind,
      'documents issued together are of one kind and company',
    );
    checkInstalments(
      document.instalments,
      givenBy(document),
      'series' in numbering ? document.issuedOn : undefined,
    );
  }
  const numbered = 'series' in numbering;
  const rateOf = await ratesOf(act, company, documents);
  const numbers =
    'numbers' in numbering
      ? numbering.numbers.map((text) => ({ text, count: null }))
      : await takeNumbers(act, {
          companyId: company.id,
          documentKind: first.kind,
          series: numbering.series || DEFAULT_SERIES[first.kind],
          years: documents.map((d) => d.issuedOn.year),
        });
  const issued = documents.map((document, index) => {
    const number = present(numbers[index], 'every document has a number');
    const rate = rateOf(document);
    const functional = toFunctional(document.priced.total, rate);
    const paymentReference =
      document.paymentReference ??
      (numbered ? referenceFor(company, document, number.text) : undefined) ??
      null;
    checkWanted(document, { number: number.text, functional, paymentReference });
    return {
      document,
      number,
      rate,
      functional,
      paymentReference,
      posting: documentPosting(document, number.text, functional),
    };
  });
  insertDocuments(
    act,
    issued.map(({ document, number, rate, functional, paymentReference }) => ({
      id: document.id,
      kind: document.kind,
      company_id: company.id,
      customer_id: document.customerId,
      number: number.text,
      series: 'series' in numbering ? numbering.series || DEFAULT_SERIES[first.kind] : null,
      series_number: number.count,
      external_id: document.externalId ?? null,
      issued_on: document.issuedOn,
      due_on: lastDue(document.instalments),
      currency: document.priced.total.currency,
      net_minor: document.priced.net.minor,
      tax_minor: document.priced.tax.minor,
      rounding_minor: document.priced.rounding.minor,
      total_minor: document.priced.total.minor,
      rate: rateText(rate),
      functional_minor: functional.minor,
      purchase_order: document.purchaseOrder ?? null,
      payment_reference: paymentReference,
      note: document.note ?? null,
      corrects_id: document.correctsId ?? null,
      reason_code: document.reason?.code ?? null,
      reason: document.reason?.note ?? null,
      batch_id: batchId,
      recorded_at: act.now,
    })),
    documents,
  );
  insertDiscountReversals(
    act,
    documents.flatMap(({ id, reversal }) => (reversal ? [{ creditNoteId: id, reversal }] : [])),
  );
  recordIssuedTerms(
    act,
    documents.flatMap(({ id, terms }) => (terms ? [{ documentId: id, terms: terms.terms }] : [])),
  );
  postEntries(
    act,
    issued.map((i) => i.posting.entry),
    issued.flatMap((i) => i.posting.items),
  );
  recordItemDiscounts(act, issued.flatMap(promisedOf));
  return issued.map((i) => ({ document: i.document, number: i.number.text, items: i.posting.items }));
}

/** A document whose customer wants an e-invoice is judged as that, as it will stand. Refuses: what `checkEInvoice` refuses. */
function checkWanted(document: ReadyDocument, given: Given): void {
  if (document.eInvoice === undefined) return;
  const whole = wholeToIssue(document, given);
  if (whole) checkEInvoice(whole, document.eInvoice);
}

/**
 * What payers are to quote, where nothing else was agreed: the number in the company's structured form. An account that takes
 * no payment without a QR reference gets one whatever was chosen. Nothing where the number does not fit the form.
 */
function referenceFor(company: Company, document: ReadyDocument, number: string): string | undefined {
  if (document.kind !== 'invoice') return undefined;
  const needsQrr = company.iban !== null && isQrIban(company.iban);
  const scheme = needsQrr ? 'ch_qrr' : withoutQrr(company);
  return scheme === null ? undefined : makeReference(scheme, number);
}

/** The form a company chose, where its account takes it: an ordinary IBAN takes no QR reference. */
function withoutQrr({ iban, referenceScheme }: Company): Company['referenceScheme'] {
  return referenceScheme === 'ch_qrr' && iban !== null ? null : referenceScheme;
}

/** What the terms of a document promise on each of its items, which are in the order of its instalments. */
function promisedOf({
  document,
  posting,
}: {
  readonly document: ReadyDocument;
  readonly posting: DocumentPosting;
}): readonly PromisedDiscounts[] {
  const { terms, instalments } = document;
  if (!terms) return [];
  return posting.items.map((item, index) => ({
    itemId: item.id,
    discounts: instalments[index]?.discounts ?? [],
    graceDays: terms.terms.rules.graceDays,
    policy: terms.policy,
  }));
}

/** The rates of documents that bring none of their own. */
async function ratesOf(
  act: Act,
  { functionalCurrency }: Company,
  documents: readonly ReadyDocument[],
): Promise<(document: ReadyDocument) => Rate> {
  const asked = documents.filter((document) => !document.rate);
  const rateOn = await takeRates(
    act,
    asked.map(({ priced, issuedOn }) => ({ currency: priced.total.currency, on: issuedOn })),
    functionalCurrency,
  );
  return ({ rate, priced, issuedOn }) =>
    rate ? { rate, functionalCurrency } : rateOn(priced.total.currency, issuedOn);
}
