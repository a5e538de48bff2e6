// Who gets a task: whoever the account is, else their substitute, else somebody whose skills fit and who has the least to
// do. Pure.

import type { TaskKind } from './rule.ts';

/** What is so of a task, as far as it matters who does it. */
export type RoutedTask = {
  readonly kind: TaskKind;
  readonly minutes: number;
  /** Whose it is before anything else: the hold's, the conversation's, the account's. */
  readonly ownerId: string | null;
  readonly language: string | null;
  readonly companyId: string | null;
  /** The policy the customer is asked by. */
  readonly policy: string | null;
  /** Whole units of the currency in which the company keeps its books. */
  readonly units: bigint | null;
};

/** What somebody takes. What is empty or null asks for nothing. */
export type Skill = {
  readonly takes: boolean;
  readonly languages: readonly string[];
  readonly companyIds: readonly string[];
  readonly policies: readonly string[];
  readonly kinds: readonly string[];
  readonly amountFrom: bigint | null;
  readonly amountTo: bigint | null;
  readonly minutesADay: number;
};

/** Somebody tasks can be given to. */
export type Candidate = Skill & {
  readonly userId: string;
  /** Minutes of open tasks they have. */
  readonly minutes: number;
  /** Who stands in today; null where they are here. */
  readonly substituteId: string | null;
};

export type Routed = {
  readonly userId: string | null;
  readonly how: 'owner' | 'substitute' | 'skill' | 'nobody';
};

const NOBODY: Routed = { userId: null, how: 'nobody' };

/**
 * Who gets a task. An owner gets what is theirs whatever their skills; while away, their substitute does, and if that one
 * is away too, it goes by skills. Of those whose skills fit whoever has the fewest minutes for what they can do in a day;
 * equal ones by id. Nobody fits: it is nobody's, and the team sees it.
 */
export function routeTask(task: RoutedTask, people: readonly Candidate[]): Routed {
  const here = new Map(people.filter((one) => one.substituteId === null).map((one) => [one.userId, one]));
  const owner = task.ownerId === null ? undefined : people.find(({ userId }) => userId === task.ownerId);
  if (owner !== undefined) {
    if (owner.substituteId === null) return { userId: owner.userId, how: 'owner' };
    if (here.has(owner.substituteId)) return { userId: owner.substituteId, how: 'substitute' };
  }
  const [least] = [...here.values()].filter((one) => fits(task, one)).toSorted(byLoad);
  return least === undefined ? NOBODY : { userId: least.userId, how: 'skill' };
}

/** Whether somebody takes such a task. What is not known of a task speaks against nobody. */
export function fits(task: RoutedTask, skill: Skill): boolean {
  const has = (wanted: readonly string[], one: string | null): boolean =>
    wanted.length === 0 || one === null || wanted.includes(one);
  const { units } = task;
  return (
    skill.takes &&
    has(skill.kinds, task.kind) &&
    has(skill.languages, task.language) &&
    has(skill.companyIds, task.companyId) &&
    has(skill.policies, task.policy) &&
    (units === null || skill.amountFrom === null || units >= skill.amountFrom) &&
    (units === null || skill.amountTo === null || units < skill.amountTo)
  );
}

function byLoad(a: Candidate, b: Candidate): number {
  const difference = a.minutes * b.minutesADay - b.minutes * a.minutesADay;
  if (difference !== 0) return difference;
  return a.userId < b.userId ? -1 : 1;
}

/** Gives tasks out one after the other, each seeing what was given before. */
export function routeTasks<T extends RoutedTask>(
  tasks: readonly T[],
  people: readonly Candidate[],
): readonly { readonly task: T; readonly routed: Routed }[] {
  const loads = new Map(people.map((one) => [one.userId, one]));
  return tasks.map((task) => {
    const routed = routeTask(task, [...loads.values()]);
    const whose = routed.userId === null ? undefined : loads.get(routed.userId);
    if (whose) loads.set(whose.userId, { ...whose, minutes: whose.minutes + task.minutes });
    return { task, routed };
  });
}
