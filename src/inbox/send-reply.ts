// Answering a customer from a conversation: the words of a person, in the thread, from the company, with what was asked for. It is
// queued as a message like all others, so that it leaves once, and not to an address that is stopped.

import { type Act, actorText, type Command } from '#command/command.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import { readSuppressed } from '#delivery/read-reach.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { listCompanies, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { takeLocked } from './change-conversation.ts';
import { readDraft } from './read-draft.ts';
import { answerSubject } from './reply.ts';
import { updateConversation } from './store.ts';
import { findLastMail, findOwnInvoices, insertReply, insertSnippet } from './store-replies.ts';

export type SendReply = {
  readonly conversationId: string;
  /** The version of the conversation the writer saw. */
  readonly seen: number;
  readonly words: string;
  readonly subject?: string | undefined;
  /** Who speaks, where the conversation does not tell. */
  readonly companyId?: CompanyId | undefined;
  readonly invoiceIds: readonly string[];
  readonly statementOn?: PlainDate | undefined;
  /** The conversation is done with it. */
  readonly isDone: boolean;
  /** Figures of a draft that were taken over, as they were read: each with the rows it was read from. */
  readonly cited?: readonly CitedFigure[] | undefined;
};

/** A figure as a draft wrote it, and what stands for the open items it was read from. */
export type CitedFigure = { readonly text: string; readonly fingerprint: string };

export type ReplySent = {
  readonly replyId: string;
  readonly messageId: string;
  readonly recipient: string;
  readonly version: number;
};

/**
 * Sends an answer to the latest mail of a conversation, to whoever wrote it. Nobody waits any more. Of two who answer what they
 * saw the second is told that the first did. What was drafted from the ledger is sent only while the ledger says it still.
 *
 * Refuses: `conversation_not_found`, `conversation_moved_on`, `conversation_without_customer`, `conversation_without_mail`,
 * `conversation_without_company`, `company_not_found`, `address_stopped`, `invoice_not_found`, `statement_day_in_future`,
 * `draft_outdated`.
 */
export const sendReply: Command<SendReply, ReplySent> = {
  name: 'send-inbox-reply',
  permission: 'reminder.send',
  async run(act, input) {
    const row = await takeLocked(act, input);
    if (!row.customer_id) throw new Refusal('conversation_without_customer', { conversationId: row.id });
    const mail = await findLastMail(act, row.id);
    if (!mail || mail.sender === '') throw new Refusal('conversation_without_mail');
    const [company, customer] = await Promise.all([
      speakerOf(act, input.companyId ?? row.company_id),
      takeCustomer(act, row.customer_id),
    ]);
    await checkEnclosed(act, customer.id, input);
    await checkCited(act, input);
    const stopped = await readSuppressed(act, [mail.sender], 'reply');
    if (stopped.size > 0) throw new Refusal('address_stopped', { address: mail.sender });

    const replyId = newId<'inbox_reply'>();
    const messageId = queueMessage(act, {
      company,
      customer,
      purpose: 'reply',
      recipient: mail.sender,
      language: chooseDocumentLanguage([customer.language, company.language]),
      documentId: replyId,
      runOn: act.today,
    });
    insertReply(act, {
      id: replyId,
      conversation_id: row.id,
      mail_id: mail.id,
      message_id: messageId,
      subject: input.subject ?? answerSubject(mail.subject),
      words: input.words,
      invoice_ids: [...new Set(input.invoiceIds)],
      statement_on: input.statementOn ?? null,
      written_by: actorText(act.actor),
      written_at: act.now,
    });
    updateConversation(act, {
      ...row,
      company_id: row.company_id ?? company.id,
      state: input.isDone ? 'done' : row.state,
      waiting_since: null,
      last_at: act.now,
    });
    act.record({
      type: 'inbox_conversation.answered',
      subjectId: row.id,
      customerId: customer.id,
      data: { replyId, messageId, recipient: mail.sender, invoiceIds: [...input.invoiceIds] },
    });
    return { replyId, messageId, recipient: mail.sender, version: row.version + 1 };
  },
};

/** The company that speaks: named, or the only one. Refuses: `conversation_without_company`, `company_not_found`. */
async function speakerOf(act: Act, companyId: CompanyId | null) {
  if (companyId !== null) return takeCompany(act, companyId);
  const [only, ...others] = await listCompanies(act);
  if (!only || others.length > 0) throw new Refusal('conversation_without_company');
  return only;
}

async function checkEnclosed(
  act: Act,
  customerId: CustomerId,
  { invoiceIds, statementOn }: Pick<SendReply, 'invoiceIds' | 'statementOn'>,
): Promise<void> {
  if (statementOn && isAfter(statementOn, act.today))
    throw new Refusal('statement_day_in_future', {
      asOf: statementOn.toString(),
      today: act.today.toString(),
    });
  const wanted = [...new Set(invoiceIds)];
  const own = await findOwnInvoices(act, customerId, wanted);
  // What is another customer's is nobody's here: a wrong id must not send somebody else's invoice.
  const missing = wanted.filter((id) => !own.some((invoice) => invoice.id === id));
  if (missing.length > 0) throw new Refusal('invoice_not_found', { invoices: missing });
}

const keyOf = ({ text, fingerprint }: CitedFigure): string => `${fingerprint} ${text}`;

/** Figures of a draft that stand in the words are those a draft has now. Refuses: `draft_outdated` (with those that are not). */
async function checkCited(
  act: Act,
  { conversationId, words, cited = [] }: Pick<SendReply, 'conversationId' | 'words' | 'cited'>,
): Promise<void> {
  const standing = cited.filter(({ text }) => words.includes(text));
  if (standing.length === 0) return;
  const { figures } = await readDraft(act, act, conversationId);
  const known = new Set(figures.map(keyOf));
  const gone = standing.filter((one) => !known.has(keyOf(one))).map(({ text }) => text);
  if (gone.length > 0) throw new Refusal('draft_outdated', { figures: [...new Set(gone)] });
}

/** Keeps words that are said again and again, under a name; without words they are kept no more. */
export const putSnippet: Command<
  { readonly name: string; readonly words: string | null },
  { readonly name: string }
> = {
  name: 'put-inbox-snippet',
  permission: 'hold.place',
  run(act, { name, words }) {
    insertSnippet(act, { id: newId(), name, words, set_by: actorText(act.actor), set_at: act.now });
    act.record({
      type: 'inbox_snippet.put',
      subjectId: act.commandId,
      data: { name, isGone: words === null },
    });
    return Promise.resolve({ name });
  },
};
