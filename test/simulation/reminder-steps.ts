// Steps of a walk: customers are reminded and put on hold. What is sent is looked at with what was so before and after the
// sending: of what did not change in between, nothing on hold or closed may be spoken of, and what is said is what is open.

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { performRun, startReminderRun } from '#collections/remind-customers.ts';
import { reminderSource } from '#collections/write-reminder.ts';
import { inTenant } from '#db/transaction.ts';
import { sendMessage } from '#delivery/send-message.ts';
import { placeHold } from '#holds/place-hold.ts';
import { releaseHold } from '#holds/release-hold.ts';
import { addDays } from '#kernel/calendar.ts';
import type { CustomerId, ItemId, MessageId } from '#kernel/id.ts';
import { isDebit } from '#ledger/open-item.ts';
import type { Chance } from '../../seed/chance.ts';
import { mailToolsOf, toolsOf } from '../support/mail.ts';
import { act, oneOf, openOf, remember, type Step, type World } from './world.ts';

/** Starts a run and carries it out; now and then it is left to somebody else, or done once more. */
export const remind: Step = async (world, chance) => {
  const { runs } = await act(world, startReminderRun, {
    companyId: world.companyId,
    ...(chance.happens(0.2) ? { on: addDays(world.day, chance.whole(-9, 1)) } : {}),
  });
  for (const { runId } of runs) remember(world.runs, runId);
  const runId = chance.happens(0.8) ? world.runs.at(-1) : oneOf(chance, world.runs);
  if (runId) await performRun(toolsOf(world.tenant), world.tenant.tenantId, runId);
};

/** Messages sent in one step. */
const SENT_TOGETHER = 3;

export const send: Step = async (world, chance) => {
  // Jobs stand in the messages too; the list would only grow.
  world.tenant.jobs.length = 0;
  const tools = mailToolsOf(world.tenant, [reminderSource]);
  for (const messageId of await queuedMessages(world, chance)) {
    const before = await readChased(world, messageId);
    // Another walker may have sent it before that was read: then what it says is looked at there.
    if (!(await isQueued(world, messageId))) continue;
    const state = await sendMessage(tools, world.tenant.tenantId, messageId);
    const after = await readChased(world, messageId);
    if (state === 'sent') world.counts.said += checkSaid(before, after, messageId);
  }
};

/** Some of those that are to leave now: what the gate lets wait has its time. */
async function queuedMessages({ tenant }: World, chance: Chance): Promise<readonly MessageId[]> {
  const now = tenant.clock();
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from message where tenant_id = ${tx.tenantId} and state = 'queued'
      and (next_try_at is null or next_try_at <= ${now}) order by id`),
  );
  const ids = rows.map((row) => row.id as MessageId);
  const first = ids.length > SENT_TOGETHER ? chance.whole(0, ids.length - SENT_TOGETHER) : 0;
  return ids.slice(first, first + SENT_TOGETHER);
}

async function isQueued({ tenant }: World, messageId: MessageId): Promise<boolean> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql`select 1 from message where tenant_id = ${tx.tenantId} and id = ${messageId} and state = 'queued'`,
    ),
  );
  return rows.length > 0;
}

type Chased = {
  readonly item_id: ItemId;
  readonly open_minor: bigint;
  /** Changes whenever something is applied to the item or taken back, or is said about its disputes. */
  readonly happened: bigint;
  /** Holds of the item or its customer that stand, by id. */
  readonly holds: readonly string[];
  /** What a sent message says is open; null where it does not speak of the item. */
  readonly said_minor: bigint | null;
};

/** The items that a message was to speak of when it was queued, by what was recorded then. */
async function readChased(world: World, messageId: MessageId): Promise<ReadonlyMap<string, Chased>> {
  const { tenant, day } = world;
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const rows = await tx.run(sql<Chased>`
      select i.id as item_id, i.open_minor,
        (select count(*) from application a where a.tenant_id = i.tenant_id and i.id in (a.debit_item_id, a.credit_item_id))
          + (select count(*) + count(c.id) + count(c.reopened_at) + count(r.id) + count(m.document_id) from dispute_item d
            left join dispute_closing c on c.tenant_id = d.tenant_id and c.dispute_id = d.dispute_id
            left join dispute_release r on r.tenant_id = d.tenant_id and r.dispute_id = d.dispute_id
            left join dispute_remedy m on m.tenant_id = d.tenant_id and m.dispute_id = d.dispute_id
            where d.tenant_id = i.tenant_id and d.item_id = i.id) as happened,
        array(select h.id::text from hold h where h.tenant_id = i.tenant_id and h.released_at is null and h.ends_on >= ${day}
          and (h.item_id = i.id or (h.item_id is null and h.customer_id = i.customer_id))) as holds,
        (select r.open_minor from reminder_item r where r.tenant_id = i.tenant_id and r.item_id = i.id and r.message_id = e.subject_id
          and not exists (select from reminder_left_out l
            where l.tenant_id = r.tenant_id and l.item_id = r.item_id and l.message_id = r.message_id)) as said_minor
      from event e cross join jsonb_array_elements(e.data -> 'items') said
      join open_item i on i.tenant_id = e.tenant_id and i.id = (said ->> 'itemId')::uuid
      where e.tenant_id = ${tx.tenantId} and e.subject_id = ${messageId} and e.type = 'reminder.queued'`);
    return new Map(rows.map((row) => [row.item_id, row]));
  });
}

/** Fails where a message says what is not so; gives how many items it speaks of. */
function checkSaid(
  before: ReadonlyMap<string, Chased>,
  after: ReadonlyMap<string, Chased>,
  messageId: MessageId,
): number {
  const spoken = [...after.values()].filter((item) => item.said_minor !== null);
  assert.ok(spoken.length > 0, `message ${messageId} was sent and says something`);
  for (const item of spoken) {
    const was = before.get(item.item_id);
    const stood = item.holds.filter((hold) => was?.holds.includes(hold));
    assert.deepEqual(stood, [], `message ${messageId} speaks of ${item.item_id}, which is on hold`);
    if (was?.happened !== item.happened) continue;
    // What of it is disputed or promised, and whether that is asked for, the auditor of reminders looks at.
    assert.ok(
      (item.said_minor ?? 0n) <= item.open_minor,
      `message ${messageId} says no more than is open of ${item.item_id}`,
    );
    assert.ok(item.open_minor > 0n, `message ${messageId} speaks of ${item.item_id}, which is closed`);
  }
  return spoken.length;
}

export const hold: Step = async (world, chance) => {
  const open = (await openOf(world, chance)).filter(isDebit);
  const item = oneOf(chance, open);
  const { holdId } = await act(world, placeHold, {
    customerId: (item?.customerId ?? chance.oneOf(world.customers)) as CustomerId,
    ...(item && chance.happens(0.8) ? { itemId: item.id } : {}),
    reason: 'other',
    note: 'simulated',
    until: addDays(world.day, chance.whole(-1, 20)),
  });
  remember(world.holds, holdId);
};

export const release: Step = async (world, chance) => {
  const holdId = oneOf(chance, world.holds);
  if (holdId) await act(world, releaseHold, { holdId });
};
