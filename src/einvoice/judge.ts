// What the rules report to: gathers findings about one document.

import type { EInvoice } from './model.ts';
import type { Profile } from './profile.ts';

/** `fatal`: the document is not valid and may be refused. `warning`: valid, but not as it should be. `information`: to know. */
export type Severity = 'fatal' | 'warning' | 'information';

/**
 * Where something stands: a business term (BT) or group (BG) of EN 16931; `line` is the place of the line in the document,
 * `index` that of the allowance or charge, tax breakdown, means of payment, document, note or other repeated group, from 0.
 */
export type Place = { readonly term: string; readonly line?: number; readonly index?: number };

/** What one rule has to say about one place. */
export type Finding = {
  /** Id of the published rule, such as `BR-CO-15`; ids that begin with Q- are our own. */
  readonly rule: string;
  readonly severity: Severity;
  readonly places: readonly Place[];
  /** What stands there, or what was computed; empty where something is missing. */
  readonly found: string;
  /** One short sentence, to be shown beside the field. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
};

/** The words of a rule: the message and the hint. */
export type Words = readonly [message: string, hint: string];

/** Longest piece of a document that a finding repeats. */
const FOUND_MAX = 80;

/** One document before its judge: what the rules ask, and what they found. */
export class Judge {
  readonly invoice: EInvoice;
  readonly profile: Profile;
  readonly findings: Finding[] = [];

  constructor(invoice: EInvoice, profile: Profile) {
    this.invoice = invoice;
    this.profile = profile;
  }

  /** Reports that a rule is broken, as far as the document may be refused for it. */
  report(rule: string, at: Place | readonly Place[], found: string | undefined, words: Words): void {
    this.#add('fatal', rule, { at, found, words });
  }

  /** Reports what should be otherwise, though the document is valid. */
  warn(rule: string, at: Place | readonly Place[], found: string | undefined, words: Words): void {
    this.#add('warning', rule, { at, found, words });
  }

  /** Reports what is good to know. */
  inform(rule: string, at: Place | readonly Place[], found: string | undefined, words: Words): void {
    this.#add('information', rule, { at, found, words });
  }

  #add(severity: Severity, rule: string, said: Said): void {
    const places: readonly Place[] = 'term' in said.at ? [said.at] : said.at;
    const [message, hint] = said.words;
    const found = said.found ?? '';
    const shown = found.length > FOUND_MAX ? `${found.slice(0, FOUND_MAX - 1)}…` : found;
    this.findings.push({ rule, severity, places, found: shown, message, hint });
  }
}

type Said = {
  readonly at: Place | readonly Place[];
  readonly found: string | undefined;
  readonly words: Words;
};

/** A place in the document. */
export function at(term: string, index?: number): Place {
  return index === undefined ? { term } : { term, index };
}

/** A place in a line. */
export function inLine(term: string, line: number, index?: number): Place {
  return index === undefined ? { term, line } : { term, line, index };
}

/** Whether nothing stands there, or only space. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
