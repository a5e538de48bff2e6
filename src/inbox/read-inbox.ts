// Reading the inbox for people: the list, and one conversation with both directions.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { describeMessages, takeMessage } from '#delivery/read-message.ts';
import { actorNameOf, readActorNames, readMembers, readPeople } from '#identity/read-people.ts';
import { present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CustomerId, MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, momentKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { type KnownBy, namedIn, numbersIn } from './conversation.ts';
import { permissionOf } from './decide-proposal.ts';
import type { Proposed } from './proposal.ts';
import { factsFrom, PROPOSED, WITH_BAR } from './proposal.ts';
import {
  type ConversationRow,
  countConversations,
  countDecided,
  type EntryPlace,
  findBars,
  findConversation,
  findConversations,
  findCustomersOfNumbers,
  findCustomersOfSender,
  findEntries,
  findMails,
  findNotes,
  findProposals,
  type MailRow,
  type ProposalRow,
} from './store.ts';
import { findOwnInvoices, findReplies, type ReplyRow } from './store-replies.ts';

/** Where nobody waits stands last: later than any moment. */
const NOBODY_WAITS = 'infinity';
const waitingKey = (text: string): string => (text === NOBODY_WAITS ? text : momentKey(text));

const meOf = ({ actor }: Context): string | null => (actor.kind === 'user' ? actor.id : null);

/** A page of conversations, as the list shows them. Refuses: `bad_input` (an `after` we never gave out). */
export async function readList(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listConversations.query>,
): Promise<z.input<typeof contract.listConversations.reply>> {
  const me = meOf(context);
  const after = readCursor<readonly [string, string, string]>(query.after, [waitingKey, momentKey, idKey]);
  const [found, counts] = await Promise.all([
    findConversations(tx, { ...query, me, after, limit: query.limit + 1 }),
    countConversations(tx, me),
  ]);
  const page = pageOfRows(found, query.limit, (last) => [
    last.waiting_since ?? NOBODY_WAITS,
    last.last_at,
    last.id,
  ]);
  const named = await namesOf(tx, page.rows);
  return {
    rows: page.rows.map((row) => ({
      ...describe(row, named, context.now),
      sender: row.sender,
      words: (row.words ?? '').replace(/\s+/g, ' ').trim(),
      mails: row.mails,
      proposals: row.proposals as Proposed[],
    })),
    next: page.next,
    counts,
  };
}

type Names = {
  readonly customers: ReadonlyMap<CustomerId, { readonly number: string; readonly name: string }>;
  readonly people: ReadonlyMap<string, string>;
};

async function namesOf(tx: Tx, rows: readonly ConversationRow[]): Promise<Names> {
  const customerIds = [...new Set(rows.flatMap((row) => row.customer_id ?? []))];
  const userIds = [...new Set(rows.flatMap((row) => row.assigned_to ?? []))];
  const [customers, people] = await Promise.all([
    readCustomers(tx, customerIds),
    userIds.length > 0 ? readMembers(tx, userIds) : [],
  ]);
  return { customers, people: new Map(people.map(({ userId, name }) => [userId, name])) };
}

const hoursBetween = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor(from.until(to).total('hours')));

function describe(row: ConversationRow, { customers, people }: Names, now: Instant) {
  const customer = row.customer_id ? customers.get(row.customer_id) : undefined;
  return {
    conversationId: row.id,
    version: row.version,
    subject: row.subject,
    state: row.state,
    companyId: row.company_id,
    customer: row.customer_id
      ? { id: row.customer_id, number: customer?.number ?? '', name: customer?.name ?? '' }
      : null,
    assignedTo: row.assigned_to
      ? { userId: row.assigned_to, name: people.get(row.assigned_to) ?? row.assigned_to }
      : null,
    waitingSince: row.waiting_since?.toString() ?? null,
    waitingHours: row.waiting_since && hoursBetween(row.waiting_since, now),
    lastAt: row.last_at.toString(),
  };
}

/** Mails that are looked through for whose a conversation may be. */
const LOOKED_THROUGH = 20;

/** A conversation without what is in it. Refuses: `conversation_not_found`. */
export async function readConversation(
  tx: Tx,
  context: Context,
  conversationId: string,
): Promise<z.input<typeof contract.readConversation.reply>> {
  const row = await takeConversation(tx, conversationId);
  const [people, named] = await Promise.all([
    readPeople(tx, ['owner', 'controller', 'collector']),
    namesOf(tx, [row]),
  ]);
  return {
    ...describe(row, named, context.now),
    candidates: row.customer_id ? [] : await readCandidates(tx, conversationId),
    people: people.map(({ userId, name }) => ({ userId, name })),
    may: { work: mayDo(context, 'hold.place') },
  };
}

