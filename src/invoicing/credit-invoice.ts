// Crediting an invoice, wholly or in part: a credit note that names it, applied to it at once as far as it is open.

import { requireApproval } from '#approvals/require-approval.ts';
import type { Act, Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readSetting } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import { type InvoiceId, newId } from '#kernel/id.ts';
import { type Money, money, toDecimal, zero } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments, readStandingApplications } from '#ledger/read-items.ts';
import { businessDay, settleItems, takeItems } from '#ledger/settle-items.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import type { Company } from '#parties/company.ts';
import {
  type Creditable,
  creditableOf,
  creditMatter,
  creditToOwnInvoice,
  decideCredit,
} from './crediting.ts';
import { type DiscountReversal, decideDiscountReversal, discountLeft } from './discount-reversal.ts';
import { type Extras, givenBy, type NewLine, type Priced, type ReadyDocument } from './document.ts';
import { type IssuedDocument, issueDocuments } from './issue-documents.ts';
import { makeContent, takeParties } from './make-content.ts';
import { checkReason, type GivenReason, isCommonReason } from './reason-for-credit.ts';
import { findCorrections, findPriced, type InvoiceRow, lockInvoices } from './store.ts';
import { findContents } from './store-content.ts';
import { findCreditReasons, findDiscountReversals } from './store-credits.ts';

export type CreditInvoice = Extras & {
  readonly invoiceId: InvoiceId;
  /** Left out, today, or the day of the invoice if that is later. */
  readonly issuedOn?: PlainDate | undefined;
  /** A code, and words beside it; `other` needs them. */
  readonly reason: string;
  readonly reasonNote?: string | undefined;
  /** Left out, the whole invoice. */
  readonly lines?: readonly NewLine[] | undefined;
  readonly footnotes?: readonly string[] | undefined;
  readonly note?: string | undefined;
  readonly externalId?: string | undefined;
  readonly series?: string | undefined;
};

/** A credit note as issued: what was applied at once and to which instalment, what it took back of a discount, what is left. */
export type CreditNoteIssued = {
  readonly creditNoteId: string;
  readonly number: string;
  readonly total: string;
  readonly currency: string;
  readonly applied: string;
  readonly open: string;
  readonly discount: string;
  readonly items: readonly {
    readonly itemId: string;
    readonly instalment: number;
    readonly dueOn: string;
    readonly before: string;
    readonly after: string;
  }[];
};

/**
 * Credits an invoice. It is booked at the invoice's own exchange rate, since it takes back what was booked then. What the
 * invoice has no more open stays an open credit of the customer, less the discount that was granted on it
 * (`decideDiscountReversal`).
 *
 * Refuses: `invoice_not_found`, what `decideCredit` and `checkReason` refuse, `dated_in_future`, `external_id_taken`,
 * `credit_gives_nothing`, what `makeContent`, `issueDocuments` and `requireApproval` refuse.
 */
export const creditInvoice: Command<CreditInvoice, CreditNoteIssued> = {
  name: 'credit-invoice',
  permission: 'invoice.credit',
  constraints: { invoice_external_id: 'external_id_taken', invoice_number: 'invoice_number_taken' },
  async run(act, input) {
    // The invoice is locked first, so that two credit notes at once cannot be more than it together.
    const [row] = await lockInvoices(act, [input.invoiceId]);
    if (!row) throw new Refusal('invoice_not_found', { invoiceId: input.invoiceId });
    const [known, parties, contents, items, reason] = await Promise.all([
      readCreditable(act, row),
      takeParties(act, { companyId: row.company_id, customerId: row.customer_id, currency: row.currency }),
      findContents(act, [row.id]),
      lockOwnItems(act, row.id),
      takeReason(act, input),
    ]);

    const issuedOn = businessDay(input.issuedOn, later(act.today, row.issued_on));
    const priced = decideCredit(known.invoice, input, issuedOn);
    // The items are locked now: no discount on them comes or goes any more.
    const reversal = await readReversal(act, { ...known, items, company: parties.company, priced });
    const document = correcting(row, input, {
      issuedOn,
      priced,
      reason,
      reversal,
      content: makeContent(parties, {
        references: contents.get(row.id)?.references,
        footnotes: input.footnotes,
      }),
      eInvoice: parties.wish.eInvoice ?? undefined,
    });

    if (givenBy(document).minor === 0n)
      throw new Refusal('credit_gives_nothing', {
        discount: toDecimal(priced.total),
        currency: row.currency,
      });
    await requireApproval(act, creditMatter(document, row.number), takeWorth);

    const [issued] = await issueDocuments(act, parties.company, [document], { series: input.series ?? '' });
    return applyAndRecord(act, present(issued, 'one document in, one document out'), items);
  },
};

/** What is open of items together. */
function openOf(items: readonly OpenItem[], currency: string): Money {
  return money(
    items.reduce((total, item) => total + left(item), 0n),
    currency,
  );
}

/** The reason somebody gives, made sure that it is one. Refuses: what `checkReason` refuses. */
export async function takeReason(
  act: Act,
  given: { readonly reason: string; readonly reasonNote?: string | undefined },
): Promise<GivenReason> {
  const { reason: code, reasonNote: note } = given;
  checkReason({ code, note }, isCommonReason(code) ? [] : await findCreditReasons(act));
  return { code, note: note ?? null };
}

