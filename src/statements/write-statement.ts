// Where the content of messages that carry a statement comes from: the account as it is in the moment of sending, its words, and the
// paper itself. Delivery asks for these; it knows nothing of accounts.

import { bankOf } from '#banking/pay-account.ts';
import type { Tx } from '#db/transaction.ts';
import {
  type MessageSource,
  NO_WAY,
  type Parcel,
  type Reading,
  type ReadMore,
  type Written,
} from '#delivery/begin-sending.ts';
import type { Message } from '#delivery/message.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { mailPage } from '#wording/mail-layout.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { readTemplate } from '#wording/read-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { statementMailVariables } from '#wording/template.ts';
import {
  paidByStatement,
  printStatement,
  readPrintedStatement,
  statementFileName,
} from './print-statement.ts';
import { readStatement } from './read-statement.ts';
import { readWays } from './read-ways.ts';
import { isEmpty, type Statement, type StatementKind } from './statement.ts';
import { statementReply } from './statement-reply.ts';
import { insertSent, lockStatement } from './store.ts';

/** What is true of an account in the moment its statement is sent. */
export type StatementContent = {
  readonly statementId: string;
  readonly day: PlainDate;
  /** With the account that what is owed to it goes to. */
  readonly company: Company;
  readonly customer: Customer;
  readonly contactName: string | undefined;
  readonly language: DocumentLanguage;
  readonly statement: Statement;
  /** The words it is said with. */
  readonly words: WrittenTemplate;
};

/** Reads the account of a queued statement again, and locks the statement. */
async function read(tx: Tx, message: Message, now: Instant): Promise<Reading<StatementContent>> {
  const statementId = present(message.documentId, 'a message that carries a statement names it');
  const [found, company] = await Promise.all([
    lockStatement(tx, statementId),
    takeCompany(tx, message.companyId),
  ]);
  const row = present(found, 'a statement is never deleted');
  const [accounts, ways, statement] = await Promise.all([
    readAccountsPaidBy(tx, [company], message.customerId),
    readWays(tx, message.companyId, [message.customerId]),
    readStatement(tx, {
      customerId: row.customer_id as CustomerId,
      companyId: row.all_companies ? undefined : (row.company_id as CompanyId),
      group: row.is_group,
      kind: row.kind as StatementKind,
      from: row.from_on,
      asOf: row.as_of,
    }),
  ]);
  const { customer, way } = present(ways.get(message.customerId), 'a statement has its customer');
  const language = chooseDocumentLanguage([way?.language, customer.language, company.language]);
  const content: StatementContent = {
    statementId,
    day: dayIn(company.timeZone, now),
    company: paidByStatement(statement, company, accounts),
    customer,
    contactName: way?.name,
    language,
    statement,
    words: await readTemplate(tx, company.id, 'statement_mail', language),
  };
  // Everything was paid since the run looked: nobody is written to only to say so.
  const isDone = row.run_id !== null && isEmpty(statement) && !wasEmpty(row.balances);
  const silent = isDone ? 'nothing_left_to_say' : way ? undefined : NO_WAY;
  return { recipient: way?.recipient, copies: way?.copies ?? [], language, content, silent };
}

function wasEmpty(balances: unknown): boolean {
  return Array.isArray(balances) && balances.length === 0;
}

/**
 * Reads what a statement of open items as of today would be sent with, for a look at it; nothing is locked, and nobody need be
 * reachable.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `statement_too_long`.
 */
export async function readToPreview(
  tx: Tx,
  wanted: {
    readonly customerId: CustomerId;
    readonly companyId: CompanyId;
    readonly now: Instant;
    readonly language?: DocumentLanguage | undefined;
    readonly words?: WrittenTemplate | undefined;
  },
): Promise<{ readonly content: StatementContent; readonly recipient: string | undefined }> {
  const { customerId, companyId } = wanted;
  const company = await takeCompany(tx, companyId);
  const day = dayIn(company.timeZone, wanted.now);
  const [accounts, statement, ways] = await Promise.all([
    readAccountsPaidBy(tx, [company], customerId),
    readStatement(tx, { customerId, companyId, kind: 'open_item', asOf: day }),
    readWays(tx, companyId, [customerId]),
  ]);
  const way = ways.get(customerId)?.way;
  const { customer } = statement;
  const language =
    wanted.language ?? chooseDocumentLanguage([way?.language, customer.language, company.language]);
  const words = wanted.words ?? (await readTemplate(tx, companyId, 'statement_mail', language));
  const content = {
    statementId: '',
    day,
    company: paidByStatement(statement, company, accounts),
    customer,
    contactName: way?.name,
    language,
    statement,
    words,
  };
  return { content, recipient: way?.recipient };
}

/** The words of the mail, in its language. Refuses: `template_not_rendered`. */
export function wordsOf(content: StatementContent) {
  const { company, customer, statement, language } = content;
  const known = <T>(value: T | null): T | undefined => value ?? undefined;
  // Where several companies are owed, each account to pay to stands on the paper beside what is owed to it.
  const isMixed = statement.sections.some((section) => section.company.id !== company.id);
  const bank = bankOf(company);
  const facts = {
    today: content.day,
    company: {
      name: company.name,
      email: known(company.email),
      phone: known(company.phone),
      ...(bank && !isMixed ? { bank } : {}),
    },
    customer: { name: customer.name, number: customer.number },
    contactName: content.contactName,
    paymentReference: customer.number,
    attachmentCount: 1,
  };
  const totals = statement.sections.map((section) => ({
    open: section.closing,
    company: isMixed ? section.company.name : undefined,
  }));
  const variables = statementMailVariables(facts, { asOf: statement.asOf, totals });
  const template = { ...content.words, subject: content.words.subject ?? company.name };
  const words = renderTemplate(template, variables, language);
  const town = [company.postalCode, company.city].filter((part) => part !== null).join(' ');
  const footerLines = [company.street, town, company.taxId, company.registrationNo].filter(
    (line): line is string => line !== null && line !== '',
  );
  const frame = { language, title: words.subject, companyName: company.name, footerLines };
  // Words of one's own without HTML are a mail of plain text.
  const html = words.html === undefined ? {} : { html: mailPage(words.html, frame) };
  return { subject: words.subject, text: words.text, ...html };
}

async function drawn(content: StatementContent, more: ReadMore) {
  const { statement, language, company } = content;
  const document = await more((tx) => readPrintedStatement(tx, statement, { language, letterhead: company }));
  return {
    name: `${statementFileName(statement)}.pdf`,
    mediaType: 'application/pdf',
    content: await printStatement(document),
    signedAs: 'statement' as const,
  };
}

/** The source of messages that carry statements. What was said is kept with the message as figures, besides its bytes. */
export const statementSource: MessageSource<StatementContent> = {
  purpose: 'statement',
  read,
  async write(content, more): Promise<Written> {
    return {
      sender: { name: content.company.name, address: content.company.email },
      recipientName: content.contactName,
      ...wordsOf(content),
      attachments: [await drawn(content, more)],
    };
  },
  async pack(content, more): Promise<Parcel> {
    const file = await drawn(content, more);
    return { subject: file.name, file };
  },
  save(act, said) {
    for (const { message, content } of said) {
      const figures = statementReply(content.statement, 0);
      insertSent(act, { messageId: message.id, statementId: content.statementId, figures });
    }
  },
  // Day and words stand in mails alone.
  standingOn: ({ day: _day, words: _words, ...standing }) => standing,
};