async function takeConversation(tx: Tx, conversationId: string): Promise<ConversationRow> {
  const row = await findConversation(tx, conversationId);
  if (!row) throw new Refusal('conversation_not_found', { conversationId });
  return row;
}

/** A page of what is in a conversation, the latest first. Refuses: `conversation_not_found`, `bad_input`. */
export async function readEntries(
  tx: Tx,
  context: Context,
  {
    conversationId,
    ...query
  }: z.output<typeof contract.listConversationEntries.query> & { readonly conversationId: string },
): Promise<z.input<typeof contract.listConversationEntries.reply>> {
  const row = await takeConversation(tx, conversationId);
  const after = readCursor<readonly [string, string]>(query.after, [momentKey, idKey]);
  const found = await findEntries(tx, conversationId, { after, limit: query.limit + 1 });
  const page = pageOfRows(found, query.limit, (last) => [last.at, last.id]);
  const idsOf = (kind: EntryPlace['kind']) =>
    page.rows.filter((one) => one.kind === kind).map(({ id }) => id);
  const [mails, proposals, notes, messages, replies] = await Promise.all([
    findMails(tx, idsOf('mail')),
    findProposals(tx, idsOf('mail')),
    findNotes(tx, idsOf('note')),
    readMessages(tx, idsOf('message') as MessageId[]),
    findReplies(tx, idsOf('message')),
  ]);
  const numbers = row.customer_id
    ? await findOwnInvoices(
        tx,
        row.customer_id,
        replies.flatMap((reply) => reply.invoice_ids),
      )
    : [];
  const items = row.customer_id ? (await readOpenItems(tx, row.customer_id)).filter(isDebit) : [];
  const actors = [
    ...proposals.flatMap((one) => one.decided_by ?? []),
    ...notes.flatMap((note) => [note.written_by, ...note.mentions.map((userId) => `user:${userId}`)]),
    ...replies.map((reply) => reply.written_by),
  ];
  const names = await readActorNames(tx, actors);
  const around = { proposals, items, names, hasCustomer: row.customer_id !== null };
  const shown = new Map<string, z.input<typeof contract.listConversationEntries.reply>['rows'][number]>([
    ...mails.map((mail) => [mail.id, describeMail(context, mail, around)] as const),
    ...messages.map((message) => [message.messageId, message] as const),
    ...notes.map((note) => [note.id, describeNote(note, names)] as const),
    ...replies.map((reply) => {
      const message = messages.find((one) => one.messageId === reply.message_id);
      return [reply.message_id, describeReply(reply, { message, names, numbers })] as const;
    }),
  ]);
  return {
    rows: page.rows.map(({ id }) => present(shown.get(id), 'what stands in a conversation is there')),
    next: page.next,
  };
}

function describeNote(note: Awaited<ReturnType<typeof findNotes>>[number], names: Around['names']) {
  return {
    kind: 'note' as const,
    noteId: note.id,
    words: note.words,
    mentions: note.mentions.map((userId) => ({ userId, name: names.get(`user:${userId}`) ?? userId })),
    by: names.get(note.written_by) ?? note.written_by,
    at: note.written_at.toString(),
  };
}

function describeReply(
  reply: ReplyRow,
  around: {
    readonly message: Awaited<ReturnType<typeof readMessages>>[number] | undefined;
    readonly names: Around['names'];
    readonly numbers: readonly { readonly id: string; readonly number: string }[];
  },
) {
  const message = present(around.message, 'an answer is a message');
  return {
    kind: 'reply' as const,
    messageId: message.messageId,
    subject: reply.subject,
    words: reply.words,
    recipient: message.recipient,
    state: message.state,
    invoices: around.numbers.filter(({ id }) => reply.invoice_ids.includes(id)).map(({ number }) => number),
    statementOn: reply.statement_on?.toString() ?? null,
    by: around.names.get(reply.written_by) ?? reply.written_by,
    at: message.at,
  };
}

/** Messages of ours that mails of a conversation answer, and answers. */
async function readMessages(tx: Tx, ids: readonly MessageId[]) {
  const messages = await describeMessages(tx, await Promise.all(ids.map((id) => takeMessage(tx, id))));
  return messages.map((message) => ({
    kind: 'message' as const,
    messageId: message.messageId,
    purpose: message.purpose,
    subject: message.subject ?? '',
    recipient: message.recipient,
    state: message.state,
    at: message.sentAt ?? message.createdAt,
  }));
}

