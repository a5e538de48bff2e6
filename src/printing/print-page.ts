// What a printed page is made of, whatever the document: letterhead, address, facts, and blocks one under the other.
// Everything is finished text here; the layout (document.typ) only places it and knows no rule of business.

import { evidentScheme, printedReference } from '#formats/payment-reference.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import { isIban } from '#parties/iban.ts';
import { epcPayload } from './epc-code.ts';
import type { DocumentLanguage } from './language.ts';
import { filledLines, type Letterheads, partIn } from './letterhead.ts';
import { payLinkOf } from './pay-link.ts';
import { formatDate, formatIban, formatMoney } from './print-format.ts';
import type { PrintLabels } from './print-labels.ts';
import { type PrintStyle, usualStyle } from './print-style.ts';
import { qrCode, qrSvg } from './qr-code.ts';
import { labelsIn, type WrittenIn } from './second-language.ts';
import type { SwissBill } from './swiss-bill.ts';
import type { CodeAddress } from './swiss-code.ts';
import { upiPayload } from './upi-code.ts';

/** Whom a document is from or to: as it stands on an envelope. */
export type Party = {
  readonly name: string;
  /** Street, postcode and town, country: one line each. */
  readonly addressLines: readonly string[];
  readonly taxId?: string | undefined;
  /** What the number is called, where "VAT number" is wrong: `EIN`, `ABN`. */
  readonly taxIdLabel?: string | undefined;
  /** The address in its parts, where it is known so: what a payment slip asks for. */
  readonly address?: Omit<CodeAddress, 'name'> | undefined;
};

/** Where money is to be sent: an IBAN, or account and bank code where there are no IBANs. */
export type BankDetails = {
  readonly holder?: string | undefined;
  readonly iban?: string | undefined;
  readonly bic?: string | undefined;
  readonly bankName?: string | undefined;
  readonly accountNumber?: string | undefined;
  readonly routingNumber?: string | undefined;
};

/** The company a document comes from. */
export type Seller = Party & {
  /** Court and number of registration, capital, directors: what the law wants on letters; one line each. */
  readonly registration?: readonly string[] | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly website?: string | undefined;
  readonly bank?: BankDetails | undefined;
  /** A PNG, JPEG or SVG picture; the name is printed where there is none. */
  readonly logo?: Uint8Array | undefined;
  /** ISO 3166-1 alpha-2; decides paper and window where the company has chosen no look. */
  readonly country?: string | undefined;
  readonly style?: PrintStyle | undefined;
  /** A template of `pay-link.ts`. */
  readonly payLink?: string | undefined;
  readonly upiId?: string | undefined;
  /** What it says at head and foot in place of what is usual. */
  readonly letterheads?: Letterheads | undefined;
};

/** The customer a document goes to. */
export type Buyer = Party & { readonly customerNumber?: string | undefined };

/** A label and what stands beside it. */
export type Fact = {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
  /** Said small under both, in totals: why no tax is taken. */
  readonly detail?: string | undefined;
  /** An address that the value leads to on a screen. */
  readonly link?: string | undefined;
};

/** A column of a table; a width of `rest` takes what the others leave. */
export type Column = {
  readonly title: Cell;
  readonly align: 'left' | 'right';
  readonly width: 'auto' | 'rest';
};

/** A cell is one text, or a main text and a smaller one under it. */
export type Cell = string | readonly [string, string];

/** A drawing that a phone reads, with what it is for. */
export type PrintCode = { readonly svg: string; readonly caption: string };

