// `quittance invoice xml | pdf | findings NUMBER`: an issued document as data, as paper, and what the rules say of it.

import type { Context } from '#command/command.ts';
import { listInvoices, printInvoice, readEInvoice, readEInvoiceFindings } from '#invoicing/contract.ts';
import { E_INVOICE_PROFILES } from '#invoicing/e-invoice-names.ts';
import { readInvoicesByNumber } from '#invoicing/read-invoice.ts';
import { routes } from '#invoicing/routes.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table, writeFileReply } from './print.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask, askFile } = asking(routes);

/** In the place of a number: the document that was issued last. */
const LAST = 'last';

/** Writes an issued document as XML or PDF, or says what the rules find in it. Gives the exit code: 1 where it is no e-invoice. */
export async function invoice(
  session: Session,
  context: Context,
  kind: 'xml' | 'pdf' | 'findings',
  options: Options,
): Promise<number> {
  const params = { invoiceId: await idOf(session, context, options) };
  if (kind === 'pdf')
    return writeFileReply(await askFile(session, context, printInvoice, { params }), options.text('out'));
  const profile = options.oneOf('profile', E_INVOICE_PROFILES);
  const rules = profile ? { profile } : {};
  if (kind === 'xml') {
    const syntax = options.oneOf('syntax', ['ubl', 'cii'] as const);
    const query = { ...rules, ...(syntax ? { syntax } : {}) };
    const file = await askFile(session, context, readEInvoice, { params, query });
    return writeFileReply(file, options.text('out'));
  }
  const { valid, findings } = await ask(session, context, readEInvoiceFindings, { params, query: rules });
  if (options.flag('json')) json({ valid, findings });
  else if (findings.length === 0) say('No rule is broken.');
  else
    table(
      ['Rule', 'Severity', 'What'],
      findings.map(({ rule, severity, message }) => [rule, severity, message]),
    );
  return valid ? 0 : 1;
}

/** The document that a number names. Refuses: `invoice_not_found`, `company_not_named` (several companies have that number). */
async function idOf(session: Session, context: Context, options: Options): Promise<InvoiceId> {
  const number = options.word(2, 'the number of the document');
  const { companyId } = await scopeOf(session, context, options);
  if (number === LAST) {
    const query = { limit: 1, ...(companyId ? { companyId } : {}) };
    const [row] = (await ask(session, context, listInvoices, { query })).rows;
    if (!row) throw new Refusal('invoice_not_found', { number });
    return row.id as InvoiceId;
  }
  const named = await readSnapshot(session.door, context, (tx) => readInvoicesByNumber(tx, number));
  const found = named.filter((row) => companyId === undefined || row.company_id === companyId);
  // A number is given once, but one that was voided may come again from another system: what stands comes first.
  const standing = found.filter((row) => row.voided_on === null);
  const meant = standing.length > 0 ? standing : found.slice(0, 1);
  const [row, another] = meant;
  if (!row) throw new Refusal('invoice_not_found', { number });
  if (another) throw new Refusal('company_not_named', { number, todo: 'add --company CODE' });
  return row.id;
}
