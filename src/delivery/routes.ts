// The outbox over HTTP.

import { type Command, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { Operation } from '#http/contract.ts';
import { type Call, type Route, route } from '#http/route.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, MessageId, UserId } from '#kernel/id.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import * as contract from './contract.ts';
import {
  type DecideMessage,
  dropMessage,
  type MessageDecided,
  markMessageSent,
  resendMessage,
} from './decide-message.ts';
import { describeMessages, readAttachment, readMessage, readRaw } from './read-message.ts';
import { readServices, readTrial } from './read-services.ts';
import { endViewLink } from './record-view.ts';
import { fateRoutes } from './routes-fate.ts';
import { countUnfinished, findMessages } from './store.ts';

export { batchRoutes } from './routes-fate.ts';

/** Reads for the one who asks, from one snapshot. */
function reading<O extends Operation, T>(call: Call<O>, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { tenantId, actor } = call.context;
  const userId = actor.kind === 'user' ? (actor.id as UserId) : undefined;
  return inTenant(call.door.pool, tenantId, work, { snapshot: true, userId });
}

async function list(call: Call<typeof contract.listMessages>) {
  const { limit, after, customerId, companyId, ...filter } = call.query;
  const from = readCursor<readonly [Temporal.PlainDate, MessageId]>(after, [
    parseDate,
    (text) => text as MessageId,
  ]);
  return reading(call, async (tx) => {
    const found = await findMessages(
      tx,
      {
        ...filter,
        customerId: customerId as CustomerId | undefined,
        companyId: companyId as CompanyId | undefined,
      },
      { after: from, limit: limit + 1 },
    );
    const page = pageOfRows(found, limit, (last) => [last.runOn, last.id]);
    return { rows: await describeMessages(tx, page.rows), next: page.next };
  });
}

async function count(call: Call<typeof contract.countMessages>) {
  const { now } = call.context;
  const counts = await reading(call, (tx) => countUnfinished(tx, now));
  return {
    queued: counts.get('queued') ?? 0,
    later: counts.get('later') ?? 0,
    sending: counts.get('sending') ?? 0,
    refused: counts.get('refused') ?? 0,
    failed: counts.get('failed') ?? 0,
    unknown: counts.get('unknown') ?? 0,
  };
}

async function downloadFile(call: Call<typeof contract.downloadAttachment>) {
  const { messageId, attachmentNo } = call.params;
  const file = await reading(call, (tx) => readAttachment(tx, messageId as MessageId, attachmentNo));
  const inline = file.contentType === 'application/pdf';
  return { fileName: file.fileName, contentType: file.contentType, body: file.content, inline };
}

async function downloadRaw(call: Call<typeof contract.downloadMessage>) {
  const messageId = call.params.messageId as MessageId;
  const body = await reading(call, (tx) => readRaw(tx, messageId));
  return { fileName: `${messageId}.eml`, contentType: 'message/rfc822', body };
}

/** Carries out a person's decision about a message. */
function deciding<O extends Operation>(command: Command<DecideMessage, MessageDecided>) {
  return (call: Call<O>): Promise<MessageDecided> => {
    const { messageId } = call.params as { readonly messageId: string };
    const { reason } = call.body as { readonly reason?: string | undefined };
    return carryOut(
      call.door,
      call.context,
      command,
      { messageId: messageId as MessageId, reason },
      { commandId: call.commandId, rehearse: call.rehearse },
    );
  };
}

/** All routes of delivery. */
export const routes: readonly Route[] = [
  route(contract.listMessages, list),
  route(contract.countMessages, count),
  route(contract.getMessage, (call) =>
    reading(call, (tx) => readMessage(tx, call.params.messageId as MessageId)),
  ),
  route(contract.downloadMessage, downloadRaw),
  route(contract.downloadAttachment, downloadFile),
  route(contract.resendMessage, deciding(resendMessage)),
  route(contract.markMessageSent, deciding(markMessageSent)),
  route(contract.dropMessage, deciding(dropMessage)),
  route(contract.endViewLink, ({ door, context, params, commandId, rehearse }) =>
    carryOut(
      door,
      context,
      endViewLink,
      { messageId: params.messageId as MessageId },
      { commandId, rehearse },
    ),
  ),
  ...fateRoutes,
  route(contract.readDeliveryServices, (call) =>
    reading(call, async (tx) => ({ rows: await readServices(tx, process.env) })),
  ),
  route(contract.tryDeliveryService, ({ params }) => readTrial(process.env, params.service)),
];
