// How well intents are read: precision and recall of each, at the bar of a proposal and at higher ones, and how far the stated
// chance is the true one. The sentences are invented: see intents-mails.ts.

import { shippedModel } from '../src/intents/examples.ts';
import { INTENTS, type Intent } from '../src/intents/intent.ts';
import type { IntentModel } from '../src/intents/intent-model.ts';
import { proposalsOf } from '../src/intents/proposals.ts';
import { sentencesOf } from '../src/intents/sentence.ts';
import { signalsOf } from '../src/intents/sentence-signals.ts';
import { HELD_OUT } from './intents-mails.ts';
import { HELD_OUT_LATER } from './intents-mails-later.ts';
import { type ResultRow, remark } from './results.ts';

const TODAY = Temporal.PlainDate.from('2026-04-15');
const BARS = [0.5, 0.7, 0.9] as const;

type Judged = { readonly truth: Intent | 'none'; readonly chances: ReadonlyMap<Intent, number> };
type Score = { readonly precision: number; readonly recall: number };

/** The rows of the table. */
export function measureIntents(): Promise<readonly ResultRow[]> {
  const begun = performance.now();
  const model = shippedModel();
  const learning = performance.now() - begun;
  const lines = linesOf(HELD_OUT);
  const later = linesOf(HELD_OUT_LATER);
  const start = performance.now();
  const judged = judge(lines, model);
  const each = (performance.now() - start) / lines.length;
  const rules = lines.map(([truth, text]): Judged => {
    const words = sentencesOf(text).flatMap((sentence) => sentence.words);
    return { truth, chances: signalsOf(words) };
  });
  const rows = BARS.map((bar) =>
    remark(`intents: all, proposed from ${bar} on`, shown(scoreOf(judged, INTENTS, bar))),
  );
  return Promise.resolve([
    remark(
      `intents: ${lines.length} invented sentences`,
      `learnt in ${learning.toFixed(0)} ms, ${each.toFixed(2)} ms a sentence`,
    ),
    ...rows,
    remark('intents: all, by the rules alone', shown(scoreOf(rules, INTENTS, 1))),
    ...INTENTS.map((intent) => remark(`intents: ${intent}`, shown(scoreOf(judged, [intent], 0.5)))),
    remark('intents: Brier score of what is stated', brier(judged).toFixed(3)),
    remark(
      `intents: ${later.length} sentences worded to be hard, from ${BARS[0]} on`,
      shown(scoreOf(judge(later, model), INTENTS, BARS[0])),
    ),
  ]);
}

type Line = readonly [truth: Intent | 'none', text: string];

const linesOf = (text: string): readonly Line[] =>
  text.split('\n').map((line) => line.split(' | ') as [Intent | 'none', string]);

/** What is proposed of each sentence, beside what it says. */
function judge(lines: readonly Line[], model: IntentModel): readonly Judged[] {
  return lines.map(([truth, text]) => {
    const found = proposalsOf(text, { today: TODAY, currency: 'EUR' }, model);
    return { truth, chances: new Map(found.map(({ intent, confidence }) => [intent, confidence])) };
  });
}

function scoreOf(judged: readonly Judged[], intents: readonly Intent[], bar: number): Score {
  let [right, proposed, wanted] = [0, 0, 0];
  for (const { truth, chances } of judged)
    for (const intent of intents) {
      const isProposed = (chances.get(intent) ?? 0) >= bar;
      proposed += isProposed ? 1 : 0;
      wanted += truth === intent ? 1 : 0;
      right += isProposed && truth === intent ? 1 : 0;
    }
  return { precision: right / Math.max(proposed, 1), recall: right / Math.max(wanted, 1) };
}

const shown = ({ precision, recall }: Score): string =>
  `precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`;

/** Mean squared distance of the stated chance from what was so, over proposals. */
function brier(judged: readonly Judged[]): number {
  const all = judged.flatMap(({ truth, chances }) =>
    [...chances].map(([intent, chance]) => (chance - (truth === intent ? 1 : 0)) ** 2),
  );
  return all.reduce((sum, one) => sum + one, 0) / Math.max(all.length, 1);
}
