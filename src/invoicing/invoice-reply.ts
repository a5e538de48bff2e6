// How documents are written in replies.

import { attachmentsReply } from '#attachments/attachment-reply.ts';
import type { Context } from '#command/command.ts';
import type { Finding } from '#einvoice/judge.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, money, subtract } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { entryText } from '#ledger/entry-reply.ts';
import type { AppliedRow } from '#ledger/list-documents.ts';
import { daysLate, isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { mayDo } from '#parties/may.ts';
import { type DiscountRight, discountOnOpen, isTooLate, lastDayOf } from '#terms/discount.ts';
import { plannedReply } from '#terms/terms-reply.ts';
import type { Allowance } from './allowance.ts';
import type { Calculated } from './calculate-invoice.ts';
import type { CreditNoteIssued } from './credit-invoice.ts';
import { linesTotal, type Priced } from './document.ts';
import type { DocumentContent } from './document-content.ts';
import { placed } from './e-invoice-findings.ts';
import type { ListedInvoice } from './list-invoices.ts';
import type { WholeInvoice } from './read-invoice.ts';
import { reasonLabel } from './reason-for-credit.ts';
import type { InvoiceRow } from './store.ts';

/** A document as a row of a list. */
export function rowReply({
  row,
  company,
  customer,
  standing,
}: Pick<ListedInvoice, 'row' | 'company' | 'customer' | 'standing'>) {
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    company: companyBrief(company),
    customer: customerBrief(customer),
    issuedOn: row.issued_on.toString(),
    dueOn: standing.dueOn.toString(),
    total: shownMoney(money(row.total_minor, row.currency)),
    open: shownMoney(standing.open),
    state: standing.state,
    daysLate: standing.daysLate,
    voidedOn: row.voided_on?.toString() ?? null,
  };
}

/** A document with all that belongs to it, and what the caller may do with it. */
export function invoiceReply(whole: WholeInvoice, context: Context) {
  const { row, company, priced, refusals } = whole;
  return {
    ...rowReply(whole),
    net: shownMoney(priced.net),
    tax: shownMoney(priced.tax),
    functional: shownMoney(money(row.functional_minor, company.functionalCurrency)),
    rate: decimalText(parseDecimal(row.rate)),
    purchaseOrder: row.purchase_order,
    paymentReference: row.payment_reference,
    note: row.note,
    externalId: row.external_id,
    reasonCode: row.reason_code,
    reasonLabel: row.reason_code === null ? null : reasonLabel(row.reason_code, whole.ownReasons, 'en'),
    reason: row.reason,
    discountTakenBack: whole.reversal
      ? { discount: shownMoney(whole.reversal.discount), tax: shownMoney(whole.reversal.tax) }
      : null,
    recordedAt: row.recorded_at.toString(),
    corrects: whole.corrects ? { id: whole.corrects.id, number: whole.corrects.number } : null,
    creditNotes: whole.corrections.map(correctionReply),
    creditable: shownMoney(whole.creditable),
    lines: priced.lines.map((line, index) => ({
      lineNo: index + 1,
      description: line.description,
      quantity: decimalText(line.quantity),
      unit: line.unit ?? null,
      unitPrice: decimalText(line.unitPrice),
      taxCategory: line.taxCategory,
      taxPercent: decimalText(line.taxPercent),
      net: shownMoney(line.net),
      detail: line.detail ?? null,
      unitCode: line.unitCode ?? null,
      baseQuantity: line.baseQuantity ? decimalText(line.baseQuantity) : null,
      sellerItem: line.sellerItem ?? null,
      buyerItem: line.buyerItem ?? null,
      periodFrom: line.periodFrom?.toString() ?? null,
      periodTo: line.periodTo?.toString() ?? null,
      orderLine: line.orderLine ?? null,
      note: line.note ?? null,
      allowances: (line.allowances ?? []).map(allowanceReply),
    })),
    allowances: priced.allowances.map((allowance) => ({
      ...allowanceReply(allowance),
      taxCategory: allowance.taxCategory,
      taxPercent: decimalText(allowance.taxPercent),
    })),
    taxes: taxesReply(priced),
    rounding: shownMoney(priced.rounding),
    attachments: attachmentsReply(whole.attachments),
    content: whole.content ? contentReply(whole.content) : null,
    withoutData: whole.withoutData ?? null,
    items: whole.items.map((item) => itemReply(item, whole.rights.get(item.id) ?? [], context.today)),
    applications: whole.applied.map(applicationReply),
    entries: whole.entries.map(entryText),
    findings: whole.findings.map(keptFindingReply),
    events: whole.events.map((event) => ({
      id: event.id,
      type: event.type,
      actor: event.actor.name,
      recordedAt: event.recordedAt.toString(),
      data: event.data as Record<string, unknown>,
    })),
    may: {
      credit: mayDo(context, 'invoice.credit', refusals.credit),
      void: mayDo(context, 'invoice.void', refusals.void),
      applyCredit: mayDo(context, 'payment.apply', refusals.applyCredit),
    },
  };
}

/** What a rule says of a document as an electronic invoice. */
export function findingReply(finding: Finding) {
  const { rule, severity, field, found, message, hint } = placed(finding);
  const places = finding.places.map(({ term, line }) => ({ term, line: line ?? null }));
  return { rule, severity, places, field, found, message, hint };
}