/** A picture of what happened when: lines with marks between a first day and a last; places from 0 to 1. */
export type TimelineBlock = {
  readonly type: 'timeline';
  readonly title: string;
  readonly lanes: readonly { readonly label: string; readonly marks: readonly number[] }[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
};

/** One thing under another on a page. */
export type Block =
  | { readonly type: 'text'; readonly paragraphs: readonly string[]; readonly small?: boolean }
  | {
      readonly type: 'table';
      /** Over the table, where there are several. */
      readonly title?: string | undefined;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      /** What is carried over a page break after each row; empty where nothing is. */
      readonly carried: readonly string[];
      readonly broughtForward: string;
      readonly carriedForward: string;
    }
  | { readonly type: 'totals'; readonly rows: readonly Fact[] }
  | {
      readonly type: 'summary';
      readonly title: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | {
      readonly type: 'payment';
      readonly title: string;
      readonly facts: readonly Fact[];
      readonly schedule?:
        | { readonly title: string; readonly rows: readonly (readonly string[])[] }
        | undefined;
      readonly codes: readonly PrintCode[];
      /** Sentences under the facts: what paying early saves. */
      readonly notes: readonly string[];
    }
  | TimelineBlock
  | SwissBill;

/** A whole document, ready to be laid out. */
export type PrintPage = WrittenIn & {
  readonly title: string;
  readonly author: string;
  /**
   * The business date of the document; the file's creation date too, so that drawing it again gives the same
   * bytes.
   */
  readonly date: PlainDate;
  readonly letterhead: { readonly name: string; readonly contact: readonly string[] };
  readonly logo?: Uint8Array | undefined;
  readonly style: PrintStyle;
  /** The sender in one small line above the address, from the longest form to the shortest; the first that fits. */
  readonly returnAddress: readonly string[];
  readonly address: readonly string[];
  readonly facts: readonly Fact[];
  readonly heading: string;
  readonly notice?: string | undefined;
  readonly blocks: readonly Block[];
  readonly footer: readonly (readonly string[])[];
  readonly pageOf: string;
};

/** Letters that a line cannot be broken in are given places to break, so that no word runs over the next column. */
const UNBROKEN_CHARACTERS_MAX = 24;

/**
 * Text fit for paper: well-formed and composed, control characters made spaces, and very long words (part numbers,
 * links) given invisible places where a line may break. Line ends are kept.
 */
export function printable(text: string): string {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out here
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\u2028\u2029]/g, ' ');
  return clean.replace(/[^\s\u00a0\u202f]{25,}/gu, (word) =>
    [...word]
      .map((letter, i) => (i > 0 && i % UNBROKEN_CHARACTERS_MAX === 0 ? `\u200b${letter}` : letter))
      .join(''),
  );
}

/** Facts without those that have nothing to say. */
export function filledFacts(
  facts: readonly {
    label: string;
    value: string | undefined;
    strong?: boolean;
    link?: string | undefined;
  }[],
): Fact[] {
  return facts.flatMap(({ label, value, strong, link }) =>
    value === undefined || value.trim() === ''
      ? []
      : [{ label, value: printable(value), ...(strong ? { strong } : {}), ...(link ? { link } : {}) }],
  );
}

/** The three columns at the foot of every page: who we are, how to reach us and our registration, our bank. */
function footerOf(seller: Seller, labels: PrintLabels): string[][] {
  const bank = seller.bank;
  const columns = [
    [seller.name, ...seller.addressLines],
    [
      seller.taxId === undefined ? '' : `${seller.taxIdLabel ?? labels.taxId} ${seller.taxId}`,
      ...(seller.registration ?? []),
    ],
    [
      bank?.bankName ?? '',
      bank?.iban ? formatIban(bank.iban) : '',
      bank?.bic ?? '',
      bank?.accountNumber ? `${labels.account} ${bank.accountNumber}` : '',
      bank?.routingNumber ? `${labels.routing} ${bank.routingNumber}` : '',
    ],
  ];
  return columns
    .map((lines) => lines.filter((line) => line.trim() !== '').map(printable))
    .filter((c) => c.length > 0);
}

/** How to reach the company, or what it chose to say at the head. */
function headOf(seller: Seller, language: DocumentLanguage): string[] {
  const own = partIn(seller.letterheads, language, ({ head }) => head);
  const usual = [seller.website, seller.email, seller.phone].flatMap((line) => (line ? [line] : []));
  return (own ? filledLines(own, seller) : usual).map(printable);
}

/** The columns a company chose for the foot of its pages, where it did; empty ones are left out. */
function ownFooter(seller: Seller, language: DocumentLanguage): string[][] | undefined {
  const own = partIn(seller.letterheads, language, ({ columns }) => columns);
  return own?.map((lines) => filledLines(lines, seller).map(printable)).filter((lines) => lines.length > 0);
}

/** Everything of a page that comes from who writes to whom, the same on every document. */
export function letterheadOf(
  seller: Seller,
  buyer: Buyer,
  written: WrittenIn,
): Pick<
  PrintPage,
  | 'language'
  | 'secondLanguage'
  | 'author'
  | 'letterhead'
  | 'logo'
  | 'style'
  | 'returnAddress'
  | 'address'
  | 'footer'
  | 'pageOf'
> {
  const labels = labelsIn(written);
  const { language, secondLanguage } = written;
  return {
    language,
    ...(secondLanguage ? { secondLanguage } : {}),
    author: printable(seller.name),
    letterhead: {
      name: printable(seller.name),
      contact: headOf(seller, language),
    },
    ...(seller.logo ? { logo: seller.logo } : {}),
    style: seller.style ?? usualStyle(seller.country),
    returnAddress: [
      seller.addressLines,
      seller.addressLines.slice(0, 2),
      seller.addressLines.slice(1, 2),
      [],
    ].map((lines) => printable([seller.name, ...lines].join(' · '))),
    address: [buyer.name, ...buyer.addressLines].map(printable),
    footer: ownFooter(seller, language) ?? footerOf(seller, labels),
    pageOf: labels.page,
  };
}

