// The question a command asks before it does what may need a second person. Either it goes on, or it is refused with what
// to do; where a second person decides, the answer is theirs.

import type { Act } from '#command/command.ts';
import type { Json } from '#kernel/canonical.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Route } from './approval.ts';
import { amountWords, type GivenMatter, type Matter, matterOf, totalsOf } from './matter.ts';
import { bandOf, defaultPolicy, dependsOnAmount, type PolicyVersion, stepWords } from './policy.ts';
import { findPolicy } from './store.ts';

/** What amounts are worth together in a currency today. The ledger knows, which comes after approvals. */
export type TakeWorth = (act: Act, amounts: readonly Money[], currency: string) => Promise<Money>;

/** What the rules say about a matter. */
export type Weighed = {
  readonly matter: Matter;
  readonly route: Route;
  /** Which rules said so; null where nobody set any. */
  readonly policy: { readonly kind: string; readonly version: number } | null;
  readonly expiryDays: number;
  /** Whether who acts may go on without anybody else. */
  readonly mayAlone: boolean;
};

/**
 * Lets a command go on where the rules let who acts decide alone, or where others approved exactly this. Asked once what is
 * to be done is decided and nothing is saved yet. Rules for `write_off.bad_debt` come before those for `write_off`. Where
 * limits of who acts say whether they may go on alone, those count (`alone`), whatever the rules say of their role.
 *
 * Refuses: `approval_required`, what the review of an approval refuses, and what `takeWorth` refuses.
 */
export async function requireApproval(
  act: Act,
  given: GivenMatter,
  takeWorth: TakeWorth,
  alone?: boolean,
): Promise<void> {
  const byRules = await weigh(act, given, takeWorth);
  const weighed = { ...byRules, mayAlone: alone ?? byRules.mayAlone };
  if (act.review) {
    act.review(weighed as unknown as Json);
    return;
  }
  if (weighed.mayAlone) return;
  throw new Refusal('approval_required', {
    kind: given.kind,
    amount: amountWords(weighed.matter.amounts),
    approvers: weighed.route.steps.map(stepWords),
    order: weighed.route.order,
  });
}

async function weigh(act: Act, given: GivenMatter, takeWorth: TakeWorth): Promise<Weighed> {
  const policy = await takePolicy(act, given.kind);
  const worth =
    policy.currency !== null && dependsOnAmount(policy)
      ? await takeWorth(act, totalsOf(given), policy.currency)
      : undefined;
  const band = bandOf(policy, worth);
  return {
    matter: matterOf(given),
    route: { steps: band.steps, order: policy.order },
    policy: policy.version === 0 ? null : { kind: policy.kind, version: policy.version },
    expiryDays: policy.expiryDays,
    mayAlone: (band.alone as readonly string[]).includes(act.role),
  };
}

async function takePolicy(act: Act, kind: string): Promise<PolicyVersion> {
  const [general = kind] = kind.split('.');
  return (await findPolicy(act, [kind, general])) ?? { ...defaultPolicy(kind), kind, version: 0 };
}
