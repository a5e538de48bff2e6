// What is answered to an e-invoice: an Invoice Response of the buyer over Peppol (UBL ApplicationResponse), the message response of that
// network, which judges the file and not the invoice, or the life-cycle status of a French platform (`life-cycle.ts`). Read with its
// reasons, in our own words for the published codes.

import type { ByteSource } from '#formats/text-encoding.ts';
import { attributeAt, nodeAt, nodesOf, textAt, type XmlNode } from '#formats/xml-part.ts';
import { readXmlTree } from '#formats/xml-tree.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isLifeCycle, lifeCycleOf } from './life-cycle.ts';

/** What the buyer says (UNCL 4343, as Peppol uses it). */
const CODES = {
  AB: { means: 'received', words: 'received' },
  IP: { means: 'in_process', words: 'being processed' },
  UQ: { means: 'queried', words: 'has questions before it goes on' },
  CA: { means: 'conditional', words: 'accepted under conditions' },
  RE: { means: 'rejected', words: 'rejected' },
  AP: { means: 'approved', words: 'approved for payment' },
  PD: { means: 'paid', words: 'paid' },
} as const;

/**
 * `received`: a readable invoice arrived; `queried`: the buyer waits for an answer; `conditional`: accepted if what the reasons
 * say is done; `approved`: payment is next; `paid`: the buyer says it paid.
 */
export type ResponseMeaning = (typeof CODES)[keyof typeof CODES]['means'];

/** An answer to one document. */
export type EInvoiceResponse = {
  readonly means: ResponseMeaning;
  /** The number of the document it is about, as the buyer quotes it. */
  readonly documentNumber: string | undefined;
  /** What it says and why, as one sentence for people. */
  readonly words: string;
};

/** Why, by the code list of Peppol for reasons (OPStatusReason). */
const REASONS: Readonly<Record<string, string>> = {
  NON: 'nothing is wrong',
  REF: 'a reference is wrong or missing',
  LEG: 'something the law asks for is wrong or missing',
  REC: 'the receiver is not known',
  QUA: 'the quality is not as agreed',
  DEL: 'the delivery is not as agreed',
  PRI: 'a price is wrong',
  QTY: 'a quantity is wrong',
  ITM: 'an item is wrong',
  PAY: 'the payment terms are wrong',
  UNR: 'what was invoiced is not recognised',
  FIN: 'the financing terms are wrong',
  PPD: 'a part was paid',
  OTH: 'another reason',
};

/** What the buyer asks for (OPStatusAction). */
const ACTIONS: Readonly<Record<string, string>> = {
  NOA: 'nothing is to be done',
  PIN: 'please give more information',
  NIN: 'please send a new invoice',
  CNF: 'please credit all of it',
  CNP: 'please credit a part of it',
  CNA: 'please credit the amount',
  OTH: 'something else is to be done',
};

const ROOT = 'urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2';
/** Bounds of one answer, which is small by nature. */
const BOUNDS = { elementsMax: 5_000, charactersMax: 64 * 1024 };
/** Reasons told in words; more tell nobody anything. */
const REASONS_TOLD_MAX = 10;
const WORDS_MAX = 500;

/**
 * Reads the answer of a buyer. In the response of the network itself (MLR), `AP` says that the file is sound and not that
 * anybody approved the invoice, so it counts as received.
 *
 * Refuses: `einvoice_response_unknown` (neither of them, or a code that nobody knows), and what reading XML refuses.
 */
export async function readEInvoiceResponse(source: ByteSource): Promise<EInvoiceResponse> {
  const root = await readXmlTree(source, BOUNDS);
  if (isLifeCycle(root)) return lifeCycleOf(root);
  const answer = nodeAt(root, 'DocumentResponse');
  const code = textAt(answer, 'Response', 'ResponseCode') ?? '';
  const isKnown = root.element.local === 'ApplicationResponse' && root.element.uri === ROOT;
  if (!isKnown || !Object.hasOwn(CODES, code))
    throw new Refusal('einvoice_response_unknown', {
      element: root.element.local.slice(0, 80),
      code: code.slice(0, 20),
    });
  const said = CODES[code as keyof typeof CODES];
  const isOfNetwork = /:mlr:|message_level_response/i.test(textAt(root, 'CustomizationID') ?? '');
  const isSound = isOfNetwork && said.means === 'approved';
  const { means, words } = isSound ? CODES.AB : said;
  const reasons = [
    ...nodesOf(nodeAt(answer, 'Response'), 'Status').map(reasonOf),
    textAt(answer, 'Response', 'Description') ?? '',
    // The network tells what is wrong with the file line by line.
    ...nodesOf(answer, 'LineResponse').flatMap((line) =>
      nodesOf(line, 'Response').map((response) => textAt(response, 'Description') ?? ''),
    ),
  ].filter((reason) => reason !== '');
  return {
    means,
    documentNumber: textAt(answer, 'DocumentReference', 'ID'),
    words: [words, ...new Set(reasons.slice(0, REASONS_TOLD_MAX))].join('; ').slice(0, WORDS_MAX),
  };
}

/** One reason: the words of its code, those of the buyer, and the terms with the values that should stand there. */
function reasonOf(status: XmlNode): string {
  const code = nodeAt(status, 'StatusReasonCode');
  const list = attributeAt(code, 'listID');
  const known = list === 'OPStatusAction' ? ACTIONS : REASONS;
  const text = code?.text ?? '';
  const conditions = nodesOf(status, 'Condition').map((condition) =>
    [textAt(condition, 'AttributeID'), textAt(condition, 'Description')].filter(Boolean).join(' = '),
  );
  return [Object.hasOwn(known, text) ? known[text] : text, textAt(status, 'StatusReason'), ...conditions]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
}
