// What the API offers on tasks: what is to be done by whom, what was done, by which rules they are made and given.

import { z } from 'zod';
import { recordCall } from '#calls/contract.ts';
import {
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { TASK_AHEAD_DAYS_MAX, TASK_SNOOZE_DAYS_MAX, TASKS_CHANGED_MAX } from './limits.ts';
import { CAUSE_KINDS, CAUSE_NEEDS, TASK_KINDS } from './rule.ts';
import { ASSIGNED_HOW, FINISH_OUTCOMES, TASK_OUTCOMES, TASK_STATES } from './task.ts';
import { TASK_KIND_WORDS } from './task-words.ts';

export { CAUSE_KINDS, CAUSE_NEEDS, TASK_KIND_WORDS, TASK_KINDS, TASK_OUTCOMES, TASKS_CHANGED_MAX };

const TAG = 'Tasks';

/** Mine, all open ones, nobody's, those past their hour, those put off, or closed ones. */
export const TASK_VIEWS = ['mine', 'team', 'unassigned', 'late', 'snoozed', 'closed'] as const;

const person = z.object({ userId: z.string(), name: z.string() });

/** What was seen of the cause when the task was made; what means nothing for its kind is left out. */
const seen = z.object({
  reference: z.string().optional(),
  dueOn: dayText.optional(),
  items: z.number().int().optional(),
  subject: z.string().optional(),
  sender: z.string().optional(),
  since: z.string().optional(),
  endsOn: dayText.optional(),
  scope: z.string().optional(),
  reason: z.string().optional(),
  problem: z.string().optional(),
  address: z.string().optional(),
  documentId: z.string().optional(),
  promisedFor: dayText.optional(),
  policy: z.string().optional(),
  phase: z.string().optional(),
  offsetDays: z.number().int().optional(),
});

const task = z.object({
  taskId: idText,
  kind: z.enum(TASK_KINDS),
  /** How often it changed; sent along with an act, so that nobody acts on a task as it was before. */
  revision: z.number().int(),
  /** Of tasks that people made. */
  title: z.string().nullable(),
  note: z.string().nullable(),
  seen,
  companyId: z.string().nullable(),
  companyCode: z.string().nullable(),
  customer: customerBrief.nullable(),
  subjectId: z.string().nullable(),
  amount: moneyText.nullable(),
  isUrgent: z.boolean(),
  state: z.enum(TASK_STATES),
  outcome: z.enum(TASK_OUTCOMES).nullable(),
  dueAt: momentText,
  isLate: z.boolean(),
  /** Somebody higher heard that it was not done in time. */
  isEscalated: z.boolean(),
  snoozedUntil: dayText.nullable(),
  assignedTo: person.nullable(),
  assignedHow: z.enum(ASSIGNED_HOW),
  madeBy: z.string(),
  madeAt: momentText,
  closedAt: momentText.nullable(),
});

const counts = z.object({
  mine: z.number().int(),
  mineLate: z.number().int(),
  team: z.number().int(),
  unassigned: z.number().int(),
  late: z.number().int(),
  escalated: z.number().int(),
  snoozed: z.number().int(),
});

/** The list. */
export const listTasks = operation({
  id: 'list-tasks',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/tasks',
  summary: 'Tasks: urgent ones first, then what is to be done soonest; closed ones by when they were closed.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    show: z.enum(TASK_VIEWS).default('mine'),
    kind: z.enum(TASK_KINDS).optional(),
    customerId: customerIdIn.optional(),
    userId: z.string().max(100).optional(),
  }),
  reply: pageOf(task).extend({
    counts,
    /** Who tasks can be given to. */
    people: z.array(person),
    may: z.object({ work: may, setRules: may }),
  }),
});

/** How many. */
export const countOpenTasks = operation({
  id: 'count-tasks',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/tasks/count',
  summary: 'How many tasks are open: the caller’s own, the team’s, and those that are late.',
  tag: TAG,
  permission: 'book.read',
  reply: counts,
});

