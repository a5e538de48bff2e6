// What is asked of invoices in Germany: BR-DE of XRechnung, which Peppol has taken over as DE-R for invoices between two parties
// in Germany. One piece of code for both; only the names of the rules differ.

import { isIbanByDigits } from './check-digits.ts';
import { at, isBlank, type Judge, type Place, type Words } from './judge.ts';
import type { EInvoice, PaymentMeans } from './model.ts';

/** How a rule is called: by its number in XRechnung, such as `1` or `23-a`. */
export type RuleName = (number: string) => string;

/** `BR-DE-1`, as XRechnung calls it. */
export const IN_XRECHNUNG: RuleName = (number) => `BR-DE-${number}`;

/** `DE-R-001`, `DE-R-023-1`, as Peppol calls it. */
export const IN_PEPPOL: RuleName = (number) => {
  const [whole = '', part] = number.split('-');
  const suffix = part === undefined ? '' : `-${part === 'a' ? 1 : 2}`;
  return `DE-R-${whole.padStart(3, '0')}${suffix}`;
};

type Demand = readonly [number: string, term: string, value: string | undefined, words: Words];

const NO_CITY: Words = ['The city is missing.', 'Enter the city.'];
const NO_POST_CODE: Words = ['The post code is missing.', 'Enter the post code.'];

/** Judges by the German rules. */
export function judgeGermany(judge: Judge, name: RuleName): void {
  const { invoice } = judge;
  for (const [number, term, value, words] of demandsOf(invoice)) {
    if (isBlank(value)) judge.report(name(number), at(term), undefined, words);
  }
  judgeSeller(judge, name);
  judgeDocument(judge, name);
  judgeDiscountTerms(judge, name);
  for (const [index, means] of invoice.paymentMeans.entries()) judgePayment(judge, name, means, index);
  judgeDirectDebit(judge, name);
  for (const [index, { rate }] of invoice.vat.entries()) {
    if (isBlank(rate))
      judge.report(name('14'), at('BT-119', index), undefined, ['The rate is missing.', 'Enter the rate.']);
  }
}

function demandsOf({ buyerReference, seller, buyer, delivery, paymentMeans }: EInvoice): readonly Demand[] {
  const demands: Demand[] = [
    ['1', 'BG-16', paymentMeans[0] && 'there', ['It is not said how to pay.', 'Add a means of payment.']],
    [
      '15',
      'BT-10',
      buyerReference,
      ['The reference of the buyer is missing.', 'Enter the Leitweg-ID, or what else the buyer asks for.'],
    ],
    [
      '2',
      'BG-6',
      seller?.contact && 'there',
      ['Nobody is named to ask at the seller.', 'Add a name, telephone and e-mail.'],
    ],
  ];
  if (seller?.address !== undefined) {
    demands.push(
      ['3', 'BT-37', seller.address.city, NO_CITY],
      ['4', 'BT-38', seller.address.postalCode, NO_POST_CODE],
    );
  }
  if (seller?.contact !== undefined) {
    demands.push(
      [
        '5',
        'BT-41',
        seller.contact.name,
        ['The contact has no name.', 'Enter who can be asked at the seller.'],
      ],
      ['6', 'BT-42', seller.contact.phone, ['The contact has no telephone number.', 'Enter the number.']],
      ['7', 'BT-43', seller.contact.email, ['The contact has no e-mail address.', 'Enter the address.']],
    );
  }
  if (buyer?.address !== undefined) {
    demands.push(
      ['8', 'BT-52', buyer.address.city, NO_CITY],
      ['9', 'BT-53', buyer.address.postalCode, NO_POST_CODE],
    );
  }
  if (delivery?.address !== undefined) {
    const { city, postalCode } = delivery.address;
    demands.push(['10', 'BT-77', city, NO_CITY], ['11', 'BT-78', postalCode, NO_POST_CODE]);
  }
  return demands;
}

/** Categories whose use asks for a tax number of the seller or a tax representative. */
const WITH_NUMBER: ReadonlySet<string> = new Set(['S', 'Z', 'E', 'AE', 'K', 'G', 'L', 'M']);
const EMAIL = /^[^@\s]+@(?:[^@.\s]+\.)+[^@.\s]+$/;

function judgeSeller(judge: Judge, name: RuleName): void {
  const { seller, taxRepresentative, lines, allowancesCharges } = judge.invoice;
  const isKnown =
    !isBlank(seller?.vatId) || !isBlank(seller?.taxRegistration) || taxRepresentative !== undefined;
  const asks = [...lines, ...allowancesCharges].some(({ vatCategory }) =>
    WITH_NUMBER.has(vatCategory?.trim() ?? ''),
  );
  if (asks && !isKnown) {
    judge.report(name('16'), [at('BT-31'), at('BT-32'), at('BG-11')], undefined, [
      "The seller's tax number is missing.",
      'Enter the VAT number, the tax number, or a tax representative.',
    ]);
  }
  const { phone, email } = seller?.contact ?? {};
  if (!isBlank(phone) && (phone?.match(/\d/g)?.length ?? 0) < 3) {
    judge.warn(name('27'), at('BT-42'), phone, [
      'This is no telephone number.',
      'Enter one with three digits at least.',
    ]);
  }
  if (!isBlank(email) && !EMAIL.test(email?.trim() ?? '')) {
    judge.warn(name('28'), at('BT-43'), email, [
      'This is no e-mail address.',
      'Write it as name@example.com.',
    ]);
  }
}

