// What a mail seems to say: proposals for a person, each with the words that say it.

import type { PlainDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { amountsIn, type FoundAmount } from './amount-words.ts';
import { daysIn, type FoundDay } from './day-words.ts';
import type { Facts, Intent, Proposal } from './intent.ts';
import { chancesOf, featuresOf, type IntentModel } from './intent-model.ts';
import { type Sentence, sentencesOf, type Word } from './sentence.ts';
import { reasonIn, signalsOf } from './sentence-signals.ts';

/** From where a mail is read. */
export type MailView = {
  /** The day it was written: `tomorrow` is the day after. */
  readonly today: PlainDate;
  /** Of the customer's account; what `$` means. */
  readonly currency: string;
  /** Where its writer sits, the month is written before the day. */
  readonly monthFirst?: boolean;
};

/** Below this a proposal would be wrong more often than right. */
export const CONFIDENCE_MIN = 0.5;
/** Sentences of a mail that are read. */
const SENTENCES_MAX = 200;

const ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u;

/** The first mail address in a text. */
export function addressIn(text: string): string | null {
  return ADDRESS.exec(text)?.[0]?.toLowerCase() ?? null;
}

/** The proposals of a mail, one for each intent: its surest sentence. In the order of the text. */
export function proposalsOf(text: string, view: MailView, model: IntentModel): readonly Proposal[] {
  const best = new Map<Intent, Proposal>();
  const sentences = sentencesOf(text).slice(0, SENTENCES_MAX);
  for (const [index, sentence] of sentences.entries()) {
    const signals = signalsOf(sentence.words);
    for (const [intent, chance] of readSentence(sentence, model, signals)) {
      const confidence = weighed(intent, chance, { sentence, signals, text, view });
      if (confidence < CONFIDENCE_MIN || confidence <= (best.get(intent)?.confidence ?? 0)) continue;
      const { from, to } = sentence;
      const facts = factsOf(text, withNext(intent, sentence, sentences[index + 1]), { intent, view });
      best.set(intent, { intent, from, to, quote: text.slice(from, to), confidence, facts });
    }
  }
  const dispute = best.get('dispute');
  if (dispute && dispute.facts.reason === null) {
    const reason = reasonOfOthers(sentences);
    best.set('dispute', { ...dispute, facts: { ...dispute.facts, reason } });
  }
  return [...best.values()].toSorted((a, b) => a.from - b.from);
}

/** What is wrong is often said in one sentence, and what is asked for in the next: `Please issue a credit note.` */
function reasonOfOthers(sentences: readonly Sentence[]): string | null {
  const disputing = sentences.filter(({ words }) => (signalsOf(words).get('dispute') ?? 0) > 0);
  return disputing.map(({ words }) => reasonIn(words)).find((reason) => reason !== null) ?? null;
}

/** How probable each intent of a sentence is, by rules and model together; what the rules speak against is left out. */
export function readSentence(
  sentence: Sentence,
  model: IntentModel,
  signals = signalsOf(sentence.words),
): ReadonlyMap<Intent, number> {
  const chances = chancesOf(model, featuresOf(sentence.words, signals));
  return new Map([...chances].filter(([intent]) => signals.get(intent) !== -1));
}

/** Who asks or supposes something seldom says it; whoever asks for a copy does. */
const SAID_BY_ASKING: ReadonlySet<Intent> = new Set(['copy_request', 'stop']);
const SUPPOSING: ReadonlySet<string> = new Set(
  'if once when unless wenn falls sobald sofern si quand lorsque cuando se quando als zodra indien'.split(
    ' ',
  ),
);
/** What no rule reads is proposed only where the model is sure: words that it saw often are not enough. */
const UNRULED = 0.7;

/** A promise that names no day is half a promise; a question seldom is one, nor is what somebody supposes. */
function weighed(
  intent: Intent,
  chance: number,
  {
    sentence,
    signals,
    text,
    view,
  }: {
    readonly sentence: Sentence;
    readonly signals: ReadonlyMap<Intent, number>;
    readonly text: string;
    readonly view: MailView;
  },
): number {
  const hasRule = (signals.get(intent) ?? 0) > 0;
  const certain = Math.round(chance * (hasRule ? 100 : 100 * UNRULED)) / 100;
  const isSupposed = sentence.isQuestion || SUPPOSING.has(sentence.words[0]?.text ?? '');
  if (isSupposed && !SAID_BY_ASKING.has(intent)) return Math.round(certain * 50) / 100;
  if (intent !== 'promise') return certain;
  const hasDay =
    daysIn(sentence.words, view).length > 0 || amountsIn(text, sentence, view.currency).length > 0;
  return hasDay ? certain : Math.round(certain * 80) / 100;
}

/** What is asked for is often named in the sentence after: "Our new address is:" and the address. */
function withNext(intent: Intent, sentence: Sentence, next: Sentence | undefined): Sentence {
  const reaches = intent === 'contact_change' || intent === 'copy_request' || intent === 'remittance';
  if (!reaches || !next) return sentence;
  return { ...sentence, to: next.to, words: [...sentence.words, ...next.words] };
}

function factsOf(
  text: string,
  sentence: Sentence,
  { intent, view }: { readonly intent: Intent; readonly view: MailView },
): Facts {
  const looksBack = intent === 'paid_already' || intent === 'remittance';
  const days = daysIn(sentence.words, { ...view, looksBack });
  const amounts = amountsIn(text, sentence, view.currency);
  return {
    parts: partsOf(days, amounts),
    isUncertain: [...days, ...amounts].some((one) => one.isUncertain),
    references: referencesIn(text, sentence.words, [...days, ...amounts]),
    reason: intent === 'dispute' ? reasonIn(sentence.words) : null,
    address: addressIn(text.slice(sentence.from, sentence.to)),
  };
}

/** As many amounts as days are instalments, in their order; else the first of each is meant. */
function partsOf(days: readonly FoundDay[], amounts: readonly FoundAmount[]): Facts['parts'] {
  const shown = ({ minor, currency }: FoundAmount) => money(minor, currency);
  if (days.length > 1 && days.length === amounts.length)
    return days.map((day, index) => ({ on: day.on, amount: shown(amounts[index] as FoundAmount) }));
  const [day, amount] = [days[0], amounts[0]];
  if (!day && !amount) return [];
  return [{ on: day?.on ?? null, amount: amount ? shown(amount) : null }];
}

const REFERENCES_MAX = 20;

/** Words with a digit that are neither day nor amount: perhaps numbers of documents; whether they are is for the books. */
function referencesIn(
  text: string,
  words: readonly Word[],
  taken: readonly { readonly from: number; readonly to: number }[],
): readonly string[] {
  return words
    .filter(
      (word) =>
        /\d/.test(word.text) &&
        word.to - word.from >= 3 &&
        !taken.some((one) => one.from < word.to && word.from < one.to),
    )
    .map(({ from, to }) => text.slice(from, to))
    .slice(0, REFERENCES_MAX);
}