const MEMBER = { member_not_found: [404, 'There is no such member.'] } as const;
const PARTY = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  company_not_found: [404, 'There is no such company. See the list of companies.'],
} as const;
const TASKS = {
  task_not_found: [404, 'One of the tasks does not exist. Load the list again.'],
  task_closed: [409, 'One of the tasks is closed already: somebody did it, or its cause ended.'],
  task_changed: [
    409,
    'One of the tasks changed since you looked: a colleague did something, or more joined it. Load the list again.',
  ],
} as const;
const looked = {
  taskIds: z.array(idText).min(1).max(TASKS_CHANGED_MAX),
  /** As they were looked at: where one has another revision by now, nothing is done. */
  revisions: z
    .array(z.object({ taskId: idText, revision: z.number().int().min(1) }))
    .max(TASKS_CHANGED_MAX)
    .optional(),
};
const changed = z.object({
  /** By it the act is undone. */
  actId: idText,
  changed: z.number().int(),
});

/** A new one. */
export const addTask = operation({
  id: 'add-task',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/tasks',
  summary: 'Makes a task for oneself, a colleague, or nobody yet.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({
    title: textLine(200),
    note: z.string().trim().min(1).max(2000).optional(),
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    dueOn: day,
    /** Put off until this day from the start; left out, it can be done at once. */
    notBefore: day.optional(),
    isUrgent: z.boolean().default(false),
    /** Left out: the caller’s; null: nobody’s yet. */
    userId: z.string().max(100).nullable().optional(),
  }),
  reply: z.object({ taskId: idText }),
  refusals: {
    ...MEMBER,
    ...PARTY,
    task_due_past: [400, 'Choose today or a day to come.'],
    task_due_too_far: [400, `A task is dated ${TASK_AHEAD_DAYS_MAX} days ahead at most.`],
    task_begins_after_due: [400, 'It is to be done by a day before it may begin. Move one of the two days.'],
  },
});

/** Done. */
export const finishTasks = operation({
  id: 'finish-tasks',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/tasks/done',
  summary:
    'Closes tasks as done; a step that waited for a person says how, and moves on. A call or visit is noted in the same act.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({
    ...looked,
    outcome: z.enum(FINISH_OUTCOMES).default('done'),
    note: textLine(2000).optional(),
    /** What was called or visited says what came of it. Left out, a call or visit that was noted today stands for it. */
    call: recordCall.body
      .omit({ customerId: true, companyId: true, way: true, itemIds: true, on: true })
      .optional(),
  }),
  reply: changed.extend({
    /** Of these, steps that a message or somebody else had moved on meanwhile: nothing was noted of them. */
    superseded: z.number().int(),
  }),
  refusals: {
    ...recordCall.refusals,
    ...TASKS,
    task_call_missing: [409, 'Say what came of the call or visit: none was noted with this customer today.'],
    task_call_not_fitting: [400, 'Only what was called or visited says what came of it.'],
    task_outcome_missing: [
      400,
      'A step that waits for a person is closed with how it was done: called, visited, written or let pass.',
    ],
    task_outcome_not_fitting: [
      400,
      'Only a step that waits for a person is called, visited, written or let pass.',
    ],
  },
});

/** Put off. */
export const snoozeTasks = operation({
  id: 'snooze-tasks',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/tasks/snoozes',
  summary: 'Puts tasks off until a day.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({ ...looked, until: day, note: textLine(500).optional() }),
  reply: changed,
  refusals: {
    ...TASKS,
    task_snooze_past: [400, 'Choose a day after today.'],
    task_snooze_too_long: [400, `A task is put off for ${TASK_SNOOZE_DAYS_MAX} days at most.`],
  },
});

/** Given. */
export const assignTasks = operation({
  id: 'assign-tasks',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/tasks/owners',
  summary: 'Gives tasks to a member, or to nobody.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({ ...looked, userId: z.string().max(100).nullable() }),
  reply: changed,
  refusals: { ...TASKS, ...MEMBER },
});

