// Reading what an answer could say: a draft from what the mail seems to want and from the ledger, with words of one's own beside.

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readSuppressed } from '#delivery/read-reach.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { mayDo } from '#parties/may.ts';
import { listCompanies, readContacts, takeCustomer } from '#parties/take-party.ts';
import { formatDate, formatMoney } from '#printing/print-format.ts';
import type * as contract from './contract-replies.ts';
import { namedIn } from './conversation.ts';
import { draftLanguage, draftReply, itemsOf } from './draft.ts';
import type { DraftKind } from './draft-words.ts';
import { CONFIDENCE_DRAFTED } from './proposal.ts';
import { answerSubject, ENCLOSED_MAX } from './reply.ts';
import { findConversation, findProposals, type ProposalRow } from './store.ts';
import { findEnclosed, findLastMail, findOwnInvoices, findSnippets } from './store-replies.ts';

/** Words that are said again and again, of a tenant. */
const SNIPPETS_MAX = 200;

/** What an answer may say before a person accepted it: that something was noted or assigned is true only afterwards. */
const UNDECIDED: ReadonlySet<string> = new Set(['paid_already', 'copy_request', 'insolvency']);
const mayBeDrafted = ({ intent, decision, confidence }: ProposalRow): boolean =>
  decision === null && UNDECIDED.has(intent) && Number(confidence) >= CONFIDENCE_DRAFTED;

const isDrafted = (intent: string): intent is DraftKind => intent !== 'away' && intent !== 'stop';

/** Documents that went when it was accepted that somebody wants a copy. */
function sentBy({ intent, outcome }: ProposalRow): readonly string[] {
  if (intent !== 'copy_request') return [];
  return (outcome as { readonly invoiceIds?: readonly string[] } | null)?.invoiceIds ?? [];
}

/** What a draft says: of copies and of payments what is so by now. */
function kindsOf(
  meant: readonly ProposalRow[],
  is: { readonly isSent: boolean; readonly isEnclosed: boolean; readonly hasUnassigned: boolean },
): readonly DraftKind[] {
  return meant
    .map((one): string => one.intent)
    .filter(isDrafted)
    .flatMap((kind): readonly DraftKind[] => {
      if (kind === 'paid_already') return [is.hasUnassigned ? 'paid_unassigned' : kind];
      if (kind !== 'copy_request') return [kind];
      return [...(is.isEnclosed ? [kind] : []), ...(is.isSent ? (['copy_sent'] as const) : [])];
    });
}

/** Stands for items, in whatever order and however many they are: a sum of thousands is cited by it. Hex of SHA-256. */
function fingerprintOf(itemIds: readonly string[]): string {
  return createHash('sha256').update(itemIds.toSorted().join('\n')).digest('hex');
}

/**
 * A draft of an answer to the latest mail of a conversation. Its words are fixed, its figures are rows of the ledger; nothing is
 * kept or sent. Refuses: `conversation_not_found`.
 */
export async function readDraft(
  tx: Tx,
  context: Context,
  conversationId: string,
): Promise<z.input<typeof contract.readReplyDraft.reply>> {
  const row = await findConversation(tx, conversationId);
  if (!row) throw new Refusal('conversation_not_found', { conversationId });
  const [mail, companies, snippets] = await Promise.all([
    findLastMail(tx, conversationId),
    listCompanies(tx),
    findSnippets(tx, SNIPPETS_MAX),
  ]);
  const only = companies.length === 1 ? companies[0]?.id : undefined;
  const base = {
    snippets: [...snippets],
    companies: companies.map(({ id, name }) => ({ id, name })),
    companyId: row.company_id ?? only ?? null,
    today: context.today.toString(),
  };
  const nothing = {
    recipient: null,
    isContact: false,
    subject: '',
    words: '',
    language: 'en',
    figures: [],
    rows: [],
    invoices: [],
  };
  if (!mail || mail.sender === '' || !row.customer_id) {
    const why = row.customer_id ? 'conversation_without_mail' : 'conversation_without_customer';
    return { ...base, ...nothing, enclosedIds: [], may: { send: mayDo(context, 'reminder.send', why) } };
  }
  const [customer, contacts, stopped, proposals, open, answered] = await Promise.all([
    takeCustomer(tx, row.customer_id),
    readContacts(tx, [row.customer_id]),
    readSuppressed(tx, [mail.sender], 'reply'),
    findProposals(tx, [mail.id]),
    readOpenItems(tx, row.customer_id),
    findEnclosed(tx, row.id, mail.received_at),
  ]);
  const meant = proposals.filter((one) => one.decision === 'accepted' || mayBeDrafted(one));
  const owed = open.filter(isDebit).toSorted((a, b) => (a.dueOn.toString() < b.dueOn.toString() ? -1 : 1));
  const allNamed = namedIn(mail, owed);
  // What is owed to one company is no matter of another. Where nobody said who answers, it is the company the mail is about.
  const companyId = base.companyId ?? (allNamed[0] ?? owed[0])?.companyId ?? null;
  const ofCompany = (item: OpenItem): boolean => item.companyId === companyId;
  const debits = owed.filter(ofCompany);
  const named = allNamed.filter(ofCompany);
  const items = named.length > 0 ? named : debits;
  const language = draftLanguage(customer.language ?? '');
  const written = {
    day: (day: Temporal.PlainDate) => formatDate(day, language),
    money: (amount: Parameters<typeof formatMoney>[0]) => formatMoney(amount, language),
  };
  const invoices = await findOwnInvoices(
    tx,
    row.customer_id,
    debits.slice(0, 100).map((item) => item.documentId),
  );
  const sent = new Set(meant.flatMap(sentBy));
  const asked = new Set<string>(items.map((item) => item.documentId));
  const toEnclose = meant.some(({ intent }) => intent === 'copy_request')
    ? invoices.filter(({ id }) => asked.has(id) && !sent.has(id) && !answered.has(id)).slice(0, ENCLOSED_MAX)
    : [];
  const kinds = kindsOf(meant, {
    isSent: sent.size > 0,
    isEnclosed: toEnclose.length > 0,
    hasUnassigned: open.some(
      (item) => item.account === 'unapplied-cash' && !isDebit(item) && ofCompany(item),
    ),
  });
  const draft = draftReply(kinds, items, { language, today: context.today, written });
  return {
    ...base,
    companyId,
    recipient: mail.sender,
    isContact: contacts.some(({ email }) => email?.toLowerCase() === mail.sender),
    subject: answerSubject(mail.subject),
    words: draft.words,
    language,
    figures: draft.figures.map(({ from, to, text, source }) => {
      const itemIds = itemsOf(source);
      return {
        from,
        to,
        text,
        itemIds: [...itemIds],
        fingerprint: fingerprintOf(itemIds),
        kind: source.kind,
      };
    }),
    rows: items
      .filter((item) =>
        draft.figures.some(({ source }) => source.kind === 'item' && source.itemId === item.id),
      )
      .map((item) => ({
        itemId: item.id,
        documentId: item.documentId,
        reference: item.reference,
        dueOn: item.dueOn.toString(),
        open: shownMoney(item.open),
      })),
    invoices: invoices.map(({ id, number }) => ({ invoiceId: id, number })),
    enclosedIds: toEnclose.map(({ id }) => id),
    may: { send: mayDo(context, 'reminder.send', stopped.size > 0 ? 'address_stopped' : undefined) },
  };
}
