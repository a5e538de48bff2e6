import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { hybridInvoice } from '#einvoice/factur-x.ts';
import { anInvoice, anXRechnung } from '#einvoice/invoices-for-tests.ts';
import { readEInvoiceFile } from '#einvoice/read.ts';
import { LOGO_BYTES_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { archiveProblems } from '../../test/support/pdf-a-checker.ts';
import { type PdfObject, readObjects, readPdf } from '../../test/support/pdf-reader.ts';
import {
  aBuyer,
  anInvoiceDocument,
  aSeller,
  aStatementPart,
  aSwissBuyer,
  aSwissSeller,
  day,
  someInvoiceData,
} from '../../test/support/printed-documents.ts';
import { invoicePage } from './invoice-document.ts';
import { DOCUMENT_LANGUAGES, isRightToLeft } from './language.ts';
import { PRINT_LABELS } from './print-labels.ts';
import { ADDRESS_WINDOWS } from './print-style.ts';
import { closePdf, renderInvoicePdf, renderLetterPdf, renderPage, renderStatementPdf } from './render-pdf.ts';
import { STATEMENT_LABELS, STATEMENT_ROW_KINDS } from './statement-labels.ts';

after(closePdf);

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const linesOf = (page: string | undefined): string[] => plain(page ?? '').split('\n');

/** A layout that draws for minutes, in native code that hears no signal. */
const ENDLESS = '#let x = 0\n#for i in range(300000000) { x += calc.rem(i, 7) }\n#x';

test('an invoice is an archive file: PDF/A-3, tagged, colours and fonts inside, nothing active', async () => {
  const bytes = await renderInvoicePdf(anInvoiceDocument());
  assert.deepEqual(archiveProblems(bytes), []);
  const { metadata, fonts, structure } = readPdf(bytes);
  assert.match(metadata, /<pdfaid:conformance>A<\/pdfaid:conformance>/);
  assert.match(structure, /\/Lang \(en\)/);
  assert.match(structure, /\/CreationDate \(D:20261124/);
  assert.deepEqual(fonts.map(({ name }) => name.replace(/^\w+\+/, '')).sort(), [
    'NotoSans-Regular',
    'NotoSans-SemiBold',
  ]);
});

test('in two languages, with a link to pay by, an invoice is an archive file too', async () => {
  const seller = { ...aSeller, payLink: 'https://pay.example/i/{number}' };
  for (const secondLanguage of ['en', 'ar', 'zh-Hant'] as const) {
    const document = anInvoiceDocument({ language: 'de', secondLanguage, change: { seller } });
    const bytes = await renderInvoicePdf(document);
    assert.deepEqual(archiveProblems(bytes), [], secondLanguage);
    const { pages, structure } = readPdf(bytes);
    assert.match(structure, /\/URI \(https:\/\/pay\.example\/i\/2026-00012\)/);
    // What is read from Arabic letters is the order in which they are drawn; the golden pictures show them.
    const said = PRINT_LABELS[secondLanguage === 'ar' ? 'de' : secondLanguage].description;
    assert.ok(linesOf(pages[0]).includes(said), secondLanguage);
  }
});

test('an invoice carries its data, byte for byte, and the same data make the same file', async () => {
  const data = someInvoiceData();
  const bytes = await renderInvoicePdf(anInvoiceDocument(), data);
  assert.deepEqual(archiveProblems(bytes), []);
  const inside = [...readObjects(bytes).values()].find(({ head }) => /\/Type \/EmbeddedFile\b/.test(head));
  assert.deepEqual(new Uint8Array(inside?.stream ?? []), data.xml);
  assert.deepEqual(await renderInvoicePdf(anInvoiceDocument(), data), bytes);
  assert.match(readPdf(bytes).metadata, /<fx:ConformanceLevel>EN 16931</);
});

test('an invoice from Switzerland ends with its payment slip, at the foot of the last sheet, once', async () => {
  for (const lineCount of [2, 24]) {
    const change = {
      seller: aSwissSeller,
      buyer: aSwissBuyer,
      paymentReference: '210000000003139471430009017',
    };
    const wish = { language: 'de', currency: 'CHF', lineCount, change } as const;
    const bytes = await renderInvoicePdf(anInvoiceDocument(wish));
    assert.deepEqual(archiveProblems(bytes), []);
    const { pages, fonts } = readPdf(bytes);
    const slips = pages.map((page) => linesOf(page).filter((line) => line === 'Zahlteil').length);
    assert.deepEqual(slips, [...pages.slice(1).map(() => 0), 1]);
    const last = linesOf(pages.at(-1));
    for (const line of ['21 00000 00003 13947 14300 09017', 'CH44 3199 9123 0008 8901 2', 'Annahmestelle'])
      assert.ok(last.includes(line), line);
    assert.equal(last.filter((line) => line === `Seite ${pages.length} von ${pages.length}`).length, 1);
    assert.ok(fonts.some(({ name }) => name.endsWith('LiberationSans-Bold')));
  }
});

test('an invoice as data of our own is found in the PDF and read back', async () => {
  for (const profile of ['factur_x', 'xrechnung_cii'] as const) {
    const sample = profile === 'factur_x' ? anInvoice() : anXRechnung();
    const data = hybridInvoice({ ...sample, syntax: 'cii' }, profile);
    const bytes = await renderInvoicePdf(anInvoiceDocument(), data);
    assert.deepEqual(archiveProblems(bytes), []);
    const read = await readEInvoiceFile(Buffer.from(bytes));
    assert.equal(read.invoice.number, sample.number);
  }
});

test('what reads aloud finds headings, tables with heads, and words for pictures', async () => {
  const { structure } = readPdf(await renderInvoicePdf(anInvoiceDocument({ lineCount: 2 })));
  for (const mark of [
    '/S /H1',
    '/S /H2',
    '/S /Table',
    '/S /THead',
    '/S /TH',
    '/S /TD',
    '/Alt (Scan to pay)',
  ]) {
    assert.ok(structure.includes(mark), mark);
  }
});

test('everything of the invoice stands on the paper, letter for letter', async () => {
  const { pages } = readPdf(await renderInvoicePdf(anInvoiceDocument({ paidMinor: 1_000n })));
  const lines = linesOf(pages[0]);
  for (const line of [
    'Nordlicht Werkzeugbau GmbH',
    'Nordlicht Werkzeugbau GmbH · Speicherstraße 14 · 20457 Hamburg',
    'Brüder Čapek Strojírny s.r.o.',
    'Invoice 2026-00012',
    'PO 4500018231',
    'Art. 4711-0',
    '1 pcs',
    '91.83',
    'VAT 19% on 162.42',
    'EUR 193.28',
    '−10.00',
    'EUR 183.28',
    'DE89 3704 0044 0532 0130 00',
    'RF18 5390 0754 7034',
    '24 Dec 2026',
    'Page 1 of 1',
  ]) {
    assert.ok(lines.includes(line), line);
  }
  assert.equal(pages.length, 1);
});

test('over two hundred lines the head is repeated and each sum carried forward is brought forward', async () => {
  const { pages } = readPdf(await renderInvoicePdf(anInvoiceDocument({ lineCount: 200 })));
  for (const [index, page] of pages.entries()) {
    assert.ok(linesOf(page).includes(`Page ${index + 1} of ${pages.length}`));
  }
  const tablePages = pages.map(linesOf).filter((lines) => lines.includes('Unit price'));
  assert.ok(tablePages.length > 4, `${tablePages.length} pages of lines`);
  const amountAfter = (lines: readonly string[] | undefined, label: string): string | undefined =>
    lines?.includes(label) ? lines[lines.indexOf(label) + 1] : undefined;
  for (const [index, lines] of tablePages.entries()) {
    const brought = amountAfter(lines, 'Brought forward');
    assert.equal(brought, amountAfter(tablePages[index - 1], 'Carried forward'), `onto page ${index + 1}`);
    assert.equal(brought === undefined, index === 0);
  }
  assert.equal(amountAfter(tablePages.at(-1), 'Carried forward'), undefined);
  const all = pages.flatMap(linesOf);
  for (let number = 1; number <= 200; number += 1) {
    assert.equal(
      all.filter((line) => line === `Milling cutter, carbide, ${number} mm`).length,
      1,
      `line ${number}`,
    );
  }
});

test('the same document gives the same bytes, also from another process', async () => {
  const document = anInvoiceDocument({ lineCount: 30 });
  const first = Buffer.from(await renderInvoicePdf(document));
  assert.ok(first.equals(await renderInvoicePdf(document)));
  await closePdf();
  assert.ok(first.equals(await renderInvoicePdf(document)));
});

/** One line of each kind that is no document. */
const rowsOfAllKinds = STATEMENT_ROW_KINDS.map((kind) => ({
  kind,
  number: 'P-1',
  on: day('2026-11-24'),
  daysLate: 0,
  original: money(-500n, 'EUR'),
  amount: money(-500n, 'EUR'),
  balance: money(0n, 'EUR'),
}));

test('every kind of document is drawn in every language', async () => {
  const asOf = day('2026-11-24');
  const row = {
    number: '2026-00010',
    issuedOn: day('2026-09-01'),
    amount: money(500n, 'EUR'),
    open: money(500n, 'EUR'),
  };
  const rows = [{ ...row, dueOn: day('2026-10-01') }];
  const party = { seller: aSeller, customer: aBuyer };
  const part = aStatementPart(1);
  const ofAllKinds = {
    ...part,
    accounts: part.accounts.map((account) => ({ ...account, rows: rowsOfAllKinds })),
  };
  await Promise.all(
    DOCUMENT_LANGUAGES.map(async (language) => {
      const labels = PRINT_LABELS[language];
      const drawn = await Promise.all([
        renderInvoicePdf(anInvoiceDocument({ language })),
        renderInvoicePdf(anInvoiceDocument({ language, change: { kind: 'credit_note', instalments: [] } })),
        renderStatementPdf({
          ...party,
          language,
          asOf,
          parts: [aStatementPart()],
          footnotes: [],
        }),
        renderStatementPdf({
          ...party,
          language,
          asOf,
          parts: [],
          footnotes: ['x'],
        }),
        renderLetterPdf({
          ...party,
          language,
          date: asOf,
          subject: 'S',
          opening: ['O'],
          rows,
          closing: ['C\nD'],
        }),
        renderStatementPdf({ ...party, language, from: asOf, asOf, parts: [ofAllKinds], footnotes: [] }),
      ]);
      const texts = drawn.map((bytes) => linesOf(readPdf(bytes).pages[0]));
      assert.ok(
        drawn.every((bytes) => archiveProblems(bytes).length === 0),
        language,
      );
      // A letter that no font has is drawn as its number in brackets.
      for (const lines of texts)
        assert.ok(!lines.join('').includes('[U+'), `${language}: ${lines.join(' ')}`);
      // Where letters run from right to left or grow together, the order on the page is another: golden pictures show those.
      if (isRightToLeft(language) || language === 'hi') return;
      const spoken = texts.map((lines) => lines.join('').replaceAll(/\s/g, ''));
      const says = (at: number, words: string): void =>
        assert.ok(spoken[at]?.includes(words.replaceAll(/\s/g, '')), `${words} in ${language}`);
      says(0, `${labels.invoice} 2026-00012`);
      says(1, labels.creditExplained);
      says(2, labels.statement);
      says(2, STATEMENT_LABELS[language].document);
      says(3, labels.noItems);
      says(4, labels.due);
      says(5, STATEMENT_LABELS[language].opening);
      says(5, STATEMENT_LABELS[language].kinds.settlement);
      assert.ok(texts[2]?.includes('9'), 'days late');
      assert.ok(texts[4]?.includes('O') && texts[4].includes('D'));
      assert.ok(texts.every((lines) => !lines.some((line) => line.includes('\ufffd'))));
    }),
  );
});

test('what customers wrote is text, whatever it looks like', async () => {
  const name = '#read("/etc/passwd") *b* _i_ $x$ \\ @a <l> `c` // --- "q"';
  const { pages } = readPdf(
    await renderInvoicePdf(anInvoiceDocument({ change: { buyer: { ...aBuyer, name } } })),
  );
  const text = linesOf(pages[0]).join(' ').replaceAll(/ +/g, ' ');
  assert.ok(text.includes('#read("/etc/passwd") *b* _i_ $x$ \\ @a <l> `c` // --- "q"'), text.slice(0, 400));
});

test('names and words of any length stay on the paper', async () => {
  const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
  const change = {
    buyer: {
      ...aBuyer,
      name: `${word} ${word} ${word}`,
      addressLines: Array.from({ length: 9 }, (_, i) => `Line ${i}`),
    },
    seller: {
      ...aSeller,
      name: `${word} & Söhne`,
      registration: Array.from({ length: 12 }, (_, i) => `Note ${i}`),
    },
    purchaseOrder: 'X'.repeat(120),
    footnotes: [word.repeat(20)],
  };
  const { pages } = readPdf(await renderInvoicePdf(anInvoiceDocument({ change })));
  assert.ok(pages.length <= 2);
  assert.ok(linesOf(pages[0]).includes('Line 8'));
});

test('scripts of all directions are drawn with our own fonts, in an archive file', async () => {
  const names = {
    Arabic: 'شركة النور 123 للتجارة',
    Hebrew: 'חברת אור 45 בע״מ',
    Devanagari: 'हिन्दी कार्यालय',
    Thai: 'บริษัท ไทย จำกัด',
    Greek: 'Ελληνική Εταιρεία',
    Cyrillic: 'Кириллица Ўзбек',
    Vietnamese: 'Công ty Trách nhiệm Hữu hạn',
    Simplified: '苏州软件有限公司',
    Traditional: '臺灣軟體股份有限公司',
    Japanese: '株式会社さくら電機ヴォルト',
    Korean: '삼성전자 주식회사 韓國',
    Bengali: 'ঢাকা ট্রেডিং',
    Tamil: 'சென்னை நிறுவனம்',
    Telugu: 'హైదరాబాద్ సంస్థ',
    Gujarati: 'અમદાવાદ કંપની',
    Gurmukhi: 'ਅੰਮ੍ਰਿਤਸਰ ਕੰਪਨੀ',
    Kannada: 'ಬೆಂಗಳೂರು ಸಂಸ್ಥೆ',
    Malayalam: 'കൊച്ചി കമ്പനി',
    Sinhala: 'කොළඹ සමාගම',
    Georgian: 'თბილისი შპს',
    Armenian: 'Երևան ՍՊԸ',
    Ethiopic: 'አዲስ አበባ',
    Khmer: 'ភ្នំពេញ ក្រុមហ៊ុន',
    Lao: 'ວຽງຈັນ ບໍລິສັດ',
    Burmese: 'ရန်ကုန် ကုမ္ပဏီ',
  };
  for (const [script, name] of Object.entries(names)) {
    const bytes = await renderInvoicePdf(anInvoiceDocument({ change: { buyer: { ...aBuyer, name } } }));
    // A letter that no font of ours had would have made it an ordinary file.
    assert.deepEqual(archiveProblems(bytes), [], script);
    const fonts = readPdf(bytes).fonts.map((font) => font.name);
    assert.ok(
      fonts.every((font) => /\+(Noto|Liberation)/.test(font)),
      `${script}: ${fonts.join()}`,
    );
  }
  const { pages } = readPdf(
    await renderInvoicePdf(anInvoiceDocument({ change: { buyer: { ...aBuyer, name: names.Hebrew } } })),
  );
  // Set from right to left: the word read first stands last, the figures keep their order.
  assert.match(pages[0] ?? '', /רוא\s+תרבח\s+45/);
});

test('paper, window, colour and font are those the company has chosen', async () => {
  const style = {
    paper: 'us_letter',
    window: 'us',
    accent: '#aa0000',
    font: 'noto_serif',
    marks: false,
  } as const;
  const bytes = await renderInvoicePdf(anInvoiceDocument({ change: { seller: { ...aSeller, style } } }));
  assert.deepEqual(archiveProblems(bytes), []);
  const { structure, fonts } = readPdf(bytes);
  assert.match(structure, /\/MediaBox \[0 0 61[12][.\d]* 79[12][.\d]*\]/);
  assert.ok(fonts.some(({ name }) => name.endsWith('NotoSerif-Regular')));
  for (const window of ADDRESS_WINDOWS) {
    const seller = { ...aSeller, style: { ...style, window, paper: 'a4' } as const };
    const { pages } = readPdf(await renderInvoicePdf(anInvoiceDocument({ change: { seller } })));
    assert.equal(pages.length, 1, window);
  }
});

test('a letter that no font has is printed by its number, in an archive file', async () => {
  const name = '株式会社 \u{1F9FF}\u{10A60}\u{F0000} Ελληνικά';
  const bytes = await renderInvoicePdf(anInvoiceDocument({ change: { buyer: { ...aBuyer, name } } }));
  assert.deepEqual(archiveProblems(bytes), []);
  const text = readPdf(bytes).pages[0] ?? '';
  assert.match(text, /\[U\+F0000\]/);
  assert.match(text, /Ελληνικά/);
  assert.match(text, /Invoice 2026-00012/);
});

test('pictures are drawn; what is no picture, or too large, is refused', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="red"/></svg>';
  const withLogo = (logo: Uint8Array) =>
    renderInvoicePdf(anInvoiceDocument({ change: { seller: { ...aSeller, logo } } }));
  const drawn = readObjects(await withLogo(new TextEncoder().encode(svg)));
  const isRed = ({ stream }: PdfObject): boolean => /^1 0 0 scn$/m.test(stream?.toString('latin1') ?? '');
  assert.ok([...drawn.values()].some(isRed));
  await assert.rejects(withLogo(new Uint8Array([1, 2, 3])), { code: 'logo_not_readable' });
  const broken = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]);
  await assert.rejects(withLogo(broken), { code: 'logo_not_readable' });
  await assert.rejects(withLogo(new Uint8Array(LOGO_BYTES_MAX + 1)), { code: 'logo_too_large' });
});

