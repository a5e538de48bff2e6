// Reading what a conversation comes to: what was proposed and not rejected, with the promises and disputes it became as they stand
// now.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readDispute } from '#disputes/read-disputes.ts';
import { actorNameOf, readActorNames } from '#identity/read-people.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { isDebit } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { readStandings } from '#promises/read-standings.ts';
import type * as contract from './contract-summary.ts';
import { namedIn } from './conversation.ts';
import type { Proposed } from './proposal.ts';
import { findConversation, findEntries, findMails, findSaid, type SaidRow } from './store.ts';
import { stateOf, topicOf } from './summary.ts';

type Summary = z.input<typeof contract.summarizeConversation.reply>;

/** Lines of one summary, the latest; nobody reads more at a glance. */
const LINES_MAX = 50;
/** Mails, the latest, in which documents are looked for. */
const MAILS_LOOKED_AT = 50;

/** What a conversation comes to. Refuses: `conversation_not_found`. */
export async function readSummary(tx: Tx, context: Context, conversationId: string): Promise<Summary> {
  const conversation = await findConversation(tx, conversationId);
  if (!conversation) throw new Refusal('conversation_not_found', { conversationId });
  const found = await findSaid(tx, conversationId, LINES_MAX + 1);
  const said = found.slice(0, LINES_MAX).toReversed();
  const outcomeOf = (row: SaidRow) =>
    (row.outcome ?? {}) as { readonly promiseId?: string; readonly disputeId?: string };
  const [promises, disputes, names, items] = await Promise.all([
    readPromises(
      tx,
      context,
      said.flatMap((row) => outcomeOf(row).promiseId ?? []),
    ),
    readDisputes(
      tx,
      context,
      said.flatMap((row) => outcomeOf(row).disputeId ?? []),
    ),
    readActorNames(
      tx,
      said.flatMap((row) => row.decided_by ?? []),
    ),
    conversation.customer_id ? readOpenItems(tx, conversation.customer_id) : [],
  ]);
  const lines = said.map((row) => {
    const promise = promises.get(outcomeOf(row).promiseId ?? '') ?? null;
    const dispute = disputes.get(outcomeOf(row).disputeId ?? '') ?? null;
    const decision = row.decision === null ? null : ('accepted' as const);
    const intent = row.intent as Proposed;
    return {
      topic: topicOf(intent),
      intent,
      state: stateOf(decision, { promise: promise?.state, dispute: dispute?.state }),
      by: row.sender,
      at: row.received_at.toString(),
      ...{ mailId: row.mail_id, proposalId: row.id, from: row.from_at, to: row.to_at, quote: row.quote },
      decidedBy: row.decided_by ? actorNameOf(names, row.decided_by) : null,
      decidedAt: row.decided_at?.toString() ?? null,
      promise,
      dispute,
    };
  });
  const named = await readNamed(tx, conversationId, items.filter(isDebit));
  return {
    lines,
    hasMore: found.length > LINES_MAX,
    items: named
      .toSorted(
        (a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn) || (a.reference < b.reference ? -1 : 1),
      )
      .map((item) => ({
        itemId: item.id,
        documentId: item.documentId,
        reference: item.reference,
        dueOn: item.dueOn.toString(),
        open: shownMoney(item.open),
      })),
    waitingSince: conversation.waiting_since?.toString() ?? null,
  };
}

/** Of some open items those that the latest mails of a conversation name. */
async function readNamed<Item extends { readonly id: string; readonly reference: string }>(
  tx: Tx,
  conversationId: string,
  items: readonly Item[],
): Promise<readonly Item[]> {
  if (items.length === 0) return [];
  const entries = await findEntries(tx, conversationId, { limit: MAILS_LOOKED_AT });
  const mails = await findMails(
    tx,
    entries.filter(({ kind }) => kind === 'mail').map(({ id }) => id),
  );
  const named = new Set(mails.flatMap((mail) => namedIn(mail, items)).map(({ id }) => id));
  return items.filter(({ id }) => named.has(id));
}

async function readPromises(tx: Tx, { today }: Context, ids: readonly string[]) {
  if (ids.length === 0) return new Map();
  const found = await readStandings(tx, { ids, limit: ids.length }, today);
  return new Map(
    found.map(({ row, standing }) => {
      const amount = (minor: bigint) => shownMoney(money(minor, row.currency));
      const shown = {
        promiseId: row.id,
        state: standing.state,
        amount: amount(standing.promised),
        kept: amount(standing.kept),
        next: standing.next?.toString() ?? null,
      };
      return [row.id as string, shown] as const;
    }),
  );
}

async function readDisputes(tx: Tx, context: Context, ids: readonly string[]) {
  const found = await Promise.all(ids.map((id) => readDispute(tx, context, id)));
  return new Map(
    found.map(
      ({ disputeId, number, state, amounts: { open } }) =>
        [disputeId, { disputeId, number, state, open }] as const,
    ),
  );
}
