// Where an SMS service tells what became of a notice, and what was answered to it: no sign-in, but signed with the token of our account over the address it was
// sent to and all its fields. What is not signed is not read.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tenantTag } from '#carriers/make-return-address.ts';
import { isSignedCallback, readSmsAnswer, readSmsStatus, severityOfSms } from '#carriers/send-sms.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';
import { findTenantByTag } from './find-tenant.ts';
import { isOptOut } from './opt-out-word.ts';
import { recordCarrierNews } from './record-carrier-news.ts';
import { recordSmsStop } from './record-sms-stop.ts';
import type { ViewTools } from './serve-view.ts';
import { findByCarrierReference } from './store-carriers.ts';

/** The SMS account whose callbacks are believed, and where the server is reached from outside. */
export type CallbackAccount = { readonly token: string; readonly publicUrl: string };

/** Where the service tells what became of the notices of a tenant. */
export function smsCallbackUrl(publicUrl: string, tenantId: TenantId): string {
  return `${publicUrl.replace(/\/+$/, '')}/callbacks/sms/${tenantTag(tenantId)}`;
}

const BODY_BYTES_MAX = 20_000;

/** Serves `/callbacks/sms/…` where an SMS service is set up; without one there is no such address. */
export function serveCallbacks(
  app: FastifyInstance,
  tools: ViewTools,
  account: CallbackAccount | undefined,
): void {
  if (account === undefined) return;
  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post('/callbacks/sms/:tag', (request, reply) => take(tools, account, request, reply));
  });
}

async function take(
  tools: ViewTools,
  account: CallbackAccount,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { tag } = request.params as { readonly tag: string };
  const fields = (request.body ?? {}) as Readonly<Record<string, string>>;
  const tenantId = await findTenantByTag(tools.door.pool, tag);
  const signature = request.headers['x-twilio-signature'];
  // The address as it is known outside, not as a proxy passed it on; nothing may be added to it.
  const isSigned =
    tenantId !== undefined &&
    typeof signature === 'string' &&
    isSignedCallback(account.token, smsCallbackUrl(account.publicUrl, tenantId), fields, signature);
  if (!isSigned) return reply.code(403).send();
  const answer = readSmsAnswer(fields);
  if (answer && isOptOut(answer.text)) {
    const commandId = uuidFrom(`sms-stop\n${tenantId}\n${answer.reference}`) as CommandId;
    const context = await tools.contextOf(tenantId);
    await carryOut(tools.door, context, recordSmsStop, { number: answer.number }, { commandId });
    return reply.code(204).send();
  }
  const status = readSmsStatus(fields);
  if (!status) return reply.code(204).send();
  const messageId = await inTenant(tools.door.pool, tenantId, (tx) =>
    findByCarrierReference(tx, 'sms_service', status.reference),
  );
  // It may be told before the answer to the handing over was noted: later, please.
  if (!messageId) return reply.code(503).header('retry-after', '5').send();
  const step = status.outcome;
  const commandId = uuidFrom(`sms\n${tenantId}\n${status.reference}\n${step}\n${status.detail}`) as CommandId;
  const input = { messageId, step, detail: status.detail, severity: severityOfSms(fields.ErrorCode) };
  await carryOut(tools.door, await tools.contextOf(tenantId), recordCarrierNews, input, { commandId });
  return reply.code(204).send();
}
