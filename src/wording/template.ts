// What a message template is and which facts it may speak of. A template is text with places (`{{ customer.name
// }}`); the facts of a place have a kind, so that an amount is never written without its currency or a day
// without a format.

import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { add, type Currency, type Money, zero } from '#kernel/money.ts';
import type { BankDetails } from '#printing/print-page.ts';

/** A message as its author wrote it, in Liquid. `html` is the body only; the frame around it is ours. */
export type Template = {
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
};

/** A letter as its author wrote it: words before and after the table of items, paragraphs parted by empty lines. */
export type LetterTemplate = { readonly subject: string; readonly opening: string; readonly closing: string };

/** What a fact is: an amount must be written through `money`, a day through `date`, a rate through `percent`. */
export type VariableKind = 'text' | 'number' | 'money' | 'date' | 'percent';

/** The facts a template may use; those of the entries of a list are written `items[].number`. */
export type VariableKinds = Readonly<Record<string, VariableKind>>;

/** Values for a template: plain data, amounts and days as the kernel has them. */
export type TemplateVariables = Readonly<Record<string, unknown>>;

const SENDER_VARIABLES: VariableKinds = {
  'company.name': 'text',
  'company.email': 'text',
  'company.phone': 'text',
  'company.website': 'text',
  'customer.name': 'text',
  'customer.number': 'text',
  'contact.name': 'text',
  'sender.name': 'text',
  'bank.holder': 'text',
  'bank.iban': 'text',
  'bank.bic': 'text',
  'bank.name': 'text',
  'bank.account': 'text',
  'bank.routing': 'text',
  payment_reference: 'text',
  portal_url: 'text',
  attachment_count: 'number',
  today: 'date',
};

/** What a reminder may speak of. */
export const REMINDER_VARIABLES: VariableKinds = {
  ...SENDER_VARIABLES,
  'items[].number': 'text',
  'items[].issued_on': 'date',
  'items[].due_on': 'date',
  'items[].days_late': 'number',
  'items[].amount': 'money',
  'items[].open': 'money',
  'items[].disputed': 'money',
  'totals[].open': 'money',
  'totals[].late': 'money',
  late_count: 'number',
  attached_invoices: 'number',
  'statement.as_of': 'date',
  'costs[].interest': 'money',
  'costs[].fees': 'money',
  'penalties.rate': 'percent',
  'penalties.from': 'date',
  'penalties.fixed_sum': 'money',
  'penalties.reminder_fee': 'money',
};

/** What a reminder as a text message may speak of: the same, and the word that stops them. */
export const REMINDER_SMS_VARIABLES: VariableKinds = { ...REMINDER_VARIABLES, opt_out: 'text' };

/** What the mail that carries an invoice or a credit note may speak of. */
export const INVOICE_MAIL_VARIABLES: VariableKinds = {
  ...SENDER_VARIABLES,
  'document.kind': 'text',
  'document.number': 'text',
  'document.issued_on': 'date',
  'document.due_on': 'date',
  'document.total': 'money',
  'document.open': 'money',
  pay_url: 'text',
};

/** What the thank-you for a payment may speak of. */
export const THANKS_MAIL_VARIABLES: VariableKinds = {
  ...SENDER_VARIABLES,
  'payment.amount': 'money',
  'payment.received_on': 'date',
  'items[].number': 'text',
  'items[].paid': 'money',
};

/** What the mail that carries a statement of account may speak of. */
export const STATEMENT_MAIL_VARIABLES: VariableKinds = {
  ...SENDER_VARIABLES,
  'statement.as_of': 'date',
  'totals[].open': 'money',
  'totals[].company': 'text',
};

/** Who writes to whom, and where money goes: known to every message. Absent facts are empty in the template. */
export type MessageFacts = {
  readonly today: PlainDate;
  readonly company: {
    readonly name: string;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly website?: string | undefined;
    readonly bank?: BankDetails | undefined;
  };
  readonly customer: { readonly name: string; readonly number?: string | undefined };
  readonly contactName?: string | undefined;
  readonly senderName?: string | undefined;
  readonly paymentReference?: string | undefined;
  readonly portalUrl?: string | undefined;
  /** Where the one document of the message can be paid online. */
  readonly payUrl?: string | undefined;
  readonly attachmentCount: number;
  /** The word by which whoever gets text messages stops them. */
  readonly optOut?: string | undefined;
};

/** An item a reminder is about, its open amount as just read: without what of it is in dispute, which is owed and not asked for. */
export type ReminderItem = {
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly amount: Money;
  readonly open: Money;
  readonly disputed?: Money | undefined;
};

/** What late payment has cost in one currency by today and was not charged yet; what is zero is absent. */
export type ReminderCost = { readonly interest: Money; readonly fees: Money };

/** What late payment brings by the terms, where a message tells it before it comes: a yearly rate in percent, sums, a fee. */
export type PenaltyFacts = {
  readonly rate?: string | undefined;
  /** The first day of interest. */
  readonly from?: PlainDate | undefined;
  readonly fixedSum?: Money | undefined;
  readonly reminderFee?: Money | undefined;
};

