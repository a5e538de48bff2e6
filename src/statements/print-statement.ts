// Printing statements of account: read in one transaction, drawn after it.

import { type PayAccount, paidIn, paidInAll } from '#banking/pay-account.ts';
import type { Tx } from '#db/transaction.ts';
import { buyerAtIssue, sellerAtIssue } from '#invoicing/document-content.ts';
import { buyerOf, lookOf, sellerOf } from '#invoicing/printed-invoice.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import type { Seller } from '#printing/print-page.ts';
import { readCustomerLanguages, readLooks } from '#printing/read-looks.ts';
import { renderPage } from '#printing/render-pdf.ts';
import { writtenIn } from '#printing/second-language.ts';
import {
  type StatementAccountPart,
  type StatementDocument,
  type StatementPart,
  statementPage,
} from '#printing/statement-document.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { companiesOf } from './read-statement.ts';
import {
  leadCompany,
  payableOf,
  type Statement,
  type StatementAccount,
  type StatementSection,
} from './statement.ts';

/**
 * What is printed of a statement, with parties as they are now: in the language asked for, else the customer's, else the company's;
 * with a second one beside it where the customer or the company that writes wants one on its documents.
 */
export async function readPrintedStatement(
  tx: Tx,
  statement: Statement,
  asked: {
    readonly language?: DocumentLanguage | undefined;
    readonly companyId?: CompanyId | undefined;
    /** The company that writes; left out, the first that is owed something. */
    readonly letterhead?: Company | undefined;
  } = {},
): Promise<StatementDocument> {
  const lead = await writerOf(tx, statement, asked);
  const { customer } = statement;
  const companies = [...new Set([...statement.sections.map((section) => section.company), lead])];
  const [addresses, looks, seconds, accounts] = await Promise.all([
    readAddresses(tx, [customer.id]),
    readLooks(tx, companies),
    readCustomerLanguages(tx, [customer.id]),
    readAccountsPaidBy(tx, companies, customer.id),
  ]);
  const written = writtenIn(seconds.get(customer.id) ?? looks.get(lead.id)?.extras.secondLanguage ?? 'none', {
    ours: chooseDocumentLanguage([lead.language]),
    theirs: asked.language ?? chooseDocumentLanguage([customer.language, lead.language]),
  });
  const sellerFor = (company: typeof lead): Seller => ({
    ...sellerOf(sellerAtIssue(company)),
    ...lookOf(looks.get(company.id)),
  });
  // Whose account it is has to be said where it is not the writer's alone.
  const isMixed = statement.sections.some((section) => section.company.id !== lead.id);
  const isSplit = statement.sections.length > 1;
  return {
    ...written,
    seller: sellerFor(paidByStatement(statement, lead, accounts)),
    customer: buyerOf(
      { seller: sellerAtIssue(lead), buyer: buyerAtIssue(customer, addresses) },
      written.language,
    ),
    from: statement.from,
    asOf: statement.asOf,
    parts: statement.sections.map((section): StatementPart => {
      const { company, currency } = section;
      const title = isMixed ? `${company.name} · ${currency}` : isSplit ? currency : undefined;
      return {
        ...printedSection(section, statement.isGroup),
        title,
        seller: sellerFor(paidIn(company, accounts, currency)),
        paymentReference: customer.number,
      };
    }),
    footnotes: [],
  };
}

/** The company that writes a statement: the one asked for, else the first that is owed something. */
export async function writerOf(
  tx: Tx,
  statement: Statement,
  asked: { readonly companyId?: CompanyId | undefined; readonly letterhead?: Company | undefined },
): Promise<Company> {
  return asked.letterhead ?? leadCompany(statement, await companiesOf(tx, asked.companyId));
}

/** A company with the account that all it is owed on a statement goes to; without one where its currencies go to several. */
export function paidByStatement(
  statement: Pick<Statement, 'sections'>,
  company: Company,
  accounts: readonly PayAccount[],
): Company {
  const own = statement.sections.filter((section) => section.company.id === company.id);
  return paidInAll(
    company,
    accounts,
    own.map((section) => section.currency),
  );
}

function printedSection(
  section: StatementSection,
  isGroup: boolean,
): Omit<StatementPart, 'seller' | 'title' | 'paymentReference'> {
  const { aging, closing, disputed, charges } = section;
  const { buckets, credits, unapplied, overdue } = aging;
  return {
    accounts: section.accounts.map((account) => printedAccount(account, isGroup)),
    closing,
    ages: buckets,
    credits,
    unapplied,
    overdue,
    disputed,
    charges,
    payable: payableOf(section),
  };
}

function printedAccount(account: StatementAccount, isGroup: boolean): StatementAccountPart {
  const { customer, opening, closing } = account;
  return {
    name: isGroup ? `${customer.name} (${customer.number})` : undefined,
    opening,
    closing,
    rows: account.lines.map((line) => ({
      kind: line.kind,
      number: line.reference,
      on: line.on,
      dueOn: line.dueOn,
      daysLate: line.daysLate,
      original: line.original,
      amount: line.amount,
      disputed: line.disputed,
      balance: line.balance,
    })),
  };
}

/** A file name of a statement, without its ending. */
export function statementFileName(statement: Pick<Statement, 'customer' | 'asOf'>): string {
  return `statement-${statement.customer.number}-${statement.asOf}`.replace(/[^\p{L}\p{N}._-]+/gu, '_');
}

/** Draws a statement that was read before; outside of transactions, because it takes a moment. */
export async function printStatement(document: StatementDocument): Promise<Uint8Array> {
  return renderPage(statementPage(document));
}