/** Customers that the latest of a conversation may be from: those whose documents are named, and who have the address. */
async function readCandidates(tx: Tx, conversationId: string) {
  const latest = await findEntries(tx, conversationId, { limit: LOOKED_THROUGH });
  const mails = await findMails(
    tx,
    latest.filter(({ kind }) => kind === 'mail').map(({ id }) => id),
  );
  const found = new Set<CustomerId>();
  for (const mail of mails)
    for (const id of await findCustomersOfNumbers(tx, numbersIn(`${mail.subject} ${mail.words}`)))
      found.add(id);
  for (const sender of new Set(mails.map((mail) => mail.sender)))
    for (const id of await findCustomersOfSender(tx, sender)) found.add(id);
  const customers = await readCustomers(tx, [...found]);
  return [...customers].map(([id, { number, name }]) => ({ id, number, name }));
}

type Around = {
  readonly proposals: readonly ProposalRow[];
  readonly items: readonly OpenItem[];
  readonly names: ReadonlyMap<string, string>;
  readonly hasCustomer: boolean;
};

type ShownItem = {
  readonly itemId: string;
  readonly reference: string;
  readonly dueOn: string;
  readonly open: ReturnType<typeof shownMoney>;
};

function describeMail(context: Context, mail: MailRow, around: Around) {
  const named = namedIn(mail, around.items);
  const items = (named.length > 0 ? named : around.items).map((item) => ({
    itemId: item.id,
    reference: item.reference,
    dueOn: item.dueOn.toString(),
    open: shownMoney(item.open),
  }));
  return {
    kind: 'mail' as const,
    mailId: mail.id,
    inboundMailId: mail.inbound_mail_id,
    isAutomatic: mail.kind === 'auto_reply',
    sender: mail.sender,
    subject: mail.subject,
    words: mail.words,
    files: mail.files as { name: string; bytes: number }[],
    knownBy: mail.known_by as KnownBy | null,
    at: mail.received_at.toString(),
    proposals: around.proposals
      .filter((proposal) => proposal.mail_id === mail.id)
      .map((proposal) => describeProposal(context, proposal, { ...around, items })),
  };
}

function mayAccept(context: Context, intent: Proposed, refusal: string | undefined): true | string {
  const may = mayDo(context, 'hold.place', refusal);
  return may === true ? mayDo(context, permissionOf(intent)) : may;
}

function describeProposal(
  context: Context,
  proposal: ProposalRow,
  around: Omit<Around, 'items'> & { readonly items: readonly ShownItem[] },
) {
  const facts = factsFrom(proposal.facts);
  const intent = proposal.intent as Proposed;
  const standing = proposal.decision !== null ? 'proposal_decided' : undefined;
  const missing = around.hasCustomer ? undefined : 'conversation_without_customer';
  return {
    proposalId: proposal.id,
    intent,
    from: proposal.from_at,
    to: proposal.to_at,
    quote: proposal.quote,
    confidence: Number(proposal.confidence),
    parts: facts.parts.map(({ on, amount }) => ({
      on: on?.toString() ?? null,
      amount: amount ? shownMoney(amount) : null,
    })),
    isUncertain: facts.isUncertain,
    reason: facts.reason,
    address: facts.address,
    items: [...around.items],
    decision: proposal.decision as 'accepted' | 'rejected' | null,
    decidedBy: proposal.decided_by ? actorNameOf(around.names, proposal.decided_by) : null,
    decidedAt: proposal.decided_at?.toString() ?? null,
    may: {
      accept: mayAccept(context, intent, standing ?? missing),
      reject: mayDo(context, 'hold.place', standing),
    },
  };
}

/** Confidences for which people see how often a proposal was right. */
const BARS_SHOWN = [0.8, 0.9, 0.95] as const;

/** From which confidence on proposals are accepted unasked, and what people did with them so far. */
export async function readBars(tx: Tx, context: Context): Promise<z.input<typeof contract.listBars.reply>> {
  const [bars, decided] = await Promise.all([findBars(tx), countDecided(tx, BARS_SHOWN)]);
  return {
    rows: PROPOSED.map((intent) => {
      const own = decided.filter((one) => one.intent === intent);
      const { accepted = 0, changed = 0, rejected = 0, unasked = 0 } = own[0] ?? {};
      return {
        intent,
        bar: bars.get(intent)?.bar ?? null,
        mayHaveBar: (WITH_BAR as readonly string[]).includes(intent),
        accepted,
        changed,
        rejected,
        unasked,
        from: own.map(({ bar, sure, right }) => ({ bar: Number(bar), decided: sure, right })),
      };
    }),
    may: { set: mayDo(context, 'cadence.edit') },
  };
}
