// What people of the demo have to do: what the rules find by themselves, and what one asked another to do.

import type { Context, Door } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import type { Role } from '#identity/permission.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { addTask } from '#tasks/add-task.ts';
import { setSkill } from '#tasks/change-rules.ts';
import { FIRST_PART, type RefreshPart, refreshPart } from '#tasks/refresh-tasks.ts';
import type { Tell } from './story.ts';

type Colleague = { readonly userId: string; readonly role: Role };

type Asked = {
  readonly title: string;
  readonly days: number;
  readonly role: Role | null;
  readonly customer: 0 | 1 | null;
};

/** Tasks that somebody made by hand: days from today until it is due, and for whom. */
const ASKED: readonly Asked[] = [
  {
    title: 'Ask for the new address of their shared service centre',
    days: 2,
    role: 'controller',
    customer: 0,
  },
  { title: 'Agree on a payment plan with the managing director', days: 1, role: 'collector', customer: 1 },
  { title: 'Prepare the list of disputes for the monthly meeting', days: 5, role: null, customer: null },
];

/** Says what the collector takes, makes what the rules find, and has some made by hand. */
export async function makeTasks(
  door: Door,
  {
    tell,
    tenantId,
    today,
    colleagues,
  }: {
    readonly tell: Tell;
    readonly tenantId: Context['tenantId'];
    readonly today: PlainDate;
    readonly colleagues: readonly Colleague[];
  },
): Promise<void> {
  const collector = colleagues.find(({ role }) => role === 'collector');
  if (collector)
    await tell(today, 6, setSkill, {
      userId: collector.userId,
      takes: true,
      languages: [],
      companyIds: [],
      policies: [],
      kinds: ['broken_promise', 'step_for_person', 'bounce', 'reply_waits', 'high_due'],
      amountFrom: null,
      amountTo: null,
      minutesADay: 240,
    });
  const customers = await inTenant(door.pool, tenantId, (tx) =>
    tx.run(
      q.selectFrom('customer').select('id').where('tenant_id', '=', tenantId).orderBy('number').limit(2),
    ),
  );
  for (const { title, days, role, customer } of ASKED)
    await tell(today, 7, addTask, {
      title,
      dueOn: addDays(today, days),
      customerId: customer === null ? undefined : (customers[customer]?.id as CustomerId | undefined),
      userId: role === null ? null : (colleagues.find((one) => one.role === role)?.userId ?? null),
    });
  for (let part: RefreshPart | null = FIRST_PART; part !== null; ) {
    const looked: { readonly next: RefreshPart | null } = await tell(today, 7, refreshPart, { part });
    part = looked.next;
  }
}
