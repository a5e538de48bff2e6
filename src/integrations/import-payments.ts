// Taking over payments from a file and applying them to the documents their rows name: all of it or nothing, each payment
// once however often the file comes. A check and the real thing run the same code; only the real thing writes.

import type { Act, Command } from '#command/command.ts';
import { readDocumentsByNumber } from '#invoicing/read-documents.ts';
import { type BatchId, type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { IMPORT_PAYMENT_ROWS_MAX, IMPORT_PAYMENTS_TOGETHER } from '#kernel/limits.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { type SettlementWish, settleMany, takeItems } from '#ledger/settle-items.ts';
import type { Company } from '#parties/company.ts';
import { readCustomersByNumber, takeCompany } from '#parties/take-party.ts';
import type { ReadyPayment } from '#payments/payment.ts';
import { readPaymentsByExternalId } from '#payments/read-payments.ts';
import { receivePayments } from '#payments/receive-payments.ts';
import { type ImportFile, type ImportPassage, ImportProblems } from './import-invoices.ts';
import { type ImportResult, ImportTally } from './import-result.ts';
import { cellReader, checkMapping, type Mapping } from './mapping.ts';
import { type Claim, claimItems, groupPayments, type PaymentGroup, spread } from './payment-groups.ts';
import { surveyTable } from './read-table.ts';
import { judgePaymentRow, type PaymentRow } from './row.ts';
import { saveBatch } from './store.ts';

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
    run: (act, input) => new PaymentImport(act, input, passage).run(),
  };
}

/** A group whose customer and items are known and fit. */
type ReadyGroup = {
  readonly group: PaymentGroup;
  readonly customerId: CustomerId;
  readonly claims: readonly Claim[];
};

class PaymentImport {
  readonly #act: Act;
  readonly #input: ImportFile;
  readonly #passage: ImportPassage;
  readonly #tally = new ImportTally();
  readonly #batchId: BatchId = newId();
  /** What earlier rows of this file have claimed already, so that two rows cannot claim the same money. */
  readonly #claimed = new Map<ItemId, bigint>();

  constructor(act: Act, input: ImportFile, passage: ImportPassage) {
    this.#act = act;
    this.#input = input;
    this.#passage = passage;
  }

