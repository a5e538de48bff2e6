// Taking over invoices and credit notes from a file: all of it or nothing, the same row once however often the file comes.
// A check and the real thing run the same code; only the real thing writes.

import type { Act, Command } from '#command/command.ts';
import type { TableRow } from '#formats/table.ts';
import { pricedByTotal, type ReadyDocument } from '#invoicing/document.ts';
import { issueDocuments } from '#invoicing/issue-documents.ts';
import {
  readDocumentsByExternalId,
  readDocumentsByNumber,
  type InvoiceRow as StoredInvoice,
} from '#invoicing/read-documents.ts';
import { isBefore } from '#kernel/calendar.ts';
import { type BatchId, type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { BULK_ROWS, IMPORT_ROWS_MAX } from '#kernel/limits.ts';
import { toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeRate } from '#ledger/take-rate.ts';
import { addCustomers } from '#parties/add-customers.ts';
import type { Company } from '#parties/company.ts';
import { readCustomersByNumber, takeCompany } from '#parties/take-party.ts';
import { type ImportResult, ImportTally } from './import-result.ts';
import { cellReader, checkMapping, type Mapping } from './mapping.ts';
import { type ImportSource, surveyTable } from './read-table.ts';
import { type InvoiceRow, judgeInvoiceRow } from './row.ts';
import { saveBatch } from './store.ts';

export type ImportFile = {
  readonly companyId: CompanyId;
  readonly fileName: string;
  /** SHA-256 of the file, in hexadecimal: with the mapping it is what makes this import this import. */
  readonly sha256: string;
  readonly mapping?: Mapping | undefined;
  /** Writes when true; else only says what would be written. */
  readonly commit: boolean;
};

/** Where the rows come from, and who hears how far it is. Not part of the command's input, because it is not data. */
export type ImportPassage = {
  readonly source: ImportSource;
  readonly onProgress?: ((rows: number) => void) | undefined;
};

/**
 * The command that imports invoices and credit notes with their customers.
 *
 * Refuses: `import_has_problems` (when committing; nothing is created), `import_too_many_rows`, what the mapping, the
 * readers of files and posting refuse.
 */
export function importInvoices(passage: ImportPassage): Command<ImportFile, ImportResult> {
  return {
    name: 'import-invoices',
    permission: 'import.run',
    constraints: {
      invoice_number: 'invoice_number_taken',
      invoice_external_id: 'external_id_taken',
      customer_tenant_id_number_key: 'customer_number_taken',
    },
    run: (act, input) => new InvoiceImport(act, input, passage).run(),
  };
}

class InvoiceImport {
  readonly #act: Act;
  readonly #input: ImportFile;
  readonly #passage: ImportPassage;
  readonly #tally = new ImportTally();
  readonly #batchId: BatchId = newId();
  /** Line on which each document of the file was first seen, by external id, and by kind and number. */
  readonly #seen = new Map<string, number>();
  readonly #customers = new Map<string, CustomerId>();
  readonly #rates = new Map<string, boolean>();

  constructor(act: Act, input: ImportFile, passage: ImportPassage) {
    this.#act = act;
    this.#input = input;
    this.#passage = passage;
  }

  async run(): Promise<ImportResult> {
    const { source, onProgress } = this.#passage;
    const company = await takeCompany(this.#act, this.#input.companyId);
    const survey = await surveyTable('invoices', source, this.#input.mapping, company.functionalCurrency);
    checkMapping('invoices', survey.mapping, survey.header);
    for (const problem of survey.problems) this.#tally.problem(problem);
    const read = cellReader(survey.mapping, survey.header);
    const table = await source.open();
    try {
      let chunk: InvoiceRow[] = [];
      for await (const row of table.rows) {
        this.#count();
        const judged = this.#judge(row, (r) =>
          judgeInvoiceRow(r.line, (field) => read(r.cells, field), survey.writing),
        );
        if (judged) chunk.push(judged);
        if (chunk.length >= BULK_ROWS) {
          await this.#take(company, chunk);
          onProgress?.(this.#tally.rows);
          chunk = [];
        }
      }
      await this.#take(company, chunk);
    } finally {
      await table.close();
    }
    onProgress?.(this.#tally.rows);
    return this.#finish(survey.mapping, survey.header);
  }

  #count(): void {
    this.#tally.rows += 1;
    if (this.#tally.rows > IMPORT_ROWS_MAX)
      throw new Refusal('import_too_many_rows', { rowsMax: IMPORT_ROWS_MAX, todo: 'split the file' });
  }

  #judge(
    row: TableRow,
    judge: (row: TableRow) => ReturnType<typeof judgeInvoiceRow>,
  ): InvoiceRow | undefined {
    if (row.problem) {
      this.#tally.problem(row.problem);
      return undefined;
    }
    const judged = judge(row);
    if ('row' in judged) {
      for (const warning of judged.warnings) this.#tally.warning(warning);
      return this.#firstSeen(judged.row) ? judged.row : undefined;
    }
    for (const problem of judged.problems) this.#tally.problem(problem);
    return undefined;
  }

  #firstSeen(row: InvoiceRow): boolean {
    for (const [what, key] of [
      ['id', `id ${row.externalId}`],
      ['number', `${row.kind} ${row.number}`],
    ] as const) {
      const before = this.#seen.get(key);
      if (before !== undefined) {
        this.#tally.problem({
          code: 'document_twice',
          message: `The same document ${what} stands on line ${before} already.`,
          line: row.line,
          column: what,
          value: what === 'id' ? row.externalId : row.number,
        });
        return false;
      }
      this.#seen.set(key, row.line);
    }
    return true;
  }

  get #writes(): boolean {
    return this.#input.commit && this.#tally.problemCount === 0;
  }

  async #take(company: Company, rows: readonly InvoiceRow[]): Promise<void> {
    if (rows.length === 0) return;
    const [known, numbered] = await Promise.all([
      readDocumentsByExternalId(
        this.#act,
        company.id,
        rows.map((r) => r.externalId),
      ),
      readDocumentsByNumber(
        this.#act,
        company.id,
        rows.map((r) => r.number),
      ),
    ]);
    await this.#learnCustomers(rows);
    await this.#checkRates(company, rows);
    const fresh = rows.filter((row) => this.#isNew(row, known.get(row.externalId), numbered));
    for (const row of fresh) this.#describe(row);
    if (!this.#writes) return;
    for (const kind of ['invoice', 'credit_note'] as const) {
      const documents = fresh.filter((row) => row.kind === kind);
      await issueDocuments(
        this.#act,
        company,
        documents.map((row) => this.#document(company, row)),
        { numbers: documents.map((row) => row.number) },
        this.#batchId,
      );
    }
  }

  #isNew(row: InvoiceRow, stored: StoredInvoice | undefined, numbered: readonly StoredInvoice[]): boolean {
    if (stored) {
      if (sameDocument(row, stored, this.#customers.get(row.customerNumber))) this.#tally.unchanged += 1;
      else {
        this.#tally.problem({
          code: 'document_differs',
          message:
            'A document with this id is in the books with another customer, date or amount. Issued documents are not changed: void or credit it, or give this one another id.',
          line: row.line,
          column: 'id',
          value: row.externalId,
        });
      }
      return false;
    }
    if (numbered.some((n) => n.kind === row.kind && n.number === row.number)) {
      this.#tally.problem({
        code: 'document_number_taken',
        message: 'Another document has this number.',
        line: row.line,
        column: 'number',
        value: row.number,
      });
      return false;
    }
    return true;
  }

  #describe(row: InvoiceRow): void {
    this.#tally.created += 1;
    this.#tally.total(
      row.kind === 'invoice' ? row.total : { minor: -row.total.minor, currency: row.total.currency },
    );
    this.#tally.preview(row.line, [
      row.number,
      row.kind === 'invoice' ? 'invoice' : 'credit note',
      row.customerName,
      row.issuedOn.toString(),
      row.dueOn.toString(),
      toDecimal(row.total),
      row.total.currency,
    ]);
    if (isBefore(row.dueOn, row.issuedOn)) {
      this.#tally.warning({
        code: 'due_before_issue',
        message: 'Due before it was issued; taken over as it is.',
        line: row.line,
        value: `${row.issuedOn} → ${row.dueOn}`,
      });
    }
  }

  async #learnCustomers(rows: readonly InvoiceRow[]): Promise<void> {
    const unknown = new Map<string, InvoiceRow>();
    for (const row of rows)
      if (!this.#customers.has(row.customerNumber)) unknown.set(row.customerNumber, row);
    if (unknown.size === 0) return;
    for (const [number, customer] of await readCustomersByNumber(this.#act, [...unknown.keys()])) {
      this.#customers.set(number, customer.id);
      unknown.delete(number);
    }
    const wanted = [...unknown.values()].map((row) => ({
      number: row.customerNumber,
      name: row.customerName,
      contacts:
        row.customerEmail === undefined
          ? []
          : [{ name: row.customerName, role: 'billing' as const, email: row.customerEmail }],
    }));
    this.#tally.customersCreated += wanted.length;
    if (this.#writes)
      for (const c of addCustomers(this.#act, wanted, this.#batchId)) this.#customers.set(c.number, c.id);
    else for (const c of wanted) this.#customers.set(c.number, newId());
  }

  async #checkRates(company: Company, rows: readonly InvoiceRow[]): Promise<void> {
    for (const row of rows) {
      if (row.total.currency === company.functionalCurrency) continue;
      const key = `${row.total.currency} ${row.issuedOn}`;
      let found = this.#rates.get(key);
      if (found === undefined) {
        found = await takeRate(this.#act, row.total.currency, company.functionalCurrency, row.issuedOn).then(
          () => true,
          (error: unknown) => {
            if (error instanceof Refusal) return false;
            throw error;
          },
        );
        this.#rates.set(key, found);
      }
      if (!found) {
        this.#tally.problem({
          code: 'exchange_rate_missing',
          message: `There is no rate from ${row.total.currency} to ${company.functionalCurrency} for that day or before. Record one first.`,
          line: row.line,
          column: 'currency',
          value: `${row.total.currency} ${row.issuedOn}`,
        });
      }
    }
  }

  #document(company: Company, row: InvoiceRow): ReadyDocument {
    const customerId = this.#customers.get(row.customerNumber);
    if (customerId === undefined) throw new Refusal('customer_not_found', { number: row.customerNumber });
    return {
      id: newId(),
      kind: row.kind,
      companyId: company.id,
      customerId,
      issuedOn: row.issuedOn,
      priced: pricedByTotal(row.total, row.tax),
      instalments: [{ dueOn: row.dueOn, amount: row.total }],
      purchaseOrder: row.purchaseOrder,
      paymentReference: row.paymentReference,
      externalId: row.externalId,
    };
  }

  #finish(mapping: Mapping, header: readonly string[]): ImportResult {
    const result = this.#tally.result({
      mapping,
      header,
      batchId: this.#input.commit && this.#tally.created > 0 ? this.#batchId : null,
      previewColumns: ['Number', 'Kind', 'Customer', 'Issued', 'Due', 'Amount', 'Currency'],
    });
    if (!this.#input.commit) return result;
    if (result.problemCount > 0) throw new ImportProblems(result);
    saveBatch(this.#act, { id: this.#batchId, kind: 'invoices', input: this.#input, result, header });
    this.#act.record({
      type: 'import.committed',
      subjectId: this.#batchId,
      data: {
        kind: 'invoices',
        file: this.#input.fileName,
        created: result.created,
        unchanged: result.unchanged,
      },
    });
    return result;
  }
}

/** A file that was to be committed has problems: nothing was created; the result says what is wrong where. */
export class ImportProblems extends Refusal {
  readonly result: ImportResult;

  constructor(result: ImportResult) {
    const first = result.problems[0];
    super('import_has_problems', {
      problems: result.problemCount,
      first: `line ${first?.line ?? '?'}: ${first?.message ?? ''} ${first?.value ?? ''}`,
    });
    this.result = result;
  }
}

function sameDocument(row: InvoiceRow, stored: StoredInvoice, customerId: CustomerId | undefined): boolean {
  return (
    stored.kind === row.kind &&
    stored.number === row.number &&
    stored.customer_id === customerId &&
    stored.currency === row.total.currency &&
    stored.total_minor === row.total.minor &&
    stored.issued_on.equals(row.issuedOn) &&
    stored.due_on.equals(row.dueOn)
  );
}
