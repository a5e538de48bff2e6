// Remittance advice in X12 820 (payment order and remittance advice), from a file or from the addenda of a CTX payment: which
// documents a payment is for. Segments and codes: ASC X12 transaction set 820.

import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import { ADVICE_LINES_MAX } from '#kernel/limits.ts';
import { type Decimal, parseDecimal } from '#kernel/percent.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import type { AchEntry } from './ach.ts';
import { plusAmount } from './statement-tally.ts';
import type { ByteSource, TextEncoding } from './text-encoding.ts';
import { readX12, type X12Segment, x12Segments } from './x12.ts';

/** Something taken off or added, with the reason code of X12 (data element 426). The amount has the sign it was sent with. */
export type RemittanceAdjustment = {
  readonly amount?: string | undefined;
  readonly reason: string;
  readonly reference?: string | undefined;
  readonly segment: number;
};

/** One document that is paid. `segment` is where in the file it stands. */
export type RemittanceLine = {
  /** IV invoice, CM credit memo, PO purchase order, and others of X12 (data element 128). */
  readonly type: string;
  readonly number: string;
  readonly paid?: string | undefined;
  readonly original?: string | undefined;
  readonly discount?: string | undefined;
  readonly date?: PlainDate | undefined;
  readonly references: readonly { readonly type: string; readonly number: string }[];
  readonly adjustments: readonly RemittanceAdjustment[];
  readonly segment: number;
};

/** One remittance advice. Amounts are plain decimal text. */
export type RemittanceAdvice = {
  readonly control?: string | undefined;
  readonly amount?: string | undefined;
  readonly creditOrDebit?: string | undefined;
  readonly method?: string | undefined;
  readonly format?: string | undefined;
  readonly effectiveDate?: PlainDate | undefined;
  /** TRN02: the same number stands beside the payment on the bank's statement. */
  readonly trace?: string | undefined;
  readonly currency?: string | undefined;
  readonly payer?: string | undefined;
  readonly payee?: string | undefined;
  readonly lines: readonly RemittanceLine[];
  /** Adjustments that belong to no document. */
  readonly adjustments: readonly RemittanceAdjustment[];
  readonly problems: readonly Problem[];
};

/**
 * Reads all advices of an 820 file. That the lines do not add up to the payment is told with the difference.
 *
 * Refuses: `x12_not_recognised`, `x12_segment_too_long`, `remittance_too_long`, and what reading text refuses.
 */
export async function* read820(
  source: ByteSource,
  options: { readonly encoding?: TextEncoding | undefined } = {},
): AsyncGenerator<RemittanceAdvice> {
  const reader = new AdviceReader();
  for await (const segment of readX12(source, options)) {
    const advice = reader.take(segment);
    if (advice !== undefined) yield advice;
  }
  const last = reader.finish();
  if (last !== undefined) yield last;
}

/**
 * The advices in the addenda of an ACH payment; none when they carry no 820. The pieces are joined before they are read: 80
 * characters cut wherever they fall. Refuses: what `read820` does.
 */
export function advicesOf(entry: AchEntry): readonly RemittanceAdvice[] {
  const text = entry.payment.map((piece) => piece.text).join('');
  if (!/^\s*ISA/.test(text)) return [];
  const reader = new AdviceReader();
  const advices = x12Segments(text).map((segment) => reader.take(segment));
  return [...advices, reader.finish()].filter((advice) => advice !== undefined);
}

/** The advice that segments from a header (ST) to a trailer (SE) hold; none when they are no 820. */
export function adviceOfSegments(segments: readonly X12Segment[]): RemittanceAdvice | undefined {
  const reader = new AdviceReader();
  for (const segment of segments) {
    const advice = reader.take(segment);
    if (advice !== undefined) return advice;
  }
  return reader.finish();
}

type OpenLine = RemittanceLine & {
  references: { type: string; number: string }[];
  adjustments: RemittanceAdjustment[];
  date?: PlainDate | undefined;
};
type OpenAdvice = { -readonly [Key in keyof RemittanceAdvice]: RemittanceAdvice[Key] } & {
  lines: OpenLine[];
  adjustments: RemittanceAdjustment[];
  problems: Problem[];
  segments: number;
  /** The document that what follows is about; a new entity ends it. */
  current: OpenLine | undefined;
};

class AdviceReader {
  #advice: OpenAdvice | undefined;

  take(segment: X12Segment): RemittanceAdvice | undefined {
    const { id, elements } = segment;
    if (id === 'ST') {
      const before = this.finish();
      if (elements[0] === '820') {
        this.#advice = {
          control: elements[1],
          lines: [],
          adjustments: [],
          problems: [],
          segments: 1,
          current: undefined,
        };
      }
      return before;
    }
    const advice = this.#advice;
    if (advice === undefined) return undefined;
    advice.segments += 1;
    if (id === 'SE') {
      this.#compareCount(advice, segment);
      return this.finish(true);
    }
    TAKE[id]?.(advice, segment);
    return undefined;
  }

  finish(hasEnd = false): RemittanceAdvice | undefined {
    const advice = this.#advice;
    this.#advice = undefined;
    if (advice === undefined) return undefined;
    if (!hasEnd)
      report(advice, 'remittance_cut_off', 'The advice ends without its trailer (SE). Is it whole?', 0, '');
    compareSum(advice);
    const { segments: _segments, current: _current, ...whole } = advice;
    return whole;
  }

  #compareCount(advice: OpenAdvice, { elements, ordinal }: X12Segment): void {
    if (elements[0] === String(advice.segments)) return;
    const message = `The trailer says ${elements[0] ?? ''} segments and there are ${advice.segments}.`;
    report(advice, 'remittance_count_differs', message, ordinal, elements[0] ?? '');
  }
}

