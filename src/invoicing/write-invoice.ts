// Where the content of messages that carry an invoice or credit note comes from: what is true of it in the moment of sending, its
// words, and the document itself. Delivery asks for these; it knows nothing of invoices.

import type { Tx } from '#db/transaction.ts';
import type { MessageSource, Parcel, Reading, ReadMore, Written } from '#delivery/begin-sending.ts';
import { builtInCreditNoteMail, builtInInvoiceMail } from '#delivery/built-in-template.ts';
import { mailPage } from '#delivery/mail-layout.ts';
import type { Channel, Message } from '#delivery/message.ts';
import { wayBy } from '#delivery/preference.ts';
import { readReach, readSetting, readThread } from '#delivery/read-reach.ts';
import { renderTemplate } from '#delivery/render-template.ts';
import type { AttachedFormat } from '#delivery/sender.ts';
import { invoiceMailVariables, type MailedDocument } from '#delivery/template.ts';
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
import { chooseLanguage, type Language } from '#printing/language.ts';
import { noticeText } from './notice.ts';
import { printInvoice, readInvoiceDocument } from './print-invoice.ts';
import { type InvoiceRow, lockInvoices } from './store.ts';

/** What is true of a document in the moment it is sent. */
export type InvoiceContent = {
  readonly invoiceId: InvoiceId;
  readonly day: PlainDate;
  readonly company: Company;
  readonly customer: Customer;
  readonly contactName: string | undefined;
  readonly language: Language;
  readonly document: MailedDocument;
  readonly paymentReference: string;
  readonly attaches: readonly AttachedFormat[];
};

/** Makes the e-invoice of a document; nothing for what none can be made of. */
export type MakeEInvoice = (id: InvoiceId, more: ReadMore) => Promise<Uint8Array | undefined>;

/** Reads the document of a queued message and locks it, so that it is not voided while it leaves. */
async function read(tx: Tx, message: Message, now: Instant): Promise<Reading<InvoiceContent>> {
  const invoiceId = present(message.documentId, 'a message that carries a document names it') as InvoiceId;
  const [[row], company, setting] = await Promise.all([
    lockInvoices(tx, [invoiceId]),
    takeCompany(tx, message.companyId),
    readSetting(tx, message.companyId),
  ]);
  const invoice = present(row, 'a document is never deleted');
  const [reaches, items, follows] = await Promise.all([
    readReach(tx, setting, [message.customerId], 'invoice'),
    readItemsOfDocuments(tx, [invoiceId]),
    readThread(tx, [invoiceId]),
  ]);
  const reach = present(reaches.get(message.customerId), 'a document has its customer');
  const way = wayBy(message.channel, reach);
  const language = chooseLanguage([way?.language, reach.customer.language, company.language]);
  const openMinor = items
    .filter((item) => item.kind === invoice.kind)
    .reduce((total, item) => total + left(item), 0n);
  const content: InvoiceContent = {
    invoiceId,
    day: dayIn(company.timeZone, now),
    company,
    customer: reach.customer,
    contactName: way?.name,
    language,
    document: mailed(invoice, openMinor),
    paymentReference: invoice.payment_reference ?? invoice.number,
    attaches: reach.preference.attaches ?? setting.attaches,
  };
  const silent = invoice.voided_on !== null ? 'voided' : way ? undefined : 'no_way';
  return { recipient: way?.recipient, copies: way?.copies ?? [], follows, language, content, silent };
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

/** The words of the mail that carries a document, in its language. Refuses: `template_not_rendered`. */
function wordsOf(content: InvoiceContent, attachmentCount: number) {
  const { company, customer, document, language } = content;
  const known = <T>(value: T | null): T | undefined => value ?? undefined;
  const bank =
    company.iban === null
      ? undefined
      : {
          iban: company.iban,
          bic: known(company.bic),
          bankName: known(company.bankName),
        };
  const template =
    document.kind === 'invoice' ? builtInInvoiceMail(language) : builtInCreditNoteMail(language);
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

async function drawn(content: InvoiceContent, more: ReadMore) {
  const { invoiceId, language } = content;
  const document = await more((tx) => readInvoiceDocument(tx, invoiceId, { language }));
  const { fileName, pdf } = await printInvoice(document);
  return { name: fileName.replace(/[^\p{L}\p{N}._-]+/gu, '_'), mediaType: 'application/pdf', content: pdf };
}

/** The source of messages that carry documents. E-invoices go along where they can be made. */
export function makeInvoiceSource(makeEInvoice?: MakeEInvoice): MessageSource<InvoiceContent> {
  const eInvoice = async (content: InvoiceContent, more: ReadMore) => {
    const bytes = await makeEInvoice?.(content.invoiceId, more);
    const name = `${content.document.number.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.xml`;
    return bytes && { name, mediaType: 'application/xml', content: bytes };
  };
  return {
    purpose: 'invoice',
    read,
    async write(content, more): Promise<Written> {
      const pdf = content.attaches.includes('pdf') ? await drawn(content, more) : undefined;
      const xml = content.attaches.includes('xml') ? await eInvoice(content, more) : undefined;
      // A mail without the document would say that it is attached: the PDF goes where no e-invoice can be made.
      const files = [pdf, xml].filter((file) => file !== undefined);
      const attachments = files.length > 0 ? files : [await drawn(content, more)];
      return {
        sender: { name: content.company.name, address: content.company.email },
        recipientName: content.contactName,
        ...wordsOf(content, attachments.length),
        attachments,
      };
    },
    async pack(content, more, channel: Channel): Promise<Parcel> {
      const { number } = content.document;
      if (channel === 'sms') {
        const text = noticeText(content.company, content.document, content.language);
        const file = { name: 'notice.txt', mediaType: 'text/plain', content: new TextEncoder().encode(text) };
        return { subject: number, file };
      }
      if (channel === 'post') return { subject: number, file: await drawn(content, more) };
      const file = await eInvoice(content, more);
      if (!file) throw new Refusal('einvoice_not_made', { number });
      return { subject: number, file };
    },
    // What was sent is told by the message itself; nothing else is noted.
    save() {},
  };
}
