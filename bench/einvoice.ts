// Electronic invoices: how long reading and writing one of twenty lines takes, in each syntax and out of a PDF. Reading is
// compared with the bare parser that it stands on, which builds nothing. Alone: `node bench/einvoice.ts`.

import { SaxesParser } from 'saxes';
import { hybridInvoice } from '#einvoice/factur-x.ts';
import type { EInvoice, Line } from '#einvoice/model.ts';
import { readEInvoice, readEInvoiceFile } from '#einvoice/read.ts';
import { writeEInvoice } from '#einvoice/write.ts';
import { pdfWith } from '#formats/pdf-for-tests.ts';
import { median, type RaceOptions, race, timed } from './measure.ts';
import { comparison, type ResultRow, remark, shownMs, tableOf } from './results.ts';

const SYNTAXES = [
  ['ubl_invoice', 'UBL'],
  ['cii', 'CII'],
] as const;
/** Documents in one measurement, so that a pause of the collector is spread over many. */
const DOCUMENTS = 100;
/** A document may take so long: a hundred in a second leave room for rules, database and PDF. */
const READ_MS_MAX = 5;

/** Reading and writing invoices of twenty lines. */
export async function measureEInvoices(options: RaceOptions): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  for (const [syntax, name] of SYNTAXES) {
    const xml = writeEInvoice(invoiceOf(syntax, 20));
    const bytes = Buffer.from(xml);
    const times = await race(
      [
        { name: 'read', run: () => each(() => readEInvoice(bytes)) },
        { name: 'parser alone', run: () => each(() => parse(xml)) },
        { name: 'write', run: () => each(() => writeEInvoice(invoiceOf(syntax, 20))) },
      ],
      options,
    );
    const subject = `e-invoice of 20 lines, ${name}, ${Math.round(bytes.length / 1024)} KiB`;
    const [read, parser, write] = [times.get('read'), times.get('parser alone'), times.get('write')];
    if (!read || !parser || !write) continue;
    rows.push(comparison(subject, read, parser, { msMax: READ_MS_MAX }));
    rows.push(figure(`${subject}: write`, median(write.ms)));
  }
  const { xml, fileName } = hybridInvoice(invoiceOf('cii', 20));
  const pdf = pdfWith([{ name: fileName, content: xml }], { isPacked: true });
  const times = await race([{ name: 'read', run: () => each(() => readEInvoiceFile(pdf)) }], options);
  rows.push(figure('e-invoice of 20 lines, out of a PDF: read', median(times.get('read')?.ms ?? [])));
  return rows;
}

function figure(subject: string, ms: number): ResultRow {
  const text = `${shownMs(ms)}, ${Math.round(1_000 / ms)} in a second`;
  return remark(subject, text, { msMax: READ_MS_MAX }, ms);
}

async function each(work: () => unknown): Promise<number> {
  const total = await timed(async () => {
    for (let n = 0; n < DOCUMENTS; n += 1) await work();
  });
  return total / DOCUMENTS;
}

function parse(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', () => {});
  parser.write(xml).close();
}

/** An invoice of so many lines, in a syntax. */
export function invoiceOf(syntax: EInvoice['syntax'], lines: number): EInvoice {
  const eur = (value: string) => ({ value, currency: 'EUR' });
  const party = (name: string, vatId: string) => ({
    name,
    identifiers: [{ value: '4012345000009', scheme: '0088' }],
    vatId,
    endpoint: { value: '4012345000009', scheme: '0088' },
    address: { line1: 'Long street 1', city: 'Ulm', postalCode: '89073', country: 'DE' },
    contact: { name: 'Desk', phone: '+49 731 1', email: 'desk@example.test' },
  });
  const line = (_: unknown, index: number): Line => ({
    id: String(index + 1),
    quantity: { value: '3', unit: 'C62' },
    net: eur('100.00'),
    allowancesCharges: [{ kind: 'allowance', amount: eur('5.00'), base: eur('105.00'), reason: 'Loyal' }],
    netPrice: eur('35.0000'),
    priceBase: { value: '1', unit: 'C62' },
    vatCategory: 'S',
    vatRate: '19',
    item: {
      name: `Lamp ${index}`,
      description: 'A lamp',
      sellerId: `L-${index}`,
      classes: [],
      attributes: [],
    },
  });
  const net = `${lines * 100}.00`;
  const vat = `${lines * 19}.00`;
  const gross = `${lines * 119}.00`;
  return {
    syntax,
    number: 'INV-1',
    issuedOn: '2026-01-31',
    typeCode: '380',
    currency: 'EUR',
    dueOn: '2026-03-02',
    buyerReference: 'B-1',
    notes: [{ text: 'Thank you' }],
    specification: 'urn:cen.eu:en16931:2017',
    preceding: [],
    seller: party('Seller', 'DE123456789'),
    buyer: party('Buyer', 'DE987654321'),
    paymentMeans: [{ code: '58', remittance: 'INV-1', transfers: [{ account: 'DE02120300000000202051' }] }],
    allowancesCharges: [],
    totals: { lines: eur(net), withoutVat: eur(net), vat: eur(vat), withVat: eur(gross), due: eur(gross) },
    vat: [{ taxable: eur(net), tax: eur(vat), category: 'S', rate: '19' }],
    documents: [],
    lines: Array.from({ length: lines }, line),
  };
}

if (import.meta.main) console.log(tableOf(await measureEInvoices({ rounds: 7, secondsMax: 60 })));