/** What the payment box needs to know. */
export type PaymentAsked = {
  readonly seller: Seller;
  readonly written: WrittenIn;
  /** What one payment should bring; absent where the table says it in several currencies. */
  readonly amount?: Money | undefined;
  readonly reference?: string | undefined;
  /** Of the document that is to be paid, where it is one. */
  readonly number?: string | undefined;
  readonly instalments?: readonly { readonly dueOn: PlainDate; readonly amount: Money }[];
  readonly notes?: readonly string[];
};

/** Whether one payment of an amount settles what is asked. */
function isOnePayment({ instalments = [] }: PaymentAsked): boolean {
  return instalments.length <= 1;
}

/** The link to pay what is asked by, where the company has one and all that it names is known. */
function payLinkFor(asked: PaymentAsked): string | undefined {
  const { seller, number, amount, reference } = asked;
  const facts = { number, reference, amount: isOnePayment(asked) ? amount : undefined };
  return seller.payLink === undefined ? undefined : payLinkOf(seller.payLink, facts);
}

/** The drawing of one code: for banking apps of Europe or India by the currency, else of the link to pay by. */
function paymentCode(asked: PaymentAsked): string | undefined {
  const { seller, amount, reference } = asked;
  const { iban, bic, holder } = seller.bank ?? {};
  const one = isOnePayment(asked) ? amount : undefined;
  const payload =
    (one && iban && epcPayload({ holder: holder ?? seller.name, iban, bic, amount: one, reference })) ||
    (one && seller.upiId && upiPayload({ upiId: seller.upiId, name: seller.name, amount: one, reference })) ||
    payLinkFor(asked);
  return payload && qrSvg(qrCode(new TextEncoder().encode(payload)));
}

/** A reference as payers read it: in groups where it shows by itself what it is. */
function readableReference(reference: string): string {
  const scheme = evidentScheme(reference);
  return scheme ? printedReference(scheme, reference) : reference;
}

/** A link as people type it: what stands after the question mark is left to the code and to whoever can click. */
function shownLink(link: string): string {
  const [page = ''] = link.slice('https://'.length).split(/[?#]/);
  return page.replaceAll('/', '/\u200b');
}

/**
 * The box that says where to pay, how much, until when and with which reference; with a code for banking apps where
 * one payment in euro settles the whole. Several instalments are listed instead, without a code, because a code that
 * asks for the whole (or only for the first part) would be wrong for most readers.
 */
export function paymentBlock(asked: PaymentAsked): Extract<Block, { type: 'payment' }> {
  const { seller, written, amount, reference } = asked;
  const { language } = written;
  const labels = labelsIn(written);
  const { bank } = seller;
  const instalments = asked.instalments ?? [];
  const only = instalments.length === 1 ? instalments[0] : undefined;
  const code = paymentCode(asked);
  const link = payLinkFor(asked);
  return {
    type: 'payment',
    title: labels.payment,
    facts: filledFacts([
      { label: labels.amountDue, value: amount && formatMoney(amount, language), strong: true },
      { label: labels.dueDate, value: only && formatDate(only.dueOn, language), strong: true },
      { label: labels.payTo, value: bank && (bank.holder ?? seller.name) },
      { label: 'IBAN', value: bank?.iban && (isIban(bank.iban) ? formatIban(bank.iban) : bank.iban) },
      { label: 'BIC', value: bank?.bic },
      { label: labels.account, value: bank?.accountNumber },
      { label: labels.routing, value: bank?.routingNumber },
      { label: labels.bank, value: bank?.bankName },
      {
        label: labels.paymentReference,
        value: reference && readableReference(reference),
        strong: true,
      },
      { label: 'UPI', value: amount?.currency === 'INR' ? seller.upiId : undefined },
      { label: labels.payOnline, value: link && shownLink(link), link },
    ]),
    schedule:
      instalments.length > 1
        ? {
            title: labels.instalments,
            rows: instalments.map((part) => [
              formatDate(part.dueOn, language),
              formatMoney(part.amount, language),
            ]),
          }
        : undefined,
    codes: code === undefined ? [] : [{ svg: code, caption: labels.scanToPay }],
    notes: asked.notes ?? [],
  };
}
