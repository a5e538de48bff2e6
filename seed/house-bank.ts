// The demo's bank: for the last days of the story money comes in on its statements, as it does in life, so that matching, the
// workbench and the tie-out have something to show.

import { createHash } from 'node:crypto';
import { readBankFile } from '#formats/bank-file.ts';
import { XmlWriter } from '#formats/xml-writer.ts';
import { addDays, daysBetween, isBusinessDay, type PlainDate, WEEKDAYS } from '#kernel/calendar.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { importStatement } from '#payments/import-statement.ts';
import { readStatementFile } from '#payments/read-statement.ts';
import type { Setting } from './story.ts';

/** One line as the bank tells it; money out is negative. */
export type BankLine = { readonly minor: bigint; readonly party: string; readonly text: string };

const IBAN = 'DE89370400440532013000';
/** Days before today for which there are statements; what came earlier was recorded by hand. */
const STATEMENT_DAYS = 7;
const OPENING_MINOR = 48_210_55n;

export class HouseBank {
  readonly #today: PlainDate;
  readonly #lines: BankLine[] = [];
  #balance = OPENING_MINOR;
  #number = 0;

  constructor(today: PlainDate) {
    this.#today = today;
  }

  /** Whether the money of a day comes on a statement. Today's has not come yet. */
  tellsOf(day: PlainDate): boolean {
    const ago = daysBetween(day, this.#today);
    return ago >= 1 && ago <= STATEMENT_DAYS;
  }

  /** The last day there is a statement of. */
  get lastDay(): PlainDate {
    const latest = (day: PlainDate): PlainDate =>
      isBusinessDay(day, WEEKDAYS) ? day : latest(addDays(day, -1));
    return latest(addDays(this.#today, -1));
  }

  /** Books a line on the day whose statement comes next. */
  book(line: BankLine): void {
    this.#lines.push(line);
  }

  /** Who paid on the day whose statement comes next. */
  get parties(): ReadonlySet<string> {
    return new Set(this.#lines.map(({ party }) => party));
  }

  /** The statement of a day, taken in on the morning after it. */
  async send(setting: Setting, day: PlainDate): Promise<void> {
    this.#number += 1;
    const lines = this.#lines.splice(0);
    const opening = this.#balance;
    this.#balance = lines.reduce((sum, { minor }) => sum + minor, opening);
    const id = `${day.year}-${String(this.#number).padStart(3, '0')}`;
    const bytes = Buffer.from(writeStatement({ id, day, opening, closing: this.#balance, lines }));
    const sha256 = createHash('sha256').update(bytes).digest();
    const name = `statement-${day.toString()}.xml`;
    const source = { name, sha256, open: () => readBankFile({ name, bytes }) };
    const survey = await readStatementFile(source);
    await setting.tell(addDays(day, 1), 6, importStatement({ source, survey }), {
      fileName: name,
      sha256: sha256.toString('hex'),
      addAccountsTo: setting.companyId,
      apply: true,
    });
  }
}

type Statement = {
  readonly id: string;
  readonly day: PlainDate;
  readonly opening: bigint;
  readonly closing: bigint;
  readonly lines: readonly BankLine[];
};

/** A statement as camt.053. */
function writeStatement({ id, day, opening, closing, lines }: Statement): string {
  const xml = new XmlWriter();
  const on = (name: string) => xml.group(name, () => xml.leaf('Dt', day.toString()));
  const balance = (code: string, minor: bigint) =>
    xml.group('Bal', () => {
      xml.group('Tp', () => xml.group('CdOrPrtry', () => xml.leaf('Cd', code)));
      writeAmount(xml, money(minor, 'EUR'));
      on('Dt');
    });
  const message = () => {
    xml.group('GrpHdr', () => {
      xml.leaf('MsgId', id);
      xml.leaf('CreDtTm', `${day.toString()}T23:30:00`);
    });
    xml.group('Stmt', () => {
      xml.leaf('Id', id);
      xml.group('Acct', () => {
        xml.group('Id', () => xml.leaf('IBAN', IBAN));
        xml.leaf('Ccy', 'EUR');
      });
      balance('OPBD', opening);
      balance('CLBD', closing);
      lines.forEach((line, index) => {
        xml.group('Ntry', () => {
          writeAmount(xml, money(line.minor, 'EUR'));
          xml.group('Sts', () => xml.leaf('Cd', 'BOOK'));
          on('BookgDt');
          on('ValDt');
          xml.leaf('AcctSvcrRef', `${id}-${index + 1}`);
          xml.group('NtryDtls', () => xml.group('TxDtls', () => writeDetails(xml, line)));
        });
      });
    });
  };
  xml.element('Document', () => xml.group('BkToCstmrStmt', message), {
    xmlns: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08',
  });
  return xml.text();
}

function writeAmount(xml: XmlWriter, { minor, currency }: Money): void {
  const size = minor < 0n ? -minor : minor;
  xml.leaf('Amt', toDecimal({ minor: size, currency }), { Ccy: currency });
  xml.leaf('CdtDbtInd', minor < 0n ? 'DBIT' : 'CRDT');
}

function writeDetails(xml: XmlWriter, { minor, party, text }: BankLine): void {
  xml.group('RltdPties', () =>
    xml.group(minor < 0n ? 'Cdtr' : 'Dbtr', () => xml.group('Pty', () => xml.leaf('Nm', party))),
  );
  xml.group('RmtInf', () => xml.leaf('Ustrd', text));
}
