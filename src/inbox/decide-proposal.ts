// What a person makes of a proposal: it is done, as proposed or changed, or it is put aside. Both are learnt.

import { type Act, actorText, type Command } from '#command/command.ts';
import { stopAddress } from '#delivery/settle-problem.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { placeHold } from '#holds/place-hold.ts';
import type { Facts } from '#intents/intent.ts';
import { deliverInvoices } from '#invoicing/deliver-invoices.ts';
import { uuidFrom } from '#jobs/job.ts';
import { addDays, earlier, type PlainDate } from '#kernel/calendar.ts';
import { type Json, jsonText } from '#kernel/canonical.ts';
import type { CommandId, CustomerId, InvoiceId, ItemId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { addContact } from '#parties/change-contacts.ts';
import { readContacts } from '#parties/take-party.ts';
import { takePromise } from '#promises/take-promise.ts';
import { receiveRemittanceMail } from '#remittances/receive-mail.ts';
import { namedIn } from './conversation.ts';
import { factsFrom, isChanged, type Proposed, type Wish, wishesOf } from './proposal.ts';
import {
  type ConversationRow,
  findMails,
  lockConversation,
  lockProposal,
  type MailRow,
  type ProposalRow,
  updateConversation,
  updateDecision,
} from './store.ts';
import { findEnclosed } from './store-replies.ts';

export type AcceptProposal = Wish & {
  readonly proposalId: string;
  /** What was done beforehand, of a remittance: the mail in the list of remittances. */
  readonly remittanceMailId?: string | undefined;
  /** Accepted because a person set a bar, without being looked at. */
  readonly isUnasked?: boolean | undefined;
  /** Who looks after what is put on hold; left out, whoever accepts. */
  readonly ownerId?: string | undefined;
};

export type ProposalDecided = {
  readonly proposalId: string;
  readonly intent: string;
  readonly outcome: Json;
};

/** Days until somebody looks again where the mail names none: what was paid is found by then, and a court answers slowly. */
const LOOK_AGAIN_DAYS = { paid_already: 10, insolvency: 90, away: 7 } as const;
/** A whole customer rests no longer than this because of one person who is away and may not be the one who pays. */
const AWAY_DAYS_MAX = 14;

type Subject = {
  readonly facts: Facts;
  readonly wish: AcceptProposal;
  readonly proposal: ProposalRow;
  readonly mail: MailRow;
  readonly customerId: CustomerId;
  /**
   * What the customer owes of what the mail names; where it names nothing all that is owed to the company the conversation
   * is with. The earliest due first.
   */
  readonly items: readonly OpenItem[];
  /** Whether these were chosen by a person or named by the mail, and are not merely all there is. */
  readonly isNamed: boolean;
  /** Whether nothing is owed beside them to another company. */
  readonly isAll: boolean;
};

/**
 * Does what a mail proposes: a promise is taken, a dispute opened, documents are sent again, an address is added or stopped, or
 * chasing rests. The words of the customer stand in its note.
 *
 * Refuses: `proposal_not_found`, `proposal_decided`, `conversation_without_customer`, `not_permitted`,
 * `proposal_without_address`, `proposal_without_contact`, `proposal_without_documents`, `remittance_not_read`, what
 * `wishesOf`, `takePromise`, `openDispute`, `placeHold`, `addContact`, `stopAddress` and `deliverInvoices` refuse.
 */
export const acceptProposal: Command<AcceptProposal, ProposalDecided> = {
  name: 'accept-proposal',
  permission: 'hold.place',
  async run(act, wish) {
    const { proposal, conversation } = await takeOpen(act, wish.proposalId);
    const customerId = conversation.customer_id;
    if (!customerId) throw new Refusal('conversation_without_customer', { conversationId: conversation.id });
    const [mail] = await findMails(act, [proposal.mail_id]);
    if (!mail) throw new Refusal('proposal_not_found', { proposalId: wish.proposalId });
    const facts = factsFrom(proposal.facts);
    const { permission, run } = DOES[proposal.intent as Proposed];
    if (!act.permissions.has(permission)) throw new Refusal('not_permitted', { permission });
    const companyId = conversation.company_id;
    const meant = await itemsMeant(act, { customerId, companyId }, { mail, wish, proposal });
    const outcome = await run(act, { facts, wish, proposal, mail, customerId, ...meant });
    decide(
      act,
      { proposal, conversation },
      { decision: 'accepted', isChanged: isChanged(facts, wish), outcome },
    );
    return { proposalId: proposal.id, intent: proposal.intent, outcome };
  },
};

/**
 * Puts a proposal aside: nothing is done, and the model learns that these words do not say it. Refuses:
 * `proposal_not_found`, `proposal_decided`.
 */
export const rejectProposal: Command<{ readonly proposalId: string }, ProposalDecided> = {
  name: 'reject-proposal',
  permission: 'hold.place',
  async run(act, { proposalId }) {
    const taken = await takeOpen(act, proposalId);
    decide(act, taken, { decision: 'rejected', isChanged: false, outcome: null });
    return { proposalId, intent: taken.proposal.intent, outcome: null };
  },
};

type Open = { readonly proposal: ProposalRow; readonly conversation: ConversationRow };

async function takeOpen(act: Act, proposalId: string): Promise<Open> {
  const proposal = await lockProposal(act, proposalId);
  if (!proposal) throw new Refusal('proposal_not_found', { proposalId });
  if (proposal.decision !== null) throw new Refusal('proposal_decided', { decision: proposal.decision });
  const conversation = await lockConversation(act, proposal.conversation_id);
  if (!conversation) throw new Refusal('proposal_not_found', { proposalId });
  return { proposal, conversation };
}

function decide(
  act: Act,
  { proposal, conversation }: Open,
  made: { readonly decision: 'accepted' | 'rejected'; readonly isChanged: boolean; readonly outcome: Json },
): void {
  const by = actorText(act.actor);
  updateDecision(act, proposal.id, {
    ...made,
    outcome: made.outcome === null ? null : jsonText(made.outcome),
    by,
  });
  updateConversation(act, conversation);
  act.record({
    type: made.decision === 'accepted' ? 'inbox_proposal.accepted' : 'inbox_proposal.rejected',
    subjectId: conversation.id,
    customerId: conversation.customer_id,
    data: {
      proposalId: proposal.id,
      intent: proposal.intent,
      quote: proposal.quote.slice(0, 300).toWellFormed(),
      confidence: proposal.confidence,
      isChanged: made.isChanged,
      outcome: made.outcome,
    },
  });
}

/**
 * The open debit items a mail is about: those a person chose, else those it names, else all of the company it was written
 * to. What is owed to one company is no matter of another.
 */
async function itemsMeant(
  act: Act,
  { customerId, companyId }: { readonly customerId: CustomerId; readonly companyId: string | null },
  {
    mail,
    wish,
    proposal,
  }: { readonly mail: MailRow; readonly wish: AcceptProposal; readonly proposal: ProposalRow },
): Promise<Pick<Subject, 'items' | 'isNamed' | 'isAll'>> {
  const all = (await readOpenItems(act, customerId))
    .filter(isDebit)
    .toSorted((a, b) => (a.dueOn.toString() < b.dueOn.toString() ? -1 : 1));
  const { itemIds } = wish;
  if (itemIds) return { items: all.filter((item) => itemIds.includes(item.id)), isNamed: true, isAll: false };
  const named = namedIn(mail, all);
  if (named.length > 0) return { items: named, isNamed: true, isAll: false };
  const items = companyId === null ? all : all.filter((item) => item.companyId === companyId);
  // Whoever looks at it sees that all of them are meant; unasked, one complaint would dispute the whole account.
  if (wish.isUnasked && proposal.intent === 'dispute' && items.length > 1)
    throw new Refusal('proposal_without_documents');
  return { items, isNamed: false, isAll: items.length === all.length };
}

/** A command carried out as part of accepting, by whoever accepts; `about` tells several of one proposal apart. */
function doing<Input, Result extends Json>(
  act: Act,
  { proposal, about = '' }: Pick<Subject, 'proposal'> & { readonly about?: string },
  command: Command<Input, Result>,
  input: Input,
): Promise<Result> {
  const commandId = uuidFrom(`accept proposal\n${proposal.id}\n${about}`) as CommandId;
  return act.within(command, input, { actor: act.actor, role: act.role, review: act.review, commandId });
}

/** What may rest alone: an item, or messages to a contact. Neither of them: the customer. */
type Scope = { readonly itemId?: ItemId; readonly contactId?: string };

/** Lets chasing rest, of each scope by a hold of its own. */
async function rest(
  act: Act,
  { customerId, proposal, wish }: Subject,
  {
    scopes,
    ...why
  }: { readonly scopes: readonly Scope[]; readonly reason: string; readonly until: PlainDate },
): Promise<Json> {
  const holdIds: string[] = [];
  for (const scope of scopes) {
    const about = scope.itemId ?? '';
    const input = { customerId, ...scope, ...why, note: noteOf(proposal), ownerId: wish.ownerId };
    const { holdId } = await doing(act, { proposal, about }, placeHold, input);
    holdIds.push(holdId);
  }
  return { holdIds };
}

/**
 * Whoever is away is not written to until they are back. Where no contact of the customer has the address, the customer rests,
 * for `AWAY_DAYS_MAX` at most; that is for a person to say.
 */
async function restWhileAway(act: Act, subject: Subject): Promise<Json> {
  const { wish, customerId, mail, facts } = subject;
  const contacts = await readContacts(act, [customerId]);
  const contact = contacts.find(({ email }) => email?.toLowerCase() === mail.sender);
  if (!contact && wish.isUnasked) throw new Refusal('proposal_without_contact', { sender: mail.sender });
  const back = facts.parts[0]?.on?.subtract({ days: 1 }) ?? addDays(act.today, LOOK_AGAIN_DAYS.away);
  const until = contact ? back : earlier(back, addDays(act.today, AWAY_DAYS_MAX));
  const scopes = [contact ? { contactId: contact.id } : {}];
  return rest(act, subject, { scopes, reason: 'away', until: wish.on ?? until });
}

const noteOf = ({ quote }: ProposalRow): string => `“${quote.replace(/\s+/g, ' ').trim().slice(0, 900)}”`;

type Doing = {
  readonly permission: string;
  run(act: Act, subject: Subject): Promise<Json>;
};

/** What accepting each of them does, and the permission that it takes. */
const DOES: Readonly<Record<Proposed, Doing>> = {
  promise: {
    permission: takePromise.permission,
    run: (act, subject) => {
      const { mail, proposal, facts, wish, items } = subject;
      return doing(act, subject, takePromise, {
        items: wishesOf(facts, wish, items),
        saidBy: mail.sender || undefined,
        way: 'mail',
        note: noteOf(proposal),
      }).then(({ promiseId, amount, level }) => ({ promiseId, amount, level }));
    },
  },
  dispute: {
    permission: openDispute.permission,
    run: (act, subject) =>
      doing(act, subject, openDispute, {
        items: subject.items.map((item) => ({ itemId: item.id })),
        reason: subject.wish.reason ?? subject.facts.reason ?? 'other',
        note: noteOf(subject.proposal),
      }).then(({ disputeId, number }) => ({ disputeId, number })),
  },
  paid_already: {
    permission: placeHold.permission,
    run: (act, subject) => {
      const { isNamed, isAll, items, wish } = subject;
      const isWhole = !isNamed && isAll;
      if (!isWhole && items.length === 0) throw new Refusal('proposal_without_documents');
      const scopes = isWhole ? [{}] : items.map((item) => ({ itemId: item.id }));
      const until = wish.on ?? addDays(act.today, LOOK_AGAIN_DAYS.paid_already);
      return rest(act, subject, { scopes, reason: 'data', until });
    },
  },
  insolvency: {
    permission: placeHold.permission,
    run: (act, subject) => {
      const until = subject.wish.on ?? addDays(act.today, LOOK_AGAIN_DAYS.insolvency);
      return rest(act, subject, { scopes: [{}], reason: 'insolvency', until });
    },
  },
  away: { permission: placeHold.permission, run: restWhileAway },
  remittance: {
    permission: receiveRemittanceMail.permission,
    run: async (_act, { wish }) => {
      if (wish.remittanceMailId === undefined) throw new Refusal('remittance_not_read');
      return { remittanceMailId: wish.remittanceMailId };
    },
  },
  copy_request: {
    permission: deliverInvoices.permission,
    run: async (act, subject) => {
      const { items, mail, wish } = subject;
      if (items.length === 0) throw new Refusal('proposal_without_documents');
      // What went with an answer to it goes again only where a person chose it.
      const answered = wish.itemIds
        ? new Set()
        : await findEnclosed(act, mail.conversation_id, mail.received_at);
      const wanted = new Set(items.map((item) => item.documentId as InvoiceId));
      const invoiceIds = [...wanted].filter((id) => !answered.has(id));
      const { queued, results } = await doing(act, subject, deliverInvoices, { invoiceIds });
      const sent = results.filter(({ messageId }) => messageId !== null);
      return { queued, invoiceIds: sent.map(({ invoiceId }) => invoiceId) };
    },
  },
  contact_change: {
    permission: addContact.permission,
    run: (act, subject) => {
      const email = subject.wish.address ?? subject.facts.address;
      if (!email) throw new Refusal('proposal_without_address');
      const name = subject.wish.name ?? email.slice(0, email.indexOf('@'));
      const { customerId } = subject;
      return doing(act, subject, addContact, { customerId, name, role: 'billing', email });
    },
  },
  stop: {
    permission: stopAddress.permission,
    run: (act, subject) =>
      doing(act, subject, stopAddress, {
        address: subject.wish.address ?? subject.mail.sender,
        purpose: null,
        reason: 'opt_out',
        detail: noteOf(subject.proposal).slice(0, 500),
      }),
  },
};

/** The permission that accepting a proposal takes, beside that of deciding about it. */
export const permissionOf = (intent: Proposed): string => DOES[intent].permission;
