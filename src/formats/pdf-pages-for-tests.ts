// PDFs with text for tests, written by hand: Helvetica at given places.

/** A text with the left end of its baseline, in points from the upper left corner. */
export type PrintedText = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
};

const WIDTH = 595;
const HEIGHT = 842;

/** A PDF of A4 pages. `turned` writes each page sideways and has it turned by a quarter when it is looked at. */
export function pdfOfPages(
  pages: readonly (readonly PrintedText[])[],
  options: { readonly turned?: boolean } = {},
): Buffer {
  const objects = new Map<number, string>();
  const numbers = pages.map((_, index) => 10 + 2 * index);
  objects.set(1, '<</Type/Catalog/Pages 2 0 R>>');
  objects.set(2, `<</Type/Pages/Kids[${numbers.map((n) => `${n} 0 R`).join(' ')}]/Count ${pages.length}>>`);
  objects.set(3, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>');
  pages.forEach((texts, index) => {
    const number = 10 + 2 * index;
    const content = texts.map((text) => drawn(text, options.turned ?? false)).join('\n');
    const [width, height] = options.turned ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT];
    objects.set(
      number,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]${options.turned ? '/Rotate 90' : ''}` +
        `/Resources<</Font<</F1 3 0 R>>>>/Contents ${number + 1} 0 R>>`,
    );
    objects.set(number + 1, `<</Length ${content.length}>>\nstream\n${content}\nendstream`);
  });
  return assembled(objects);
}

function drawn({ text, x, y, size = 10 }: PrintedText, turned: boolean): string {
  const place = turned ? `0 1 -1 0 ${y} ${x}` : `1 0 0 1 ${x} ${HEIGHT - y}`;
  return `BT /F1 ${size} Tf ${place} Tm (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`;
}

function assembled(objects: ReadonlyMap<number, string>): Buffer {
  let file = '%PDF-1.7\n';
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, file.length);
    file += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = file.length;
  const sections = [...offsets].map(
    ([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`,
  );
  file += `xref\n0 1\n0000000000 65535 f \n${sections.join('')}`;
  file += `trailer\n<</Size ${Math.max(...objects.keys()) + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** Widths of Helvetica's digits, stop and comma as parts of the size, to set a number by its right end. */
export function numberWidth(text: string, size = 10): number {
  return [...text].reduce((sum, c) => sum + (/[.,\s]/.test(c) ? 0.278 : c === '-' ? 0.333 : 0.556), 0) * size;
}
