// What would be asked of whom, before anybody is asked: for a request, and for rules that are being written.

import type { Context, Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { readPeople, readPersonBehind } from '#identity/read-people.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Registry } from './approvable.ts';
import type { Asked } from './matter.ts';
import { bandOf, checkPolicy, dependsOnAmount, haveEnoughPeople, type Policy } from './policy.ts';
import { readDeciders, showSteps } from './read-deciders.ts';
import { rehearse } from './request-approval.ts';

const NOT_NEEDED = {
  needed: false,
  kind: null,
  title: null,
  amounts: [],
  parts: [],
  order: 'serial' as const,
  expiryDays: 0,
  steps: [],
  enoughPeople: true,
};

/**
 * Whether an operation would need the approval of others, and whose. It is rehearsed; nothing is asked or stored.
 *
 * Refuses: `operation_not_approvable`, `request_not_understood`, `would_be_refused`.
 */
export async function planApproval(door: Door, context: Context, registry: Registry, asked: Asked) {
  const rehearsed = await rehearse(door, context, registry, asked);
  if ('refusal' in rehearsed) {
    if (rehearsed.refusal.code === 'approval_not_needed') return NOT_NEEDED;
    throw rehearsed.refusal;
  }
  const { matter, route, expiryDays, mayAlone } = rehearsed.weighed;
  const title = registry.kinds.find((kind) => kind.kind === matter.kind)?.title ?? matter.kind;
  return inTenant(door.pool, context.tenantId, async (tx) => {
    const personId = await readPersonBehind(tx, context.actor);
    const { others, enoughPeople } = await readDeciders(tx, route.steps, personId);
    return {
      needed: !mayAlone,
      kind: matter.kind,
      title,
      amounts: [...matter.amounts],
      parts: [...matter.parts],
      order: route.order,
      expiryDays,
      steps: showSteps(route.steps, others),
      enoughPeople,
    };
  });
}

/**
 * Who would decide about an amount by rules that somebody is writing. There are enough people when whoever has to ask, in a
 * role that does not decide alone, finds enough others: one of the deciding people may be who asks.
 *
 * Refuses: `wrong_currency` (the amount is in another than the rules), what `checkPolicy` refuses.
 */
export async function planPolicy(tx: Tx, policy: Policy, amount: Money) {
  checkPolicy(policy);
  if (dependsOnAmount(policy) && amount.currency !== policy.currency)
    throw new Refusal('wrong_currency', { currency: amount.currency, rules: policy.currency });
  const band = bandOf(policy, amount);
  const people = await readPeople(tx, [...new Set(band.steps.flatMap((step) => step.roles))]);
  const asking = people.filter((person) => !(band.alone as readonly string[]).includes(person.role));
  const enoughFor = (requesterId: string | null): boolean =>
    haveEnoughPeople(
      band.steps,
      people.filter((person) => person.userId !== requesterId).map((person) => person.role),
    );
  return {
    band: policy.bands.indexOf(band) + 1,
    alone: [...band.alone],
    steps: showSteps(band.steps, people),
    enoughPeople: [null, ...asking.map((person) => person.userId)].every(enoughFor),
  };
}
