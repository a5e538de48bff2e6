// How one customer writes the numbers of documents, where it is not as they stand: learnt from what people corrected, accepted by
// a person, and worth as much as it was right before. It names a document or several; what it names several of stays in doubt.

/** What numbers are compared by: capital letters and digits. */
export function numberKey(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/**
 * `ending`: the last so many characters of our number, all of them figures. `series`: their own letters, or none, in place of ours;
 * zeros in front may be missing. `order`: the number of their own purchase order, as it stands on our invoice.
 */
export type WayForm =
  | { readonly kind: 'ending'; readonly figures: number }
  | { readonly kind: 'series'; readonly theirs: string; readonly ours: string }
  | { readonly kind: 'order' };

export const WAY_KINDS = ['ending', 'series', 'order'] as const;

/** A form that a person accepted, with the share of the past on which it was right: above 0, below 1. */
export type LearntWay = WayForm & { readonly id: string; readonly right: number };

/** A document with what names it. */
export type NumberedDocument = {
  readonly number?: string;
  /** Purchase orders of the customer that stand on it. */
  readonly orders?: readonly string[];
};

/** Fewer characters would fit too much. */
const WRITTEN_MIN = 3;

/** Whether a piece of a text (as `numberKey` gives it) is a document's number, written in a way. A full number is in no way. */
export function writtenFor(form: WayForm, token: string, document: NumberedDocument): boolean {
  if (token.length < WRITTEN_MIN) return false;
  if (form.kind === 'order') return (document.orders ?? []).some((order) => numberKey(order) === token);
  const number = numberKey(document.number ?? '');
  if (number === '' || number === token) return false;
  if (form.kind === 'ending')
    return isFigures(token) && token.length === form.figures && number.endsWith(token);
  const { ours, theirs } = form;
  if (!token.startsWith(theirs) || !number.startsWith(ours)) return false;
  const [said, own] = [token.slice(theirs.length), number.slice(ours.length)];
  return isFigures(said) && isFigures(own) && withoutZeros(said) === withoutZeros(own);
}

/** All forms in which a piece of a text could be the number of a document that it was written for. */
export function formsOf(token: string, document: NumberedDocument): readonly WayForm[] {
  const written = document.number ?? '';
  const number = numberKey(written);
  const forms: WayForm[] = [{ kind: 'order' }];
  if (isFigures(token)) forms.push({ kind: 'ending', figures: token.length });
  const series = numberKey(/^(.*\D)\d+$/.exec(written)?.[1] ?? '');
  const theirs = /^(.*[A-Z])?\d+$/.exec(token)?.[1] ?? '';
  if (number !== '' && series !== '' && series !== theirs)
    forms.push({ kind: 'series', theirs, ours: series });
  return forms.filter((form) => writtenFor(form, token, document));
}

/** A form as one text, for comparing and keeping. */
export function formKey(form: WayForm): string {
  if (form.kind === 'ending') return `ending ${form.figures}`;
  return form.kind === 'series' ? `series ${form.theirs} ${form.ours}` : 'order';
}

function isFigures(text: string): boolean {
  return /^\d+$/.test(text);
}

function withoutZeros(figures: string): string {
  return figures.replace(/^0+(?=.)/, '');
}
