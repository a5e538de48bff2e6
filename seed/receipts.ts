// What came in since Friday and was not looked at yet: receipts as cash appliers meet them. Some the machine applies by itself, some
// need a person, and each of those for a reason of its own.

import { inTenant } from '#db/transaction.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { BankLine, HouseBank } from './house-bank.ts';
import type { Bill, Setting } from './story.ts';

/** A customer with open invoices, the oldest first. */
type Debtor = { readonly bill: Bill; readonly items: readonly OpenItem[] };

/** How a receipt is written; nothing where the customer has not the invoices for it. */
type Kind = (debtor: Debtor) => BankLine | false | undefined;

const name = ({ bill }: Debtor): string => bill.player.name;
const sum = (items: readonly OpenItem[]): bigint => items.reduce((total, item) => total + left(item), 0n);

const KINDS: readonly Kind[] = [
  // The bank of the payer kept its fee.
  (debtor) => {
    const [first] = debtor.items;
    return first && draft(left(first) - 12_50n, first.reference, name(debtor));
  },
  // Three invoices in one sum, and not a word.
  (debtor) => debtor.items.length >= 4 && draft(sum(debtor.items.slice(0, 3)), 'thank you', name(debtor)),
  // Two digits changed places.
  (debtor) => {
    const [first] = debtor.items;
    return first && draft(left(first), `Invoice ${swapped(first.reference)}`, name(debtor));
  },
  // Nobody knows who this is, but somebody owes just that.
  (debtor) => {
    const last = debtor.items.at(-1);
    return last && draft(left(last), 'Settlement', 'Treuhandkonto 4471');
  },
  // A round sum on account.
  (debtor) => debtor.items.length >= 2 && draft(1_000_00n, 'on account', name(debtor)),
  // Named and deducted: a fifth is missing.
  (debtor) => {
    const [first] = debtor.items;
    return first && draft((left(first) * 80n) / 100n, `${first.reference} less damage DN-771`, name(debtor));
  },
  // Two invoices named, three paid.
  (debtor) => {
    const [one, two, three] = debtor.items;
    return (
      one && two && three && draft(sum([one, two, three]), `${one.reference}, ${two.reference}`, name(debtor))
    );
  },
  // More than all that is open of the invoice.
  (debtor) => {
    const [first] = debtor.items;
    return first && draft(left(first) + 40_00n, first.reference, name(debtor));
  },
];

function draft(minor: bigint, text: string, party: string): BankLine {
  return { minor, text, party };
}

/** The last two digits the other way round. */
function swapped(reference: string): string {
  return `${reference.slice(0, -2)}${reference.slice(-1)}${reference.slice(-2, -1)}`;
}

/** What the bank keeps and what we pay: lines that are no receipts. */
const OTHER_LINES: readonly BankLine[] = [
  { minor: -4_90n, party: 'Beispielbank', text: 'Account fees' },
  { minor: -1_190_00n, party: 'Hafenlager GmbH', text: 'Rent of the warehouse, invoice 8812' },
];

/** Tells of the receipts that wait this morning, on the statement of the last business day. */
export async function receiveSinceFriday(
  setting: Setting,
  bank: HouseBank,
  bills: readonly Bill[],
): Promise<number> {
  const debtors = (await findDebtors(setting, bills)).filter(
    ({ bill }) => !bank.parties.has(bill.player.name),
  );
  let told = 0;
  let at = 0;
  for (const kind of KINDS) {
    for (; at < debtors.length; at += 1) {
      const debtor = debtors[at];
      const written = debtor && kind(debtor);
      if (!written || written.minor <= 0n) continue;
      bank.book(written);
      told += 1;
      at += 1;
      break;
    }
  }
  for (const line of OTHER_LINES) bank.book(line);
  await bank.send(setting, bank.lastDay);
  return told;
}

/** Customers with something open, those with most invoices first, each once. */
async function findDebtors(setting: Setting, bills: readonly Bill[]): Promise<readonly Debtor[]> {
  const items = await inTenant(setting.door.pool, setting.context.tenantId, (tx) =>
    readItemsOfDocuments(
      tx,
      bills.map(({ invoiceId }) => invoiceId),
    ),
  );
  const open = items
    .filter((item) => left(item) > 20_00n)
    .toSorted((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn));
  const byCustomer = Map.groupBy(open, (item) => item.customerId);
  const found = [...byCustomer].flatMap(([customerId, own]): readonly Debtor[] => {
    const bill = bills.find((one) => one.customerId === customerId);
    return bill ? [{ bill, items: own }] : [];
  });
  return found.toSorted(
    (a, b) => b.items.length - a.items.length || (a.bill.number < b.bill.number ? -1 : 1),
  );
}