const TYPES: ReadonlySet<string> = new Set(['326', '380', '381', '384', '389', '875', '876', '877']);

function judgeDocument(judge: Judge, name: RuleName): void {
  const { typeCode, preceding, documents } = judge.invoice;
  const type = typeCode?.trim() ?? '';
  if (type !== '' && !TYPES.has(type)) {
    judge.warn(name('17'), at('BT-3'), type, [
      'This type of document is not usual in Germany.',
      'Use 380 for an invoice, 381 for a credit note, 384 for a correction.',
    ]);
  }
  if (type === '384' && preceding.length === 0) {
    judge.warn(name('26'), at('BG-3'), undefined, [
      'It is not said which invoice is corrected.',
      'Name the earlier invoice.',
    ]);
  }
  const names = new Set<string>();
  for (const [index, { attachment }] of documents.entries()) {
    const fileName = attachment?.fileName;
    if (fileName === undefined) continue;
    if (names.has(fileName)) {
      judge.report(name('22'), at('BT-125', index), fileName, [
        'Two attached files have the same name.',
        'Rename one of them.',
      ]);
    }
    names.add(fileName);
  }
}

const DISCOUNT = /^#SKONTO#TAGE=\d+#PROZENT=\d+\.\d{2}(?:#BASISBETRAG=-?\d+\.\d{2})?#$/;

/**
 * Lines of the payment terms that begin with # say the early-payment discount in a form that machines read. That the last of
 * them ends in a line break is left to who writes the document: reading takes space at the end away.
 */
function judgeDiscountTerms(judge: Judge, name: RuleName): void {
  for (const line of (judge.invoice.paymentTerms ?? '').split(/\r?\n/)) {
    const text = line.trim();
    if (!text.startsWith('#') || DISCOUNT.test(text)) continue;
    judge.report(name('18'), at('BT-20'), text, [
      'The discount is not written as machines read it.',
      'Write #SKONTO#TAGE=14#PROZENT=2.00# on a line of its own.',
    ]);
  }
}

/** What each kind of payment must have, and must not have. */
const KINDS = [
  {
    number: '23',
    codes: ['30', '58'],
    has: 'transfer',
    term: 'BG-17',
    says: 'a transfer',
    wants: 'an account',
  },
  { number: '24', codes: ['48', '54', '55'], has: 'card', term: 'BG-18', says: 'a card', wants: 'the card' },
  { number: '25', codes: ['59'], has: 'debit', term: 'BG-19', says: 'a direct debit', wants: 'the mandate' },
] as const;

function judgePayment(judge: Judge, name: RuleName, means: PaymentMeans, index: number): void {
  const code = means.code?.trim() ?? '';
  const kind = KINDS.find(({ codes }) => (codes as readonly string[]).includes(code));
  if (kind === undefined) return;
  const there = {
    transfer: means.transfers.length > 0,
    card: means.card !== undefined,
    debit: means.directDebit !== undefined,
  };
  const place: Place = at(kind.term, index);
  if (!there[kind.has]) {
    judge.report(name(`${kind.number}-a`), place, code, [
      `It is to be paid by ${kind.says}, but ${kind.wants} is missing.`,
      `Enter ${kind.wants}, or choose another means of payment.`,
    ]);
  }
  const others = (['transfer', 'card', 'debit'] as const).filter((one) => one !== kind.has && there[one]);
  if (others.length > 0) {
    judge.report(name(`${kind.number}-b`), place, code, [
      `It is to be paid by ${kind.says}, but details of another means are there.`,
      'Give each means of payment by itself.',
    ]);
  }
  const account = code === '58' ? (means.transfers[0]?.account ?? '') : '';
  if (code === '58' && !isIbanByDigits(account)) judge.warn(name('19'), at('BT-84', index), account, NO_IBAN);
  const debited = means.directDebit?.account ?? '';
  if (code === '59' && !isIbanByDigits(debited)) judge.warn(name('20'), at('BT-91', index), debited, NO_IBAN);
}

const NO_IBAN: Words = ['This is no IBAN.', 'Check its digits: one of them is wrong or missing.'];

function judgeDirectDebit(judge: Judge, name: RuleName): void {
  const { paymentMeans, creditorId } = judge.invoice;
  const debits = paymentMeans.flatMap(({ directDebit }) => directDebit ?? []);
  if (debits.length === 0) return;
  if (isBlank(creditorId)) {
    judge.report(name('30'), at('BT-90'), undefined, [
      'The creditor identifier is missing.',
      'Enter the creditor identifier that the bank gave for direct debits.',
    ]);
  }
  if (debits.every(({ account }) => isBlank(account))) {
    judge.report(name('31'), at('BT-91'), undefined, [
      'The account that is debited is missing.',
      'Enter the IBAN of the payer.',
    ]);
  }
}
