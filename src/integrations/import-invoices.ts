// Taking over invoices and credit notes from a file: all of it or nothing, the same row once however often the file comes.
// A check and the real thing run the same code; only the real thing writes.

import type { Act, Command } from '#command/command.ts';
import { pricedByTotal, type ReadyDocument } from '#invoicing/document.ts';
import { issueDocuments } from '#invoicing/issue-documents.ts';
import {
  readDocumentsByExternalId,
  readDocumentsByNumber,
  type InvoiceRow as StoredInvoice,
} from '#invoicing/read-documents.ts';
import type { GivenReason } from '#invoicing/reason-for-credit.ts';
import { present } from '#kernel/assert.ts';
import { isBefore } from '#kernel/calendar.ts';
import { type BatchId, type CustomerId, newId } from '#kernel/id.ts';
import { IMPORT_ROWS_MAX } from '#kernel/limits.ts';
import { negate, toDecimal } from '#kernel/money.ts';
import type { Period } from '#ledger/period.ts';
import { periodOf, readLockedPeriods } from '#ledger/read-periods.ts';
import { addCustomers } from '#parties/add-customers.ts';
import type { Company } from '#parties/company.ts';
import { readCustomersByNumber, takeCompany } from '#parties/take-party.ts';
import { endImport } from './end-import.ts';
import { RateFinder } from './find-rates.ts';
import type { ImportFile, ImportPassage } from './import-file.ts';
import { type ImportResult, ImportTally } from './import-result.ts';
import { checkMapping } from './mapping.ts';
import { readChunks, type Survey, surveyTable } from './read-table.ts';
import { type InvoiceRow, judgeInvoiceRow } from './row.ts';
import { findMapping, lockImports } from './store.ts';

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
    async run(act, input) {
      if (input.commit) await lockImports(act);
      const company = await takeCompany(act, input.companyId);
      const locked = await readLockedPeriods(act, company.id);
      return new InvoiceImport(act, { company, locked }, input).run(passage);
    },
  };
}

const PREVIEW = ['Number', 'Kind', 'Customer', 'Issued', 'Due', 'Amount', 'Currency'] as const;

type Books = { readonly company: Company; readonly locked: readonly Period[] };

/** A customer as far as documents need it. */
type KnownCustomer = { readonly id: CustomerId; readonly isArchived: boolean };

class InvoiceImport {
  readonly #act: Act;
  readonly #books: Books;
  readonly #input: ImportFile;
  readonly #rates: RateFinder;
  readonly #tally = new ImportTally();
  readonly #batchId: BatchId = newId();
  /** Line on which each document of the file was first seen, by external id, and by kind and number. */
  readonly #seen = new Map<string, number>();
  readonly #customers = new Map<string, KnownCustomer>();

  constructor(act: Act, books: Books, input: ImportFile) {
    this.#act = act;
    this.#books = books;
    this.#input = input;
    this.#rates = new RateFinder(act, books.company.functionalCurrency);
  }

