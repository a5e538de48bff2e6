// The way out for e-invoices: the model as XML in the syntax it names, the same bytes for the same model.

import type { EInvoice } from './model.ts';
import { readEInvoice } from './read.ts';
import { type Difference, sameMeaning } from './same-meaning.ts';
import { writeCii } from './write-cii.ts';
import { writeUbl } from './write-ubl.ts';

/**
 * Writes an e-invoice as XML in the syntax it names (`syntax`). Nothing is computed, rounded or checked: what to write is the
 * caller's to decide and the rules' to judge. A term the syntax has no place for stays away; `termsLost` tells which.
 */
export function writeEInvoice(invoice: EInvoice): string {
  if (invoice.syntax === 'cii') return writeCii(invoice);
  return writeUbl(invoice, invoice.syntax === 'ubl_credit_note');
}

/**
 * The terms that somebody who reads the written document would not find, or find otherwise: a second mandate in CII, which
 * has room for one, or the day a credit note without means of payment is due. None for an ordinary invoice.
 */
export async function termsLost(invoice: EInvoice): Promise<Difference[]> {
  const read = await readEInvoice(Buffer.from(writeEInvoice(invoice)));
  return sameMeaning(invoice, read.invoice);
}
