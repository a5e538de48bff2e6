// What an agency or a lawyer is given of a hand-over as data: one object, or one row for each invoice. Pure.

import { csvLine } from '#formats/csv.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { money, toDecimal } from '#kernel/money.ts';
import type { Company } from '#parties/company.ts';
import type { Address, Contact, Customer } from '#parties/customer.ts';
import type { HandedItemRow, HandOverRow } from './store.ts';

/** Everything the file says. */
export type HandOverFacts = {
  readonly row: HandOverRow;
  readonly company: Company;
  readonly customer: Customer;
  readonly addresses: readonly Address[];
  readonly contacts: readonly Contact[];
  readonly agency: { readonly name: string; readonly clientNumber: string | null } | null;
  readonly items: readonly HandedItemRow[];
};

/** The file as one object; `version` counts up when a field changes its meaning. Amounts are decimal text, days ISO 8601. */
export function handOverObject(facts: HandOverFacts) {
  const { row, company, customer, addresses, contacts, agency, items } = facts;
  const amount = (minor: bigint): string => toDecimal(money(minor, row.currency));
  const total = (of: (item: HandedItemRow) => bigint): string =>
    amount(items.reduce((sum, item) => sum + of(item), 0n));
  return {
    format: 'quittance-hand-over',
    version: 1,
    number: String(row.number),
    route: row.route,
    handedOn: row.handed_on.toString(),
    currency: row.currency,
    /** The last day for which interest is asked for; null where it goes on. */
    interestThrough: interestThrough(row)?.toString() ?? null,
    agency,
    creditor: {
      code: company.code,
      name: company.name,
      street: company.street,
      postalCode: company.postalCode,
      city: company.city,
      country: company.country,
      taxId: company.taxId,
      registrationNo: company.registrationNo,
      email: company.email,
      phone: company.phone,
      iban: company.iban,
      bic: company.bic,
    },
    debtor: {
      number: customer.number,
      name: customer.name,
      country: customer.country,
      taxId: customer.taxId,
      language: customer.language,
      addresses: addresses.map(({ kind, street, postalCode, city, region, country }) => ({
        kind,
        street,
        postalCode,
        city,
        region,
        country,
      })),
      contacts: contacts.map(({ name, role, email, phone }) => ({ name, role, email, phone })),
    },
    items: items.map((item) => ({
      reference: item.reference,
      issuedOn: item.posted_on.toString(),
      dueOn: item.due_on.toString(),
      daysLate: daysBetween(item.due_on, row.handed_on),
      handed: amount(item.amount_minor),
      open: amount(item.open_minor),
      ended: item.ended,
    })),
    handed: total((item) => item.amount_minor),
    open: total((item) => (item.ended === 'recalled' ? 0n : item.open_minor)),
  };
}

function interestThrough(row: HandOverRow): PlainDate | null {
  return row.interest === 'cut_off' ? row.handed_on.subtract({ days: 1 }) : null;
}

/** The file as rows, a row for each invoice that stands; what is the same in all of them stands in each. */
export function handOverRows(facts: HandOverFacts): string {
  const file = handOverObject(facts);
  const { debtor, creditor } = file;
  const [address] = debtor.addresses;
  const [contact] = debtor.contacts;
  const shared = [
    file.number,
    file.handedOn,
    file.agency?.clientNumber,
    creditor.name,
    debtor.number,
    debtor.name,
    address?.street,
    address?.postalCode,
    address?.city,
    address?.country ?? debtor.country,
    debtor.taxId,
    contact?.email,
    contact?.phone,
  ];
  // Rows say nothing of an end: whoever reads them would go after what was taken back.
  const rows = file.items
    .filter(({ ended }) => ended === null)
    .map((item) => [
      ...shared,
      item.reference,
      item.issuedOn,
      item.dueOn,
      item.handed,
      item.open,
      file.currency,
      file.interestThrough,
    ]);
  return [HEADER, ...rows].map((cells) => csvLine(cells.map((cell) => cell ?? ''))).join('');
}

const HEADER = [
  'hand_over',
  'handed_on',
  'client_number',
  'creditor',
  'debtor_number',
  'debtor',
  'street',
  'postal_code',
  'city',
  'country',
  'tax_id',
  'email',
  'phone',
  'invoice',
  'issued_on',
  'due_on',
  'handed',
  'open',
  'currency',
  'interest_through',
];
