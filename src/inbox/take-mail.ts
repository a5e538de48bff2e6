// Bringing a mail that came in to its conversation, with what it seems to say. Mail of machines (bounces, receipts) is
// delivery's and ends there; the bytes are kept by delivery, once.

import { type MailParts, readMailParts } from '#carriers/read-mail-parts.ts';
import { readReturnedMail } from '#carriers/read-returned-mail.ts';
import { type Act, type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { awayOf } from '#intents/away.ts';
import type { IntentModel } from '#intents/intent-model.ts';
import { proposalsOf } from '#intents/proposals.ts';
import { uuidFrom } from '#jobs/job.ts';
import { present } from '#kernel/assert.ts';
import { addDays, type Instant, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CommandId, type CustomerId, newId, type TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { rowsOfHtml } from '#remittances/mail-rows.ts';
import { belongsIn, numbersIn, type Place, placeOf } from './conversation.ts';
import { factsJson } from './proposal.ts';
import { readModel } from './read-model.ts';
import {
  type ConversationRow,
  findConversationOf,
  findCustomersOfNumbers,
  findCustomersOfSender,
  findInbound,
  findInboundBytes,
  findMessageOf,
  hasMail,
  insertConversation,
  insertMail,
  lockConversation,
  lockThreading,
  updateConversation,
} from './store.ts';

/** A mail taken apart. */
export type TakeMail = {
  readonly inboundMailId: string;
  readonly kind: 'mail' | 'auto_reply';
  readonly identifier: string | null;
  /** Message-IDs it answers, without brackets. */
  readonly identifiers: readonly string[];
  readonly sender: string;
  readonly subject: string;
  readonly words: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** The day its writer wrote it; left out, the day it is taken. */
  readonly writtenOn?: PlainDate | undefined;
};

export type MailInInbox = {
  readonly conversationId: string;
  readonly mailId: string | null;
  readonly isKnown: boolean;
};

/**
 * Puts a mail into its conversation, or begins one, and keeps what it proposes. A mail whose Message-ID came before from the
 * same sender changes nothing. What was done is open again when somebody writes; an automatic reply waits for nobody.
 */
export function takeMail(model: IntentModel): Command<TakeMail, MailInInbox> {
  return {
    name: 'take-inbox-mail',
    permission: 'reminder.send',
    async run(act, mail) {
      await lockThreading(act);
      const known = await hasMail(act, mail);
      if (known) return { conversationId: known, mailId: null, isKnown: true };
      const inbound = present(
        await findInbound(act, mail.inboundMailId),
        'the bytes of a mail are kept first',
      );
      const message = inbound.message_id ? await findMessageOf(act, inbound.message_id) : undefined;
      const place = placeOf({
        conversationId: await findConversationOf(act, {
          identifiers: mail.identifiers,
          messageId: inbound.message_id,
        }),
        ofMessage: message?.customer_id,
        ofDocuments: message
          ? []
          : await findCustomersOfNumbers(act, numbersIn(`${mail.subject} ${mail.words}`)),
        ofSender: message ? [] : await findCustomersOfSender(act, mail.sender),
      });
      const conversation = await openConversation(act, mail, {
        place,
        companyId: message?.company_id ?? inbound.company_id,
        at: inbound.received_at,
      });
      const mailId = newId<'inbox_mail'>();
      const proposals = await proposed(act, mail, { model, customerId: conversation.customer_id });
      insertMail(
        act,
        {
          id: mailId,
          conversation_id: conversation.id,
          inbound_mail_id: mail.inboundMailId,
          identifier: mail.identifier,
          kind: mail.kind,
          sender: mail.sender,
          subject: mail.subject,
          words: mail.words,
          files: jsonText([...mail.files]),
          message_id: inbound.message_id,
          known_by: place.knownBy,
          received_at: inbound.received_at,
        },
        proposals.map((proposal) => ({ ...proposal, mail_id: mailId })),
      );
      act.record({
        type: 'inbox_mail.taken',
        subjectId: conversation.id,
        customerId: conversation.customer_id,
        data: { mailId, kind: mail.kind, sender: mail.sender, subject: mail.subject, knownBy: place.knownBy },
      });
      return { conversationId: conversation.id, mailId, isKnown: false };
    },
  };
}

async function openConversation(
  act: Act,
  mail: TakeMail,
  {
    place,
    companyId,
    at,
  }: { readonly place: Place; readonly companyId: ConversationRow['company_id']; readonly at: Instant },
): Promise<ConversationRow> {
  const waits = mail.kind === 'mail';
  const there = place.conversationId && (await lockConversation(act, place.conversationId));
  if (there && belongsIn(place, there.customer_id)) {
    const next: ConversationRow = {
      ...there,
      state: waits ? 'open' : there.state,
      waiting_since: waits ? (there.waiting_since ?? at) : there.waiting_since,
      last_at: Temporal.Instant.compare(at, there.last_at) > 0 ? at : there.last_at,
      customer_id: there.customer_id ?? place.customerId ?? null,
      company_id: there.company_id ?? companyId,
    };
    updateConversation(act, next);
    return next;
  }
  const begun: Omit<ConversationRow, 'tenant_id'> = {
    id: newId<'inbox_conversation'>(),
    company_id: companyId,
    customer_id: place.customerId ?? null,
    subject: mail.subject,
    state: 'open',
    assigned_to: null,
    waiting_since: waits ? at : null,
    last_at: at,
    version: 1,
    begun_at: act.now,
  };
  insertConversation(act, begun);
  return { ...begun, tenant_id: act.tenantId };
}

/** Days that a mail may have been on its way, or lain with whoever hands it in. */
const ON_ITS_WAY_DAYS = 30;

/** The day from which a mail speaks: as it says, where that can be; `tomorrow` is the day after. */
function dayOf(writtenOn: PlainDate | undefined, today: PlainDate): PlainDate {
  const isLikely =
    writtenOn && !isAfter(writtenOn, today) && !isAfter(addDays(today, -ON_ITS_WAY_DAYS), writtenOn);
  return isLikely ? writtenOn : today;
}

/** What the words of a mail propose, as rows. */
async function proposed(
  act: Act,
  mail: TakeMail,
  { model, customerId }: { readonly model: IntentModel; readonly customerId: CustomerId | null },
) {
  const customer = customerId ? await takeCustomer(act, customerId) : undefined;
  const items = customerId ? await readOpenItems(act, customerId) : [];
  const view = {
    today: dayOf(mail.writtenOn, act.today),
    currency: items[0]?.open.currency ?? 'EUR',
    monthFirst: customer?.country === 'US',
  };
  const away = mail.kind === 'auto_reply' ? awayOf(mail.words, view) : undefined;
  const found =
    mail.kind === 'mail'
      ? proposalsOf(mail.words, view, model)
      : away
        ? [{ ...away, intent: 'away' as const, confidence: 0.9 }]
        : [];
  return found.map(({ intent, from, to, quote, confidence, facts }) => ({
    id: newId<'inbox_proposal'>(),
    intent,
    from_at: from,
    to_at: to,
    quote: quote.slice(0, 2000),
    confidence: confidence.toFixed(2),
    facts: jsonText(factsJson(facts)),
    decision: null,
    is_changed: null,
    outcome: null,
    decided_by: null,
    decided_at: null,
  }));
}

const WORDS_KEPT = 100_000;
/** Text of HTML, line by line: nothing of it is drawn, run or fetched. */
function wordsOf({ text, html }: { readonly text: string; readonly html: string }): string {
  const words =
    text.trim() !== '' || html === ''
      ? text
      : rowsOfHtml(html)
          .map(({ cells }) => cells.join('  '))
          .join('\n');
  return clean(words).slice(0, WORDS_KEPT).toWellFormed();
}

/** PostgreSQL keeps no zero bytes, and half a letter is none. */
const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** A mail taken apart; of one that cannot be, who it is from and about what: people open it as it came, and it is not lost. */
async function partsOrNone(
  raw: Uint8Array,
  { sender, subject }: { readonly sender: string; readonly subject: string },
): Promise<MailParts> {
  try {
    return await readMailParts(raw);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const nothing = { identifier: undefined, writtenOn: undefined, text: '', html: '', files: [] };
    return { from: sender.toLowerCase(), subject, ...nothing };
  }
}

/** Takes a mail that delivery kept into the inbox; what is no answer of a person or of its mailbox is left. */
export async function takeInboundMail(
  tools: Pick<JobTools, 'door' | 'contextOf'>,
  tenantId: TenantId,
  inboundMailId: string,
): Promise<MailInInbox | undefined> {
  const { pool } = tools.door;
  const inbound = await inTenant(pool, tenantId, (tx) => findInbound(tx, inboundMailId));
  if (!inbound || (inbound.kind !== 'mail' && inbound.kind !== 'auto_reply')) return undefined;
  const raw = present(
    await inTenant(pool, tenantId, (tx) => findInboundBytes(tx, inboundMailId)),
    'a mail is kept with its bytes',
  );
  const [returned, parts] = await Promise.all([readReturnedMail(raw), partsOrNone(raw, inbound)]);
  const model = await inTenant(pool, tenantId, readModel);
  const input: TakeMail = {
    inboundMailId,
    kind: inbound.kind,
    identifier: clean(parts.identifier ?? '') || null,
    identifiers: returned.identifiers,
    sender: clean(parts.from),
    subject: clean(parts.subject),
    words: wordsOf(parts),
    files: parts.files.map(({ name, bytes }) => ({ name: clean(name), bytes: bytes.byteLength })),
    writtenOn: parts.writtenOn,
  };
  const commandId = uuidFrom(`inbox mail\n${inboundMailId}`) as CommandId;
  return carryOut(tools.door, await tools.contextOf(tenantId), takeMail(model), input, { commandId });
}
