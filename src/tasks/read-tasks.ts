// Reading tasks as people see them.

import type { z } from 'zod';
import { actorFrom, actorText, type Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames, readPeople } from '#identity/read-people.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, momentKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { listCompanies } from '#parties/take-party.ts';
import { readPolicies } from '#policies/take-policies.ts';
import { COLLECTING_ROLES } from '#worklist/assign-accounts.ts';
import type * as contract from './contract.ts';
import { readCandidates } from './read-people.ts';
import { FIRST_TASK_RULES } from './rule.ts';
import { countTasks, findLoads, findTasks, type ListedTask, type TaskFilter } from './store.ts';
import { findTaskRules } from './store-people.ts';

const flag = (key: string): string => String(key === 'true');

/** A page of tasks. */
export async function readTasks(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listTasks.query>,
): Promise<z.input<typeof contract.listTasks.reply>> {
  const me = actorFrom(actorText(context.actor)).id;
  const filter: TaskFilter = {
    today: context.today,
    now: context.now,
    show: query.show,
    userId: me,
    kind: query.kind,
    customerId: query.customerId,
    assignedTo: query.userId,
    after: readCursor<readonly [string, string, string]>(query.after, [flag, momentKey, idKey]),
    limit: query.limit + 1,
  };
  const [found, counts, people] = [
    await findTasks(tx, filter),
    await countTasks(tx, filter),
    await readPeople(tx, COLLECTING_ROLES),
  ];
  const page = pageOfRows(found, query.limit, (row) => [
    row.is_urgent,
    (query.show === 'closed' ? row.closed_at : null) ?? row.due_at,
    row.id,
  ]);
  const names = await readActorNames(
    tx,
    page.rows.flatMap((row) => [row.made_by, ...(row.assigned_to ? [`user:${row.assigned_to}`] : [])]),
  );
  return {
    rows: page.rows.map((row) => describe(row, names, context)),
    next: page.next,
    counts,
    people: people.map(({ userId, name }) => ({ userId, name })),
    may: { work: mayDo(context, 'call.record'), setRules: mayDo(context, 'cadence.edit') },
  };
}

function describe(row: ListedTask, names: ReadonlyMap<string, string>, { now }: Context) {
  const { steps: _steps, ...seen } = row.seen;
  const isPast = (at: Temporal.Instant): boolean => Temporal.Instant.compare(at, now) <= 0;
  return {
    taskId: row.id,
    revision: row.revision,
    kind: row.kind,
    title: row.title,
    note: row.note,
    seen,
    companyId: row.company_id,
    companyCode: row.company_code,
    customer:
      row.customer_id === null
        ? null
        : { id: row.customer_id, number: row.customer_number ?? '', name: row.customer_name ?? '' },
    subjectId: row.subject_id,
    amount:
      row.amount_minor === null || row.currency === null
        ? null
        : shownMoney(money(row.amount_minor, row.currency)),
    isUrgent: row.is_urgent,
    state: row.state,
    outcome: row.outcome,
    dueAt: row.due_at.toString(),
    isLate: row.state === 'open' && isPast(row.due_at),
    isEscalated: row.escalated_at !== null,
    snoozedUntil: row.snoozed_until?.toString() ?? null,
    assignedTo:
      row.assigned_to === null
        ? null
        : { userId: row.assigned_to, name: names.get(`user:${row.assigned_to}`) ?? '' },
    assignedHow: row.assigned_how,
    madeBy: row.made_by === 'system' ? '' : (names.get(row.made_by) ?? ''),
    madeAt: row.recorded_at.toString(),
    closedAt: row.closed_at?.toString() ?? null,
  };
}

/** How many tasks are open. */
export function readTaskCounts(
  tx: Tx,
  { actor, today, now }: Context,
): Promise<z.input<typeof contract.countOpenTasks.reply>> {
  return countTasks(tx, { userId: actor.id, today, now });
}

/** The rules in force, or those Quittance comes with. */
export async function readTaskRules(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.readTaskRules.reply>> {
  const stored = await findTaskRules(tx);
  return {
    number: stored?.number ?? 0,
    rules: (stored?.rules ?? FIRST_TASK_RULES).map((rule) => ({ ...rule })),
    may: { set: mayDo(context, 'cadence.edit') },
  };
}

/** What members take, with what they have. */
export async function readSkills(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.listTaskSkills.reply>> {
  const [people, candidates, loads, companies, { policies }] = [
    await readPeople(tx, COLLECTING_ROLES),
    await readCandidates(tx, context.today),
    await findLoads(tx),
    await listCompanies(tx),
    await readPolicies(tx),
  ];
  const names = new Map(people.map(({ userId, name }) => [userId, name]));
  return {
    rows: candidates.map(({ userId, substituteId, minutes, ...skill }) => ({
      userId,
      name: names.get(userId) ?? '',
      skill: {
        ...skill,
        languages: [...skill.languages],
        companyIds: [...skill.companyIds],
        policies: [...skill.policies],
        kinds: skill.kinds as z.input<typeof contract.setTaskSkill.body>['kinds'],
        amountFrom: skill.amountFrom === null ? null : Number(skill.amountFrom),
        amountTo: skill.amountTo === null ? null : Number(skill.amountTo),
      },
      tasks: loads.get(userId)?.tasks ?? 0,
      minutes,
      substitute:
        substituteId === null ? null : { userId: substituteId, name: names.get(substituteId) ?? '' },
    })),
    companies: companies.map(({ id, code, name }) => ({ id, code, name })),
    policies: policies.map(({ code, name }) => ({ code, name })),
    may: { set: mayDo(context, 'cadence.edit') },
  };
}
