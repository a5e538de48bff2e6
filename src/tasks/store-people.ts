// SQL of the rules of tasks, and of what members take.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { TaskRule } from './rule.ts';

/** Rules as stored. */
export type TaskRulesRow = Omit<Selectable<DB['task_rules']>, 'rules'> & {
  readonly rules: readonly TaskRule[];
};

/** The rules in force, if any were stated. */
export async function findTaskRules(tx: Tx): Promise<TaskRulesRow | undefined> {
  return tx.find(sql<TaskRulesRow>`
    select * from task_rules where tenant_id = ${tx.tenantId} order by number desc limit 1`);
}

/** States rules. */
export function insertTaskRules(act: Act, row: NewRow<'task_rules'>): void {
  act.insert('task_rules', [row]);
}

/** What members take, as stated last. */
export async function findSkills(tx: Tx): Promise<readonly Selectable<DB['task_skill']>[]> {
  return tx.run(sql<Selectable<DB['task_skill']>>`
    select distinct on (user_id) * from task_skill where tenant_id = ${tx.tenantId} order by user_id, recorded_at desc, id desc`);
}

/** States what a member takes. */
export function insertSkill(act: Act, row: NewRow<'task_skill'>): void {
  act.insert('task_skill', [row]);
}

/** Who of the members is stated to collect, and who stands in for whom today. */
export type CollectorToday = {
  readonly userId: string;
  readonly collects: boolean;
  readonly substituteId: string | null;
};

/** What was stated last of those who collect, as far as it matters today. */
export async function findCollectorsToday(tx: Tx, today: PlainDate): Promise<readonly CollectorToday[]> {
  return tx.run(sql<CollectorToday>`
    select c.user_id as "userId", c.collects,
      case when ${today}::date between c.away_from and c.away_to then c.substitute_id end as "substituteId"
    from (select distinct on (user_id) * from collector_setting where tenant_id = ${tx.tenantId}
      order by user_id, recorded_at desc, id desc) c`);
}

/** Who has open tasks. */
export async function findAssignees(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ userId: string }>`
    select distinct assigned_to as "userId" from task
    where tenant_id = ${tx.tenantId} and state = 'open' and assigned_to is not null`);
  return rows.map(({ userId }) => userId);
}