  async run(): Promise<ImportResult> {
    const { source, onProgress } = this.#passage;
    const company = await takeCompany(this.#act, this.#input.companyId);
    const survey = await surveyTable('payments', source, this.#input.mapping, company.functionalCurrency);
    checkMapping('payments', survey.mapping, survey.header);
    for (const problem of survey.problems) this.#tally.problem(problem);
    const rows = await this.#readRows(survey.mapping, survey.header, survey.writing);
    const groups = groupPayments(rows, survey.mapping.group);
    let done = 0;
    for (let start = 0; start < groups.length; start += IMPORT_PAYMENTS_TOGETHER) {
      const some = groups.slice(start, start + IMPORT_PAYMENTS_TOGETHER);
      await this.#take(company, some);
      done += some.reduce((count, group) => count + group.rows.length, 0);
      onProgress?.(done);
    }
    return this.#finish(survey.mapping, survey.header);
  }

  async #readRows(
    mapping: Mapping,
    header: readonly string[],
    writing: Parameters<typeof judgePaymentRow>[2],
  ): Promise<readonly PaymentRow[]> {
    const read = cellReader(mapping, header);
    const table = await this.#passage.source.open();
    const rows: PaymentRow[] = [];
    try {
      for await (const row of table.rows) {
        this.#tally.rows += 1;
        if (this.#tally.rows > IMPORT_PAYMENT_ROWS_MAX)
          throw new Refusal('import_too_many_rows', {
            rowsMax: IMPORT_PAYMENT_ROWS_MAX,
            todo: 'split the file by date',
          });
        if (row.problem) {
          this.#tally.problem(row.problem);
          continue;
        }
        const judged = judgePaymentRow(row.line, (field) => read(row.cells, field), writing);
        if ('row' in judged) {
          for (const warning of judged.warnings) this.#tally.warning(warning);
          rows.push(judged.row);
        } else for (const problem of judged.problems) this.#tally.problem(problem);
      }
    } finally {
      await table.close();
    }
    return rows;
  }

  get #writes(): boolean {
    return this.#input.commit && this.#tally.problemCount === 0;
  }

  async #take(company: Company, groups: readonly PaymentGroup[]): Promise<void> {
    const rows = groups.flatMap((g) => g.rows);
    const [customers, documents, known] = await Promise.all([
      readCustomersByNumber(this.#act, [...new Set(rows.map((r) => r.customerNumber))]),
      readDocumentsByNumber(
        this.#act,
        company.id,
        rows.flatMap((r) => (r.documentNumber === undefined ? [] : [r.documentNumber])),
      ),
      readPaymentsByExternalId(
        this.#act,
        company.id,
        groups.map((g) => g.externalId),
      ),
    ]);
    const fresh = groups.filter((group) => this.#isNew(group, known.get(group.externalId)));
    const unlocked = await readItemsOfDocuments(
      this.#act,
      documents.map((d) => d.id),
    );
    const items = this.#writes
      ? await takeItems(
          this.#act,
          unlocked.map((i) => i.id),
        )
      : unlocked;
    const byDocument = Map.groupBy(items, (item) => item.documentId);
    const byNumber = Map.groupBy(documents, (document) => document.number);
    const ready: ReadyGroup[] = [];
    for (const group of fresh) {
      const customer = customers.get(group.customerNumber);
      if (!customer) {
        this.#problem(
          group.rows[0],
          'customer_unknown',
          'No customer has this number. Import the invoices first.',
          'customer',
          group.customerNumber,
        );
        continue;
      }
      if (group.net.minor === 0n && this.#isSettled(group, byNumber, byDocument)) {
        this.#tally.unchanged += group.rows.length;
        continue;
      }
      const claims = group.rows.flatMap((row) =>
        this.#claim(row, (number) => (byNumber.get(number) ?? []).flatMap((d) => byDocument.get(d.id) ?? [])),
      );
      ready.push({ group, customerId: customer.id, claims });
      this.#describe(group, customer.name, claims);
    }
    if (this.#writes) await this.#save(company, items, ready);
  }

  #isNew(
    group: PaymentGroup,
    stored: { readonly amountMinor: bigint; readonly currency: string } | undefined,
  ): boolean {
    if (!stored) return true;
    const size = group.net.minor < 0n ? -group.net.minor : group.net.minor;
    if (stored.amountMinor === size && stored.currency === group.currency)
      this.#tally.unchanged += group.rows.length;
    else {
      this.#problem(
        group.rows[0],
        'payment_differs',
        `This payment is in the books with another amount (${toDecimal(money(stored.amountMinor, stored.currency))} ${stored.currency}).`,
        'payment',
        group.externalId,
      );
    }
    return false;
  }

