// The page by the link in reminders and statements, for whoever has it: no sign-in, no app. GET changes nothing; POST stops, or leaves
// another address for a person. Mail programs post without asking anybody (RFC 8058). What does not work looks the same to all.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { assert, present } from '#kernel/assert.ts';
import { dayIn } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { findTenantByTag } from './find-tenant.ts';
import type { StopNotice, StoppablePurpose } from './link-words.ts';
import type { Message } from './message.ts';
import { recordOptOut, recordRedirect } from './record-stop.ts';
import type { ViewTools } from './serve-view.ts';
import { isStopLinkOpen, readersOf, type StopMeans } from './stop-link.ts';
import { stopPage } from './stop-page.ts';
import { findMessage } from './store.ts';
import { findStoppable, findStoppedSince } from './store-stop.ts';
import { readViewKey } from './view-link.ts';
import { askedLanguage, viewGonePage } from './view-page.ts';

const BODY_BYTES_MAX = 4_000;

/** Serves `/stop/…`: the page of a link, and what its buttons and mail programs post. */
export function serveStops(app: FastifyInstance, tools: ViewTools): void {
  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    // Some mail programs post the one click in parts (RFC 8058, 3.2): the field is looked for as text, no part is a file.
    scope.removeContentTypeParser('multipart/form-data');
    scope.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
      (_request, body, done) => done(null, oneClickIn(String(body))),
    );
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      reply.header('x-robots-tag', 'noindex');
      reply.header('referrer-policy', 'no-referrer');
    });
    scope.get('/stop/:key', async (request, reply) => {
      const found = await find(tools, request);
      return found ? show(tools, reply, found) : gone(request, reply);
    });
    scope.post('/stop/:key', (request, reply) => stop(tools, request, reply));
    scope.post('/stop/:key/redirects', (request, reply) => redirect(tools, request, reply));
  });
}

const ONE_CLICK_PART = /name="?List-Unsubscribe"?\r?\n(?:[^\r\n]+\r?\n)*\r?\nOne-Click\r?\n/i;

function oneClickIn(body: string): Fields {
  return ONE_CLICK_PART.test(body) ? { 'List-Unsubscribe': 'One-Click' } : {};
}

type Fields = Readonly<Record<string, string | undefined>>;

type Found = { readonly tenantId: TenantId; readonly key: string; readonly message: Message };

/** The message a link leads to, in the tenant whose mark it has; nothing where it does not work. */
async function find(tools: ViewTools, request: FastifyRequest): Promise<Found | undefined> {
  const { key: text } = request.params as { readonly key: string };
  const key = readViewKey(text);
  const tenantId = key && (await findTenantByTag(tools.door.pool, key.tag));
  if (!key || !tenantId) return undefined;
  return inTenant(tools.door.pool, tenantId, async (tx) => {
    const messageId = await findStoppable(tx, key.token);
    const message = messageId && (await findMessage(tx, messageId));
    return message && isStopLinkOpen(message) ? { tenantId, key: text, message } : undefined;
  });
}

/** Which reader is meant: the one named by its number on the page; by one click, the only one. */
function readerMeant(message: Message, fields: Fields, isOneClick: boolean): string | undefined {
  const readers = readersOf(message);
  if (isOneClick) return readers.length === 1 ? readers[0] : undefined;
  return /^[1-9]\d?$/.test(fields.reader ?? '') ? readers[Number(fields.reader) - 1] : undefined;
}

async function stop(tools: ViewTools, request: FastifyRequest, reply: FastifyReply) {
  const found = await find(tools, request);
  if (!found) return gone(request, reply);
  const fields = (request.body ?? {}) as Fields;
  const isOneClick = fields['List-Unsubscribe'] === 'One-Click';
  const address = readerMeant(found.message, fields, isOneClick);
  if (address === undefined) return show(tools, reply.code(400), found);
  const means: StopMeans = isOneClick ? 'one_click' : 'page';
  const context = await tools.contextOf(found.tenantId);
  await carryOut(tools.door, context, recordOptOut, { messageId: found.message.id, address, means });
  return show(tools, reply, found, 'stopped');
}

async function redirect(tools: ViewTools, request: FastifyRequest, reply: FastifyReply) {
  const found = await find(tools, request);
  if (!found) return gone(request, reply);
  const fields = (request.body ?? {}) as Fields;
  const address = readerMeant(found.message, fields, false);
  if (address === undefined) return show(tools, reply.code(400), found);
  const input = { messageId: found.message.id, address, to: (fields.to ?? '').trim() };
  const context = await tools.contextOf(found.tenantId);
  try {
    const { isNoted } = await carryOut(tools.door, context, recordRedirect, input);
    return await show(tools, reply, found, isNoted ? 'noted' : 'noted_before');
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'delivery_address_not_valid') throw error;
    return show(tools, reply.code(400), found, 'address_not_valid');
  }
}

async function show(
  tools: ViewTools,
  reply: FastifyReply,
  { tenantId, key, message }: Found,
  notice?: StopNotice,
) {
  const { purpose } = message;
  assert(purpose === 'reminder' || purpose === 'statement', 'only these can be stopped', { purpose });
  const html = await inTenant(tools.door.pool, tenantId, async (tx) => {
    const company = await takeCompany(tx, message.companyId);
    const language = chooseDocumentLanguage([message.language, company.language]);
    const readers = await Promise.all(
      readersOf(message).map(async (address) => {
        const since = await findStoppedSince(tx, address, purpose);
        const day = since && dayIn(company.timeZone, since);
        return { address, stoppedOn: day?.toLocaleString(language, { dateStyle: 'long' }) };
      }),
    );
    const about = { language, companyName: company.name, purpose: purpose as StoppablePurpose };
    return stopPage({ ...about, readers, action: `/stop/${key}`, notice });
  });
  return reply.type('text/html; charset=utf-8').send(present(html, 'a page was written'));
}

function gone(request: FastifyRequest, reply: FastifyReply) {
  return reply
    .code(404)
    .type('text/html; charset=utf-8')
    .send(viewGonePage(askedLanguage(request.headers['accept-language'])));
}