/** A credit note as issued, with lists of its own. */
export function creditNoteReply(issued: CreditNoteIssued) {
  return { ...issued, items: [...issued.items] };
}

/** What lines would come to. */
export function calculationReply(calculated: Calculated) {
  const { priced } = calculated;
  return {
    lines: priced.lines.map((line) => ({ net: shownMoney(line.net) })),
    allowances: priced.allowances.map((allowance) => ({ amount: shownMoney(allowance.amount) })),
    linesNet: shownMoney(linesTotal(priced)),
    taxes: taxesReply(priced),
    net: shownMoney(priced.net),
    tax: shownMoney(priced.tax),
    rounding: shownMoney(priced.rounding),
    total: shownMoney(priced.total),
    dueOn: calculated.dueOn?.toString() ?? null,
    schedule: calculated.schedule.map(plannedReply),
    instalments: calculated.instalments.map(shownMoney),
    problem: calculated.problem ?? null,
  };
}

function taxesReply(priced: Priced) {
  return priced.taxes.map((tax) => ({
    category: tax.category,
    percent: decimalText(tax.percent),
    net: shownMoney(tax.net),
    tax: shownMoney(tax.tax),
    exemptionReason: tax.exemptionReason ?? null,
    exemptionCode: tax.exemptionCode ?? null,
  }));
}

function allowanceReply(allowance: Allowance) {
  return {
    kind: allowance.kind,
    amount: shownMoney(allowance.amount),
    base: allowance.base ? shownMoney(allowance.base) : null,
    percent: allowance.percent ? decimalText(allowance.percent) : null,
    reason: allowance.reason ?? null,
    reasonCode: allowance.reasonCode ?? null,
  };
}

function contentReply({ references, delivery, seller, buyer }: DocumentContent) {
  const { delivery: place } = delivery;
  return {
    references: {
      buyerReference: references.buyerReference ?? null,
      salesOrder: references.salesOrder ?? null,
      contract: references.contract ?? null,
      project: references.project ?? null,
      despatchAdvice: references.despatchAdvice ?? null,
      receivingAdvice: references.receivingAdvice ?? null,
      object: references.object ?? null,
    },
    delivery: {
      deliveredOn: delivery.deliveredOn?.toString() ?? null,
      periodFrom: delivery.periodFrom?.toString() ?? null,
      periodTo: delivery.periodTo?.toString() ?? null,
      taxPointOn: delivery.taxPointOn?.toString() ?? null,
      delivery: place ? { ...place, name: place.name ?? null, region: place.region ?? null } : null,
    },
    seller: { name: seller.name, taxId: seller.taxId, iban: seller.iban, bic: seller.bic },
    buyer: { number: buyer.number, name: buyer.name, taxId: buyer.taxId, address: buyer.address },
  };
}

function correctionReply(row: InvoiceRow) {
  return {
    id: row.id,
    number: row.number,
    issuedOn: row.issued_on.toString(),
    total: shownMoney(money(row.total_minor, row.currency)),
    voidedOn: row.voided_on?.toString() ?? null,
  };
}

function itemReply(item: OpenItem, rights: readonly DiscountRight[], today: PlainDate) {
  const unsigned = (amount: Money): Money => (isDebit(item) ? amount : money(-amount.minor, amount.currency));
  return {
    id: item.id,
    instalment: item.instalment,
    amount: shownMoney(unsigned(item.amount)),
    open: shownMoney(unsigned(item.open)),
    dueOn: item.dueOn.toString(),
    daysLate: left(item) > 0n && isDebit(item) ? Math.max(0, daysLate(item, today)) : 0,
    discounts: rights.map((right) => discountReply(right, item, today)),
  };
}

/** A right to a discount, for what is open of its item; for all of it once it is settled. */
function discountReply(right: DiscountRight, item: OpenItem, today: PlainDate) {
  const of = left(item) > 0n ? item : { amount: item.amount, open: item.amount };
  const discount = discountOnOpen(right, of);
  return {
    source: right.source,
    untilOn: right.untilOn.toString(),
    lastOn: lastDayOf(right).toString(),
    percent: right.percent,
    discount: shownMoney(discount),
    pay: shownMoney(subtract(of.open, discount)),
    isPast: isTooLate(right, today),
  };
}

function applicationReply(row: AppliedRow) {
  const shown = (minor: bigint) => shownMoney(money(minor, row.currency));
  return {
    id: row.id,
    itemId: row.item_id,
    appliedOn: row.applied_on.toString(),
    recordedAt: row.recorded_at.toString(),
    amount: shown(row.amount_minor),
    discount: shown(row.discount_minor),
    difference: shown(row.difference_minor),
    method: row.method,
    reversesId: row.reverses_id,
    reversed: row.reversed,
    other: {
      itemId: row.other_id,
      kind: row.other_kind,
      documentId: row.other_document_id,
      reference: row.other_reference,
    },
  };
}

function companyBrief(company: Company) {
  return { id: company.id, code: company.code, name: company.name };
}

function customerBrief(customer: Customer) {
  return { id: customer.id, number: customer.number, name: customer.name };
}

/** A warning that an invoice was issued in spite of, and who said so. */
export function keptFindingReply(row: WholeInvoice['findings'][number]) {
  return { check: row.check_code, message: row.message, acceptedBy: row.accepted_by };
}
