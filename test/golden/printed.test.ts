// Where everything stands on printed documents, line by line with its place in points. A change of the layout shows here before
// a customer sees it; when it is meant, look at the PDF, then write the files anew: `GOLDEN=write npm test -- test/golden`.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { money } from '#kernel/money.ts';
import { type InvoiceDocument, invoicePage } from '#printing/invoice-document.ts';
import type { PrintPage } from '#printing/print-page.ts';
import { closePdf, renderPage } from '#printing/render-pdf.ts';
import { type StatementDocument, type StatementPart, statementPage } from '#printing/statement-document.ts';
import { readPdf } from '../support/pdf-reader.ts';
import {
  aBuyer,
  anInvoiceDocument,
  aSeller,
  aStatementPart,
  aSwissBuyer,
  aSwissSeller,
  day,
} from '../support/printed-documents.ts';

after(closePdf);

/** Points a line may move: rounding on another processor, not another layout. */
const MOVE_MAX = 1;

const eur = (minor: bigint) => money(minor, 'EUR');

/** Allowances, three taxes, a part paid, two discounts: all that can stand on one invoice. */
function aRichInvoice(): InvoiceDocument {
  const base = anInvoiceDocument({ lineCount: 5, language: 'de' });
  return {
    ...base,
    adjustments: [
      { label: 'Treuerabatt (5 % von 512,25)', amount: eur(-25_61n) },
      { label: 'Fracht', amount: eur(15_00n) },
    ],
    taxes: [
      { percent: '19', base: eur(151_81n), tax: eur(28_84n) },
      { percent: '7', base: eur(143_68n), tax: eur(10_06n) },
      {
        percent: '0',
        base: eur(206_15n),
        tax: eur(0n),
        note: 'Steuerfreie innergemeinschaftliche Lieferung.',
      },
    ],
    totals: {
      net: eur(501_64n),
      tax: eur(38_90n),
      gross: eur(540_54n),
      paid: eur(100_00n),
      open: eur(440_54n),
    },
    discounts: [
      { until: day('2026-12-04'), percent: '3', amount: eur(427_32n) },
      { until: day('2026-12-14'), percent: '2', amount: eur(431_73n) },
    ],
    footnotes: ['Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.'],
  };
}

const usStyle = {
  paper: 'us_letter',
  window: 'us',
  accent: '#8a1c2b',
  font: 'noto_serif',
  marks: false,
} as const;

const STATEMENT: Omit<StatementDocument, 'parts'> = {
  language: 'en',
  seller: aSeller,
  customer: aBuyer,
  asOf: day('2026-11-24'),
  footnotes: [],
};

/** What moved an account in a month, from the balance before to the one after. */
function aForwardPart(): StatementPart {
  const opening = eur(120_00n);
  const moved = [
    ['invoice', 'INV-2026-00031', '2026-11-04', 250_00n],
    ['payment', 'PAY-2026-00009', '2026-11-10', -117_60n],
    ['discount', 'PAY-2026-00009', '2026-11-10', -2_40n],
    ['credit_note', 'CN-2026-00002', '2026-11-20', -50_00n],
  ] as const;
  let balance = opening.minor;
  const rows = moved.map(([kind, number, on, minor]) => {
    balance += minor;
    const amount = eur(minor);
    return { kind, number, on: day(on), daysLate: 0, original: amount, amount, balance: eur(balance) };
  });
  const closing = eur(balance);
  return {
    ...aStatementPart(),
    accounts: [{ opening, rows, closing }],
    closing,
    ages: [eur(250_00n), eur(0n), eur(0n), eur(0n), eur(0n)],
    credits: eur(-50_00n),
    overdue: eur(0n),
    disputed: eur(0n),
    payable: closing,
  };
}

/** A group of two customers, each with its lines and its sum, owing to two companies. */
function aGroup(): readonly StatementPart[] {
  const [{ accounts, ...part }, other] = [aStatementPart(4), aStatementPart(2)];
  const [account] = accounts;
  const second = other.accounts[0];
  if (!account || !second) throw new Error('a part has an account');
  const closing = eur(account.closing.minor + second.closing.minor);
  const payable = eur(closing.minor - 4_00n);
  return [
    {
      ...part,
      title: `${aSeller.name} · EUR`,
      accounts: [
        { ...account, name: 'Čapek Brno s.r.o. (K-10443)' },
        { ...second, name: 'Čapek Praha s.r.o. (K-10444)' },
      ],
      closing,
      ages: [eur(20_00n), eur(20_00n), eur(0n), eur(0n), eur(0n)],
      credits: eur(-5_00n),
      payable,
    },
    {
      ...other,
      title: `${aSwissSeller.name} · EUR`,
      seller: aSwissSeller,
      disputed: eur(0n),
      payable: other.closing,
    },
  ];
}

const STATEMENTS: Readonly<Record<string, () => StatementDocument>> = {
  'statement-open-item': () => ({ ...STATEMENT, parts: [aStatementPart(6)] }),
  'statement-balance-forward': () => ({
    ...STATEMENT,
    language: 'de',
    from: day('2026-11-01'),
    parts: [aForwardPart()],
  }),
  'statement-group': () => ({ ...STATEMENT, parts: aGroup() }),
};

const INVOICES: Readonly<Record<string, () => InvoiceDocument>> = {
  'invoice-plain': () => anInvoiceDocument(),
  'invoice-rich': aRichInvoice,
  'invoice-long': () => anInvoiceDocument({ lineCount: 45 }),
  'invoice-us': () => anInvoiceDocument({ change: { seller: { ...aSeller, style: usStyle } } }),
  'invoice-swiss': () =>
    anInvoiceDocument({
      language: 'de',
      currency: 'CHF',
      change: {
        seller: aSwissSeller,
        buyer: aSwissBuyer,
        paymentReference: '210000000003139471430009017',
      },
    }),
  'credit-note': () =>
    anInvoiceDocument({ language: 'fr', change: { kind: 'credit_note', instalments: [] } }),
};

type Placed = { readonly x: number; readonly y: number; readonly text: string };

function placed(line: string): Placed {
  const [, x = '', y = '', text = ''] = /^(\d+) (\d+) (.*)$/s.exec(line) ?? [];
  return { x: Number(x), y: Number(y), text: x === '' ? line : text };
}

const PAGES: readonly (readonly [string, () => PrintPage])[] = [
  ...Object.entries(INVOICES).map(([name, make]) => [name, () => invoicePage(make())] as const),
  ...Object.entries(STATEMENTS).map(([name, make]) => [name, () => statementPage(make())] as const),
];

for (const [name, page] of PAGES) {
  test(`everything stands where it stood: ${name}`, async () => {
    const { places } = readPdf(await renderPage(page()));
    const lines = places.flatMap((page, at) => [`-- sheet ${at + 1}`, ...page]).map((line) => line.trimEnd());
    const file = join(import.meta.dirname, `${name}.txt`);
    if (process.env.GOLDEN === 'write') writeFileSync(file, `${lines.join('\n')}\n`);
    assert.ok(existsSync(file), `${file} is there`);
    const kept = readFileSync(file, 'utf8').trimEnd().split('\n').map(placed);
    const now = lines.map(placed);
    assert.deepEqual(
      now.map(({ text }) => text),
      kept.map(({ text }) => text),
    );
    const moved = now.filter(({ x, y }, at) => {
      const was = kept[at];
      return was && (Math.abs(was.x - x) > MOVE_MAX || Math.abs(was.y - y) > MOVE_MAX);
    });
    assert.deepEqual(moved, []);
  });
}
