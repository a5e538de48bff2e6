// Credit transfers to order at a bank: ISO 20022 pain.001.001.09, one order of one account with its transfers. Addresses are
// structured (ISO 20022 since November 2026 takes no others); texts hold the characters that every bank passes on.

import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { XmlWriter } from './xml-writer.ts';

/** Where a party is at home; town and country are what banks ask for at least. */
export type TransferAddress = {
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly town: string;
  readonly country: string;
};

/** One transfer. */
export type Transfer = {
  /** Comes back in the statement of both banks: at most 35 characters. */
  readonly endToEndId: string;
  readonly amount: Money;
  readonly name: string;
  readonly address: TransferAddress | null;
  /** IBAN without blanks, or another account number. */
  readonly account: string;
  readonly isIban: boolean;
  /** What the receiver reads: at most 140 characters. */
  readonly text: string;
};

/** An order to a bank: all transfers in one currency from one account on one day. */
export type TransferOrder = {
  /** Unique for the sender for ever: banks refuse the same twice. */
  readonly messageId: string;
  readonly createdAt: Instant;
  readonly executeOn: PlainDate;
  readonly debtor: {
    readonly name: string;
    readonly address: TransferAddress | null;
    readonly account: string;
    readonly isIban: boolean;
  };
  readonly transfers: readonly Transfer[];
};

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const ID_MAX = 35;
const NAME_MAX = 70;
const TEXT_MAX = 140;

/**
 * Writes an order. Transfers in euro between IBANs go by SEPA with shared charges; others leave the way to the bank.
 *
 * Refuses: `transfers_missing`, `transfers_in_several_currencies`, `transfer_id_not_valid`, `transfer_not_positive`.
 */
export function writePain001(order: TransferOrder): string {
  const [first] = order.transfers;
  if (!first) throw new Refusal('transfers_missing');
  const { currency } = first.amount;
  for (const { amount, endToEndId } of order.transfers) {
    if (amount.currency !== currency)
      throw new Refusal('transfers_in_several_currencies', { currencies: [currency, amount.currency] });
    if (amount.minor <= 0n)
      throw new Refusal('transfer_not_positive', { endToEndId, amount: toDecimal(amount) });
    checkId(endToEndId);
  }
  checkId(order.messageId);
  const sum = toDecimal(
    money(
      order.transfers.reduce((total, t) => total + t.amount.minor, 0n),
      currency,
    ),
  );
  const count = String(order.transfers.length);
  const isSepa = currency === 'EUR' && order.debtor.isIban && order.transfers.every((t) => t.isIban);
  const xml = new XmlWriter();
  xml.element(
    'Document',
    () =>
      xml.element('CstmrCdtTrfInitn', () => {
        xml.element('GrpHdr', () => {
          xml.leaf('MsgId', order.messageId);
          xml.leaf('CreDtTm', order.createdAt.toString({ smallestUnit: 'second' }));
          xml.leaf('NbOfTxs', count);
          xml.leaf('CtrlSum', sum);
          xml.element('InitgPty', () => xml.leaf('Nm', bankText(order.debtor.name, NAME_MAX)));
        });
        xml.element('PmtInf', () => {
          xml.leaf('PmtInfId', order.messageId);
          xml.leaf('PmtMtd', 'TRF');
          xml.leaf('BtchBookg', 'false');
          xml.leaf('NbOfTxs', count);
          xml.leaf('CtrlSum', sum);
          if (isSepa) xml.element('PmtTpInf', () => xml.element('SvcLvl', () => xml.leaf('Cd', 'SEPA')));
          xml.element('ReqdExctnDt', () => xml.leaf('Dt', order.executeOn.toString()));
          xml.element('Dbtr', () => writeParty(xml, order.debtor));
          xml.element('DbtrAcct', () => writeAccount(xml, order.debtor));
          // The bank that gets the file is the one that keeps the account.
          xml.element('DbtrAgt', () =>
            xml.element('FinInstnId', () => xml.element('Othr', () => xml.leaf('Id', 'NOTPROVIDED'))),
          );
          xml.leaf('ChrgBr', isSepa ? 'SLEV' : 'SHAR');
          for (const transfer of order.transfers) writeTransfer(xml, transfer);
        });
      }),
    { xmlns: NAMESPACE },
  );
  return xml.text();
}

function writeTransfer(xml: XmlWriter, transfer: Transfer): void {
  xml.element('CdtTrfTxInf', () => {
    xml.element('PmtId', () => xml.leaf('EndToEndId', transfer.endToEndId));
    xml.element('Amt', () =>
      xml.leaf('InstdAmt', toDecimal(transfer.amount), { Ccy: transfer.amount.currency }),
    );
    xml.element('Cdtr', () => writeParty(xml, transfer));
    xml.element('CdtrAcct', () => writeAccount(xml, transfer));
    xml.group('RmtInf', () => xml.leaf('Ustrd', bankText(transfer.text, TEXT_MAX)));
  });
}

function writeParty(
  xml: XmlWriter,
  { name, address }: { readonly name: string; readonly address: TransferAddress | null },
): void {
  xml.leaf('Nm', bankText(name, NAME_MAX));
  if (address === null) return;
  xml.element('PstlAdr', () => {
    xml.leaf('StrtNm', bankText(address.street ?? '', NAME_MAX));
    xml.leaf('PstCd', bankText(address.postalCode ?? '', 16));
    xml.leaf('TwnNm', bankText(address.town, ID_MAX));
    xml.leaf('Ctry', address.country);
  });
}

function writeAccount(
  xml: XmlWriter,
  { account, isIban }: { readonly account: string; readonly isIban: boolean },
): void {
  xml.element('Id', () => {
    if (isIban) xml.leaf('IBAN', account);
    else xml.element('Othr', () => xml.leaf('Id', bankText(account, 34)));
  });
}

function checkId(id: string): void {
  if (
    !/^[A-Za-z0-9+?/\-:().,' ]{1,35}$/.test(id) ||
    id.startsWith('/') ||
    id.endsWith('/') ||
    id.includes('//')
  )
    throw new Refusal('transfer_id_not_valid', { id: id.slice(0, ID_MAX) });
}

const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  Æ: 'AE',
  æ: 'ae',
  Ø: 'O',
  ø: 'o',
  Œ: 'OE',
  œ: 'oe',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  Þ: 'Th',
  þ: 'th',
  ð: 'd',
  ı: 'i',
  '&': '+',
  '–': '-',
  '—': '-',
  '’': "'",
};

/**
 * A text in the characters that banks of SEPA pass on (Latin letters, digits and / - ? : ( ) . , ' + and blank): accents are
 * taken off, what has no spelling becomes a full stop, blanks run together; cut to a length.
 */
export function bankText(text: string, most: number): string {
  return text
    .replace(/[ßÆæØøŒœŁłĐđÞþðı&–—’]/g, (letter) => SPELLED[letter] ?? '.')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/gu, '.')
    .trim()
    .slice(0, most)
    .trim();
}
