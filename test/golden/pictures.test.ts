// How printed documents look, sheet by sheet, against pictures that people have looked at. A document that looks otherwise fails and
// says where the new picture lies; when it is meant, look at it, then write the pictures anew: `GOLDEN=write npm test -- test/golden`.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type InvoiceDocument, invoicePage } from '#printing/invoice-document.ts';
import type { PrintPage } from '#printing/print-page.ts';
import { closePdf, renderInvoicePdf, renderPage } from '#printing/render-pdf.ts';
import { type StatementDocument, statementPage } from '#printing/statement-document.ts';
import { differingPart, greyPng, readGrey, sheetPictures } from '../support/pdf-pictures.ts';
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

const PIXELS_PER_INCH = 60;
/** Of the points of a sheet: three of some 350,000. One digit that changes is more than twice as much. */
const DIFFERING_PART_MAX = 0.00001;

const usStyle = {
  paper: 'us_letter',
  window: 'us',
  accent: '#8a1c2b',
  font: 'noto_serif',
  marks: false,
} as const;
const japanese = {
  ...aBuyer,
  name: '株式会社さくら電機',
  addressLines: ['東京都千代田区丸の内1-2-3', '〒100-0005'],
};
const arab = { ...aBuyer, name: 'شركة النور للتجارة', addressLines: ['شارع الملك فهد 12', 'الرياض 11564'] };
const indian = { ...aBuyer, name: 'हिन्दी कार्यालय प्राइवेट लिमिटेड', addressLines: ['नई दिल्ली 110001'] };
const swiss = { seller: aSwissSeller, buyer: aSwissBuyer, paymentReference: '210000000003139471430009017' };
const payable = { ...aSeller, payLink: 'https://pay.example/i/{number}?amount={amount}', upiId: 'shop@bank' };
const letterheads = {
  ownLanguage: 'de',
  texts: [
    {
      language: 'de',
      head: ['Werk Nord', '{street}, {town}', 'Telefon 040 123456-0', '{email}', 'www.nordlicht.example'],
      columns: [
        ['{name}', '{street}', '{town}'],
        ['Geschäftsführung', 'Dr. Anna Nord, Bernd Licht', '{registration}', 'USt-IdNr. {taxId}'],
        ['{bank}', '{iban}', '{bic}', 'Konto {account}'],
      ],
      before: null,
      after: null,
      creditBefore: null,
      creditAfter: null,
    },
  ],
} as const;
const around = {
  before: ['Sehr geehrte Damen und Herren,', 'für unsere Lieferungen berechnen wir wie vereinbart:'],
  after: ['Bis zur vollständigen Bezahlung bleibt die Ware unser Eigentum.', 'Mit freundlichen Grüßen'],
};
const lettered = { seller: { ...aSeller, letterheads }, ...around };
const credit = { kind: 'credit_note', correctedNumber: '2026-00011', instalments: [] } as const;

const DOCUMENTS: Readonly<Record<string, () => InvoiceDocument>> = {
  plain: () => anInvoiceDocument(),
  'long-finnish': () => anInvoiceDocument({ lineCount: 30, language: 'fi' }),
  swiss: () => anInvoiceDocument({ language: 'de', currency: 'CHF', change: swiss }),
  us: () => anInvoiceDocument({ currency: 'USD', change: { seller: { ...aSeller, style: usStyle } } }),
  arabic: () => anInvoiceDocument({ language: 'ar', paidMinor: 1_000n, change: { buyer: arab } }),
  hebrew: () => anInvoiceDocument({ language: 'he' }),
  japanese: () => anInvoiceDocument({ language: 'ja', currency: 'JPY', change: { buyer: japanese } }),
  chinese: () => anInvoiceDocument({ language: 'zh-Hant', currency: 'TWD' }),
  'bilingual-german': () => anInvoiceDocument({ language: 'de', secondLanguage: 'en', paidMinor: 1_000n }),
  'bilingual-arabic': () => anInvoiceDocument({ language: 'en', secondLanguage: 'ar', currency: 'AED' }),
  'pay-link': () => anInvoiceDocument({ currency: 'INR', change: { seller: payable } }),
  letterhead: () => anInvoiceDocument({ language: 'de', change: lettered }),
  korean: () => anInvoiceDocument({ language: 'ko', currency: 'KRW' }),
  hindi: () => anInvoiceDocument({ language: 'hi', currency: 'INR', change: { buyer: indian } }),
  'credit-note-greek': () => anInvoiceDocument({ language: 'el', change: credit }),
};

function aStatement(change: Partial<StatementDocument>): StatementDocument {
  const asOf = day('2026-11-24');
  return {
    language: 'en',
    seller: aSeller,
    customer: aBuyer,
    asOf,
    parts: [aStatementPart(6)],
    footnotes: [],
    ...change,
  };
}

const from = day('2026-11-01');

const STATEMENTS: Readonly<Record<string, () => StatementDocument>> = {
  'statement-arabic': () => aStatement({ language: 'ar', customer: arab }),
  'statement-japanese': () => aStatement({ language: 'ja', customer: japanese, from }),
  'statement-hindi': () => aStatement({ language: 'hi', customer: indian }),
  'statement-polish': () => aStatement({ language: 'pl', from }),
  'statement-bilingual': () => aStatement({ language: 'fr', secondLanguage: 'nl' }),
};

const PAGES: readonly (readonly [string, () => PrintPage])[] = [
  ...Object.entries(DOCUMENTS).map(([name, make]) => [name, () => invoicePage(make())] as const),
  ...Object.entries(STATEMENTS).map(([name, make]) => [name, () => statementPage(make())] as const),
];

for (const [name, page] of PAGES) {
  test(`it looks as it looked: ${name}`, async () => {
    const sheets = await sheetPictures(await renderPage(page()), PIXELS_PER_INCH);
    for (const [at, sheet] of sheets.entries()) {
      const picture = await readGrey(sheet);
      const file = join(import.meta.dirname, `${name}-${at + 1}.png`);
      if (process.env.GOLDEN === 'write') writeFileSync(file, greyPng(picture));
      assert.ok(existsSync(file), `${file} is there`);
      const part = differingPart(picture, await readGrey(readFileSync(file)));
      if (part <= DIFFERING_PART_MAX) continue;
      const now = join(mkdtempSync(join(tmpdir(), 'quittance-pictures-')), `${name}-${at + 1}.png`);
      writeFileSync(now, greyPng(picture));
      assert.fail(`${part} of the sheet looks otherwise: compare ${now} with ${file}`);
    }
    assert.ok(
      !existsSync(join(import.meta.dirname, `${name}-${sheets.length + 1}.png`)),
      'no sheet is missing',
    );
  });
}

test('one digit that changes on a sheet is seen', async () => {
  const look = async (number: string) => {
    const pdf = await renderInvoicePdf(anInvoiceDocument({ change: { purchaseOrder: number } }));
    const [sheet] = await sheetPictures(pdf, PIXELS_PER_INCH);
    assert.ok(sheet);
    return readGrey(sheet);
  };
  const part = differingPart(await look('PO 4500018231'), await look('PO 4500018237'));
  assert.ok(part > DIFFERING_PART_MAX, String(part));
});
