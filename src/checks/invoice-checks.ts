// Looking at an invoice before it is issued: all that is doubtful about it, at once, each beside the field it is about.

import { hasAccount } from '#banking/pay-account.ts';
import type { Channel } from '#delivery/message.ts';
import { channelsOf, chooseWay, isPostedInstead, type Reach } from '#delivery/preference.ts';
import { isQrIban, isReference } from '#formats/payment-reference.ts';
import { judgeTaxId } from '#formats/tax-id.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import type { Company } from '#parties/company.ts';
import { billingAddress, type Customer } from '#parties/customer.ts';
import { isIban } from '#parties/iban.ts';
import { CHECKS, type CheckCode, type CheckRules, fitsPattern } from './check-rules.ts';

/** One thing that is doubtful or wrong about an invoice that is to be issued. */
export type Finding = {
  /** Names exactly this finding: what is said about another amount, number or customer has another id. */
  readonly id: string;
  readonly check: CheckCode;
  readonly mode: 'warn' | 'refuse';
  /** The field of the request it is about, as `purchaseOrder` or `references/buyerReference`. */
  readonly field: string;
  /** What is found, as a sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
};

/** A finding before it has its id. */
export type Said = Omit<Finding, 'id'>;

/** Something issued or written before. */
export type Earlier = { readonly number: string; readonly issuedOn: PlainDate };

/** What is known of an invoice that is to be issued. */
export type CheckedInvoice = {
  readonly company: Pick<
    Company,
    'name' | 'country' | 'taxId' | 'iban' | 'accountNumber' | 'referenceScheme'
  >;
  readonly customer: Pick<Customer, 'id' | 'name' | 'country' | 'taxId'>;
  readonly reach: Reach;
  readonly purchaseOrder: string | undefined;
  readonly buyerReference: string | undefined;
  readonly paymentReference: string | undefined;
  readonly total: Money;
  readonly tax: Money;
  /** Categories of tax on it (UNCL 5305). */
  readonly taxCategories: readonly string[];
  /** The first day something of it is due. */
  readonly dueOn: PlainDate;
  readonly today: PlainDate;
  /** Invoices over the same total under the same reference of the customer, within the days of the rule. */
  readonly duplicates: readonly Earlier[];
  /** Invoices with the very same lines, within the days of the rule. */
  readonly alike: readonly Earlier[];
  /** Open drafts of the same customer over the same total under the same reference, itself left out. */
  readonly draftsAlike: number;
  /** Totals of the customer's latest invoices in this currency, in minor units. */
  readonly usualMinor: readonly bigint[];
};

type Words = Pick<Finding, 'field' | 'message' | 'hint'>;

type Look = (invoice: CheckedInvoice, rules: CheckRules) => Words | undefined;

const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  email: 'e-mail',
  post: 'post',
  sms: 'text message',
  network: 'the e-invoice network',
};

/** With fewer invoices than this nothing is usual. */
const USUAL_COUNT_MIN = 3;

