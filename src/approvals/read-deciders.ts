// Who could decide about what somebody asks.

import type { Tx } from '#db/transaction.ts';
import { type Person, readPeople } from '#identity/read-people.ts';
import { haveEnoughPeople, type Step } from './policy.ts';

/** The members in the roles of some steps, without who asks, and whether they are enough for all steps. */
export async function readDeciders(
  tx: Tx,
  steps: readonly Step[],
  requesterId: string | null,
): Promise<{ readonly others: readonly Person[]; readonly enoughPeople: boolean }> {
  const people = await readPeople(tx, [...new Set(steps.flatMap((step) => step.roles))]);
  const others = people.filter((person) => person.userId !== requesterId);
  const roles = others.map((person) => person.role);
  return { others, enoughPeople: haveEnoughPeople(steps, roles) };
}

/** Steps as people read them: each with the names of those who could take it. */
export function showSteps(steps: readonly Step[], people: readonly Person[]) {
  return steps.map((step) => ({
    roles: [...step.roles],
    people: step.people,
    couldDecide: people.filter((p) => step.roles.includes(p.role)).map((p) => p.name),
  }));
}
