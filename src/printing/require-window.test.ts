import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { PdfTextPage } from '#formats/pdf-text.ts';
import { PDF_THREAD_KEPT_SECONDS } from '#kernel/limits.ts';
import { aBuyer, anInvoiceDocument, aSeller } from '../../test/support/printed-documents.ts';
import { WINDOWS, windowTrouble } from './address-window.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import type { Letterhead } from './letterhead.ts';
import { ADDRESS_WINDOWS, type AddressWindow } from './print-style.ts';
import { closePdf, renderInvoicePdf } from './render-pdf.ts';
import { requireWindow } from './require-window.ts';

after(closePdf);

const style = (window: AddressWindow) => ({
  paper: window === 'us' ? ('us_letter' as const) : ('a4' as const),
  window,
  accent: '#1f4e79',
  font: 'noto_sans' as const,
  marks: true,
});

const HEAD: Letterhead = {
  language: 'en',
  head: Array.from({ length: 6 }, (_, n) => `A line at the head that is rather long, number ${n + 1} of six`),
  columns: [],
  before: null,
  after: null,
  creditBefore: null,
  creditAfter: null,
};

const posted = (window: AddressWindow, change: Partial<InvoiceDocument> = {}, headLines = 6) =>
  renderInvoicePdf(
    anInvoiceDocument({
      change: {
        ...change,
        seller: {
          ...aSeller,
          style: style(window),
          letterheads: { texts: [{ ...HEAD, head: HEAD.head.slice(0, headLines) }], ownLanguage: 'en' },
        },
      },
    }),
  );

const long = {
  ...aBuyer,
  name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG',
  addressLines: [
    'Department of purchasing, third floor',
    'Long Road 5',
    '60200 Brno',
    'Jihomoravský kraj',
    'Czechia',
  ],
};
const references = Array.from({ length: 6 }, (_, n) => ({
  label: `Reference ${n + 1}`,
  value: `A-4711-${n}`,
}));

for (const window of ADDRESS_WINDOWS) {
  test(`the address shows in its window and nothing else is near, whatever stands at the head: ${window}`, async () => {
    await requireWindow(await posted(window), window);
    await requireWindow(await posted(window, { buyer: long, references }), window);
    await requireWindow(await posted(window, { language: 'ar' }, 4), window);
  });

  test(`an address that is too long for its window, and one for another window, are refused: ${window}`, async () => {
    const lines = Array.from({ length: 14 }, (_, n) => `${long.name} ${n}`);
    const tooLong = await posted(window, { buyer: { ...aBuyer, addressLines: lines } });
    await assert.rejects(requireWindow(tooLong, window), { code: 'address_not_in_window' });
    const other = window === 'din_a' ? 'ch_right' : 'din_a';
    await assert.rejects(requireWindow(await posted(window), other), { code: 'address_not_in_window' });
  });
}

test('letters that are looked at at once are each judged by their own page, also after one that cannot be read', async () => {
  const [clear, other] = [await posted('din_b'), await posted('ch_right')];
  const codeOf = (pdf: Uint8Array) =>
    requireWindow(pdf, 'din_b').then(
      () => 'clear',
      (error) => error.code,
    );
  const odd = new TextEncoder().encode('no PDF at all');
  assert.deepEqual(await Promise.all([clear, odd, other, clear, odd, other].map(codeOf)), [
    'clear',
    'pdf_damaged',
    'address_not_in_window',
    'clear',
    'pdf_damaged',
    'address_not_in_window',
  ]);
});

test('a letter that comes at the moment the thread kept for letters is let go is read like any other', async (t) => {
  const letter = await posted('din_b');
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await requireWindow(letter, 'din_b');
  t.mock.timers.tick(PDF_THREAD_KEPT_SECONDS * 1000);
  await requireWindow(letter, 'din_b');
});

test('a text across the edge, one too near, and an empty window are told apart from one that is clear', () => {
  const mm = (value: number): number => (value * 72) / 25.4;
  const at = (x: number, y: number, width = 20): PdfTextPage['runs'][number] => ({
    x: mm(x),
    y: mm(y),
    width: mm(width),
    height: mm(3),
    text: `${x} ${y}`,
  });
  const page = (...runs: PdfTextPage['runs'][number][]): PdfTextPage => ({
    width: mm(210),
    height: mm(297),
    runs,
  });
  const { x, y, width, height } = WINDOWS.din_b;
  const address = at(x + 5, y + 20);
  assert.equal(windowTrouble(page(address, at(x + width + 5, y)), 'din_b'), undefined);
  assert.deepEqual(windowTrouble(page(at(150, 200)), 'din_b'), { kind: 'empty' });
  for (const wrong of [
    at(x + width - 10, y + 20),
    at(x + width + 3, y + 20),
    at(x, y - 6),
    at(x, y + height - 1),
    at(x - 15, y + 10, 12),
  ])
    assert.deepEqual(windowTrouble(page(address, wrong), 'din_b'), { kind: 'not_clear', text: wrong.text });
});
