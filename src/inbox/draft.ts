// A draft of an answer: fixed words, and figures that each come from one row of the ledger. Nothing else of it is a figure, so that a
// draft cannot say what the books do not. Pure; a person reads, changes and sends it.

import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, money } from '#kernel/money.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { DRAFT_LANGUAGES, DRAFT_WORDS, type DraftKind, type DraftLanguage } from './draft-words.ts';

/** What a figure of a draft was read from: an open item, the sum of some, or the day they are true of. */
export type FigureSource =
  | { readonly kind: 'item'; readonly itemId: string; readonly what: 'reference' | 'due' | 'open' }
  | { readonly kind: 'sum'; readonly itemIds: readonly string[] }
  | { readonly kind: 'day' };

/** The open items a figure was read from; none of the day. */
export function itemsOf(source: FigureSource): readonly string[] {
  return source.kind === 'item' ? [source.itemId] : source.kind === 'sum' ? source.itemIds : [];
}

/** A figure with its place in the words. */
export type Figure = {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly source: FigureSource;
};

export type Draft = { readonly words: string; readonly figures: readonly Figure[] };

/** How days and amounts are written for the reader. */
export type Written = { day(day: PlainDate): string; money(amount: Money): string };

/** Items that a draft lists; of more a statement is better. */
const DRAFT_ITEMS_MAX = 12;

/** The language of a draft: that of the customer where drafts are written in it, else English. */
export function draftLanguage(wanted: string): DraftLanguage {
  const own = wanted.slice(0, 2).toLowerCase();
  return DRAFT_LANGUAGES.find((language) => language === own) ?? 'en';
}

/** Whether an answer of this kind says what is open. */
const LISTS: ReadonlySet<DraftKind> = new Set([
  'promise',
  'paid_already',
  'paid_unassigned',
  'dispute',
  'other',
  'insolvency',
]);
/** Answers to who says they paid: where nothing is open there is nothing to say of it. */
const OF_PAID: ReadonlySet<DraftKind> = new Set(['paid_already', 'paid_unassigned']);

/** Puts a draft together piece by piece and notes where each figure stands. */
class Writer {
  words = '';
  readonly figures: Figure[] = [];

  say(text: string, places: Readonly<Record<string, { text: string; source: FigureSource }>> = {}): void {
    for (const piece of text.split(/(\{[a-z]+\})/)) {
      const place = /^\{([a-z]+)\}$/.exec(piece)?.[1];
      const filled = place === undefined ? undefined : places[place];
      if (!filled) {
        this.words += piece;
        continue;
      }
      const from = this.words.length;
      this.words += filled.text;
      this.figures.push({ ...filled, from, to: this.words.length });
    }
  }
}

/**
 * Drafts an answer about some open items, those of a kind at once; each amount, day and number is cited with the row it was read
 * from. Of very many the first are listed; the sum is of all, and says so.
 */
export function draftReply(
  kinds: readonly DraftKind[],
  items: readonly OpenItem[],
  {
    language,
    today,
    written,
  }: { readonly language: DraftLanguage; readonly today: PlainDate; readonly written: Written },
): Draft {
  const words = DRAFT_WORDS[language];
  const writer = new Writer();
  // Where nothing is open it would be wrong that a payment was not found.
  const meant = new Set(kinds.filter((kind) => !OF_PAID.has(kind) || items.length > 0));
  const said: readonly DraftKind[] = meant.size > 0 ? [...meant] : ['other'];
  writer.say(`${words.greeting}\n\n`);
  for (const kind of said) writer.say(`${words[kind]}\n\n`);
  if (said.some((kind) => LISTS.has(kind))) list(writer, items, { words, today, written });
  writer.say(`${words.end}\n`);
  return { words: writer.words, figures: writer.figures };
}

function list(
  writer: Writer,
  items: readonly OpenItem[],
  how: {
    readonly words: (typeof DRAFT_WORDS)[DraftLanguage];
    readonly today: PlainDate;
    readonly written: Written;
  },
): void {
  const { words, today, written } = how;
  const day = { text: written.day(today), source: { kind: 'day' } } as const;
  writer.say(`${items.length === 0 ? words.nothing : words.list}\n`, { day });
  for (const item of items.slice(0, DRAFT_ITEMS_MAX)) {
    const of = (what: 'reference' | 'due' | 'open', text: string) => ({
      text,
      source: { kind: 'item', itemId: item.id, what } as const,
    });
    writer.say(`- ${words.line}\n`, {
      reference: of('reference', item.reference),
      due: of('due', written.day(item.dueOn)),
      open: of('open', written.money(item.open)),
    });
  }
  if (items.length > 1)
    for (const [currency, own] of Map.groupBy(items, ({ open }) => open.currency)) {
      const minor = own.reduce((sum, { open }) => sum + open.minor, 0n);
      const source = { kind: 'sum', itemIds: own.map(({ id }) => id) } as const;
      writer.say(`${items.length > DRAFT_ITEMS_MAX ? words.totalOfAll : words.total}\n`, {
        sum: { text: written.money(money(minor, currency)), source },
      });
    }
  writer.say('\n');
}
