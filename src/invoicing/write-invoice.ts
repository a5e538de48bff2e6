// Where the content of messages that carry an invoice or credit note comes from: what is true of it in the moment of sending, its
// words, and the document itself. Delivery asks for these; it knows nothing of invoices.

import { withinMail } from '#attachments/attachment.ts';
import { readAttachments, readContents } from '#attachments/read-attachments.ts';
import { bankOf, paidIn } from '#banking/pay-account.ts';
import type { MailAttachment } from '#carriers/mail-message.ts';
import type { Tx } from '#db/transaction.ts';
import {
  type MessageSource,
  NO_WAY,
  type Parcel,
  type Reading,
  type ReadMore,
  type Written,
} from '#delivery/begin-sending.ts';
import { type Channel, type Message, sendingChannel } from '#delivery/message.ts';
import { wayBy } from '#delivery/preference.ts';
import { readReach, readSetting, readThread } from '#delivery/read-reach.ts';
import type { AttachedFormat } from '#delivery/sender.ts';
import type { WrittenProfile } from '#einvoice/written-profile.ts';
import { escapeXml } from '#formats/xml-writer.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import { payLinkOf } from '#printing/pay-link.ts';
import type { CompanyLook } from '#printing/print-style.ts';
import { readLooks } from '#printing/read-looks.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { mailPage } from '#wording/mail-layout.ts';
import { leftOutNote } from '#wording/message-phrases.ts';
import type { TemplateKind, WrittenTemplate } from '#wording/message-template.ts';
import { readTemplate } from '#wording/read-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { invoiceMailVariables, type MailedDocument } from '#wording/template.ts';
import { shortText } from '#wording/text-length.ts';
import { printInvoiceOnce, readPrintable } from './print-invoice.ts';
import { readXml } from './read-e-invoice.ts';
import { findInvoices, type InvoiceRow, lockInvoices } from './store.ts';
import { findContents } from './store-content.ts';

/** What is true of a document in the moment it is sent. */
export type InvoiceContent = {
  readonly invoiceId: InvoiceId;
  readonly day: PlainDate;
  readonly company: Company;
  /** The account it is paid to: the one that stands on it. */
  readonly bank: ReturnType<typeof bankOf>;
  readonly customer: Customer;
  readonly contactName: string | undefined;
  readonly language: DocumentLanguage;
  readonly document: MailedDocument;
  readonly paymentReference: string;
  /** Where it can be paid online. */
  readonly payUrl: string | undefined;
  readonly attaches: readonly AttachedFormat[];
  /** The words it is said with. */
  readonly words: WrittenTemplate;
  /** The e-invoice the customer wants, where it wants one. */
  readonly eInvoice: WrittenProfile | null;
};

/** Which words a document is sent with by a channel; a letter is the document alone. */
export function templateKindOf(kind: InvoiceRow['kind'], channel: Channel): TemplateKind {
  if (channel === 'sms') return 'sms_notice';
  return kind === 'invoice' ? 'invoice_mail' : 'credit_note_mail';
}

/** Reads the document of a queued message and locks it, so that it is not voided while it leaves. */
async function read(tx: Tx, message: Message, now: Instant): Promise<Reading<InvoiceContent>> {
  const invoiceId = present(message.documentId, 'a message that carries a document names it') as InvoiceId;
  const [row] = await lockInvoices(tx, [invoiceId]);
  const channel = sendingChannel(message);
  return readContent(tx, present(row, 'a document is never deleted'), { channel, now });
}

/**
 * Reads what a document would be sent with, for a look at it; nothing is locked. Refuses: `invoice_not_found`.
 */
export async function readToPreview(
  tx: Tx,
  invoiceId: InvoiceId,
  how: { readonly channel: Channel; readonly now: Instant; readonly language?: DocumentLanguage | undefined },
): Promise<Reading<InvoiceContent>> {
  const [row] = await findInvoices(tx, [invoiceId]);
  if (!row) throw new Refusal('invoice_not_found', { invoices: [invoiceId] });
  return readContent(tx, row, how);
}

