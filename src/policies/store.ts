// SQL of sets of policies.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { jsonText } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import type { Policy } from './policy.ts';
import { type PolicyFile, readPolicyFile, writePolicyFile } from './policy-file.ts';

/** Where a set stands on its way. */
export const STAGES = ['draft', 'shadow', 'live', 'retired'] as const;

export type Stage = (typeof STAGES)[number];

/** A stored set. */
export type PolicySet = Omit<Selectable<DB['policy_set']>, 'file' | 'stage'> & {
  readonly stage: Stage;
  readonly file: PolicyFile;
};

function toSet(row: Selectable<DB['policy_set']>): PolicySet {
  return { ...row, stage: row.stage as Stage, file: readPolicyFile(row.file) };
}

/** The set in force. `lock` keeps it in force until the transaction ends, or makes it one's own to replace. */
export async function findLive(tx: Tx, lock?: 'share' | 'update'): Promise<PolicySet | undefined> {
  const held = lock === undefined ? sql`` : lock === 'share' ? sql`for share` : sql`for update`;
  const [row] = await tx.run(sql<Selectable<DB['policy_set']>>`
    select * from policy_set where tenant_id = ${tx.tenantId} and stage = 'live' ${held}`);
  return row && toSet(row);
}

/** The set that is planned beside the one in force, if there is one. */
export async function findShadow(tx: Tx, lock?: 'update'): Promise<PolicySet | undefined> {
  const held = lock === undefined ? sql`` : sql`for update`;
  const [row] = await tx.run(sql<Selectable<DB['policy_set']>>`
    select * from policy_set where tenant_id = ${tx.tenantId} and stage = 'shadow' ${held}`);
  return row && toSet(row);
}

/** One set; `lock` makes it one's own to change. */
export async function findSet(tx: Tx, id: string, lock?: 'update'): Promise<PolicySet | undefined> {
  const query = q
    .selectFrom('policy_set')
    .selectAll()
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id);
  const row = await tx.find(lock === undefined ? query : query.forUpdate());
  return row && toSet(row);
}

/** Sets, the newest first, from after a number. */
export async function findSets(
  tx: Tx,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly PolicySet[]> {
  let query = q.selectFrom('policy_set').selectAll().where('tenant_id', '=', tx.tenantId);
  if (page.before !== undefined) query = query.where('number', '<', page.before);
  return (await tx.run(query.orderBy('number', 'desc').limit(page.limit))).map(toSet);
}

/** The ids of a set's policies, by code; none for a draft. */
export async function findPolicyIds(tx: Tx, setId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.run(
    q
      .selectFrom('policy')
      .select(['id', 'code'])
      .where('tenant_id', '=', tx.tenantId)
      .where('set_id', '=', setId),
  );
  return new Map(rows.map((row) => [row.code, row.id]));
}

/** The set of a policy, and its place there, from 1. */
export async function findPolicyPlace(
  tx: Tx,
  policyId: string,
): Promise<{ readonly setId: string; readonly place: number } | undefined> {
  return tx.find(
    q
      .selectFrom('policy')
      .select(['set_id as setId', 'place'])
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', policyId),
  );
}

/** Adds a draft, with the next number; its maker is the one who acts. One at a time in a tenant. */
export async function insertDraft(
  act: Act,
  draft: { readonly file: PolicyFile; readonly note: string; readonly by: string },
): Promise<string> {
  const id = newId<'policy_set'>();
  await lockSets(act);
  const [last] = await act.run(
    sql<{
      number: number | null;
    }>`select max(number) as number from policy_set where tenant_id = ${act.tenantId}`,
  );
  act.insert('policy_set', [
    {
      id,
      number: (last?.number ?? 0) + 1,
      name: draft.file.name,
      stage: 'draft',
      revision: 1,
      file: jsonText(writePolicyFile(draft.file)),
      note: draft.note,
      made_by: draft.by,
      made_at: act.now,
      changed_at: act.now,
    },
  ]);
  return id;
}

/** Lets one alone number sets or change which is live, until the transaction ends. */
export async function lockSets(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`policy sets ${tx.tenantId}`}, 0))`);
}

/** Changes what a draft says, and counts that. */
export function updateDraft(
  act: Act,
  id: string,
  draft: { readonly file: PolicyFile; readonly note: string },
): void {
  act.write(
    sql`update policy_set set file = ${jsonText(writePolicyFile(draft.file))}::jsonb, name = ${draft.file.name},
        note = ${draft.note}, changed_at = ${act.now}, revision = revision + 1
      where tenant_id = ${act.tenantId} and id = ${id} and stage = 'draft'`,
    { rows: 1, rule: 'the set that is changed is a draft' },
  );
}

/** Drops a draft. */
export function deleteDraft(act: Act, id: string): void {
  act.write(
    sql`delete from policy_set where tenant_id = ${act.tenantId} and id = ${id} and stage = 'draft'`,
    { rows: 1, rule: 'the set that is dropped is a draft' },
  );
}

/** Takes a set into the shadow, or back to a draft. */
export function updateShadow(act: Act, id: string, from: 'draft' | 'shadow', to: 'draft' | 'shadow'): void {
  act.write(
    sql`update policy_set set stage = ${to} where tenant_id = ${act.tenantId} and id = ${id} and stage = ${from}`,
    { rows: 1, rule: 'the set is in the stage it was read in' },
  );
}

/** Puts a draft in force, with its policies as what is said by them will name them; `retires` goes out of force first. */
export function updateLive(
  act: Act,
  set: { readonly id: string; readonly policies: readonly Policy[]; readonly by: string },
  retires: string | undefined,
): void {
  if (retires !== undefined)
    act.write(
      sql`update policy_set set stage = 'retired', retired_at = ${act.now}
        where tenant_id = ${act.tenantId} and id = ${retires} and stage = 'live'`,
      { rows: 1, rule: 'the set that goes out of force was in force' },
    );
  act.write(
    sql`update policy_set set stage = 'live', live_at = ${act.now}, live_by = ${set.by}
      where tenant_id = ${act.tenantId} and id = ${set.id} and stage in ('draft', 'shadow')`,
    { rows: 1, rule: 'the set that goes live was a draft, or tried in the shadow' },
  );
  const policies = set.policies.map((policy, index) => ({
    ...policy,
    id: newId<'policy'>(),
    place: index + 1,
  }));
  act.insert(
    'policy',
    policies.map(({ id, place, code, name }) => ({ id, set_id: set.id, place, code, name })),
  );
  act.insert(
    'policy_step',
    policies.flatMap(({ id, steps }) =>
      steps.map(({ step, offsetDays, phase, template }) => ({
        policy_id: id,
        step,
        offset_days: offsetDays,
        phase,
        template,
      })),
    ),
  );
}