/** What crediting so much of an invoice takes back of the discounts on it, as they are now. */
export async function readReversal(
  tx: Tx,
  of: CreditableNow & {
    readonly items: readonly OpenItem[];
    readonly company: Pick<Company, 'functionalCurrency'>;
    readonly priced: Priced;
  },
): Promise<DiscountReversal | undefined> {
  const { currency } = of.priced.total;
  const applications = await readStandingApplications(tx, { itemIds: of.items.map((item) => item.id) });
  const discounts = discountLeft(applications, of.reversals, {
    currency,
    functional: of.company.functionalCurrency,
  });
  return decideDiscountReversal(discounts, {
    credited: of.priced.total,
    open: openOf(of.items, currency),
    creditable: creditableOf(of.invoice),
  });
}

/** An invoice as crediting sees it, with what credit notes that stand took back of discounts on it. */
export type CreditableNow = {
  readonly invoice: Creditable;
  readonly reversals: readonly DiscountReversal[];
};

/** An invoice as crediting sees it now. */
export async function readCreditable(tx: Tx, row: InvoiceRow): Promise<CreditableNow> {
  const [priced, corrections] = await Promise.all([
    findPriced(tx, [row], [row.id]),
    findCorrections(tx, [row.id]),
  ]);
  const standing = corrections.filter((correction) => correction.voided_on === null);
  const reversals = await findDiscountReversals(
    tx,
    standing.map((correction) => correction.id),
  );
  const invoice: Creditable = {
    id: row.id,
    kind: row.kind,
    number: row.number,
    issuedOn: row.issued_on,
    voidedOn: row.voided_on,
    priced: present(priced.get(row.id), 'what was asked for is there'),
    credited: creditedBy(corrections, row.currency),
  };
  return { invoice, reversals: [...reversals.values()] };
}

/** What credit notes that stand take off together. */
export function creditedBy(corrections: readonly InvoiceRow[], currency: string): Money {
  const standing = corrections.filter((row) => row.voided_on === null);
  return money(
    standing.reduce((total, row) => total + row.total_minor, 0n),
    currency,
  );
}

async function lockOwnItems(act: Act, invoiceId: string): Promise<readonly OpenItem[]> {
  const items = await readItemsOfDocuments(act, [invoiceId]);
  const own = items.filter((item) => item.kind === 'invoice');
  return takeItems(
    act,
    own.map((item) => item.id),
  );
}

function correcting(
  row: InvoiceRow,
  input: CreditInvoice,
  decided: Pick<ReadyDocument, 'issuedOn' | 'priced' | 'content' | 'reason' | 'reversal' | 'eInvoice'>,
): ReadyDocument {
  return {
    ...decided,
    id: newId(),
    kind: 'credit_note',
    companyId: row.company_id,
    customerId: row.customer_id,
    instalments: [{ dueOn: decided.issuedOn, amount: givenBy(decided) }],
    purchaseOrder: row.purchase_order ?? undefined,
    note: input.note,
    externalId: input.externalId,
    correctsId: row.id,
    corrected: { number: row.number, issuedOn: row.issued_on },
    rate: parseDecimal(row.rate),
  };
}

async function applyAndRecord(
  act: Act,
  issued: IssuedDocument,
  invoiceItems: readonly OpenItem[],
): Promise<CreditNoteIssued> {
  const { document, number } = issued;
  const creditItem = present(issued.items[0], 'a credit note has an item');
  const wanted = creditToOwnInvoice(creditItem, invoiceItems);
  const all = [...invoiceItems, creditItem];
  const settled =
    wanted.length === 0
      ? all
      : settleItems(act, all, wanted, {
          documentId: document.id,
          kind: 'application',
          on: invoiceItems.map((item) => item.openSince).reduce(later, document.issuedOn),
        }).items;
  const nowOf = (item: OpenItem): OpenItem =>
    present(
      settled.find((each) => each.id === item.id),
      'no item is lost',
    );
  const after = nowOf(creditItem);
  const { total } = document.priced;
  const result: CreditNoteIssued = {
    creditNoteId: document.id,
    number,
    total: toDecimal(total),
    currency: total.currency,
    applied: toDecimal(money(left(creditItem) - left(after), total.currency)),
    open: toDecimal(money(left(after), total.currency)),
    discount: toDecimal(document.reversal?.discount ?? zero(total.currency)),
    items: [...invoiceItems]
      .sort((a, b) => a.instalment - b.instalment)
      .map((item) => ({
        itemId: item.id,
        instalment: item.instalment,
        dueOn: item.dueOn.toString(),
        before: toDecimal(item.open),
        after: toDecimal(nowOf(item).open),
      })),
  };
  await recordCreditNote(act, document, result);
  return result;
}

/** Records that a credit note was issued; it goes out as invoices do, where its company wants that. */
export async function recordCreditNote(
  act: Act,
  document: ReadyDocument,
  result: CreditNoteIssued,
): Promise<void> {
  const { deliversOnIssue } = await readSetting(act, document.companyId);
  const { number, total, currency, applied, open } = result;
  act.record({
    type: 'credit_note.issued',
    subjectId: document.id,
    customerId: document.customerId,
    data: {
      number,
      total,
      currency,
      applied,
      open,
      ...(document.reversal ? { discount: toDecimal(document.reversal.discount) } : {}),
      correctsId: document.correctsId,
      reason: document.reason?.code,
      ...(document.reason?.note ? { reasonNote: document.reason.note } : {}),
      ...(deliversOnIssue ? { deliver: true } : {}),
    },
  });
}
