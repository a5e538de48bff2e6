// Taking over payments from a file and applying them to the documents their rows name: all of it or nothing, each payment
// once however often the file comes. A check and the real thing run the same code; only the real thing writes.

import type { Act, Command } from '#command/command.ts';
import { type InvoiceRow as Document, readDocumentsByNumber } from '#invoicing/read-documents.ts';
import { present } from '#kernel/assert.ts';
import { type BatchId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { IMPORT_PAYMENT_ROWS_MAX, IMPORT_PAYMENTS_TOGETHER } from '#kernel/limits.ts';
import { absolute, money, toDecimal } from '#kernel/money.ts';
import type { Problem } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import type { Period } from '#ledger/period.ts';
import { readItemIdsOfDocuments, readItemsOfDocuments } from '#ledger/read-items.ts';
import { periodOf, readLockedPeriods } from '#ledger/read-periods.ts';
import { postAndSettle, takeItems } from '#ledger/settle-items.ts';
import type { SettlementWish } from '#ledger/settling.ts';
import type { Company } from '#parties/company.ts';
import { readCustomersByNumber, takeCompany } from '#parties/take-party.ts';
import type { ReadyPayment } from '#payments/payment.ts';
import { type RecordedAmount, readPaymentsByExternalId } from '#payments/read-payments.ts';
import { receiveUnposted } from '#payments/receive-payments.ts';
import { endImport } from './end-import.ts';
import { RateFinder } from './find-rates.ts';
import type { ImportFile, ImportPassage } from './import-file.ts';
import { type ImportResult, ImportTally } from './import-result.ts';
import { checkMapping } from './mapping.ts';
import {
  type Claim,
  claimable,
  claimItems,
  type GroupSettlement,
  groupPayments,
  type PaymentGroup,
  sideOf,
  spread,
} from './payment-groups.ts';
import { readChunks, type Survey, surveyTable } from './read-table.ts';
import { judgePaymentRow, type PaymentRow } from './row.ts';
import { findMapping, lockImports } from './store.ts';

/**
 * The command that imports payments and applies them to the documents named.
 *
 * Refuses: `import_has_problems` (when committing; nothing is created), `import_too_many_rows`, what the mapping, the
 * readers of files, posting and settling refuse.
 */
export function importPayments(passage: ImportPassage): Command<ImportFile, ImportResult> {
  return {
    name: 'import-payments',
    permission: 'import.run',
    constraints: { payment_external_id: 'external_id_taken' },
    async run(act, input) {
      if (input.commit) await lockImports(act);
      const company = await takeCompany(act, input.companyId);
      const locked = await readLockedPeriods(act, company.id);
      return new PaymentImport(act, { company, locked }, input).run(passage);
    },
  };
}

const PREVIEW = ['Customer', 'Paid', 'Amount', 'Currency', 'Documents'] as const;

type Books = { readonly company: Company; readonly locked: readonly Period[] };

/** What the books know of the groups in hand. */
type Known = {
  readonly customers: Awaited<ReturnType<typeof readCustomersByNumber>>;
  readonly documents: ReadonlyMap<string, readonly Document[]>;
  readonly items: ReadonlyMap<string, readonly OpenItem[]>;
};

/** A group whose customer is known and whose claims fit. */
type ReadyGroup = {
  readonly group: PaymentGroup;
  readonly customerId: CustomerId;
  readonly claims: readonly Claim[];
};

class PaymentImport {
  readonly #act: Act;
  readonly #books: Books;
  readonly #input: ImportFile;
  readonly #rates: RateFinder;
  readonly #tally = new ImportTally();
  readonly #batchId: BatchId = newId();
  /** What earlier rows have settled and the items read do not show yet, so that two rows cannot settle the same debt. */
  readonly #claimed = new Map<ItemId, bigint>();

  constructor(act: Act, books: Books, input: ImportFile) {
    this.#act = act;
    this.#books = books;
    this.#input = input;
    this.#rates = new RateFinder(act, books.company.functionalCurrency);
  }

  async run({ source, onProgress }: ImportPassage): Promise<ImportResult> {
    const survey = await surveyTable(source, {
      kind: 'payments',
      given: this.#input.mapping,
      stored: (header) => findMapping(this.#act, 'payments', header),
      currency: this.#books.company.functionalCurrency,
    });
    checkMapping('payments', survey.mapping, survey.header);
    for (const problem of survey.problems) this.#tally.problem(problem);
    // Read before the questions are answered, rows would be full of problems that are none.
    if (survey.problems.length === 0) await this.#takeAll(survey, { source, onProgress });
    const batch = { kind: 'payments', id: this.#batchId, input: this.#input } as const;
    return endImport(this.#act, batch, survey, { tally: this.#tally, previewColumns: PREVIEW });
  }

  async #takeAll(survey: Survey, { source, onProgress }: ImportPassage): Promise<void> {
    const reading = { judge: judgePaymentRow, today: this.#act.today, rowsMax: IMPORT_PAYMENT_ROWS_MAX };
    const rows: PaymentRow[] = [];
    for await (const some of readChunks(source, survey, reading, this.#tally))
      for (const row of some) rows.push(row);
    const groups = groupPayments(rows, survey.mapping.group);
    let done = 0;
    for (let start = 0; start < groups.length; start += IMPORT_PAYMENTS_TOGETHER) {
      const some = groups.slice(start, start + IMPORT_PAYMENTS_TOGETHER);
      await this.#take(some);
      done += some.reduce((count, group) => count + group.rows.length, 0);
      onProgress?.(done);
    }
  }

  get #writes(): boolean {
    return this.#input.commit && this.#tally.problemCount === 0;
  }

  async #take(groups: readonly PaymentGroup[]): Promise<void> {
    const { company } = this.#books;
    const rows = groups.flatMap((g) => g.rows);
    const numbers = rows.flatMap((r) => (r.documentNumber === undefined ? [] : [r.documentNumber]));
    const [customers, documents, recorded] = await Promise.all([
      readCustomersByNumber(this.#act, [...new Set(rows.map((r) => r.customerNumber))]),
      readDocumentsByNumber(this.#act, company.id, numbers),
      readPaymentsByExternalId(
        this.#act,
        company.id,
        groups.map((g) => g.externalId),
      ),
    ]);
    const fresh = groups.filter((group) => this.#isNew(group, recorded.get(group.externalId)));
    const items = await this.#readItems(documents);
    const known: Known = {
      customers,
      documents: Map.groupBy(documents, (document) => document.number),
      items: Map.groupBy(items, (item) => item.documentId),
    };
    await this.#checkRates(fresh);
    const ready = fresh.flatMap((group) => this.#ready(group, known));
    if (this.#writes) await this.#save(items, ready);
  }

  /** The items of documents as they are; locked when they are going to be settled. */
  async #readItems(documents: readonly Document[]): Promise<readonly OpenItem[]> {
    const ids = documents.map((d) => d.id);
    if (!this.#writes) return readItemsOfDocuments(this.#act, ids);
    const own = await readItemIdsOfDocuments(this.#act, ids);
    return takeItems(
      this.#act,
      own.map((item) => item.id),
    );
  }

  #isNew(group: PaymentGroup, stored: RecordedAmount | undefined): boolean {
    if (!stored) return true;
    const minor = stored.direction === 'received' ? stored.amountMinor : -stored.amountMinor;
    if (minor === group.net.minor && stored.currency === group.currency)
      this.#tally.unchanged += group.rows.length;
    else {
      const amount = toDecimal(money(minor, stored.currency));
      this.#problem(group.rows[0], {
        code: 'payment_differs',
        message: `This payment is in the books with another amount (${amount} ${stored.currency}). Return it there first, or give this one another id.`,
        column: 'payment',
        value: group.externalId,
      });
    }
    return false;
  }

  async #checkRates(groups: readonly PaymentGroup[]): Promise<void> {
    const amounts = groups.map(({ rows, net, paidOn }) => ({
      line: rows[0]?.line ?? 0,
      amount: net,
      on: paidOn,
    }));
    for (const problem of await this.#rates.problemsOf(amounts)) this.#tally.problem(problem);
  }

  /** The group with what it settles; nothing when it is settled already or cannot be taken over. */
  #ready(group: PaymentGroup, known: Known): readonly ReadyGroup[] {
    const customer = known.customers.get(group.customerNumber);
    if (!customer) {
      const message = 'No customer has this number. Import the invoices first.';
      const value = group.customerNumber;
      this.#problem(group.rows[0], { code: 'customer_unknown', message, column: 'customer', value });
      return [];
    }
    if (group.net.minor === 0n && isSettled(group, known)) {
      this.#tally.unchanged += group.rows.length;
      return [];
    }
    const claims = this.#claims(group, customer.id, known);
    const settlements = spread(group, claims, standIn(group), this.#batchId);
    for (const { wanted } of settlements)
      for (const itemId of [wanted.debitItemId, wanted.creditItemId])
        this.#claimed.set(itemId, (this.#claimed.get(itemId) ?? 0n) + wanted.amount.minor);
    this.#checkPeriods(group, settlements);
    this.#describe(group, customer.name, settlements.length > 0);
    return [{ group, customerId: customer.id, claims }];
  }

  #claims(group: PaymentGroup, customerId: CustomerId, known: Known): readonly Claim[] {
    const mine = new Map<ItemId, bigint>();
    const openOf = (item: OpenItem): bigint =>
      left(item) - (this.#claimed.get(item.id) ?? 0n) - (mine.get(item.id) ?? 0n);
    return group.rows.flatMap((row) => {
      if (row.documentNumber === undefined) return [];
      const documents = known.documents.get(row.documentNumber) ?? [];
      const own = documents.filter((document) => document.customer_id === customerId);
      const items = own.flatMap((document) => known.items.get(document.id) ?? []);
      const claims = claimItems(row, items, openOf);
      if (!claims) this.#problem(row, whyNot(row, { documents, items, openOf }));
      for (const claim of claims ?? [])
        mine.set(claim.item.id, (mine.get(claim.item.id) ?? 0n) + claim.minor);
      return claims ?? [];
    });
  }

  #checkPeriods(group: PaymentGroup, settlements: readonly GroupSettlement[]): void {
    for (const day of [group.paidOn, ...settlements.map((s) => s.on)]) {
      const locked = periodOf(this.#books.locked, day);
      if (!locked) continue;
      const message = `The period ${locked.startsOn} to ${locked.endsOn} is locked.`;
      this.#problem(group.rows[0], { code: 'period_locked', message, value: day.toString() });
      return;
    }
  }

  #problem(row: PaymentRow | undefined, problem: Omit<Problem, 'line'>): void {
    this.#tally.problem({ ...problem, ...(row ? { line: row.line } : {}) });
  }

  #describe(group: PaymentGroup, customerName: string, settles: boolean): void {
    this.#tally.created += 1;
    if (settles) this.#tally.applied += 1;
    this.#tally.total(group.net);
    this.#tally.preview(group.rows[0]?.line ?? 0, () => [
      customerName,
      group.paidOn.toString(),
      toDecimal(group.net),
      group.currency,
      documentsText(group),
    ]);
  }

  async #save(items: readonly OpenItem[], ready: readonly ReadyGroup[]): Promise<void> {
    const { company } = this.#books;
    const moving = ready.filter((r) => r.group.net.minor !== 0n);
    const payments = moving.map((r): ReadyPayment => paymentOf(r, company));
    const received = await receiveUnposted(this.#act, company, payments, this.#batchId);
    const itemOf = new Map(moving.map((r, index) => [r.group, received[index]?.item]));
    const wishes = ready.flatMap(({ group, claims }) => {
      const payment = itemOf.get(group);
      const settlements = spread(group, claims, payment && sideOf(payment), this.#batchId);
      return wishesOf(settlements, payment?.documentId ?? this.#batchId);
    });
    postAndSettle(
      this.#act,
      received.map((r) => r.posting),
      items,
      wishes,
    );
    // Written before later groups read what is left of the same items.
    this.#claimed.clear();
  }
}

/** The money of a group before it is booked: as good as the real one for seeing what it settles. */
function standIn({ net, paidOn }: PaymentGroup): Parameters<typeof spread>[2] {
  if (net.minor === 0n) return undefined;
  return { itemId: newId(), isDebit: net.minor < 0n, minor: absolute(net.minor), openSince: paidOn };
}

/** One booking for each day on which something is settled. */
function wishesOf(settlements: readonly GroupSettlement[], documentId: string): readonly SettlementWish[] {
  return [...Map.groupBy(settlements, (s) => s.on.toString()).values()].map((sameDay) => {
    const { on } = present(sameDay[0], 'a group of days has one');
    return { wanted: sameDay.map((s) => s.wanted), occasion: { documentId, kind: 'application', on } };
  });
}

/** A group without money leaves no payment to know it by; it is known when all that it settles is settled. */
function isSettled(group: PaymentGroup, known: Known): boolean {
  const items = group.rows.flatMap((row) => {
    const documents = known.documents.get(row.documentNumber ?? '') ?? [];
    return claimable(
      row,
      documents.flatMap((document) => known.items.get(document.id) ?? []),
    );
  });
  return items.length > 0 && items.every((item) => left(item) === 0n);
}

/** Why a row's claim does not fit. */
function whyNot(
  row: PaymentRow,
  seen: {
    readonly documents: readonly Document[];
    readonly items: readonly OpenItem[];
    openOf(item: OpenItem): bigint;
  },
): Omit<Problem, 'line'> {
  const value = row.documentNumber ?? '';
  if (seen.documents.length === 0) {
    const message =
      'No document has this number. Import the invoices first, or leave the cell empty to take the money on account.';
    return { code: 'document_unknown', message, column: 'document', value };
  }
  if (seen.items.length === 0) {
    const message = 'The document with this number is another customer’s.';
    return { code: 'document_of_other_customer', message, column: 'document', value };
  }
  const currency = seen.items[0]?.amount.currency ?? '';
  if (seen.items.every((item) => item.amount.currency !== row.amount.currency)) {
    const message = `The document is in ${currency}.`;
    return { code: 'wrong_currency', message, column: 'currency', value: `${value}: ${row.amount.currency}` };
  }
  const open = claimable(row, seen.items).reduce((total, item) => total + seen.openOf(item), 0n);
  const what = row.amount.minor > 0n ? 'to be paid' : 'to be taken up or paid back';
  return {
    code: 'exceeds_open',
    message: `Of this document ${toDecimal(money(open, row.amount.currency))} ${row.amount.currency} is left ${what}.`,
    column: 'amount',
    value: `${value}: ${toDecimal(row.amount)}`,
  };
}

const SHOWN_DOCUMENTS = 3;

function documentsText(group: PaymentGroup): string {
  const numbers = group.rows.map((r) => r.documentNumber ?? '').filter((n) => n !== '');
  const more = numbers.length - SHOWN_DOCUMENTS;
  const shown = numbers.slice(0, SHOWN_DOCUMENTS).join(', ');
  if (shown === '') return 'on account';
  return more > 0 ? `${shown} and ${more} more` : shown;
}

const REFERENCE_MAX = 500;

function paymentOf({ group, customerId }: ReadyGroup, company: Company): ReadyPayment {
  const references = group.rows.flatMap((r) => r.reference ?? []);
  return {
    id: newId(),
    companyId: company.id,
    customerId,
    direction: group.net.minor > 0n ? 'received' : 'refunded',
    receivedOn: group.paidOn,
    amount: money(absolute(group.net.minor), group.currency),
    method: 'transfer',
    reference: [...new Set(references)].join(' ').slice(0, REFERENCE_MAX),
    payerAccount: group.rows.find((r) => r.payerAccount !== undefined)?.payerAccount,
    externalId: group.externalId,
  };
}