  async run({ source, onProgress }: ImportPassage): Promise<ImportResult> {
    const survey = await surveyTable(source, {
      kind: 'invoices',
      given: this.#input.mapping,
      stored: (header) => findMapping(this.#act, 'invoices', header),
      currency: this.#books.company.functionalCurrency,
    });
    checkMapping('invoices', survey.mapping, survey.header);
    for (const problem of survey.problems) this.#tally.problem(problem);
    // Read before the questions are answered, rows would be full of problems that are none.
    if (survey.problems.length === 0) await this.#takeAll(survey, { source, onProgress });
    const batch = { kind: 'invoices', id: this.#batchId, input: this.#input } as const;
    return endImport(this.#act, batch, survey, { tally: this.#tally, previewColumns: PREVIEW });
  }

  async #takeAll(survey: Survey, { source, onProgress }: ImportPassage): Promise<void> {
    const reading = { judge: judgeInvoiceRow, today: this.#act.today, rowsMax: IMPORT_ROWS_MAX };
    for await (const rows of readChunks(source, survey, reading, this.#tally)) {
      await this.#take(rows.filter((row) => this.#isFirst(row)));
      onProgress?.(this.#tally.rows);
    }
  }

  /** Whether no earlier row of the file is the same document. */
  #isFirst(row: InvoiceRow): boolean {
    for (const [column, key, value] of [
      ['id', `id ${row.externalId}`, row.externalId],
      ['number', `${row.kind} ${row.number}`, row.number],
    ] as const) {
      const before = this.#seen.get(key);
      if (before !== undefined) {
        const message = `The same document ${column} stands on line ${before} already.`;
        this.#tally.problem({ code: 'document_twice', message, line: row.line, column, value });
        return false;
      }
      this.#seen.set(key, row.line);
    }
    return true;
  }

  get #writes(): boolean {
    return this.#input.commit && this.#tally.problemCount === 0;
  }

  async #take(rows: readonly InvoiceRow[]): Promise<void> {
    const { company } = this.#books;
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
      this.#readCustomers(rows),
    ]);
    const amounts = rows.map((row) => ({ line: row.line, amount: row.total, on: row.issuedOn }));
    for (const problem of await this.#rates.problemsOf(amounts)) this.#tally.problem(problem);
    const taken = new Set(numbered.map((document) => `${document.kind} ${document.number}`));
    const fresh = rows.filter((row) => this.#isNew(row, known.get(row.externalId), taken));
    for (const row of fresh) this.#describe(row);
    this.#addCustomers(fresh);
    if (this.#writes) await this.#issue(fresh);
  }

  #isNew(row: InvoiceRow, stored: StoredInvoice | undefined, taken: ReadonlySet<string>): boolean {
    const customer = this.#customers.get(row.customerNumber);
    if (stored) {
      if (isSameDocument(row, stored, customer?.id)) this.#tally.unchanged += 1;
      else
        this.#problem(row, {
          code: 'document_differs',
          message:
            'A document with this id is in the books with another customer, date or amount. Issued documents are not changed: void or credit it, or give this one another id.',
          column: 'id',
          value: row.externalId,
        });
      return false;
    }
    if (taken.has(`${row.kind} ${row.number}`)) {
      const message = 'Another document has this number.';
      this.#problem(row, { code: 'document_number_taken', message, column: 'number', value: row.number });
      return false;
    }
    if (customer?.isArchived) {
      const message = 'This customer is archived. Restore it first.';
      this.#problem(row, {
        code: 'customer_archived',
        message,
        column: 'customer',
        value: row.customerNumber,
      });
      return false;
    }
    const locked = periodOf(this.#books.locked, row.issuedOn);
    if (locked) {
      const message = `The period ${locked.startsOn} to ${locked.endsOn} is locked.`;
      this.#problem(row, { code: 'period_locked', message, value: row.issuedOn.toString() });
      return false;
    }
    return true;
  }

  #problem(
    row: InvoiceRow,
    problem: {
      readonly code: string;
      readonly message: string;
      readonly column?: string;
      readonly value?: string;
    },
  ): void {
    this.#tally.problem({ ...problem, line: row.line });
  }

  #describe(row: InvoiceRow): void {
    this.#tally.created += 1;
    this.#tally.total(row.kind === 'invoice' ? row.total : negate(row.total));
    this.#tally.preview(row.line, () => [
      row.number,
      row.kind === 'invoice' ? 'invoice' : 'credit note',
      row.customerName,
      row.issuedOn.toString(),
      row.dueOn.toString(),
      toDecimal(row.total),
      row.total.currency,
    ]);
    if (!isBefore(row.dueOn, row.issuedOn)) return;
    this.#tally.warning({
      code: 'due_before_issue',
      message: 'Due before it was issued; taken over as it is.',
      line: row.line,
      value: `${row.issuedOn} → ${row.dueOn}`,
    });
  }

  async #readCustomers(rows: readonly InvoiceRow[]): Promise<void> {
    const unknown = new Set(rows.map((row) => row.customerNumber).filter((n) => !this.#customers.has(n)));
    if (unknown.size === 0) return;
    for (const [number, customer] of await readCustomersByNumber(this.#act, [...unknown]))
      this.#customers.set(number, { id: customer.id, isArchived: customer.archivedAt !== null });
  }

  /** Adds the customers that documents to be issued name and nobody knows. */
  #addCustomers(rows: readonly InvoiceRow[]): void {
    const firstRows = new Map<string, InvoiceRow>();
    for (const row of rows)
      if (!this.#customers.has(row.customerNumber) && !firstRows.has(row.customerNumber))
        firstRows.set(row.customerNumber, row);
    const wanted = [...firstRows.values()].map((row) => ({
      number: row.customerNumber,
      name: row.customerName,
      contacts:
        row.customerEmail === undefined
          ? []
          : [{ name: row.customerName, role: 'billing' as const, email: row.customerEmail }],
    }));
    this.#tally.customersCreated += wanted.length;
    const added = this.#writes
      ? addCustomers(this.#act, wanted, this.#batchId)
      : wanted.map(({ number }) => ({ number, id: newId<'customer'>() }));
    for (const { number, id } of added) this.#customers.set(number, { id, isArchived: false });
  }

  async #issue(rows: readonly InvoiceRow[]): Promise<void> {
    for (const kind of ['invoice', 'credit_note'] as const) {
      const some = rows.filter((row) => row.kind === kind);
      await issueDocuments(
        this.#act,
        this.#books.company,
        some.map((row) => this.#document(row)),
        { numbers: some.map((row) => row.number) },
        this.#batchId,
      );
    }
  }

  #document(row: InvoiceRow): ReadyDocument {
    const { company } = this.#books;
    return {
      id: newId(),
      kind: row.kind,
      companyId: company.id,
      customerId: present(this.#customers.get(row.customerNumber), 'customers come before documents').id,
      issuedOn: row.issuedOn,
      priced: pricedByTotal(row.total, row.tax),
      instalments: [{ dueOn: row.dueOn, amount: row.total }],
      purchaseOrder: row.purchaseOrder,
      paymentReference: row.paymentReference,
      externalId: row.externalId,
      ...(row.kind === 'credit_note' ? { reason: row.reason ?? TAKEN_OVER } : {}),
    };
  }
}

/** What is kept as the reason of a credit note whose file says none. */
const TAKEN_OVER: GivenReason = { code: 'other', note: null };

/** Whether a row says of a document what the books say: who owes how much since when and until when. */
function isSameDocument(row: InvoiceRow, stored: StoredInvoice, customerId: CustomerId | undefined): boolean {
  return (
    stored.kind === row.kind &&
    stored.number === row.number &&
    stored.customer_id === customerId &&
    stored.currency === row.total.currency &&
    stored.total_minor === row.total.minor &&
    stored.tax_minor === (row.tax?.minor ?? 0n) &&
    stored.issued_on.equals(row.issuedOn) &&
    stored.due_on.equals(row.dueOn)
  );
}
