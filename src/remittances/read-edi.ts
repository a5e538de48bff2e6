// Taking the advices out of electronic data interchange: an X12 820, or ACH payments that carry one in their addenda.

import { looksLikeAch, readAch } from '#formats/ach.ts';
import { readX12, type X12Segment, x12Segments } from '#formats/x12.ts';
import { REMITTANCE_SEGMENTS_MAX, REMITTANCES_OF_FILE_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Grid } from './read-grid.ts';

/** Bytes at the beginning by which a file is known. */
const HEAD_BYTES = 512;

/**
 * The advices of a file, each as its segments; nothing where the file is neither X12 nor ACH.
 *
 * Refuses: `remittance_edi_without_advice`, `remittance_too_many_rows`, `remittance_too_many_in_file`, and what reading X12, ACH
 * and text refuses.
 */
export async function readEdi(content: Uint8Array): Promise<readonly Grid[] | undefined> {
  const head = Buffer.from(content.subarray(0, HEAD_BYTES)).toString('latin1');
  const isX12 = /^(?:\xef\xbb\xbf)?\s*ISA[^A-Za-z0-9 ]/.test(head);
  if (!isX12 && !looksLikeAch(head)) return undefined;
  const grids: Grid[] = [];
  const take = (segments: readonly X12Segment[], currency: string | undefined): void => {
    for (const advice of splitAdvices(segments)) grids.push(gridOf(advice, currency));
    if (grids.length > REMITTANCES_OF_FILE_MAX)
      throw new Refusal('remittance_too_many_in_file', { remittancesMax: REMITTANCES_OF_FILE_MAX });
  };
  if (isX12) take(await Array.fromAsync(readX12(content)), undefined);
  else
    for await (const event of readAch(content)) {
      if (event.kind !== 'entry') continue;
      // The pieces are 80 characters each, cut wherever they fall.
      const text = event.entry.payment.map((piece) => piece.text).join('');
      if (/^\s*ISA/.test(text)) take(x12Segments(text), 'USD');
    }
  if (grids.length === 0) throw new Refusal('remittance_edi_without_advice');
  return grids;
}

/** The segments of each 820, from its header (ST) to its trailer (SE) or what comes instead of one. */
function splitAdvices(segments: readonly X12Segment[]): readonly (readonly X12Segment[])[] {
  const advices: X12Segment[][] = [];
  let current: X12Segment[] | undefined;
  for (const segment of segments) {
    if (segment.id === 'ST') {
      current = segment.elements[0] === '820' ? [] : undefined;
      if (current) advices.push(current);
    }
    current?.push(segment);
    if (segment.id === 'SE') current = undefined;
  }
  return advices;
}

function gridOf(segments: readonly X12Segment[], currency: string | undefined): Grid {
  if (segments.length > REMITTANCE_SEGMENTS_MAX)
    throw new Refusal('remittance_too_many_rows', { rowsMax: REMITTANCE_SEGMENTS_MAX });
  const rows = segments.map(({ id, elements, ordinal }) => ({
    line: ordinal,
    cells: [id, ...elements].map((cell) => cell.replaceAll('\0', '')),
  }));
  return { format: 'x12', sheet: null, rows, ...(currency ? { currency } : {}) };
}
