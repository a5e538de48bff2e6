// Where the content of messages that carry a charge comes from: what is true of it in the moment of sending, its words, the
// document, and its sheet as a table. Delivery asks for these; it knows nothing of charges.

import { bankOf } from '#banking/pay-account.ts';
import type { Tx } from '#db/transaction.ts';
import {
  type MessageSource,
  NO_WAY,
  type Reading,
  type ReadMore,
  type Written,
} from '#delivery/begin-sending.ts';
import { type Message, sendingChannel } from '#delivery/message.ts';
import { wayBy } from '#delivery/preference.ts';
import { readReach, readThread } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import { absolute, money } from '#kernel/money.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import { takeCompanyPaidBy } from '#receiving/read-receiving.ts';
import { builtInDocumentMail } from '#wording/built-in-template.ts';
import { mailPage } from '#wording/mail-layout.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { invoiceMailVariables, type MailedDocument } from '#wording/template.ts';
import { chargeMail } from './charge-mail.ts';
import type { ChargeKind } from './posting.ts';
import { printCharge, readPrintedCharge } from './print-charge.ts';
import { readCharge, type WholeCharge } from './read-charges.ts';
import { sheetText } from './sheet.ts';
import { waivable } from './waiving.ts';

/** What is true of a charge in the moment it is sent. */
export type ChargeContent = {
  readonly chargeId: string;
  readonly kind: ChargeKind;
  readonly day: PlainDate;
  readonly company: Company;
  readonly customer: Customer;
  readonly contactName: string | undefined;
  readonly language: DocumentLanguage;
  readonly document: MailedDocument;
};

/** Reads the charge of a queued message. It never changes itself; what was waived or taken back since is not sent any more. */
async function read(tx: Tx, message: Message, now: Instant): Promise<Reading<ChargeContent>> {
  const chargeId = present(message.documentId, 'a message that carries a charge names it');
  const charge = await readCharge(tx, chargeId);
  const { customer } = charge;
  const companyId = charge.company.id;
  const [company, reaches, follows] = await Promise.all([
    takeCompanyPaidBy(tx, { companyId, customerId: customer.id, currency: charge.row.currency }),
    readReach(tx, companyId, [customer.id], 'invoice'),
    readThread(tx, [chargeId]),
  ]);
  const way = wayBy(sendingChannel(message), present(reaches.get(customer.id), 'a charge has its customer'));
  const language = chooseDocumentLanguage([way?.language, customer.language, company.language]);
  const content: ChargeContent = {
    chargeId,
    kind: charge.row.kind,
    day: dayIn(company.timeZone, now),
    company,
    customer,
    contactName: way?.name,
    language,
    document: mailed(charge),
  };
  const silent = isGivenUp(charge) ? 'waived' : way ? undefined : NO_WAY;
  return { recipient: way?.recipient, copies: way?.copies ?? [], follows, language, content, silent };
}

/** Nothing is asked by it any more, or the credit does not stand. */
function isGivenUp({ row, waivers, writtenOff }: WholeCharge): boolean {
  if (row.kind === 'charge_credit') return row.undone_on !== null;
  const standing = waivers.filter((waiver) => waiver.row.undone_on === null).map((waiver) => waiver.row);
  const left = waivable(row, { waivers: standing, writtenOff });
  return left.interest + left.fees === 0n;
}

function mailed({ row }: WholeCharge): MailedDocument {
  return {
    kind: row.kind,
    number: row.number,
    issuedOn: row.charged_on,
    dueOn: row.kind === 'charge' ? row.due_on : undefined,
    total: money(row.total_minor, row.currency),
    open: money(absolute(row.open_minor), row.currency),
  };
}

/** The words of the mail that carries a charge, in its language. Refuses: `template_not_rendered`. */
function wordsOf(content: ChargeContent, attachmentCount: number, portalUrl: string | undefined) {
  const { company, customer, document, language, kind } = content;
  const known = <T>(value: T | null): T | undefined => value ?? undefined;
  const bank = bankOf(company);
  const template = builtInDocumentMail(chargeMail(kind, language), language, kind === 'charge');
  const facts = {
    today: content.day,
    company: {
      name: company.name,
      email: known(company.email),
      phone: known(company.phone),
      ...(bank ? { bank } : {}),
    },
    customer: { name: customer.name, number: customer.number },
    contactName: content.contactName,
    paymentReference: document.number,
    portalUrl,
    attachmentCount,
  };
  const words = renderTemplate(template, invoiceMailVariables(facts, document), language);
  const town = [company.postalCode, company.city].filter((part) => part !== null).join(' ');
  const footerLines = [company.street, town, company.taxId, company.registrationNo].filter(
    (line): line is string => line !== null && line !== '',
  );
  const frame = { language, title: words.subject, companyName: company.name, footerLines };
  return { subject: words.subject, text: words.text, html: mailPage(words.html ?? '', frame) };
}

async function drawn(content: ChargeContent, more: ReadMore) {
  const printed = await more((tx) => readPrintedCharge(tx, content.chargeId, content.language));
  const { fileName, pdf } = await printCharge(printed);
  return { name: safeName(fileName), mediaType: 'application/pdf', content: pdf };
}

function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '_');
}

/** The source of messages that carry charges: the document, and by mail its sheet as a table too. */
export const chargeSource: MessageSource<ChargeContent> = {
  purpose: 'charge',
  read,
  async write(content, more, viewUrl): Promise<Written> {
    const { parts } = await more((tx) => readCharge(tx, content.chargeId));
    const sheet = {
      name: safeName(`${content.document.number}-sheet.csv`),
      mediaType: 'text/csv',
      content: new TextEncoder().encode(sheetText(parts)),
    };
    const attachments = [await drawn(content, more), ...(parts.length > 0 ? [sheet] : [])];
    return {
      sender: { name: content.company.name, address: content.company.email },
      recipientName: content.contactName,
      ...wordsOf(content, attachments.length, viewUrl),
      attachments,
    };
  },
  async pack(content, more) {
    return { subject: content.document.number, file: await drawn(content, more) };
  },
  // What was sent is told by the message itself; nothing else is noted.
  save() {},
  // Day and words stand in mails alone.
  standingOn: ({ day: _day, ...standing }) => standing,
};