async function readContent(
  tx: Tx,
  invoice: InvoiceRow,
  how: { readonly channel: Channel; readonly now: Instant; readonly language?: DocumentLanguage | undefined },
): Promise<Reading<InvoiceContent>> {
  const [company, contents, setting, items, follows] = await Promise.all([
    takeCompany(tx, invoice.company_id),
    findContents(tx, [invoice.id]),
    readSetting(tx, invoice.company_id),
    readItemsOfDocuments(tx, [invoice.id]),
    readThread(tx, [invoice.id]),
  ]);
  const [reaches, looks, accounts] = await Promise.all([
    readReach(tx, invoice.company_id, [invoice.customer_id], 'invoice'),
    readLooks(tx, [company]),
    readAccountsPaidBy(tx, [company], invoice.customer_id),
  ]);
  const reach = present(reaches.get(invoice.customer_id), 'a document has its customer');
  const way = wayBy(how.channel, reach);
  const language = chooseDocumentLanguage([
    how.language,
    way?.language,
    reach.customer.language,
    company.language,
  ]);
  const open = items.filter((item) => item.kind === invoice.kind && left(item) !== 0n);
  const openMinor = open.reduce((total, item) => total + left(item), 0n);
  const document = mailed(invoice, openMinor);
  const content: InvoiceContent = {
    invoiceId: invoice.id,
    day: dayIn(company.timeZone, how.now),
    company,
    bank: bankOf(contents.get(invoice.id)?.seller ?? paidIn(company, accounts, invoice.currency)),
    customer: reach.customer,
    contactName: way?.name,
    language,
    document,
    paymentReference: invoice.payment_reference ?? invoice.number,
    payUrl: payUrlOf(looks.get(company.id), invoice, { document, parts: open.length }),
    attaches: reach.preference.attaches ?? setting.attaches,
    words: await readTemplate(tx, company.id, templateKindOf(invoice.kind, how.channel), language),
    eInvoice: reach.preference.eInvoice,
  };
  const silent = invoice.voided_on !== null ? 'voided' : way ? undefined : NO_WAY;
  return { recipient: way?.recipient, copies: way?.copies ?? [], follows, language, content, silent };
}

/** The link to pay an invoice by, while something is open of it; one that names an amount is not for what is due in parts. */
function payUrlOf(
  look: CompanyLook | undefined,
  row: InvoiceRow,
  { document, parts }: { readonly document: MailedDocument; readonly parts: number },
): string | undefined {
  const payLink = look?.extras.payLink;
  if (!payLink || row.kind !== 'invoice' || row.voided_on !== null || parts === 0) return undefined;
  return payLinkOf(payLink, {
    number: row.number,
    amount: parts === 1 ? document.open : undefined,
    reference: row.payment_reference ?? row.number,
  });
}

function mailed(row: InvoiceRow, openMinor: bigint): MailedDocument {
  return {
    kind: row.kind,
    number: row.number,
    issuedOn: row.issued_on,
    dueOn: row.kind === 'invoice' ? row.due_on : undefined,
    total: money(row.total_minor, row.currency),
    open: money(openMinor < 0n ? -openMinor : openMinor, row.currency),
  };
}

/** The facts the words of a message about a document may speak of. */
function variablesOf(content: InvoiceContent, attachmentCount: number, portalUrl?: string) {
  const { company, bank, customer, document } = content;
  const known = <T>(value: T | null): T | undefined => value ?? undefined;
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
    paymentReference: content.paymentReference,
    portalUrl,
    payUrl: content.payUrl,
    attachmentCount,
  };
  return invoiceMailVariables(facts, document);
}

/** What goes along with a mail, and which files do not because they are too large for it. */
export type Along = { readonly attachmentCount: number; readonly leftOut?: readonly string[] | undefined };

/**
 * The words of the mail that carries a document, in its language. Files that do not go along are named after all else, whoever
 * wrote the words. Refuses: `template_not_rendered`.
 */
export function wordsOf(content: InvoiceContent, { attachmentCount, leftOut = [] }: Along, viewUrl?: string) {
  const { company, document, language } = content;
  const template = { ...content.words, subject: content.words.subject ?? document.number };
  const words = renderTemplate(template, variablesOf(content, attachmentCount, viewUrl), language);
  const town = [company.postalCode, company.city].filter((part) => part !== null).join(' ');
  const footerLines = [company.street, town, company.taxId, company.registrationNo].filter(
    (line): line is string => line !== null && line !== '',
  );
  const frame = { language, title: words.subject, companyName: company.name, footerLines };
  const missing = leftOut.length === 0 ? undefined : leftOutNote(leftOut, language);
  const text = missing === undefined ? words.text : `${words.text.trimEnd()}\n\n${missing}\n`;
  // Words of one's own without HTML are a mail of plain text.
  if (words.html === undefined) return { subject: words.subject, text };
  const note = missing === undefined ? '' : `\n<p class="small">${escapeXml(missing)}</p>`;
  return { subject: words.subject, text, html: mailPage(words.html + note, frame) };
}

