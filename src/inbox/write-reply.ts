// Where the content of answers comes from: the words of a person, the mails they answer, and the papers that go with them, drawn in
// the moment the answer leaves.

import type { MailAttachment } from '#carriers/mail-message.ts';
import type { Tx } from '#db/transaction.ts';
import {
  type MessageSource,
  NO_WAY,
  type Reading,
  type ReadMore,
  type Written,
} from '#delivery/begin-sending.ts';
import type { Message } from '#delivery/message.ts';
import { readSuppressed } from '#delivery/read-reach.ts';
import { printInvoiceOnce, readPrintable } from '#invoicing/print-invoice.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId, InvoiceId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import { printStatement, readPrintedStatement, statementFileName } from '#statements/print-statement.ts';
import { readStatement } from '#statements/read-statement.ts';
import { escapeHtml, mailPage } from '#wording/mail-layout.ts';
import { FOLLOWED_MAX } from './reply.ts';
import { findMails } from './store.ts';
import { findReply, findThreadUpTo, type ReplyRow } from './store-replies.ts';

/** An answer as it is said. */
export type ReplyContent = {
  readonly reply: Pick<ReplyRow, 'id' | 'subject' | 'words' | 'invoice_ids' | 'statement_on'>;
  readonly company: Company;
  readonly customerId: CustomerId;
  readonly language: DocumentLanguage;
};

async function read(tx: Tx, message: Message): Promise<Reading<ReplyContent>> {
  const replyId = present(message.documentId, 'a message that answers names its answer');
  const reply = present(await findReply(tx, replyId), 'an answer is never deleted');
  const [company, stopped, [mail]] = await Promise.all([
    takeCompany(tx, message.companyId),
    readSuppressed(tx, [message.recipient], 'reply'),
    findMails(tx, [reply.mail_id]),
  ]);
  const language = chooseDocumentLanguage([message.language]);
  const { id, subject, words, invoice_ids, statement_on } = reply;
  return {
    recipient: message.recipient,
    follows: mail ? await findThreadUpTo(tx, mail, FOLLOWED_MAX) : [],
    language,
    content: {
      reply: { id, subject, words, invoice_ids, statement_on },
      company,
      customerId: message.customerId,
      language,
    },
    silent: stopped.size > 0 ? NO_WAY : undefined,
  };
}

/** The words as a page: what a person typed, line by line, nothing of it as markup. */
function htmlOf({ reply, company, language }: ReplyContent): string {
  const paragraphs = reply.words
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`);
  const footerLines = [company.street, company.city].filter((line): line is string => !!line);
  const frame = { language, title: reply.subject, companyName: company.name, footerLines };
  return mailPage(paragraphs.join('\n'), frame);
}

async function enclosed(content: ReplyContent, more: ReadMore): Promise<readonly MailAttachment[]> {
  const { reply, company, customerId, language } = content;
  const files: MailAttachment[] = [];
  for (const id of reply.invoice_ids) {
    const printable = await more((tx) => readPrintable(tx, id as InvoiceId));
    const { fileName, pdf } = await printInvoiceOnce(printable, more);
    files.push({ name: fileName, mediaType: 'application/pdf', content: pdf, signedAs: 'invoice' });
  }
  const day = reply.statement_on;
  if (day === null) return files;
  const { statement, document } = await more(async (tx) => {
    const wish = {
      customerId,
      companyId: company.id,
      group: false,
      kind: 'open_item' as const,
      from: day,
      asOf: day,
    };
    const statement = await readStatement(tx, wish);
    return {
      statement,
      document: await readPrintedStatement(tx, statement, { language, letterhead: company }),
    };
  });
  const name = `${statementFileName(statement)}.pdf`;
  return [
    ...files,
    { name, mediaType: 'application/pdf', content: await printStatement(document), signedAs: 'statement' },
  ];
}

/** The source of messages by which people answer. */
export const replySource: MessageSource<ReplyContent> = {
  purpose: 'reply',
  read,
  async write(content, more): Promise<Written> {
    const { reply, company } = content;
    return {
      sender: { name: company.name, address: company.email },
      recipientName: undefined,
      subject: reply.subject,
      text: `${reply.words.trimEnd()}\n`,
      html: htmlOf(content),
      attachments: await enclosed(content, more),
    };
  },
  save() {},
};