const LOOKS: Readonly<Record<CheckCode, Look>> = {
  purchase_order: (invoice, rules) => {
    const { pattern } = rules.purchase_order;
    const field = 'purchaseOrder';
    if (invoice.purchaseOrder === undefined)
      return {
        field,
        message: `${invoice.customer.name} wants a purchase order on its invoices, and there is none.`,
        hint: 'Write the number of the purchase order; ask the customer for it.',
      };
    if (pattern === undefined || fitsPattern(pattern, invoice.purchaseOrder)) return undefined;
    return {
      field,
      message: `Purchase order “${invoice.purchaseOrder}” is not written like ${pattern}.`,
      hint: 'Compare it with the order: a digit may be missing. # is a digit, @ a letter, * anything.',
    };
  },

  buyer_reference: (invoice) =>
    invoice.buyerReference === undefined
      ? {
          field: 'references/buyerReference',
          message: `${invoice.customer.name} wants a reference of its own on its invoices, and there is none.`,
          hint: 'Write the buyer reference; for German authorities it is the Leitweg-ID.',
        }
      : undefined,

  buyer_tax_id: ({ customer, taxCategories }) => {
    const reverse = taxCategories.find((category) => category === 'AE' || category === 'K');
    if (customer.taxId === null)
      return reverse === undefined
        ? undefined
        : {
            field: 'customerId',
            message: `No tax is charged because the buyer owes it, but ${customer.name} has no tax id.`,
            hint: 'Write the tax id at the customer, or charge tax.',
          };
    const verdict = judgeTaxId(customer.taxId, customer.country);
    if (verdict === 'right' || verdict === 'unknown') return undefined;
    return {
      field: 'customerId',
      message: `Tax id ${customer.taxId} of ${customer.name} ${
        verdict === 'wrong_digits' ? 'has wrong check digits.' : 'is not written as its country does.'
      }`,
      hint: 'Compare it with what the customer gave; a digit is mistyped or missing. Correct it at the customer.',
    };
  },

  own_tax_id: ({ company, tax }) => {
    const hint = 'Write it in the settings of the company. Without it the buyer cannot deduct the tax.';
    if (tax.minor === 0n) return undefined;
    if (company.taxId === null)
      return {
        field: 'companyId',
        message: `Tax is charged, but ${company.name} has no tax id to print.`,
        hint,
      };
    const verdict = judgeTaxId(company.taxId, company.country);
    if (verdict !== 'wrong_digits') return undefined;
    return {
      field: 'companyId',
      message: `Our own tax id ${company.taxId} has wrong check digits.`,
      hint: 'Correct it in the settings of the company.',
    };
  },

  duplicate: ({ duplicates, total }) => {
    const [first] = duplicates;
    return (
      first && {
        field: 'purchaseOrder',
        message: `Invoice ${first.number} of ${first.issuedOn} asks the same ${shown(total)} under the same reference.`,
        hint: 'If it is another delivery, say its period or another reference. If not, throw this draft away.',
      }
    );
  },

  alike: ({ alike, draftsAlike, duplicates, total }) => {
    const [first] = alike;
    if (duplicates.length > 0) return undefined;
    if (first)
      return {
        field: 'lines',
        message: `Invoice ${first.number} of ${first.issuedOn} has the very same lines.`,
        hint: 'Make sure that it is not the same delivery.',
      };
    if (draftsAlike === 0) return undefined;
    return {
      field: 'lines',
      message: `Another draft asks this customer for the same ${shown(total)} under the same reference.`,
      hint: 'Look at the drafts: one of them may be too many.',
    };
  },

  bank_account: (invoice) => bankTrouble(invoice),

  no_bank_account: ({ company }) =>
    !hasAccount(company)
      ? {
          field: 'companyId',
          message: `${company.name} has no bank account to print, so that nobody can pay by transfer.`,
          hint: 'Write the account in the settings of the company, or turn this check off if it is paid otherwise.',
        }
      : undefined,

  recipient: ({ customer, reach, today }) => {
    if (isPostedInstead(reach, today)) return undefined;
    const [preferred] = channelsOf(reach);
    const way = chooseWay(reach);
    if (preferred === undefined || way?.channel === preferred) return undefined;
    const why = `${customer.name} cannot be reached by ${CHANNEL_WORDS[preferred]}${
      way ? `; the invoice would go by ${CHANNEL_WORDS[way.channel]}.` : ', nor in any other way.'
    }`;
    return { field: 'customerId', message: why, hint: mendReach(preferred, reach) };
  },

  address: ({ customer, reach, today }) => {
    if (isPostedInstead(reach, today) || chooseWay(reach)?.channel !== 'post') return undefined;
    const address = billingAddress(reach.addresses);
    const lacks = [
      ...(address?.street.trim() ? [] : ['a street']),
      ...(address?.city.trim() ? [] : ['a town']),
      ...(address?.postalCode.trim() ? [] : ['a postal code']),
    ];
    if (
      lacks.length === 0 ||
      (lacks.length === 1 && NO_POSTAL_CODES.has(address?.country ?? '') && lacks[0] === 'a postal code')
    )
      return undefined;
    return {
      field: 'customerId',
      message: `The invoice goes by post, and the address of ${customer.name} lacks ${lacks.join(' and ')}.`,
      hint: 'Complete the address at the customer.',
    };
  },

  due_date: ({ dueOn, today }) =>
    Temporal.PlainDate.compare(dueOn, today) < 0
      ? {
          field: 'dueOn',
          message: `It would be due on ${dueOn}, which is past: the customer would be late at once.`,
          hint: 'Give a later due date, or issue it as it is if it was agreed.',
        }
      : undefined,

  amount: ({ total, usualMinor, customer }, rules) => {
    const factor = BigInt(rules.amount.factor ?? 0);
    if (usualMinor.length < USUAL_COUNT_MIN || factor <= 0n) return undefined;
    const usual = middleOf(usualMinor);
    if (usual <= 0n || total.minor <= usual * factor) return undefined;
    return {
      field: 'lines',
      message: `${shown(total)} is more than ${factor} times what ${customer.name} usually gets invoiced (${shown(
        money(usual, total.currency),
      )}).`,
      hint: 'Look for a slip of the decimal point or of the quantity.',
    };
  },
};