function report(advice: OpenAdvice, code: string, message: string, segment: number, value: string): void {
  if (advice.problems.length < ADVICE_LINES_MAX)
    advice.problems.push({ code, message, position: segment, value: value.slice(0, 40) });
}

const TAKE: Readonly<Record<string, (advice: OpenAdvice, segment: X12Segment) => void>> = {
  BPR: (advice, segment) => {
    const { elements } = segment;
    advice.amount = amountOf(advice, segment, 2);
    advice.creditOrDebit = elements[2] || undefined;
    advice.method = elements[3] || undefined;
    advice.format = elements[4] || undefined;
    advice.effectiveDate = dayOf(elements[15]);
  },
  TRN: (advice, { elements }) => {
    advice.trace ??= elements[1] || undefined;
  },
  CUR: (advice, { elements }) => {
    advice.currency ??= elements[1] || undefined;
  },
  N1: (advice, { elements }) => {
    if (elements[0] === 'PR') advice.payer ??= elements[1] || undefined;
    if (elements[0] === 'PE') advice.payee ??= elements[1] || undefined;
  },
  RMR: (advice, segment) => {
    if (advice.lines.length >= ADVICE_LINES_MAX) {
      throw new Refusal('remittance_too_long', { segment: segment.ordinal, linesMax: ADVICE_LINES_MAX });
    }
    const { elements, ordinal } = segment;
    const line: OpenLine = {
      type: elements[0] ?? '',
      number: elements[1] ?? '',
      paid: amountOf(advice, segment, 4),
      original: amountOf(advice, segment, 5),
      discount: amountOf(advice, segment, 6),
      references: [],
      adjustments: [],
      segment: ordinal,
    };
    advice.lines.push(line);
    advice.current = line;
  },
  REF: (advice, { elements }) => {
    const line = advice.current;
    if (line !== undefined && line.references.length < 100)
      line.references.push({ type: elements[0] ?? '', number: elements[1] || (elements[2] ?? '') });
  },
  DTM: (advice, { elements }) => {
    const line = advice.current;
    if (line !== undefined) line.date ??= dayOf(elements[1]);
  },
  ENT: (advice) => {
    advice.current = undefined;
  },
  ADX: (advice, segment) => {
    const { elements, ordinal } = segment;
    const list = advice.current?.adjustments ?? advice.adjustments;
    if (list.length >= ADVICE_LINES_MAX) {
      throw new Refusal('remittance_too_long', { segment: ordinal, linesMax: ADVICE_LINES_MAX });
    }
    list.push({
      amount: amountOf(advice, segment, 1),
      reason: elements[1] ?? '',
      reference: elements[3] || undefined,
      segment: ordinal,
    });
  },
};

/** Element `place` (from 1) as plain decimal text; what is no number is told. */
function amountOf(
  advice: OpenAdvice,
  { elements, ordinal, id }: X12Segment,
  place: number,
): string | undefined {
  const text = elements[place - 1] ?? '';
  if (text === '') return undefined;
  const found = /^([+-]?)0*(\d{0,15})(?:\.(\d{0,6}))?$/.exec(text);
  if (found === null || !/\d/.test(text)) {
    report(
      advice,
      'remittance_amount_wrong',
      `The amount in ${id}${pad(place)} is no number.`,
      ordinal,
      text,
    );
    return undefined;
  }
  const plain = `${found[2] || '0'}${found[3] ? `.${found[3]}` : ''}`;
  return found[1] === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

function pad(place: number): string {
  return String(place).padStart(2, '0');
}

function dayOf(text: string | undefined): PlainDate | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text ?? '');
  if (found === null) return undefined;
  try {
    return parseDate(`${found[1]}-${found[2]}-${found[3]}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

/**
 * Lines and adjustments that belong to no line make the payment. Some senders put the amount before its adjustments
 * into a line, so that the sum with all adjustments is right too.
 */
function compareSum(advice: OpenAdvice): void {
  const { amount, lines } = advice;
  if (amount === undefined || !lines.some(({ paid }) => paid !== undefined)) return;
  const total = sumOf([...lines.map(({ paid }) => paid), ...advice.adjustments.map((part) => part.amount)]);
  const inner = sumOf(lines.flatMap((line) => line.adjustments.map((part) => part.amount)));
  const stated = parseDecimal(amount);
  if (isSame(parseDecimal(total), stated) || isSame(parseDecimal(sumOf([total, inner])), stated)) return;
  const apart = sumOf([total, amount.startsWith('-') ? amount.slice(1) : `-${amount}`]);
  report(
    advice,
    'remittance_sum_differs',
    `The lines come to ${total}, the payment is ${amount}: ${apart} apart.`,
    0,
    apart,
  );
}

function sumOf(amounts: readonly (string | undefined)[]): string {
  // The currency stands beside the payment, if at all; all amounts of one advice are in it.
  return amounts.reduce<string>(
    (sum, decimal) =>
      plusAmount({ decimal: sum, currency: '' }, { decimal: decimal ?? '0', currency: '' }).decimal,
    '0',
  );
}

function isSame(a: Decimal, b: Decimal): boolean {
  const [low, high] = a.scale < b.scale ? [a, b] : [b, a];
  return low.digits * 10n ** BigInt(high.scale - low.scale) === high.digits;
}
