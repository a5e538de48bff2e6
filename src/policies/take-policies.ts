// The policies to go by: the tenant's own, or those Quittance comes with, which become the tenant's when they are first used.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { FIRST_POLICIES, type Policies, type Policy } from './policy.ts';
import {
  findLive,
  findPolicyIds,
  findPolicyPlace,
  findSet,
  findShadow,
  insertDraft,
  lockSets,
  type PolicySet,
  updateLive,
} from './store.ts';

/** A policy that is in force: what is said by it names it by its id. */
export type LivePolicy = Policy & { readonly id: string };

/** The set in force. */
export type LiveSet = Omit<Policies, 'policies'> & {
  readonly setId: string;
  readonly number: number;
  readonly policies: readonly LivePolicy[];
};

/** The policies to plan by; nothing is stored for it. */
export async function readPolicies(tx: Tx): Promise<Policies> {
  return (await findLive(tx))?.file ?? FIRST_POLICIES;
}

/** Whether reminders go by themselves each day: where a set is in force that says so. */
export async function readRunsDaily(tx: Tx): Promise<boolean> {
  return (await findLive(tx))?.file.runsDaily ?? false;
}

/** The set in force, if the tenant has one of its own. */
export async function readLiveSet(tx: Tx): Promise<PolicySet | undefined> {
  return findLive(tx);
}

/** The set that is planned beside the one in force, if there is one. */
export async function readShadowSet(tx: Tx): Promise<PolicySet | undefined> {
  return findShadow(tx);
}

/** The set in force, which stays so until the transaction ends; the first one is stored where there is none. */
export async function takePolicies(act: Act): Promise<LiveSet> {
  const found = (await findLive(act, 'share')) ?? (await storeFirst(act));
  const ids = await findPolicyIds(act, found.id);
  const { name, runsDaily, runsAt, policies } = found.file;
  return {
    setId: found.id,
    number: found.number,
    name,
    runsDaily,
    runsAt,
    policies: policies.map((policy) => ({
      ...policy,
      id: present(ids.get(policy.code), 'a policy in force has a row'),
    })),
  };
}

async function storeFirst(act: Act): Promise<PolicySet> {
  await lockSets(act);
  const meanwhile = await findLive(act, 'share');
  if (meanwhile) return meanwhile;
  const file = { ...FIRST_POLICIES, tests: [] };
  const id = await insertDraft(act, { file, note: '', by: 'system' });
  updateLive(act, { id, policies: file.policies, by: 'system' }, undefined);
  return present(await findLive(act, 'share'), 'a set that was just put in force is there');
}

/** One set of policies. Refuses: `policy_set_not_found`. */
export async function takeSet(tx: Tx, setId: string, lock?: 'update'): Promise<PolicySet> {
  const found = await findSet(tx, setId, lock);
  if (!found) throw new Refusal('policy_set_not_found', { setId });
  return found;
}

/** A policy as it was when something was said by it; the first one where nothing is left of what was said. */
export async function readPolicyOf(tx: Tx, policyId: string | undefined): Promise<Policy> {
  const found = policyId === undefined ? undefined : await findPolicyPlace(tx, policyId);
  if (!found) return present(FIRST_POLICIES.policies[0], 'the first set has a policy');
  const set = present(await findSet(tx, found.setId), 'a policy belongs to a set');
  return present(set.file.policies[found.place - 1], 'a policy has its place in its set');
}
