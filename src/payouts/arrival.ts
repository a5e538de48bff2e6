// Which line of the bank a payout arrived by. One that names it, or the only one of its amount in those days that names the gateway; where
// two fit, a person says which.

import { ruleText } from '#reconciliation/bank-rule.ts';

/** Days before the day of a payout on which its money may be booked (time zones), and after it (weekends, slow banks). */
export const ARRIVES_EARLIER_DAYS_MAX = 2;
export const ARRIVES_LATER_DAYS_MAX = 10;

export const ARRIVAL_RULES = ['reference', 'name', 'person'] as const;
export type ArrivalRule = (typeof ARRIVAL_RULES)[number];

/** A payout and a line of the bank of the same company, amount and days. */
export type PayoutPair = {
  readonly gatewayLineId: string;
  readonly bankLineId: string;
  /** What the gateway calls the payout, and how the account at the gateway is called. */
  readonly payout: string;
  readonly gateway: readonly string[];
  /** All that the bank said of the line. */
  readonly said: readonly (string | null)[];
};

/** A pair that is certain, with the sign by which it is. */
export type CertainArrival = {
  readonly gatewayLineId: string;
  readonly bankLineId: string;
  readonly rule: Exclude<ArrivalRule, 'person'>;
};

/** A word that names a payout or a gateway has at least so many letters and figures: a batch `7` stands in too many texts. */
const NAMING_CHARACTERS_MIN = 4;

/** The pairs that have nobody else. Those that name the payout come first; what they take is no rival to the others. */
export function certainArrivals(pairs: readonly PayoutPair[]): readonly CertainArrival[] {
  const certain: CertainArrival[] = [];
  for (const rule of ['reference', 'name'] as const) {
    const taken = new Set(certain.flatMap(({ gatewayLineId, bankLineId }) => [gatewayLineId, bankLineId]));
    const free = pairs.filter(
      (pair) => !taken.has(pair.gatewayLineId) && !taken.has(pair.bankLineId) && names(pair, rule),
    );
    const ofPayout = Map.groupBy(free, (pair) => pair.gatewayLineId);
    const ofLine = Map.groupBy(free, (pair) => pair.bankLineId);
    const alone = free.filter(
      (pair) => ofPayout.get(pair.gatewayLineId)?.length === 1 && ofLine.get(pair.bankLineId)?.length === 1,
    );
    certain.push(
      ...alone.map(({ gatewayLineId, bankLineId }): CertainArrival => ({ gatewayLineId, bankLineId, rule })),
    );
  }
  return certain;
}

/** Whether the bank names the payout itself, or at least the gateway, in whole words. */
function names(pair: PayoutPair, rule: CertainArrival['rule']): boolean {
  const said = ` ${ruleText(pair.said.filter((text) => text !== null).join(' '))} `;
  const wanted = rule === 'reference' ? [pair.payout] : pair.gateway;
  return wanted
    .map(ruleText)
    .some((words) => words.length >= NAMING_CHARACTERS_MIN && said.includes(` ${words} `));
}