/** Undone. */
export const undoTaskAct = operation({
  id: 'undo-task-act',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/task-acts/:actId',
  summary: 'Takes back what one act did to tasks, while nothing happened to them since.',
  tag: TAG,
  permission: 'call.record',
  params: z.object({ actId: idText }),
  reply: changed,
  refusals: {
    task_not_found: TASKS.task_not_found,
    task_act_not_found: [404, 'No person did that to tasks.'],
    call_not_found: [404, 'There is no such call.'],
    call_corrected: [409, 'The call that was noted with it was corrected since. Change the task by itself.'],
    call_took_more: [
      409,
      'A promise was taken or a dispute opened with the call. Withdraw or close that; the outcome of the call stays.',
    ],
    task_moved_on: [409, 'Something happened to one of the tasks since. Change it by itself.'],
  },
});

/** Now. */
export const refreshTasks = operation({
  id: 'refresh-tasks',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/tasks/refresh',
  summary:
    'Looks at once which tasks are to be made and which are no longer needed, part after part, each a transaction of its own.',
  tag: TAG,
  permission: 'call.record',
  reply: z.object({
    made: z.number().int(),
    back: z.number().int(),
    gone: z.number().int(),
    escalated: z.number().int(),
  }),
});

const HOURS_MAX = 720;
const rule = z.object({
  kind: z.enum(CAUSE_KINDS),
  isOn: z.boolean(),
  amount: z.number().int().min(0).max(1_000_000_000).optional(),
  days: z.number().int().min(0).max(90).optional(),
  doneHours: z.number().int().min(1).max(HOURS_MAX),
  escalateHours: z.number().int().min(1).max(HOURS_MAX),
  minutes: z.number().int().min(1).max(600),
  isUrgent: z.boolean(),
});

/** The rules. */
export const readTaskRules = operation({
  id: 'read-task-rules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/task-rules',
  summary: 'Which causes make tasks, and within how many hours of business they are to be done.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    number: z.number().int(),
    rules: z.array(rule),
    may: z.object({ set: may }),
  }),
});

export const setTaskRules = operation({
  id: 'set-task-rules',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/task-rules',
  summary: 'States which causes make tasks, as a whole; what was before is kept.',
  tag: TAG,
  permission: 'cadence.edit',
  body: z.object({ rules: z.array(rule).min(1).max(CAUSE_KINDS.length) }),
  reply: z.object({ number: z.number().int() }),
  refusals: {
    task_rules_not_valid: [400, 'Some rules are wrong. Each problem names the kind and what to mend.'],
    task_rules_changed: [409, 'Somebody else stated rules in the same moment. Look at theirs first.'],
  },
});

const skill = z.object({
  takes: z.boolean(),
  /** Where one of these lists is empty, nothing is asked. */
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).max(50),
  companyIds: z.array(companyIdIn).max(100),
  policies: z.array(textLine(60)).max(100),
  kinds: z.array(z.enum(TASK_KINDS)).max(TASK_KINDS.length),
  /** Whole units of the currency in which a company keeps its books. */
  amountFrom: z.number().int().min(0).max(1_000_000_000).nullable(),
  amountTo: z.number().int().min(1).max(1_000_000_000).nullable(),
  minutesADay: z.number().int().min(10).max(1440),
});

/** Who takes what. */
export const listTaskSkills = operation({
  id: 'list-task-skills',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/task-skills',
  summary: 'What members are given tasks about, what they have, and who stands in today.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      person.extend({
        skill: skill.extend({ companyIds: z.array(z.string()) }),
        tasks: z.number().int(),
        minutes: z.number().int(),
        substitute: person.nullable(),
      }),
    ),
    companies: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })),
    policies: z.array(z.object({ code: z.string(), name: z.string() })),
    may: z.object({ set: may }),
  }),
});

export const setTaskSkill = operation({
  id: 'set-task-skill',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/task-skills/:userId',
  summary: 'States what a member is given tasks about, and how many minutes of a day they have for them.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ userId: z.string().max(100) }),
  body: skill,
  reply: z.object({ userId: z.string() }),
  refusals: {
    ...MEMBER,
    company_not_found: PARTY.company_not_found,
    task_amounts_out_of_order: [
      400,
      'The amount up to which somebody takes tasks is above that from which on.',
    ],
  },
});
