// Sending many messages: some are read, written, let leave and noted at a time, in a transaction each for all of them. Those
// that are words alone are read, written and let leave in one. What does not go together, or goes wrong together, is sent
// alone: `sendMessage` is the judge of each.

import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId, MessageId, TenantId } from '#kernel/id.ts';
import { type Begun, beginTogether, type Leaving } from './begin-sending.ts';
import {
  asError,
  handOverAtOnce,
  handOverTogether,
  isHandedOverQuickly,
  type OnItsWay,
  type Outcomes,
} from './hand-over.ts';
import {
  isEarly,
  LEAVING_AT_ONCE_MAX,
  type Message,
  type MessagePurpose,
  type MessageState,
  SENDING_AT_ONCE_MAX,
} from './message.ts';
import { type MailTools, noteProblem, sendMessage } from './send-message.ts';
import { findAboutOf } from './store.ts';
import { inDoubtAtMost } from './take-places.ts';
import { type Words, type WordsOf, writeAndLeave } from './write-and-leave.ts';
import { readDrafts, readMoreTogether, tryToWrite } from './write-letter.ts';

/** Groups of a batch in work: of one some messages are handed over, another is read and written. */
const GROUPS_MAX = 2;

/**
 * Sends messages that are queued; gives the state each is in then, or what went wrong with it. Each is handed over once, as
 * by `sendMessage`; no two of a group are to the same customer, so that what leaves counts for what leaves after it. Once the
 * process is `ending`, no group is begun any more: its messages have no outcome, and stay queued.
 */
