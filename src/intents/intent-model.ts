// How probable each intent of a sentence is: logistic regression over its words, its pairs of words, and what the rules read
// in it, learnt from the shipped examples and from what people of the tenant accepted and rejected. Small, local, and the
// same every time: examples are gone through in a fixed order.

import { parseDate } from '#kernel/calendar.ts';
import { daysIn } from './day-words.ts';
import { INTENTS, type Intent } from './intent.ts';
import type { Word } from './sentence.ts';

/** A sentence with what it says; nothing, where it says none of the intents. */
export type Example = { readonly features: readonly string[]; readonly intents: ReadonlySet<Intent> };

/** What is learnt of each intent: the weight of each feature, and where it begins. */
export type IntentModel = ReadonlyMap<
  Intent,
  { readonly weights: ReadonlyMap<string, number>; readonly bias: number }
>;

/** Rounds through the examples, step of learning, pull towards zero; chosen by leaving out each fifth of the examples in turn. */
const ROUNDS = 20;
const STEP = 0.25;
const PULL = 0.001;
const WORDS_READ = 80;
/** Words that begin with so many equal letters are seen as forms of one word, whatever their endings. */
const STEM_CHARACTERS = 5;

/** Whether a day is named does not depend on which day it is. */
const ANY_DAY = parseDate('2026-01-15');

/** What the model sees of a sentence. */
export function featuresOf(words: readonly Word[], signals: ReadonlyMap<Intent, number>): readonly string[] {
  const hasDay = daysIn(words, { today: ANY_DAY }).length > 0;
  const read = words.slice(0, WORDS_READ).map(({ text }) => (/\d/.test(text) ? '#' : text));
  const stems = read
    .filter((word) => word.length > STEM_CHARACTERS)
    .map((word) => `${word.slice(0, STEM_CHARACTERS)}~`);
  const pairs = read.slice(1).map((word, index) => `${read[index]} ${word}`);
  const rules = [...signals].map(([intent, strength]) => `rule ${intent} ${strength}`);
  return [...new Set([...read, ...stems, ...pairs, ...rules, ...(hasDay ? ['a day'] : [])])];
}

/**
 * Learns from examples. Each is learnt twice, the second time without what the rules read in it, so that words are learnt as
 * well where a rule says it all.
 */
export function learnt(examples: readonly Example[]): IntentModel {
  const numbers = new Map<string, number>();
  const both = examples
    .flatMap((example) => [
      example,
      { ...example, features: example.features.filter((feature) => !feature.startsWith('rule ')) },
    ])
    .map((example) => numbered(example, numbers));
  return new Map(INTENTS.map((intent) => [intent, learnOne(both, intent, numbers)]));
}

/** An example whose features are numbers, each with its scale: the many rounds of learning look nothing up by its words. */
type Numbered = {
  readonly places: Uint32Array;
  readonly scales: Float64Array;
  readonly intents: ReadonlySet<Intent>;
};

function numbered({ features, intents }: Example, numbers: Map<string, number>): Numbered {
  const place = (feature: string): number => {
    const known = numbers.get(feature) ?? numbers.size;
    numbers.set(feature, known);
    return known;
  };
  return {
    places: Uint32Array.from(features, place),
    scales: Float64Array.from(features, (feature) => scaleOf(feature, features.length)),
    intents,
  };
}

/** That a sentence says one thing too speaks against no other: what rules read of others counts for nothing here. */
function learnOne(examples: readonly Numbered[], intent: Intent, numbers: ReadonlyMap<string, number>) {
  const weights = new Float64Array(numbers.size);
  const counts = Float64Array.from({ length: numbers.size }, () => 1);
  for (const [feature, place] of numbers)
    if (feature.startsWith('rule ') && !feature.startsWith(`rule ${intent} `)) counts[place] = 0;
  let bias = -1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = STEP / (1 + round / 10);
    for (const { places, scales, intents } of examples) {
      let sum = bias;
      for (let at = 0; at < places.length; at += 1) sum += at0(weights, at0(places, at)) * at0(scales, at);
      const error = (intents.has(intent) ? 1 : 0) - chanceOf(sum);
      bias += step * error;
      for (let at = 0; at < places.length; at += 1) {
        const place = at0(places, at);
        const weight = at0(weights, place);
        weights[place] = weight + at0(counts, place) * step * (error * at0(scales, at) - PULL * weight);
      }
    }
  }
  return { weights: new Map([...numbers].map(([feature, place]) => [feature, at0(weights, place)])), bias };
}

const at0 = (numbers: Float64Array | Uint32Array, at: number): number => numbers[at] ?? 0;
const chanceOf = (sum: number): number => 1 / (1 + Math.exp(-sum));

/** Long sentences weigh no more than short ones; what the rules read keeps its weight. */
function scaleOf(feature: string, count: number): number {
  return feature.startsWith('rule ') ? 1 : 1.5 / Math.sqrt(count);
}

function chance(features: readonly string[], weights: ReadonlyMap<string, number>, bias: number): number {
  const sum = features.reduce(
    (total, feature) => total + (weights.get(feature) ?? 0) * scaleOf(feature, features.length),
    bias,
  );
  return chanceOf(sum);
}

/** How probable each intent is, each for itself: a sentence may say several. */
export function chancesOf(model: IntentModel, features: readonly string[]): ReadonlyMap<Intent, number> {
  return new Map([...model].map(([intent, { weights, bias }]) => [intent, chance(features, weights, bias)]));
}
