// Printing: an invoice of twenty lines as PDF/A with its data inside, against the PDF engine alone, which in this process draws
// the same page with the same fonts and no data. Every document is another one, since the engine remembers what it drew.
// Alone: `node bench/print.ts`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { hybridInvoice } from '#einvoice/factur-x.ts';
import type { EInvoice } from '#einvoice/model.ts';
import { money } from '#kernel/money.ts';
import { type InvoiceDocument, invoicePage } from '#printing/invoice-document.ts';
import { closePdf, drawRequest, renderInvoicePdf } from '#printing/render-pdf.ts';
import { invoiceOf } from './einvoice.ts';
import { median, type RaceOptions, race, timed } from './measure.ts';
import { comparison, type ResultRow, remark, shownMs, tableOf } from './results.ts';

const LINES = 20;
/** Documents in one measurement. */
const DOCUMENTS = 10;
const RATIO_MAX = 2;

let drawn = 0;

/** Drawing invoices, with and without their data. */
export async function measurePrinting(options: RaceOptions): Promise<readonly ResultRow[]> {
  const engine = openEngine();
  const times = await race(
    [
      { name: 'PDF/A with its data', run: () => each((n) => renderInvoicePdf(documentOf(n), dataOf(n))) },
      { name: 'PDF/A', run: () => each((n) => renderInvoicePdf(documentOf(n))) },
      { name: 'engine alone', run: () => each(async (n) => engine(documentOf(n))) },
    ],
    options,
  );
  await closePdf();
  const [whole, plain, alone] = ['PDF/A with its data', 'PDF/A', 'engine alone'].map((name) =>
    times.get(name),
  );
  if (!whole || !plain || !alone) return [];
  const subject = `print an invoice of ${LINES} lines`;
  const ms = median(whole.ms);
  return [
    comparison(subject, whole, alone, { ratioMax: RATIO_MAX }),
    comparison(subject, plain, alone, { ratioMax: RATIO_MAX }),
    remark(`${subject}: PDF/A with its data`, `${shownMs(ms)}, ${Math.round(1_000 / ms)} in a second`),
  ];
}

async function each(work: (n: number) => Promise<unknown>): Promise<number> {
  const total = await timed(async () => {
    for (let n = 0; n < DOCUMENTS; n += 1) {
      drawn += 1;
      await work(drawn);
    }
  });
  return total / DOCUMENTS;
}

/** The PDF engine in this process, with our layout and fonts. */
export function openEngine(): (document: InvoiceDocument) => Uint8Array {
  const require = createRequire(import.meta.url);
  const layout = readFileSync(new URL('../src/printing/document.typ', import.meta.url), 'utf8');
  const fonts = ['400Regular', '600SemiBold'].map((weight) =>
    readFileSync(require.resolve(`@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`)),
  );
  const compiler = NodeCompiler.create({ workspace: '/benchmark', fontArgs: [{ fontBlobs: fonts }] });
  return (document) => {
    const { data } = drawRequest(invoicePage(document));
    const { result } = compiler.compile({ mainFileContent: layout, inputs: { data } });
    if (!result) throw new Error('the engine drew nothing');
    const pdf = compiler.pdf(result, { pdfStandard: 'a-3a' });
    compiler.evictCache(5);
    return pdf;
  };
}

function dataOf(n: number): ReturnType<typeof hybridInvoice> {
  const invoice: EInvoice = { ...invoiceOf('cii', LINES), number: `INV-${n}` };
  return hybridInvoice(invoice);
}

/** An invoice of twenty lines to draw, another one for each number. */
export function documentOf(n: number): InvoiceDocument {
  const eur = (minor: bigint) => money(minor, 'EUR');
  const [net, tax] = [eur(2_000_00n), eur(380_00n)];
  const gross = eur(2_380_00n);
  return {
    kind: 'invoice',
    language: 'de',
    number: `INV-${n}`,
    issuedOn: Temporal.PlainDate.from('2026-01-31'),
    currency: 'EUR',
    seller: {
      name: 'Seller',
      addressLines: ['Long street 1', '89073 Ulm'],
      taxId: 'DE123456789',
      bank: { iban: 'DE02120300000000202051' },
    },
    buyer: { name: 'Buyer', addressLines: ['Long street 1', '89073 Ulm'], taxId: 'DE987654321' },
    instalments: [{ dueOn: Temporal.PlainDate.from('2026-03-02'), amount: gross }],
    lines: Array.from({ length: LINES }, (_, i) => ({
      description: `Lamp ${i} of invoice ${n}`,
      detail: 'A lamp',
      quantity: '3',
      unit: 'pcs',
      unitPrice: '35.00',
      taxPercent: '19',
      net: eur(100_00n),
    })),
    taxes: [{ percent: '19', base: net, tax }],
    totals: { net, tax, gross, paid: eur(0n), open: gross },
    paymentReference: `INV-${n}`,
    footnotes: [],
  };
}

if (import.meta.main) console.log(tableOf(await measurePrinting({ rounds: 7, secondsMax: 60 })));