  #claim(row: PaymentRow, itemsOf: (number: string) => readonly OpenItem[]): readonly Claim[] {
    if (row.documentNumber === undefined) return [];
    const items = itemsOf(row.documentNumber);
    if (items.length === 0) {
      this.#problem(
        row,
        'document_unknown',
        'No document has this number. Import the invoices first, or leave the cell empty to take the money on account.',
        'document',
        row.documentNumber,
      );
      return [];
    }
    if (items.every((item) => item.amount.currency !== row.amount.currency)) {
      this.#problem(
        row,
        'wrong_currency',
        `The document is in ${items[0]?.amount.currency}.`,
        'currency',
        row.amount.currency,
      );
      return [];
    }
    const claims = claimItems(row, items, (item) => left(item) - (this.#claimed.get(item.id) ?? 0n));
    if (!claims) {
      const open = items.reduce((total, item) => total + left(item) - (this.#claimed.get(item.id) ?? 0n), 0n);
      this.#problem(
        row,
        'exceeds_open',
        `The document has ${toDecimal(money(open, row.amount.currency))} open, of the sign of a ${row.amount.minor > 0n ? 'debt' : 'credit'} less than this.`,
        'amount',
        `${row.documentNumber}: ${toDecimal(row.amount)}`,
      );
      return [];
    }
    for (const claim of claims)
      this.#claimed.set(claim.item.id, (this.#claimed.get(claim.item.id) ?? 0n) + claim.minor);
    return claims;
  }

  /** A group without money leaves no payment to know it by; it is known when all that it settles is settled. */
  #isSettled(
    group: PaymentGroup,
    byNumber: ReadonlyMap<string, readonly { readonly id: string }[]>,
    byDocument: ReadonlyMap<string, readonly OpenItem[]>,
  ): boolean {
    const items = group.rows.flatMap((row) =>
      (byNumber.get(row.documentNumber ?? '') ?? []).flatMap((d) => byDocument.get(d.id) ?? []),
    );
    return items.length > 0 && items.every((item) => left(item) === 0n);
  }

  #problem(row: PaymentRow | undefined, code: string, message: string, column: string, value: string): void {
    this.#tally.problem({ code, message, ...(row ? { line: row.line } : {}), column, value });
  }

  #describe(group: PaymentGroup, customerName: string, claims: readonly Claim[]): void {
    this.#tally.created += 1;
    if (claims.length > 0) this.#tally.applied += 1;
    this.#tally.total(group.net);
    const documents = group.rows.map((r) => r.documentNumber ?? '').filter((n) => n !== '');
    const shown =
      documents.length > 3
        ? `${documents.slice(0, 3).join(', ')} and ${documents.length - 3} more`
        : documents.join(', ');
    this.#tally.preview(group.rows[0]?.line ?? 0, [
      customerName,
      group.paidOn.toString(),
      toDecimal(group.net),
      group.currency,
      shown === '' ? 'on account' : shown,
    ]);
  }

  async #save(company: Company, items: readonly OpenItem[], ready: readonly ReadyGroup[]): Promise<void> {
    const moving = ready.filter((r) => r.group.net.minor !== 0n);
    const received = await receivePayments(
      this.#act,
      company,
      moving.map(paymentOf(company.id)),
      this.#batchId,
    );
    const itemOf = new Map(moving.map((r, index) => [r.group, received[index]?.item]));
    const wishes: SettlementWish[] = [];
    for (const { group, claims } of ready) {
      const payment = itemOf.get(group);
      const documentId = payment?.documentId ?? this.#batchId;
      const byDay = Map.groupBy(spread(group, claims, payment, this.#batchId), (s) => s.on.toString());
      for (const settlements of byDay.values()) {
        const on = settlements[0]?.on ?? group.paidOn;
        wishes.push({
          wanted: settlements.map((s) => s.wanted),
          occasion: { documentId, kind: 'application', on },
        });
      }
    }
    settleMany(this.#act, [...items, ...received.map((r) => r.item)], wishes);
    // Items must be on the server before later groups read what is left of them.
    await this.#act.settle();
    this.#claimed.clear();
  }

  #finish(mapping: Mapping, header: readonly string[]): ImportResult {
    const result = this.#tally.result({
      mapping,
      header,
      batchId: this.#input.commit && this.#tally.created > 0 ? this.#batchId : null,
      previewColumns: ['Customer', 'Paid', 'Amount', 'Currency', 'Documents'],
    });
    if (!this.#input.commit) return result;
    if (result.problemCount > 0) throw new ImportProblems(result);
    saveBatch(this.#act, { id: this.#batchId, kind: 'payments', input: this.#input, result, header });
    this.#act.record({
      type: 'import.committed',
      subjectId: this.#batchId,
      data: {
        kind: 'payments',
        file: this.#input.fileName,
        created: result.created,
        unchanged: result.unchanged,
      },
    });
    return result;
  }
}

function paymentOf(companyId: CompanyId): (ready: ReadyGroup) => ReadyPayment {
  return ({ group, customerId }) => ({
    id: newId(),
    companyId,
    customerId,
    direction: group.net.minor > 0n ? 'received' : 'refunded',
    receivedOn: group.paidOn,
    amount: money(group.net.minor < 0n ? -group.net.minor : group.net.minor, group.currency),
    method: 'transfer',
    reference: group.rows
      .map((r) => r.reference ?? '')
      .filter((text) => text !== '')
      .join(' ')
      .slice(0, 500),
    payerAccount: group.rows.find((r) => r.payerAccount !== undefined)?.payerAccount,
    externalId: group.externalId,
  });
}