export async function sendTogether(
  tools: MailTools,
  tenantId: TenantId,
  messageIds: readonly MessageId[],
  ending?: AbortSignal,
): Promise<ReadonlyMap<MessageId, MessageState | Error>> {
  const outcomes: Outcomes = new Map();
  const groups = (await groupsOf(tools, tenantId, messageIds)).values();
  const sending: Sending = { outcomes, ending, wordless: new Set() };
  const lane = async () => {
    for (const group of groups) {
      if (ending?.aborted) return;
      await sendGroup(tools, tenantId, group, sending);
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
): Promise<readonly Pick<Group, 'purpose' | 'ids'>[]> {
  const unique = [...new Set(messageIds)];
  const about = await inTenant(tools.door.pool, tenantId, (tx) => findAboutOf(tx, unique));
  const groups: Group[] = [];
  for (const id of unique) {
    // One that is not there is told apart later.
    const { customerId, purpose } = about.get(id) ?? { customerId: id, purpose: undefined };
    const roomy = groups.findLast(
      (group) =>
        group.purpose === purpose &&
        group.ids.length < LEAVING_AT_ONCE_MAX &&
        !group.customers.has(customerId),
    );
    const group = roomy ?? { purpose, ids: [], customers: new Set() };
    if (!roomy) groups.push(group);
    group.ids.push(id);
    group.customers.add(customerId);
  }
  // Reading locks customers: in one order, whoever else sends at the same moment.
  const customerOf = (id: MessageId): string => about.get(id)?.customerId ?? id;
  return groups.map(({ purpose, ids }) => ({
    purpose,
    ids: ids.toSorted((a, b) => (customerOf(a) < customerOf(b) ? -1 : 1)),
  }));
}

/** How a group is sent. */
type Sending = {
  readonly outcomes: Outcomes;
  readonly ending: AbortSignal | undefined;
  /** Purposes of which a group had no mail that is words alone: the others are not asked for such. */
  readonly wordless: Set<MessagePurpose>;
};

async function sendGroup(
  tools: MailTools,
  tenantId: TenantId,
  { purpose, ids }: Pick<Group, 'purpose' | 'ids'>,
  sending: Sending,
): Promise<void> {
  const { outcomes, ending } = sending;
  const source = tools.sources.find((one) => one.purpose === purpose);
  // What is words alone leaves first; the others are told apart by that.
  if (source?.isWords && !sending.wordless.has(source.purpose))
    await leaveAll(tools, tenantId, ids, {
      ...sending,
      begin: (some) => beginWords({ tools, tenantId, source }, some, sending),
    });
  const others = ids.filter((id) => !outcomes.has(id));
  if (others.length > 0 && !ending?.aborted) {
    const written = await writeGroup(tools, tenantId, others, outcomes).catch(() => undefined);
    const ready = [...(written?.keys() ?? [])];
    const begin: Begin = (some) => beginWritten(tools, tenantId, written ?? new Map(), some, outcomes);
    await leaveAll(tools, tenantId, ready, { ...sending, begin });
  }
  for (const id of ids) {
    if (ending?.aborted) return;
    if (!outcomes.has(id)) outcomes.set(id, await sendMessage(tools, tenantId, id).catch(asError));
  }
}

/** Lets some messages leave; gives those that are to be handed over. What could not be begun is left to be sent another way. */
type Begin = (some: readonly MessageId[]) => Promise<readonly OnItsWay[]>;

/** Lets messages leave and hands them over: many at a time while that goes quickly, else only as many as there are places for. */
async function leaveAll(
  tools: MailTools,
  tenantId: TenantId,
  ids: readonly MessageId[],
  { begin, ...how }: Sending & { readonly begin: Begin },
): Promise<void> {
  const { ending } = how;
  const leaving: Promise<void>[] = [];
  const rest = [...ids];
  while (rest.length > 0 && !ending?.aborted) {
    if (isHandedOverQuickly()) {
      await handOverTogether(tools, tenantId, await begin(rest.splice(0)), how);
      continue;
    }
    const taken = Promise.withResolvers<void>();
    const some = inDoubtAtMost(Math.min(rest.length, SENDING_AT_ONCE_MAX), async (places) => {
      const few = ending?.aborted ? [] : rest.splice(0, places.count);
      taken.resolve();
      const onTheirWay = few.length > 0 ? await begin(few) : [];
      await handOverAtOnce(tools, tenantId, onTheirWay, { ...how, places });
    });
    // What goes wrong with them is told below; those after them do not wait for that.
    some.catch(() => {});
    leaving.push(some);
    await taken.promise;
  }
  await Promise.all(leaving);
}

/** Reads, writes and lets leave what of messages is words alone. */
async function beginWords(
  of: WordsOf,
  messageIds: readonly MessageId[],
  { outcomes, wordless }: Pick<Sending, 'outcomes' | 'wordless'>,
): Promise<readonly OnItsWay[]> {
  const { tools, tenantId, source } = of;
  const leaving = new Map<MessageId, Words>();
  try {
    const context = await tools.contextOf(tenantId);
    const begun = await carryOut(tools.door, context, writeAndLeave(of, leaving), { messageIds });
    if (leaving.size === 0 && begun.some(({ next }) => next === 'again')) wordless.add(source.purpose);
    return toHandOver(messageIds, begun, leaving, outcomes);
  } catch {
    // Whatever it was is met again, by the one it is about.
    return [];
  }
}

type Ready = Leaving & { readonly message: Message };

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
      else ready.set(message.id, { message, source, letter, transport: tools.transport.kind });
    }),
  );
  return ready;
}

/** Lets messages leave that were written. */
async function beginWritten(
  tools: MailTools,
  tenantId: TenantId,
  ready: ReadonlyMap<MessageId, Ready>,
  messageIds: readonly MessageId[],
  outcomes: Outcomes,
): Promise<readonly OnItsWay[]> {
  const { source } = present(ready.get(messageIds[0] as MessageId), 'what leaves was written');
  try {
    const context = await tools.contextOf(tenantId);
    const begun = await carryOut(tools.door, context, beginTogether(source, ready), { messageIds });
    return toHandOver(messageIds, begun, ready, outcomes);
  } catch {
    // Whatever it was is met again, by the one it is about.
    return [];
  }
}

/** Of messages that were begun, those to be handed over; what became of others is an outcome. */
function toHandOver(
  messageIds: readonly MessageId[],
  begun: readonly Begun[],
  written: ReadonlyMap<MessageId, Words>,
  outcomes: Outcomes,
): readonly OnItsWay[] {
  return messageIds.flatMap((id, index): readonly OnItsWay[] => {
    const one = present(begun[index], 'each message was begun');
    // One that is being sent is looked at by itself: whoever sends it may have died.
    if (one.next === 'stop' && one.state !== 'sending') outcomes.set(id, one.state);
    if (one.next !== 'send') return [];
    const { message, letter } = present(written.get(id), 'what was begun was written');
    return [{ message, attemptNo: one.attemptNo, letter }];
  });
}