test('a layout that never ends is stopped; meanwhile the program goes on, and the next document is drawn', async () => {
  await renderInvoicePdf(anInvoiceDocument());
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 10);
  const begun = performance.now();
  const endless = renderPage(invoicePage(anInvoiceDocument()), { layout: ENDLESS, timeMsMax: 400 });
  const next = renderInvoicePdf(anInvoiceDocument());
  await assert.rejects(endless, { code: 'pdf_time_limit' });
  const milliseconds = performance.now() - begun;
  clearInterval(ticking);
  assert.ok(milliseconds < 5_000, `stopped after ${milliseconds} ms`);
  assert.ok(ticks >= 10, `the program ticked ${ticks} times`);
  assert.equal(readPdf(await next).pages.length, 1);
});

test('a layout reads no file and reaches no network', async () => {
  const page = invoicePage(anInvoiceDocument());
  for (const layout of [
    '#read("/etc/passwd")',
    '#read("../../../../etc/passwd")',
    '#image("/etc/hostname")',
    '#import "@preview/cetz:0.3.0"',
  ]) {
    await assert.rejects(renderPage(page, { layout }), { code: 'pdf_not_drawn' }, layout);
  }
});

test('after it was closed the drawing starts again, and what waited is told', async () => {
  const page = invoicePage(anInvoiceDocument());
  const waiting = [ENDLESS, undefined].map((layout) =>
    assert.rejects(renderPage(page, layout === undefined ? {} : { layout }), { code: 'pdf_drawing_lost' }),
  );
  await closePdf();
  await Promise.all(waiting);
  assert.equal(readPdf(await renderInvoicePdf(anInvoiceDocument())).pages.length, 1);
});
