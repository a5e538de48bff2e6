// Every amount of a document with the term it stands at, for the rules that look at all of them.

import type { AllowanceCharge, AmountText, EInvoice, Line } from './model.ts';

/** Is shown each amount: its term, and the line and index where it stands. */
export type AmountVisitor = (amount: AmountText, term: string, line?: number, index?: number) => void;

const TOTALS = [
  ['lines', 'BT-106'],
  ['allowances', 'BT-107'],
  ['charges', 'BT-108'],
  ['withoutVat', 'BT-109'],
  ['vat', 'BT-110'],
  ['vatInTaxCurrency', 'BT-111'],
  ['withVat', 'BT-112'],
  ['prepaid', 'BT-113'],
  ['rounding', 'BT-114'],
  ['due', 'BT-115'],
] as const;

/** The terms of allowances and charges: amount and base. */
const ALLOWANCE_TERMS = {
  document: { allowance: ['BT-92', 'BT-93'], charge: ['BT-99', 'BT-100'] },
  line: { allowance: ['BT-136', 'BT-137'], charge: ['BT-141', 'BT-142'] },
} as const;

/** Shows every amount of the document, prices too, in the order of the model. */
export function eachAmount(invoice: EInvoice, visit: AmountVisitor): void {
  for (const [name, term] of TOTALS) {
    const amount = invoice.totals?.[name];
    if (amount !== undefined) visit(amount, term);
  }
  eachAllowance(invoice.allowancesCharges, visit);
  for (const [index, { taxable, tax }] of invoice.vat.entries()) {
    if (taxable !== undefined) visit(taxable, 'BT-116', undefined, index);
    if (tax !== undefined) visit(tax, 'BT-117', undefined, index);
  }
  for (const [index, line] of invoice.lines.entries()) eachAmountOfLine(line, index, visit);
}

function eachAmountOfLine(line: Line, index: number, visit: AmountVisitor): void {
  if (line.net !== undefined) visit(line.net, 'BT-131', index);
  if (line.netPrice !== undefined) visit(line.netPrice, 'BT-146', index);
  if (line.priceDiscount !== undefined) visit(line.priceDiscount, 'BT-147', index);
  if (line.grossPrice !== undefined) visit(line.grossPrice, 'BT-148', index);
  eachAllowance(line.allowancesCharges, visit, index);
}

function eachAllowance(all: readonly AllowanceCharge[], visit: AmountVisitor, line?: number): void {
  for (const [index, { kind, amount, base }] of all.entries()) {
    const [amountTerm, baseTerm] = ALLOWANCE_TERMS[line === undefined ? 'document' : 'line'][kind];
    if (amount !== undefined) visit(amount, amountTerm, line, index);
    if (base !== undefined) visit(base, baseTerm, line, index);
  }
}