/** Countries and territories that have no postal codes, among those with trade (UPU, postal addressing systems). */
const NO_POSTAL_CODES: ReadonlySet<string> = new Set(['AE', 'HK', 'IE', 'QA', 'PA', 'BS', 'AG', 'MO']);

/** All that the rules find about an invoice, in the order of the checks. Pure. */
export function checkInvoice(invoice: CheckedInvoice, rules: CheckRules): readonly Said[] {
  return CHECKS.flatMap((check): Said[] => {
    const { mode } = rules[check];
    if (mode === 'off') return [];
    const words = LOOKS[check](invoice, rules);
    return words ? [{ check, mode, ...words }] : [];
  });
}

function bankTrouble({ company, paymentReference, total }: CheckedInvoice): Words | undefined {
  const { iban } = company;
  if (iban === null) return undefined;
  if (!isIban(iban))
    return {
      field: 'companyId',
      message: `The account ${iban} that would be printed is not valid: money would go astray.`,
      hint: 'Correct the IBAN in the settings of the company.',
    };
  const isSwiss = isQrIban(iban);
  if (isSwiss && !['CHF', 'EUR'].includes(total.currency))
    return {
      field: 'currency',
      message: `The QR-IBAN that would be printed takes CHF and EUR, not ${total.currency}.`,
      hint: `Invoice in CHF or EUR, or give the company an ordinary account for ${total.currency}.`,
    };
  if (isSwiss && paymentReference !== undefined && !isReference('ch_qrr', paymentReference))
    return {
      field: 'paymentReference',
      message: `A QR-IBAN takes no payment without a QR reference, and “${paymentReference}” is none.`,
      hint: 'Leave the payment reference empty, and it is made of the number.',
    };
  if (
    !isSwiss &&
    paymentReference !== undefined &&
    company.referenceScheme === 'ch_qrr' &&
    isReference('ch_qrr', paymentReference)
  )
    return {
      field: 'paymentReference',
      message: 'A QR reference needs a QR-IBAN, and the account that would be printed is an ordinary one.',
      hint: 'Give the company its QR-IBAN, or use an ISO 11649 reference (RF…).',
    };
  return undefined;
}

function mendReach(channel: Channel, reach: Reach): string {
  if (channel !== 'email') return 'Complete how the customer is reached, on its page.';
  const known = [...reach.contacts.flatMap((contact) => contact.email ?? []), reach.preference.emailTo ?? ''];
  return known.some((address) => reach.suppressed.has(address.toLowerCase()))
    ? 'Mail to its address came back or was stopped. Ask for another address, or lift the stop if it works again.'
    : 'Give the customer a contact with an e-mail address, or choose another way.';
}

/** The middle of some numbers; of two middles the lower. */
function middleOf(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n;
}

function shown(amount: Money): string {
  return `${toDecimal(amount)} ${amount.currency}`;
}
