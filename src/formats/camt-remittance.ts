// What a payer says a payment is for (RmtInf): words, references of creditors, documents with their amounts. Each keeps the
// line of the file it stands on, so that a number can be shown in its source.

import type {
  DocumentAdjustment,
  DocumentPlaces,
  ReferredDocument,
  StatementAmount,
  StatementDetail,
  StructuredReference,
} from './bank-statement-shape.ts';
import { type Direction, directionOf, type Problems } from './camt-amount.ts';
import { plusAmount } from './statement-tally.ts';
import { nodeAt, nodesOf, textAt, type XmlNode } from './xml-part.ts';

type Remittance = Pick<StatementDetail, 'structured' | 'documents' | 'unstructured' | 'text' | 'places'>;

/** All blocks of remittance information of a payment, in their order. */
export function readRemittance(
  node: XmlNode | undefined,
  direction: Direction,
  problems: Problems,
): Remittance {
  const blocks = nodesOf(node, 'Strd');
  // Words beside structured data are the payer's words too.
  const words = [...nodesOf(node, 'Ustrd'), ...blocks.flatMap((block) => nodesOf(block, 'AddtlRmtInf'))];
  const referring = blocks.flatMap((block) => nodeAt(block, 'CdtrRefInf') ?? []);
  const references = referring.flatMap((block) => readReference(block) ?? []);
  const documents = blocks.flatMap((block) => readDocuments(block, direction, problems));
  const unstructured = words.map((line) => line.text);
  return {
    structured: references.map(({ reference }) => reference),
    documents: documents.map(({ document }) => document),
    unstructured,
    text: joinedLines(unstructured),
    places: {
      structured: references.map(({ line }) => line),
      documents: documents.map(({ line }) => line),
      documentAmounts: documents.map(({ places }) => places),
      unstructured: words.map(({ line }) => line),
    },
  };
}

function readReference(
  block: XmlNode,
): { readonly reference: StructuredReference; readonly line: number } | undefined {
  const node = nodeAt(block, 'Ref');
  if (node === undefined || node.text === '') return undefined;
  const type = nodeAt(block, 'Tp', 'CdOrPrtry');
  return {
    line: node.line,
    reference: {
      type: textAt(type, 'Cd') ?? textAt(type, 'Prtry'),
      issuer: textAt(block, 'Tp', 'Issr'),
      reference: node.text,
    },
  };
}

function readDocuments(
  block: XmlNode,
  direction: Direction,
  problems: Problems,
): readonly {
  readonly document: ReferredDocument;
  readonly line: number;
  readonly places: DocumentPlaces;
}[] {
  const referred = nodesOf(block, 'RfrdDocInf');
  // The amounts are of all documents named together; they tell of one only where one is named.
  const node = referred.length === 1 ? nodeAt(block, 'RfrdDocAmt') : undefined;
  const amounts = readDocumentAmounts(node, direction, problems);
  const places = placesOf(node);
  return referred.map((node) => ({
    line: (nodeAt(node, 'Nb') ?? node).line,
    places,
    document: {
      type: textAt(node, 'Tp', 'CdOrPrtry', 'Cd') ?? textAt(node, 'Tp', 'CdOrPrtry', 'Prtry'),
      number: textAt(node, 'Nb'),
      date: textAt(node, 'RltdDt') ?? textAt(node, 'RltdDt', 'Dt'),
      ...amounts,
    },
  }));
}

/** Where the amounts of a document stand. */
function placesOf(node: XmlNode | undefined): DocumentPlaces {
  return {
    amount: (nodeAt(node, 'RmtdAmt') ?? nodeAt(node, 'DuePyblAmt'))?.line,
    discount: nodeAt(node, 'DscntApldAmt')?.line,
    credited: nodeAt(node, 'CdtNoteAmt')?.line,
    adjustments: nodesOf(node, 'AdjstmntAmtAndRsn').map((part) => (nodeAt(part, 'Amt') ?? part).line),
  };
}

/**
 * The amounts of a document. Since version 03 there may be several discounts, each with its amount inside; they are told
 * together.
 */
function readDocumentAmounts(
  node: XmlNode | undefined,
  direction: Direction,
  problems: Problems,
): Partial<ReferredDocument> {
  if (node === undefined) return {};
  const discounts = nodesOf(node, 'DscntApldAmt').flatMap(
    (part) => problems.amount(nodeAt(part, 'Amt') ?? part, 'in') ?? [],
  );
  const isOne = new Set(discounts.map((one) => one.currency)).size === 1;
  const due = problems.amount(nodeAt(node, 'DuePyblAmt'), direction);
  const adjustments = nodesOf(node, 'AdjstmntAmtAndRsn').flatMap(
    (part) => readAdjustment(part, problems) ?? [],
  );
  const found = {
    amount: problems.amount(nodeAt(node, 'RmtdAmt'), direction) ?? due,
    due,
    discount: isOne ? discounts.reduce(plusAmount) : undefined,
    credited: problems.amount(nodeAt(node, 'CdtNoteAmt'), 'in'),
    adjustments: adjustments.length > 0 ? adjustments : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** An adjustment is taken off, as a credit to the payer, unless it is a debit, which is added. */
function readAdjustment(node: XmlNode, problems: Problems): DocumentAdjustment | undefined {
  const isAdded = directionOf(textAt(node, 'CdtDbtInd')) === 'out';
  const amount: StatementAmount | undefined = problems.amount(nodeAt(node, 'Amt'), isAdded ? 'in' : 'out');
  if (amount === undefined) return undefined;
  return { amount, reason: textAt(node, 'Rsn'), info: textAt(node, 'AddtlInf') };
}

/** Widths at which banks cut a remittance text: 140 is one line of ISO 20022, 35 one of SWIFT. */
const CUT_WIDTHS: ReadonlySet<number> = new Set([35, 140]);

/**
 * Lines joined to one text. A line as wide as the bank's form was cut there, perhaps inside a word, and goes on.
 */
export function joinedLines(lines: readonly string[]): string {
  let text = '';
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    text += before === undefined || CUT_WIDTHS.has(before.length) ? line : ` ${line}`;
  }
  return text.trim();
}
