// What field :86: says about a payment. SWIFT leaves its inside to the banks: four ways of writing are told apart by
// how it begins: German and Polish subfields (?20, <20, ~20), words between slashes (/EREF/, /REMI/), and plain text.

import type { StatementDetail, StatementParty, StructuredReference } from './bank-statement-shape.ts';
import { looksLikeIban, readCommaAmount, textOrNone } from './bank-text.ts';

/** What was understood of the text beside one statement line. */
export type MtDetails = {
  /** The business transaction code before the subfields, as `166`. */
  readonly gvc?: string | undefined;
  readonly postingText?: string | undefined;
  readonly party?: StatementParty | undefined;
  readonly ultimateName?: string | undefined;
  readonly unstructured: readonly string[];
  readonly text: string;
  /** Of a return: the amount of the payment that came back, where the bank tells it apart from what it took on top. */
  readonly original?: string | undefined;
} & Pick<StatementDetail, 'endToEndId' | 'mandateId' | 'instructionId' | 'purpose' | 'returned'> & {
    readonly structured: readonly StructuredReference[];
  };

const SUBFIELDS = /^\s*(\d{3})?\s*([?<~^+!>@])(?:00|10|[23]\d|6[0-3])/;
const WORDS =
  'ACCW|ADDR|BENM|BIC|BUSP|CHGS|CNTP|CSID|CREF|EREF|EXCH|IBAN|ID|INIT|ISDT|KREF|MARF|MREF|NAME|NRTX|OCMT|ORDP|PREF|PURP|REMI|RETN|RREF|RTRN|SVCL|TRCD|TRTP|ULTB|ULTC|ULTD|UTLD';
const SLASHED = new RegExp(`^\\s*/(${WORDS})/`);
const WORD = new RegExp(`/(${WORDS})/`, 'g');

/** Reads the lines of one or several :86: of one statement line. */
export function readMtDetails(lines: readonly string[]): MtDetails {
  const joined = lines.join('');
  const subfields = SUBFIELDS.exec(joined);
  if (subfields !== null) return readSubfields(joined, subfields[1], subfields[2] ?? '?');
  if (SLASHED.test(joined)) return readSlashed(joined);
  const unstructured = lines.map((line) => line.trim()).filter((line) => line !== '');
  return { unstructured, text: joinedAt(unstructured, PAGE_WIDTH), structured: [] };
}

/** Width of a line of :86:; one that is filled was cut there, perhaps inside a word. */
const PAGE_WIDTH = 65;
/** Width of a German subfield of text. */
const PIECE_WIDTH = 27;

function joinedAt(pieces: readonly string[], width: number): string {
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1];
    text += before === undefined || before.length >= width ? piece : ` ${piece}`;
  }
  return text.trim();
}

/** Returns of direct debits and of transfers among the German business transaction codes (DK, appendix 3). */
const RETURN_CODES: ReadonlySet<string> = new Set(['108', '109', '159', '181', '183', '184']);

/** What cuts a text at its subfields, by the mark that a bank uses. */
const splitters = new Map<string, RegExp>();

function splitterOf(mark: string): RegExp {
  const known = splitters.get(mark);
  if (known !== undefined) return known;
  const made = new RegExp(`\\${mark}(?=\\d\\d)`);
  splitters.set(mark, made);
  return made;
}

function readSubfields(text: string, gvc: string | undefined, mark: string): MtDetails {
  const start = text.indexOf(mark);
  const parts = text.slice(start + 1).split(splitterOf(mark));
  const fields = parts.map((part) => [Number(part.slice(0, 2)), part.slice(2)] as const);
  const all = (wanted: (key: number) => boolean) =>
    fields.filter(([key]) => wanted(key)).map(([, value]) => value);
  const first = (key: number) => textOrNone(fields.find(([candidate]) => candidate === key)?.[1]);
  const pieces = all((key) => (key >= 20 && key <= 29) || (key >= 60 && key <= 63));
  const words = readKeywords(pieces);
  const account = first(38) ?? first(31) ?? words.iban;
  const bank = first(30) ?? words.bic;
  const plainAccount = account?.replace(/\s/g, '');
  const name = textOrNone(
    joinedAt(
      all((key) => key === 32 || key === 33),
      PIECE_WIDTH,
    ).replace(/\s+/g, ' '),
  );
  const postingText = first(0);
  const party: StatementParty = {
    name,
    ...(plainAccount === undefined
      ? {}
      : looksLikeIban(plainAccount)
        ? { iban: plainAccount }
        : { otherAccount: plainAccount }),
    bic: bank !== undefined && /^[A-Z]{6}[A-Z0-9]{2,5}$/.test(bank) ? bank : undefined,
  };
  const isReturn = gvc !== undefined && RETURN_CODES.has(gvc);
  return {
    gvc,
    postingText,
    party: name === undefined && plainAccount === undefined ? undefined : party,
    ultimateName: words.ultimateName,
    unstructured: pieces.map((piece) => piece.trim()).filter((piece) => piece !== ''),
    text: words.text,
    endToEndId: words.endToEndId,
    mandateId: words.mandateId,
    instructionId: words.instructionId,
    purpose: words.purpose,
    structured: [],
    returned: isReturn ? returnedBy(postingText, first(34)) : undefined,
    original: isReturn ? words.original : undefined,
  };
}