/** What is told besides the items, where the step of a policy tells it. */
export type ToldBesides = {
  readonly costs?: readonly ReminderCost[] | undefined;
  readonly penalties?: PenaltyFacts | undefined;
  /** The day of the statement that goes with it, where one does; it is among the attachments that are counted. */
  readonly statementOn?: PlainDate | undefined;
};

/** Absent facts become null, which a template may ask about and which prints as nothing. */
function messageVariables(facts: MessageFacts): TemplateVariables {
  const { company, customer } = facts;
  const bank = company.bank;
  return {
    company: {
      name: company.name,
      email: company.email ?? null,
      phone: company.phone ?? null,
      website: company.website ?? null,
    },
    customer: { name: customer.name, number: customer.number ?? null },
    contact: { name: facts.contactName ?? null },
    sender: { name: facts.senderName ?? null },
    bank: {
      holder: bank ? (bank.holder ?? company.name) : null,
      iban: bank?.iban ?? null,
      bic: bank?.bic ?? null,
      name: bank?.bankName ?? null,
      account: bank?.accountNumber ?? null,
      routing: bank?.routingNumber ?? null,
    },
    payment_reference: facts.paymentReference ?? null,
    portal_url: facts.portalUrl ?? null,
    attachment_count: facts.attachmentCount,
    today: facts.today,
  };
}

/** Open and late totals by currency, in the order of the codes. */
function totalsOf(items: readonly ReminderItem[], today: PlainDate): { open: Money; late: Money }[] {
  const byCurrency = new Map<Currency, { open: Money; late: Money }>();
  for (const item of items) {
    const { currency } = item.open;
    const total = byCurrency.get(currency) ?? { open: zero(currency), late: zero(currency) };
    const isLate = daysBetween(item.dueOn, today) > 0;
    byCurrency.set(currency, {
      open: add(total.open, item.open),
      late: isLate ? add(total.late, item.open) : total.late,
    });
  }
  return [...byCurrency.values()].sort((a, b) => (a.open.currency < b.open.currency ? -1 : 1));
}

/**
 * The facts of a reminder: one message about all items of a customer, in the order given, with days late counted to
 * today (0 for what is not late) and totals for each currency; costs and penalties where the step of a policy tells them.
 */
export function reminderVariables(
  facts: MessageFacts,
  items: readonly ReminderItem[],
  { costs = [], penalties = {}, statementOn }: ToldBesides = {},
): TemplateVariables {
  const known = (amount: Money): Money | null => (amount.minor === 0n ? null : amount);
  const lateDays = (item: ReminderItem): number => Math.max(0, daysBetween(item.dueOn, facts.today));
  return {
    ...messageVariables(facts),
    opt_out: facts.optOut ?? null,
    items: items.map((item) => ({
      number: item.number,
      issued_on: item.issuedOn,
      due_on: item.dueOn,
      days_late: lateDays(item),
      amount: item.amount,
      open: item.open,
      disputed: item.disputed ?? null,
    })),
    totals: totalsOf(items, facts.today),
    late_count: items.filter((item) => lateDays(item) > 0).length,
    costs: costs.map(({ interest, fees }) => ({ interest: known(interest), fees: known(fees) })),
    attached_invoices: facts.attachmentCount - (statementOn ? 1 : 0),
    statement: { as_of: statementOn ?? null },
    penalties: {
      rate: penalties.rate ?? null,
      from: penalties.from ?? null,
      fixed_sum: penalties.fixedSum ?? null,
      reminder_fee: penalties.reminderFee ?? null,
    },
  };
}

/** A payment that somebody is thanked for, and the invoices that are settled by it with what it paid of each. */
export type ThankedPayment = {
  readonly amount: Money;
  readonly receivedOn: PlainDate;
  readonly items: readonly { readonly number: string; readonly paid: Money }[];
};

/** The facts of a thank-you. */
export function thanksVariables(facts: MessageFacts, payment: ThankedPayment): TemplateVariables {
  const { amount, receivedOn, items } = payment;
  return {
    ...messageVariables(facts),
    payment: { amount, received_on: receivedOn },
    items: items.map(({ number, paid }) => ({ number, paid })),
  };
}

/** The document that a mail carries. */
export type MailedDocument = {
  readonly kind: 'invoice' | 'credit_note' | 'charge' | 'charge_credit';
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly dueOn?: PlainDate | undefined;
  readonly total: Money;
  readonly open: Money;
};

/** The facts of the mail that carries a document. */
export function invoiceMailVariables(facts: MessageFacts, document: MailedDocument): TemplateVariables {
  return {
    ...messageVariables(facts),
    pay_url: facts.payUrl ?? null,
    document: {
      kind: document.kind,
      number: document.number,
      issued_on: document.issuedOn,
      due_on: document.dueOn ?? null,
      total: document.total,
      open: document.open,
    },
  };
}

/** The facts of the mail that carries a statement: what is owed in each currency. */
export function statementMailVariables(
  facts: MessageFacts,
  statement: {
    readonly asOf: PlainDate;
    /** To whom it is owed is said where that is not the writer alone. */
    readonly totals: readonly { readonly open: Money; readonly company?: string | undefined }[];
  },
): TemplateVariables {
  return {
    ...messageVariables(facts),
    statement: { as_of: statement.asOf },
    totals: statement.totals.map(({ open, company }) => ({ open, company: company ?? null })),
  };
}