/** The text of the short notice about a document. Refuses: `template_not_rendered`. */
export function noticeOf(content: InvoiceContent): string {
  const { words, language } = content;
  return shortText(renderTemplate({ text: words.text }, variablesOf(content, 0), language).text);
}

/** The document itself, as the file that goes with a mail. */
export async function drawn(content: InvoiceContent, more: ReadMore) {
  const { invoiceId, language } = content;
  const printable = await more((tx) => readPrintable(tx, invoiceId, { language }));
  const { fileName, pdf } = await printInvoiceOnce(printable, more);
  return {
    name: fileNameOf(fileName),
    mediaType: 'application/pdf',
    content: pdf,
    signedAs: 'invoice' as const,
  };
}

/**
 * The files of a document that go along in its mail, in their order, so many as mailboxes take, and the names of the others,
 * which can be asked for.
 */
async function filesOf(
  { invoiceId }: InvoiceContent,
  more: ReadMore,
): Promise<{ readonly files: readonly MailAttachment[]; readonly leftOut: readonly string[] }> {
  return more(async (tx) => {
    const { taken, left } = withinMail(await readAttachments(tx, { documentId: invoiceId }));
    const files = await readContents(tx, taken);
    return {
      files: files.map(({ name, mediaType, content }) => ({ name, mediaType, content })),
      leftOut: left.map(({ name }) => name),
    };
  });
}

/** The document as data. Refuses: what `readXml` refuses. */
async function asData(content: InvoiceContent, profile: WrittenProfile, more: ReadMore) {
  const xml = await more((tx) => readXml(tx, content.invoiceId, profile));
  const name = fileNameOf(`${content.document.number}.xml`);
  return { name, mediaType: 'application/xml', content: new TextEncoder().encode(xml) };
}

function fileNameOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '_');
}

/** Why no e-invoice can be made of a document: it is no fault of the mail, which then carries the PDF. */
const NOT_AS_DATA: ReadonlySet<string> = new Set(['invoice_without_content', 'einvoice_not_valid']);

async function asDataIfAny(content: InvoiceContent, more: ReadMore) {
  try {
    return await asData(content, content.eInvoice ?? 'en16931_ubl', more);
  } catch (error) {
    if (error instanceof Refusal && NOT_AS_DATA.has(error.code)) return undefined;
    throw error;
  }
}

/**
 * The source of messages that carry documents. By mail go the PDF, with its data inside, the XML, or both, as the customer wants;
 * into a network the XML by the rules the customer wants, else those of Peppol.
 */
export const invoiceSource: MessageSource<InvoiceContent> = {
  purpose: 'invoice',
  read,
  async write(content, more, viewUrl): Promise<Written> {
    const pdf = content.attaches.includes('pdf') ? await drawn(content, more) : undefined;
    const xml = content.attaches.includes('xml') ? await asDataIfAny(content, more) : undefined;
    // A mail without the document would say that it is attached: the PDF goes where no e-invoice can be made.
    const files = [pdf, xml].filter((file) => file !== undefined);
    const documents = files.length > 0 ? files : [await drawn(content, more)];
    const { files: others, leftOut } = await filesOf(content, more);
    const attachments = [...documents, ...others];
    return {
      sender: { name: content.company.name, address: content.company.email },
      recipientName: content.contactName,
      ...wordsOf(content, { attachmentCount: attachments.length, leftOut }, viewUrl),
      attachments,
    };
  },
  async pack(content, more, channel: Channel): Promise<Parcel> {
    const { number } = content.document;
    if (channel === 'sms') {
      const bytes = new TextEncoder().encode(noticeOf(content));
      const file = { name: 'notice.txt', mediaType: 'text/plain', content: bytes };
      return { subject: number, file };
    }
    if (channel === 'post') return { subject: number, file: await drawn(content, more) };
    return { subject: number, file: await asData(content, content.eInvoice ?? 'peppol', more) };
  },
  // What was sent is told by the message itself; nothing else is noted.
  save() {},
  // Day and words stand in mails alone.
  standingOn: ({ day: _day, words: _words, ...standing }) => standing,
};
