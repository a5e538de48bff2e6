// Drafts of sets of policies, and putting one in force. A draft does nothing; what was in force is kept as it was.

import { actorText, type Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type PolicyFile, readPolicyFile } from './policy-file.ts';
import { checkTests } from './policy-test.ts';
import {
  deleteDraft,
  findLive,
  findSet,
  findShadow,
  insertDraft,
  lockSets,
  type PolicySet,
  updateDraft,
  updateLive,
  updateShadow,
} from './store.ts';
import { takeSet } from './take-policies.ts';

export type GivenPolicies = { readonly file: unknown; readonly note?: string | undefined };

/** Reads a file and runs its tests. Refuses: `policies_not_valid`, `policy_tests_failed`. */
export function acceptPolicies(given: unknown): PolicyFile {
  const file = readPolicyFile(given);
  checkTests(file.policies, file.tests);
  return file;
}

function checkDraft({ id, stage }: PolicySet): void {
  if (stage !== 'draft') throw new Refusal('not_a_draft', { setId: id, stage });
}

/** Makes a draft of a file. Refuses: `policies_not_valid`, `policy_tests_failed`. */
export const importPolicies: Command<GivenPolicies, { readonly setId: string; readonly number: number }> = {
  name: 'import-policies',
  permission: 'cadence.edit',
  async run(act, given) {
    const file = acceptPolicies(given.file);
    const setId = await insertDraft(act, { file, note: given.note ?? '', by: actorText(act.actor) });
    const { number } = await takeSet(act, setId);
    act.record({ type: 'policies.imported', subjectId: setId, data: { number, name: file.name } });
    return { setId, number };
  },
};

/**
 * Gives a draft another file in the place of the one that was read.
 *
 * Refuses: `policy_set_not_found`, `not_a_draft`, `changed_meanwhile` (somebody gave it another), `policies_not_valid`,
 * `policy_tests_failed`.
 */
export const changePolicies: Command<
  GivenPolicies & {
    readonly setId: string;
    /** Of the draft that was read. */
    readonly revision: number;
  },
  { readonly setId: string }
> = {
  name: 'change-policies',
  permission: 'cadence.edit',
  async run(act, given) {
    const set = await takeSet(act, given.setId, 'update');
    checkDraft(set);
    if (set.revision !== given.revision) throw new Refusal('changed_meanwhile', { revision: set.revision });
    const file = acceptPolicies(given.file);
    updateDraft(act, set.id, { file, note: given.note ?? set.note });
    act.record({
      type: 'policies.changed',
      subjectId: set.id,
      data: { number: set.number, name: file.name },
    });
    return { setId: set.id };
  },
};

/** Drops a draft. Refuses: `policy_set_not_found`, `not_a_draft`. */
export const dropPolicies: Command<{ readonly setId: string }, { readonly setId: string }> = {
  name: 'drop-policies',
  permission: 'cadence.edit',
  async run(act, { setId }) {
    const set = await takeSet(act, setId, 'update');
    checkDraft(set);
    deleteDraft(act, set.id);
    act.record({ type: 'policies.dropped', subjectId: set.id, data: { number: set.number, name: set.name } });
    return { setId: set.id };
  },
};

/**
 * Lets a draft be planned each day beside the set in force, in the place of any other: it says nothing, and is not changed
 * meanwhile. Refuses: `policy_set_not_found`, `not_a_draft`.
 */
export const shadowPolicies: Command<{ readonly setId: string }, { readonly setId: string }> = {
  name: 'shadow-policies',
  permission: 'cadence.edit',
  async run(act, { setId }) {
    await lockSets(act);
    const set = await takeSet(act, setId, 'update');
    checkDraft(set);
    const before = await findShadow(act, 'update');
    if (before) updateShadow(act, before.id, 'shadow', 'draft');
    updateShadow(act, set.id, 'draft', 'shadow');
    act.record({
      type: 'policies.shadowed',
      subjectId: set.id,
      data: { number: set.number, name: set.name },
    });
    return { setId: set.id };
  },
};

/** Makes a draft again of the set in the shadow. Refuses: `policy_set_not_found`, `not_in_shadow`. */
export const unshadowPolicies: Command<{ readonly setId: string }, { readonly setId: string }> = {
  name: 'unshadow-policies',
  permission: 'cadence.edit',
  async run(act, { setId }) {
    const set = await takeSet(act, setId, 'update');
    if (set.stage !== 'shadow') throw new Refusal('not_in_shadow', { setId, stage: set.stage });
    updateShadow(act, set.id, 'shadow', 'draft');
    act.record({
      type: 'policies.unshadowed',
      subjectId: set.id,
      data: { number: set.number, name: set.name },
    });
    return { setId: set.id };
  },
};

/**
 * Puts a draft in force in the place of the set that whoever decided it saw in force. What was said by others counts: the new
 * policies say only later and no milder steps.
 *
 * Refuses: `policy_set_not_found`, `not_a_draft`, `policy_tests_failed`, `changed_meanwhile`.
 */
export const putPoliciesLive: Command<
  {
    readonly setId: string;
    readonly replaces: string | null;
    /** Of the draft that whoever decided saw; left out, as it is now. */
    readonly revision?: number | undefined;
  },
  { readonly setId: string }
> = {
  name: 'put-policies-live',
  permission: 'cadence.edit',
  async run(act, { setId, replaces, revision }) {
    await lockSets(act);
    const [before, set] = await Promise.all([findLive(act, 'update'), findSet(act, setId, 'update')]);
    if (!set) throw new Refusal('policy_set_not_found', { setId });
    if (set.stage !== 'shadow') checkDraft(set);
    if ((before?.id ?? null) !== replaces || (revision !== undefined && set.revision !== revision))
      throw new Refusal('changed_meanwhile', { live: before?.id ?? null });
    const { policies, tests } = set.file;
    checkTests(policies, tests);
    updateLive(act, { id: set.id, policies, by: actorText(act.actor) }, before?.id);
    act.record({
      type: 'policies.put_live',
      subjectId: set.id,
      data: { number: set.number, name: set.name, replaces, policies: policies.map(({ code }) => code) },
    });
    return { setId: set.id };
  },
};
