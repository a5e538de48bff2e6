// Amounts, signs and days of a camt message: what a statement cannot be without refuses the file, what else cannot be read
// becomes a problem.

import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import type { StatementAmount } from './bank-statement-shape.ts';
import { attributeAt, nodeAt, textAt, type XmlNode } from './xml-part.ts';

/** Which way money goes: in for the account holder, or out. */
export type Direction = 'in' | 'out';

/** ISO 20022 amounts: at most 18 digits, 5 of them decimals; some banks leave the zero before the point out. */
const AMOUNT = /^\+?(\d{0,18})(?:\.(\d{0,12}))?$/;

function wrong(code: string, node: XmlNode | undefined, element: string, advice: string): Refusal {
  return new Refusal(code, {
    element,
    line: node?.line ?? 0,
    value: (node?.text ?? '').slice(0, 40),
    advice,
  });
}

/** The direction a text states, or none. */
export function directionOf(text: string | undefined): Direction | undefined {
  if (text === 'CRDT') return 'in';
  return text === 'DBIT' ? 'out' : undefined;
}

/** The direction an element states. Refuses: `camt_sign_wrong`. */
export function takeDirection(node: XmlNode): Direction {
  const stated = nodeAt(node, 'CdtDbtInd');
  const direction = directionOf(stated?.text);
  if (direction !== undefined) return direction;
  throw wrong(
    'camt_sign_wrong',
    stated ?? node,
    `${node.name}/CdtDbtInd`,
    'It says CRDT or DBIT. Ask the bank for a valid file.',
  );
}

/**
 * An amount element with its sign, its decimals as written. Refuses: `camt_amount_wrong`, `camt_currency_missing`.
 */
export function takeAmount(
  node: XmlNode | undefined,
  direction: Direction,
  within: XmlNode,
): StatementAmount {
  const found = node && AMOUNT.exec(node.text);
  const whole = found?.[1] ?? '';
  const fraction = found?.[2] ?? '';
  if (!found || whole + fraction === '') {
    throw wrong(
      'camt_amount_wrong',
      node ?? within,
      `${within.name}/${node?.name ?? 'Amt'}`,
      'An amount is digits with a point. Ask the bank for a valid file.',
    );
  }
  const currency = attributeAt(node, 'Ccy') ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw wrong(
      'camt_currency_missing',
      node,
      `${within.name}/${node.name}/@Ccy`,
      'An amount has a currency of three letters. Ask the bank for a valid file.',
    );
  }
  const plain = `${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return { decimal: direction === 'out' && /[1-9]/.test(plain) ? `-${plain}` : plain, currency };
}

/** Gathers what is wrong within one entry without giving the entry up. */
export class Problems {
  readonly found: Problem[] = [];

  report(code: string, message: string, node: XmlNode): void {
    this.found.push({ code, message, line: node.line, column: node.name, value: node.text.slice(0, 40) });
  }

  amount(node: XmlNode | undefined, direction: Direction): StatementAmount | undefined {
    if (node === undefined) return undefined;
    try {
      return takeAmount(node, direction, node);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.report(error.code, 'The amount could not be read and is left out.', node);
      return undefined;
    }
  }

  /** The day of a Dt or DtTm as written there: the bank's own day, whatever the offset. */
  day(node: XmlNode | undefined): PlainDate | undefined {
    if (node === undefined) return undefined;
    try {
      return parseDate((textAt(node, 'Dt') ?? textAt(node, 'DtTm') ?? node.text).slice(0, 10));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const shown = nodeAt(node, 'Dt') ?? nodeAt(node, 'DtTm') ?? node;
      this.report(error.code, `The date in ${node.name} could not be read and is left out.`, shown);
      return undefined;
    }
  }
}
