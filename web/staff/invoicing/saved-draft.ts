// A draft as the server keeps it, and back into the form. What the form does not show is kept as it is.

import {
  type Draft,
  type DraftAllowance,
  type DraftExemption,
  type DraftInstalment,
  type DraftLine,
  newAllowance,
  newDraft,
  newFootnote,
  newInstalment,
  newLine,
  type TaxCategory,
} from './draft.ts';

type Kept = Readonly<Record<string, unknown>>;

const LINE_TEXTS = [
  'description',
  'quantity',
  'unit',
  'unitPrice',
  'taxPercent',
  'detail',
  'sellerItem',
  'buyerItem',
  'baseQuantity',
  'periodFrom',
  'periodTo',
  'orderLine',
] as const;
const TEXTS = [
  'companyId',
  'issuedOn',
  'currency',
  'dueOn',
  'purchaseOrder',
  'paymentReference',
  'note',
] as const;
const REFERENCES = ['buyerReference', 'contract', 'project', 'salesOrder'] as const;
const DELIVERY = ['deliveredOn', 'periodFrom', 'periodTo'] as const;

/** The form for what was kept. */
export function draftFrom(body: Kept): Draft {
  const references = objectIn(body.references);
  const delivery = objectIn(body.delivery);
  const lines = listIn(body.lines).map(lineFrom);
  const {
    lines: _lines,
    allowances: _allowances,
    exemptions: _exemptions,
    roundToMinor,
    footnotes,
    customerId: _customer,
    instalments: _parts,
    instalmentPercents,
    ...rest
  } = body;
  const instalments = instalmentsFrom(body);
  const texts = Object.fromEntries(TEXTS.map((key) => [key, textIn(body[key])]));
  return {
    ...newDraft(),
    ...texts,
    ...Object.fromEntries(REFERENCES.map((key) => [key, textIn(references[key])])),
    ...Object.fromEntries(DELIVERY.map((key) => [key, textIn(delivery[key])])),
    ...(instalmentPercents === undefined ? {} : { terms: 'instalments' as const, instalments }),
    lines: lines.length > 0 ? lines : [newLine()],
    allowances: listIn(body.allowances).map(allowanceFrom),
    exemptions: listIn(body.exemptions).map(exemptionFrom),
    roundToMinor: typeof roundToMinor === 'number' ? String(roundToMinor) : '',
    footnotes: Array.isArray(footnotes) ? footnotes.map((text) => newFootnote(textIn(text))) : null,
    kept: {
      ...without(rest, TEXTS),
      references: without(references, REFERENCES),
      delivery: without(delivery, DELIVERY),
    },
  };
}

function instalmentsFrom(body: Kept): readonly DraftInstalment[] {
  const percents = Array.isArray(body.instalmentPercents) ? body.instalmentPercents.map(textIn) : [];
  const parts = listIn(body.instalments);
  return percents.map((percent, index) => ({
    ...newInstalment(percent),
    dueOn: textIn(parts[index]?.dueOn),
  }));
}

function lineFrom(line: Kept): DraftLine {
  const [allowance, ...more] = listIn(line.allowances);
  // One percentage is shown in the form; anything else is kept as it is.
  const shown = more.length === 0 && allowance?.kind === 'allowance' && typeof allowance.percent === 'string';
  const { allowances: _allowances, taxCategory, ...rest } = line;
  // The form has one line for the name; what follows it is details.
  const [name = '', ...below] = textIn(line.description).split('\n');
  const detail = [...below, textIn(line.detail)].filter((part) => part !== '').join('\n');
  return {
    ...newLine(),
    ...Object.fromEntries(LINE_TEXTS.map((key) => [key, textIn(line[key])])),
    description: name,
    detail,
    taxCategory: (textIn(taxCategory) || 'S') as TaxCategory,
    discountPercent: shown ? textIn(allowance.percent) : '',
    discountReason: shown ? textIn(allowance.reason) : '',
    kept: {
      ...without(rest, LINE_TEXTS),
      ...(shown || line.allowances === undefined ? {} : { allowances: line.allowances }),
    },
  };
}

function allowanceFrom(allowance: Kept): DraftAllowance {
  const how = typeof allowance.percent === 'string' ? 'percent' : 'amount';
  return {
    ...newAllowance(allowance.kind === 'charge' ? 'charge' : 'allowance', textIn(allowance.taxPercent)),
    how,
    value: textIn(allowance[how]),
    reason: textIn(allowance.reason),
  };
}

function exemptionFrom(exemption: Kept): DraftExemption {
  return {
    category: textIn(exemption.category) as TaxCategory,
    reason: textIn(exemption.reason),
    code: textIn(exemption.code),
  };
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function objectIn(value: unknown): Kept {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Kept) : {};
}

function listIn(value: unknown): readonly Kept[] {
  return Array.isArray(value) ? value.map(objectIn) : [];
}

function without(values: Kept, keys: readonly string[]): Kept {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}
