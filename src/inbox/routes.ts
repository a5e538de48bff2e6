// HTTP of the inbox: contract to command or reading.

import { type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { listCompanies } from '#parties/take-party.ts';
import { receiveMailBytes } from '#remittances/receive-mail.ts';
import {
  addNote,
  assignConversation,
  endConversation,
  nameCustomer,
  reopenConversation,
  setBar,
} from './change-conversation.ts';
import * as contract from './contract.ts';
import * as replies from './contract-replies.ts';
import { acceptProposal, rejectProposal } from './decide-proposal.ts';
import { readDraft } from './read-draft.ts';
import { readBars, readConversation, readEntries, readList } from './read-inbox.ts';
import { readSummary } from './read-summary.ts';
import { putSnippet, sendReply } from './send-reply.ts';
import { findRemittanceOf } from './store-remittance.ts';

/**
 * Of a remittance: its mail is read into the list of remittances first, once. Nothing for other proposals.
 *
 * Refuses: `conversation_without_company`, what `receiveMailBytes` refuses.
 */
async function readRemittance(
  door: Door,
  context: Context,
  { proposalId, rehearse }: { readonly proposalId: string; readonly rehearse: boolean },
): Promise<string | undefined> {
  const found = await inTenant(door.pool, context.tenantId, async (tx) => {
    const mail = await findRemittanceOf(tx, proposalId);
    return mail && { mail, companies: await listCompanies(tx) };
  });
  if (!found) return undefined;
  const only = found.companies.length === 1 ? found.companies[0]?.id : undefined;
  const companyId = found.mail.company_id ?? only;
  if (!companyId) throw new Refusal('conversation_without_company');
  const { mailId } = await receiveMailBytes({ door, context }, found.mail.raw, companyId, { rehearse });
  return mailId;
}

export const routes: readonly Route[] = [
  route(contract.listConversations, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readList(tx, context, query)),
  ),
  route(contract.readConversation, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readConversation(tx, context, params.conversationId)),
  ),
  route(contract.summarizeConversation, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readSummary(tx, context, params.conversationId)),
  ),
  route(contract.listConversationEntries, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) => readEntries(tx, context, { ...params, ...query })),
  ),
  route(contract.assignConversation, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, assignConversation, { ...params, ...body }, { commandId, rehearse }),
  ),
  route(contract.nameCustomer, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, nameCustomer, { ...params, ...body }, { commandId, rehearse }),
  ),
  route(contract.endConversation, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, endConversation, { ...params, ...body }, { commandId, rehearse }),
  ),
  route(contract.reopenConversation, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, reopenConversation, params, { commandId, rehearse }),
  ),
  route(contract.addNote, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, addNote, { ...params, ...body }, { commandId, rehearse }),
  ),
  route(contract.acceptProposal, async ({ door, context, params, body, commandId, rehearse }) => {
    const remittanceMailId = await readRemittance(door, context, { ...params, rehearse });
    const input = { ...params, ...body, ...(remittanceMailId ? { remittanceMailId } : {}) };
    return carryOut(door, context, acceptProposal, input, { commandId, rehearse });
  }),
  route(contract.rejectProposal, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, rejectProposal, params, { commandId, rehearse }),
  ),
  route(replies.readReplyDraft, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readDraft(tx, context, params.conversationId)),
  ),
  route(replies.sendReply, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, sendReply, { ...params, ...body }, { commandId, rehearse }),
  ),
  route(replies.putSnippet, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, putSnippet, body, { commandId, rehearse }),
  ),
  route(contract.listBars, ({ door, context }) => readSnapshot(door, context, (tx) => readBars(tx, context))),
  route(contract.setBar, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, setBar, body, { commandId, rehearse }),
  ),
];
