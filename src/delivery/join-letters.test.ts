import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { joinLetters } from './join-letters.ts';

/** A PDF of so many pages, each as wide as its mark, so that it is known again. */
async function pdfOf(pages: number, mark = 595): Promise<Uint8Array> {
  const file = await PDFDocument.create({ updateMetadata: false });
  for (let page = 0; page < pages; page += 1)
    file.addPage([mark, 842]).drawRectangle({ width: 9, height: 9 });
  return file.save();
}

async function pagesOf(pdf: Uint8Array) {
  const file = await PDFDocument.load(pdf);
  return file
    .getPages()
    .map((page) => ({ width: page.getWidth(), isEmpty: page.node.Contents() === undefined }));
}

test('printed on both sides, every letter and every file behind it begins on a front, whatever their lengths', async () => {
  const letter = fc.record({
    pages: fc.integer({ min: 1, max: 5 }),
    attached: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  });
  const letters = fc.array(letter, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(letters, fc.boolean(), fc.boolean(), async (wanted, isDuplex, separates) => {
      const given = await Promise.all(
        wanted.map(async ({ pages, attached }, index) => ({
          pdf: await pdfOf(pages, 300 + index),
          attached: await Promise.all(
            attached.map(async (length, i) => ({
              name: 'a.pdf',
              pdf: await pdfOf(length, 400 + 10 * index + i),
            })),
          ),
        })),
      );
      const joined = await joinLetters(given, { isDuplex, separates });
      const pages = await pagesOf(joined.pdf);
      assert.equal(pages.length, joined.pages);
      const fronts = new Map<number, number>();
      for (const [index, { width, isEmpty }] of pages.entries())
        if (!isEmpty && !fronts.has(width)) fronts.set(width, index);
      if (isDuplex) for (const front of fronts.values()) assert.equal(front % 2, 0);
      const filled = pages.filter((page) => !page.isEmpty).length;
      const said = wanted.map(({ pages: own, attached }) => attached.reduce((sum, n) => sum + n, own));
      assert.deepEqual(
        joined.letters.map((l) => l.pages),
        said,
      );
      assert.equal(
        filled,
        said.reduce((sum, n) => sum + n, 0),
        'nothing is lost, nothing is twice',
      );
      for (const [index, { firstPage }] of joined.letters.entries())
        assert.equal(pages[firstPage - 1]?.width, 300 + index);
      const between = separates ? wanted.length - 1 : 0;
      assert.equal(
        joined.letters.reduce((sum, l) => sum + l.sheets, between),
        joined.sheets,
      );
    }),
    { numRuns: 40 },
  );
});

test('the same letters give the same bytes', async () => {
  const letters = [{ pdf: await pdfOf(3), attached: [{ name: 'a.pdf', pdf: await pdfOf(1) }] }];
  const wish = { isDuplex: true, separates: true };
  const [one, two] = [await joinLetters(letters, wish), await joinLetters(letters, wish)];
  assert.ok(Buffer.from(one.pdf).equals(two.pdf));
});

test('an attached file that cannot be read stops no letter, and is named', async () => {
  const letters = [
    { pdf: await pdfOf(1), attached: [{ name: 'broken.pdf', pdf: Buffer.from('%PDF-1.7 and no more') }] },
    { pdf: await pdfOf(2), attached: [] },
  ];
  const joined = await joinLetters(letters, { isDuplex: true, separates: false });
  assert.deepEqual(joined.letters, [
    { firstPage: 1, pages: 1, sheets: 1, notPrinted: ['broken.pdf'] },
    { firstPage: 3, pages: 2, sheets: 1, notPrinted: [] },
  ]);
});

test('so many letters are joined as come to the pages of a batch, the first whatever its length', async () => {
  const wish = { isDuplex: true, separates: false };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 12 }),
      async (lengths, pagesMax) => {
        const letters = await Promise.all(
          lengths.map(async (pages) => ({ pdf: await pdfOf(pages), attached: [] })),
        );
        const { letters: taken, pages } = await joinLetters(letters, wish, pagesMax);
        const filled = lengths.map((length) => length + (length % 2));
        const sumOf = (count: number): number => filled.slice(0, count).reduce((a, b) => a + b, 0);
        assert.equal(pages, sumOf(taken.length));
        // The back of the last sheet may be beyond the limit; no page with something on it is.
        if (taken.length > 1) assert.ok(pages <= pagesMax + 1);
        const next = lengths[taken.length];
        if (next !== undefined) assert.ok(pages + next > pagesMax, 'the next one has no room');
      },
    ),
    { numRuns: 40 },
  );
});
