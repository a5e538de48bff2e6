// The whole plan of a day, of one company or of all: what it comes to, and what it is recognised by.

import { createHash } from 'node:crypto';
import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { REMINDER_CUSTOMERS_LOOKED_UP, REMINDER_CUSTOMERS_PLANNED } from '#kernel/limits.ts';
import type { Phase } from '#policies/cadence.ts';
import type { LeftOutReason } from '#policies/reminder.ts';
import { planOn } from './plan-ahead.ts';
import {
  customersToPlan,
  isStepForPerson,
  messagesIn,
  type PlanFor,
  type PlannedReminder,
} from './plan-reminders.ts';
import { type Count, countIn, newCount } from './reminder-count.ts';
import type { ReminderChannel } from './reminder-letter.ts';
import { seenLine } from './seen-line.ts';

/** What a plan of a day comes to. */
export type PlanSummary = {
  /** Stands for everything that would be said, to whom, by which way and about which amounts. */
  readonly fingerprint: string;
  readonly said: Count;
  readonly byPhase: readonly {
    readonly phase: Phase;
    readonly channel: ReminderChannel;
    readonly count: Count;
  }[];
  /** Items whose step waits for a person, whether it is said with the others or left out for that. */
  readonly forPerson: number;
  readonly leftOut: readonly { readonly reason: LeftOutReason; readonly count: Count }[];
};

/** What each customer who is told something would be told, as `seenLine`. */
export type SeenLines = ReadonlyMap<CustomerId, string>;

/** Plans every customer of a company with a step due on a day, some at a time. */
async function* planWhole(tx: Tx, what: PlanFor): AsyncGenerator<readonly PlannedReminder[]> {
  for (let after: CustomerId | undefined; ; ) {
    const ids = await customersToPlan(tx, what, { after, limit: REMINDER_CUSTOMERS_LOOKED_UP });
    for (let start = 0; start < ids.length; start += REMINDER_CUSTOMERS_PLANNED)
      yield await planOn(tx, what, ids.slice(start, start + REMINDER_CUSTOMERS_PLANNED));
    if (ids.length < REMINDER_CUSTOMERS_LOOKED_UP) return;
    after = ids.at(-1);
  }
}

/**
 * Reads the plans of companies for a day, with what each customer would be told by each of them, in the order of the
 * companies. Who wants to know more of what is planned looks at it as it is read.
 */
export async function readPlan(
  tx: Tx,
  plans: readonly PlanFor[],
  look?: (what: PlanFor, planned: readonly PlannedReminder[]) => Promise<void>,
): Promise<PlanSummary & { readonly lines: readonly SeenLines[] }> {
  const hash = createHash('sha256');
  const said = newCount();
  const byPhase = new Map<string, PlanSummary['byPhase'][number]>();
  const leftOut = new Map<LeftOutReason, PlanSummary['leftOut'][number]>();
  const lines: SeenLines[] = [];
  let forPerson = 0;
  for (const what of plans) {
    hash.update(`${what.company.id} ${what.on.toString()} ${what.approved === true}\n`);
    const own = new Map<CustomerId, string>();
    for await (const planned of planWhole(tx, what)) {
      await look?.(what, planned);
      for (const one of planned) {
        forPerson += itemsForPerson(one);
        const messages = messagesIn(one);
        for (const { lead, reader, items } of messages) {
          const key = `${lead.phase} ${reader.channel}`;
          const row = byPhase.get(key) ?? { phase: lead.phase, channel: reader.channel, count: newCount() };
          byPhase.set(key, row);
          for (const count of [row.count, said]) countIn(count, one.customer.id, items, 1);
        }
        for (const { reason, item } of one.plan.leftOut) {
          const row = leftOut.get(reason) ?? { reason, count: newCount() };
          leftOut.set(reason, row);
          countIn(row.count, one.customer.id, [{ item }], 0);
        }
        if (messages.length === 0) continue;
        const line = seenLine(messages);
        own.set(one.customer.id, line);
        hash.update(`${one.customer.id} ${line}\n`);
      }
    }
    lines.push(own);
  }
  return {
    fingerprint: hash.digest('hex'),
    said,
    byPhase: [...byPhase.values()],
    forPerson,
    leftOut: [...leftOut.values()].sort((a, b) => b.count.items - a.count.items),
    lines,
  };
}

function itemsForPerson({ policy, plan }: PlannedReminder): number {
  const said = plan.items.filter(({ step }) => isStepForPerson(policy, step));
  return said.length + plan.leftOut.filter(({ reason }) => reason === 'for_person').length;
}
