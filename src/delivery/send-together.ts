// Sending many messages: some are read, written, let leave and noted at a time, in a transaction each for all of them. What does not
// go together, or goes wrong together, is sent alone: `sendMessage` is the judge of each.

import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId, MessageId, TenantId } from '#kernel/id.ts';
import { type Begun, beginTogether, type Leaving } from './begin-sending.ts';
import { asError, handOverTogether, type OnItsWay, type Outcomes } from './hand-over.ts';
import { type MessagePurpose, type MessageState, SENDING_AT_ONCE_MAX } from './message.ts';
import { isEarly, type MailTools, noteProblem, sendMessage } from './send-message.ts';
import { findAboutOf } from './store.ts';
import { inDoubtAtMost, type Places } from './take-places.ts';
import { type Draft, readDrafts, readMoreTogether, tryToWrite } from './write-letter.ts';

/** Groups a process has in work: of one some messages are handed over, the others are read and written. */
const GROUPS_MAX = 3;
/** Messages that are read and written at a time; of these `SENDING_AT_ONCE_MAX` leave at a time. */
const WRITTEN_MAX = 20;

/**
 * Sends messages that are queued; gives the state each is in then, or what went wrong with it. Each is handed over once, as by
 * `sendMessage`; no two of a group are to the same customer, so that what leaves counts for what leaves after it. Once the process
 * is `ending`, no group is begun any more: its messages have no outcome, and stay queued.
 */
export async function sendTogether(
  tools: MailTools,
  tenantId: TenantId,
  messageIds: readonly MessageId[],
  ending?: AbortSignal,
): Promise<ReadonlyMap<MessageId, MessageState | Error>> {
  const outcomes: Outcomes = new Map();
  const groups = (await groupsOf(tools, tenantId, messageIds)).values();
  const lane = async () => {
    for (const group of groups) {
      if (ending?.aborted) return;
      await sendGroup(tools, tenantId, group, { outcomes, ending });
    }
  };
  await Promise.all(Array.from({ length: GROUPS_MAX }, lane));
  return outcomes;
}

type Group = {
  readonly purpose: MessagePurpose | undefined;
  readonly ids: MessageId[];
  readonly customers: Set<CustomerId | MessageId>;
};

/** Messages in groups that are written together: for one purpose, each to another customer. */
async function groupsOf(
  tools: MailTools,
  tenantId: TenantId,
  messageIds: readonly MessageId[],
): Promise<readonly (readonly MessageId[])[]> {
  const unique = [...new Set(messageIds)];
  const about = await inTenant(tools.door.pool, tenantId, (tx) => findAboutOf(tx, unique));
  const groups: Group[] = [];
  for (const id of unique) {
    // One that is not there is told apart later.
    const { customerId, purpose } = about.get(id) ?? { customerId: id, purpose: undefined };
    const roomy = groups.findLast(
      (group) =>
        group.purpose === purpose && group.ids.length < WRITTEN_MAX && !group.customers.has(customerId),
    );
    const group = roomy ?? { purpose, ids: [], customers: new Set() };
    if (!roomy) groups.push(group);
    group.ids.push(id);
    group.customers.add(customerId);
  }
  // Reading locks customers: in one order, whoever else sends at the same moment.
  const customerOf = (id: MessageId): string => about.get(id)?.customerId ?? id;
  return groups.map(({ ids }) => ids.toSorted((a, b) => (customerOf(a) < customerOf(b) ? -1 : 1)));
}

async function sendGroup(
  tools: MailTools,
  tenantId: TenantId,
  group: readonly MessageId[],
  { outcomes, ending }: { readonly outcomes: Outcomes; readonly ending: AbortSignal | undefined },
): Promise<void> {
  const written = await writeGroup(tools, tenantId, group, outcomes).catch(() => undefined);
  const leaving: Promise<void>[] = [];
  const rest = [...(written ?? [])];
  while (rest.length > 0 && !ending?.aborted) {
    const taken = Promise.withResolvers<void>();
    const some = inDoubtAtMost(Math.min(rest.length, SENDING_AT_ONCE_MAX), (places) => {
      const few = new Map(ending?.aborted ? [] : rest.splice(0, places.count));
      taken.resolve();
      return leaveTogether(tools, tenantId, few, { outcomes, places });
    });
    // What goes wrong with them is told below; those after them do not wait for that.
    some.catch(() => {});
    leaving.push(some);
    await taken.promise;
  }
  await Promise.all(leaving);
  for (const id of group) {
    if (ending?.aborted) return;
    if (!outcomes.has(id)) outcomes.set(id, await sendMessage(tools, tenantId, id).catch(asError));
  }
}

type Ready = Leaving & { readonly draft: Draft };

/** Reads and writes the mails of a group; leaves out what is not to be sent now, and what is to be sent another way. */
async function writeGroup(
  tools: MailTools,
  tenantId: TenantId,
  group: readonly MessageId[],
  outcomes: Outcomes,
): Promise<ReadonlyMap<MessageId, Ready>> {
  const now = tools.clock();
  const drafts = await readDrafts(tools, tenantId, group, now);
  const more = readMoreTogether(tools, tenantId);
  const ready = new Map<MessageId, Ready>();
  await Promise.all(
    drafts.map(async (draft) => {
      const { message, source } = draft;
      if (message.state !== 'queued' || message.channel !== 'email' || isEarly(message, now)) return;
      const letter = await tryToWrite(tools, tenantId, draft, { now, more });
      if ('problem' in letter)
        outcomes.set(message.id, await noteProblem(tools, tenantId, message.id, letter).catch(asError));
      else ready.set(message.id, { draft, source, letter, transport: tools.transport.kind });
    }),
  );
  return ready;
}

/** Lets a group leave, hands it over and notes the answers. What could not be begun is left to be sent alone. */
async function leaveTogether(
  tools: MailTools,
  tenantId: TenantId,
  ready: ReadonlyMap<MessageId, Ready>,
  { outcomes, places }: { readonly outcomes: Outcomes; readonly places: Places },
): Promise<void> {
  const messageIds = [...ready.keys()];
  if (messageIds.length === 0) return;
  let begun: readonly Begun[];
  try {
    const context = await tools.contextOf(tenantId);
    begun = await carryOut(tools.door, context, beginTogether(ready), { messageIds });
  } catch {
    // Whatever it was is met again, by the one it is about.
    return;
  }
  const onTheirWay: OnItsWay[] = [];
  for (const [index, id] of messageIds.entries()) {
    const one = present(begun[index], 'each message was begun');
    const { draft, letter } = present(ready.get(id), 'what was begun was written');
    if (one.next === 'stop') outcomes.set(id, one.state);
    if (one.next === 'send') onTheirWay.push({ message: draft.message, attemptNo: one.attemptNo, letter });
  }
  places.giveBack(places.count - onTheirWay.length);
  await handOverTogether(tools, tenantId, onTheirWay, { outcomes, places });
}
