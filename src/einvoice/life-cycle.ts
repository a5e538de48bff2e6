// What a French platform tells of an e-invoice: the life-cycle status of the reform of 2026 (AFNOR XP Z12-012), which is a Cross Domain
// Acknowledgement and Response of UN/CEFACT (CDAR, D22B). The codes are those of the tax office (specifications of the public portal,
// 3.6.4, table 8). Read with its reasons, as an Invoice Response of Peppol is.

import { attributeAt, nodeAt, nodesOf, textAt, type XmlNode } from '#formats/xml-part.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { EInvoiceResponse, ResponseMeaning } from './read-response.ts';

const NAME = 'CrossDomainAcknowledgementAndResponse';
const ROOT = `urn:un:unece:uncefact:data:standard:${NAME}:100`;

/** What each code means for us. That a platform has it is no delivery yet: that begins where the platform of the buyer does. */
const CODES: Readonly<Record<string, { readonly means: ResponseMeaning; readonly words: string }>> = {
  200: { means: 'in_process', words: 'deposited at our platform' },
  201: { means: 'in_process', words: 'sent on by our platform' },
  202: { means: 'received', words: 'received by the platform of the buyer' },
  203: { means: 'received', words: 'made available to the buyer' },
  204: { means: 'in_process', words: 'taken in hand by the buyer' },
  205: { means: 'approved', words: 'approved by the buyer' },
  206: { means: 'conditional', words: 'approved in part by the buyer' },
  207: { means: 'queried', words: 'in dispute' },
  208: { means: 'queried', words: 'suspended: the buyer waits for something more' },
  209: { means: 'in_process', words: 'completed after it was suspended' },
  210: { means: 'rejected', words: 'refused by the buyer' },
  211: { means: 'paid', words: 'the buyer says that it paid' },
  212: { means: 'paid', words: 'reported as collected' },
  213: { means: 'rejected', words: 'rejected by a platform' },
  501: { means: 'rejected', words: 'not admissible: the file was not taken' },
};

/** Reasons told in words; more tell nobody anything. */
const REASONS_TOLD_MAX = 10;
const WORDS_MAX = 500;

/** Whether a message is a life-cycle status. */
export function isLifeCycle({ element }: XmlNode): boolean {
  return element.local === NAME && element.uri === ROOT;
}

/**
 * What a life-cycle status says of its document. A message about several is not taken apart: which of them is meant would
 * be a guess.
 *
 * Refuses: `einvoice_response_unknown` (no document or several, or a code that nobody knows).
 */
export function lifeCycleOf(root: XmlNode): EInvoiceResponse {
  const documents = nodesOf(root, 'AcknowledgementDocument').flatMap((answer) =>
    nodesOf(answer, 'ReferenceReferencedDocument'),
  );
  const [document, another] = documents;
  const code = textAt(document, 'ProcessConditionCode') ?? '';
  const said = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (!document || another || !said)
    throw new Refusal('einvoice_response_unknown', { element: NAME, code: code.slice(0, 20) });
  const reasons = nodesOf(document, 'SpecifiedDocumentStatus')
    .map(reasonOf)
    .filter((reason) => reason !== '');
  return {
    means: said.means,
    documentNumber: textAt(document, 'IssuerAssignedID'),
    words: [said.words, ...new Set(reasons.slice(0, REASONS_TOLD_MAX))].join('; ').slice(0, WORDS_MAX),
  };
}

/** One reason: in words where there are some, else its code; what is asked for, and what was written beside. */
function reasonOf(status: XmlNode): string {
  const note = textAt(nodeAt(status, 'IncludedNote'), 'Content');
  const amounts = nodesOf(status, 'SpecifiedDocumentCharacteristic').map((characteristic) => {
    const currency = attributeAt(nodeAt(characteristic, 'ValueAmount'), 'currencyID');
    return [textAt(characteristic, 'TypeCode'), textAt(characteristic, 'ValueAmount'), currency]
      .filter((part) => part !== undefined && part !== '')
      .join(' ');
  });
  return [
    textAt(status, 'Reason') ?? textAt(status, 'ReasonCode'),
    textAt(status, 'RequestedAction') ?? textAt(status, 'RequestedActionCode'),
    note,
    ...amounts,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
}