/** What a German bank says of a return: its words, and its own number for the reason (912: the payer objected). */
function returnedBy(
  postingText: string | undefined,
  reason: string | undefined,
): StatementDetail['returned'] {
  const number = reason !== undefined && /^9\d\d$/.test(reason) ? `reason ${reason}` : undefined;
  return { info: [postingText, number].filter((line) => line !== undefined && line !== '') as string[] };
}

const KEYWORD = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|BREF|RREF)[+]/g;

/** An amount as SWIFT writes it; a piece of one that is written otherwise (`1.234,56`) is another amount. */
const LONE_AMOUNT = /(?<![\d.,])\d+(?:,\d*)?(?![\d.,])/;

type Keywords = Pick<
  MtDetails,
  'ultimateName' | 'text' | 'endToEndId' | 'mandateId' | 'instructionId' | 'purpose'
> & {
  readonly iban?: string | undefined;
  readonly bic?: string | undefined;
  readonly original?: string | undefined;
};

/** SEPA words within the text, each with a plus behind it; what stands in none of them is text. */
function readKeywords(pieces: readonly string[]): Keywords {
  const joined = joinedAt(pieces, PIECE_WIDTH);
  const marks = [...joined.matchAll(KEYWORD)];
  const value = (word: string) => {
    const at = marks.findIndex((mark) => mark[1] === word);
    const mark = marks[at];
    if (mark === undefined) return undefined;
    return textOrNone(joined.slice(mark.index + mark[0].length, marks[at + 1]?.index));
  };
  const before = textOrNone(joined.slice(0, marks[0]?.index));
  const remittance = value('SVWZ');
  const endToEndId = value('EREF');
  return {
    text: [before, remittance].filter((part) => part !== undefined).join(' '),
    ultimateName: value('ABWA'),
    endToEndId: isProvided(endToEndId) ? endToEndId : undefined,
    mandateId: value('MREF'),
    instructionId: value('KREF'),
    purpose: value('PURP'),
    iban: value('IBAN')?.replace(/\s/g, ''),
    original: readCommaAmount(LONE_AMOUNT.exec(value('OAMT') ?? '')?.[0] ?? ''),
    bic: value('BIC'),
  };
}

function isProvided(reference: string | undefined): boolean {
  return reference !== undefined && !/^(NOTPROVIDED|NONREF|NOREF)$/i.test(reference);
}

/** Words between slashes, as Dutch banks and SWIFT write them: `/EREF/…/BENM//NAME/…/REMI/USTD//…/`. */
function readSlashed(text: string): MtDetails {
  const marks = [...text.matchAll(WORD)];
  const raw = (...words: readonly string[]) => {
    const at = marks.findIndex((mark) => words.includes(mark[1] ?? ''));
    const mark = marks[at];
    if (mark === undefined) return undefined;
    // The slash that ends one value begins the next word.
    return textOrNone(text.slice(mark.index + mark[0].length, marks[at + 1]?.index).replace(/\/+$/, ''));
  };
  const [iban, bic, name] = (raw('CNTP') ?? '').split('/');
  const account = textOrNone(raw('IBAN') ?? iban)?.replace(/\s/g, '');
  const partyName = raw('NAME') ?? textOrNone(name);
  const remittance = raw('REMI') ?? '';
  const creditorReference = /^STRD\/(?:[A-Z]*\/)?(.+)$/.exec(remittance)?.[1];
  const unstructured = textOrNone(remittance.replace(/^USTD\/+/, ''));
  const words = creditorReference === undefined && unstructured !== undefined ? [unstructured] : [];
  const endToEndId = raw('EREF', 'PREF');
  const returnCode = raw('RTRN', 'RETN');
  return {
    party:
      partyName === undefined && account === undefined
        ? undefined
        : {
            name: partyName,
            ...(account === undefined
              ? {}
              : looksLikeIban(account)
                ? { iban: account }
                : { otherAccount: account }),
            bic: textOrNone(raw('BIC') ?? bic),
          },
    ultimateName: raw('ULTD', 'ULTB', 'UTLD', 'ULTC')?.replace(/^\/?(NAME\/)?/, ''),
    unstructured: words,
    text: words.join(' '),
    endToEndId: isProvided(endToEndId) ? endToEndId : undefined,
    mandateId: raw('MARF', 'MREF'),
    purpose: raw('PURP'),
    structured: creditorReference === undefined ? [] : [{ reference: creditorReference }],
    returned: returnCode === undefined ? undefined : { code: returnCode, info: [] },
  };
}

/** Lines of field :NS:, an older way of writing: two digits before each, 01 to 14 text, 15 and 16 the name, 17 what it is. */
export function readNsDetails(lines: readonly string[]): MtDetails {
  const fields = lines.map((line) => [Number(line.slice(0, 2)), line.slice(2).trim()] as const);
  const of = (from: number, to: number) =>
    fields.filter(([key, value]) => key >= from && key <= to && value !== '').map(([, value]) => value);
  const name = textOrNone(of(15, 16).join(' '));
  const unstructured = of(1, 14);
  return {
    postingText: textOrNone(of(17, 17).join(' ')),
    party: name === undefined ? undefined : { name },
    unstructured,
    text: joinedAt(unstructured, PIECE_WIDTH),
    structured: [],
  };
}
