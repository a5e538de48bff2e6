// Pages by the link in a mail, for whoever has it: no sign-in, no app. A look at the page reads; only taking a file, by its button,
// is noted. Whatever does not work looks the same to those who ask.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { dayIn } from '#kernel/calendar.ts';
import type { MessageId, TenantId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { findTenantByTag } from './find-tenant.ts';
import type { Message } from './message.ts';
import { readFiles } from './read-message.ts';
import { recordView } from './record-view.ts';
import { findMessage } from './store.ts';
import { findSetting } from './store-channels.ts';
import { findView, findViewed } from './store-view.ts';
import { judgeView, readViewKey, viewUntil } from './view-link.ts';
import { askedLanguage, viewGonePage, viewPage } from './view-page.ts';

/** What serving the pages needs. */
export type ViewTools = {
  readonly door: Door;
  /** The system acting for a tenant, now. */
  contextOf(tenantId: TenantId): Promise<Context>;
};

/** Serves `/view/…`: the page of a link, and the files behind its buttons. */
export function serveViews(app: FastifyInstance, tools: ViewTools): void {
  app.register(async (scope) => {
    // What a button sends: a form without fields.
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1_000 },
      (_request, _body, done) => done(null, {}),
    );
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      reply.header('x-robots-tag', 'noindex');
      reply.header('referrer-policy', 'no-referrer');
    });
    scope.get('/view/:key', (request, reply) => showPage(tools, request, reply));
    scope.post('/view/:key/files/:fileNo', (request, reply) => giveFile(tools, request, reply));
  });
}

type Params = { readonly key: string; readonly fileNo?: string };

async function showPage(tools: ViewTools, request: FastifyRequest, reply: FastifyReply) {
  const { key } = request.params as Params;
  const html = await reading(tools, key, async (tx, { message, viewDays }) => {
    const [company, files] = await Promise.all([
      takeCompany(tx, message.companyId),
      readFiles(tx, message.id),
    ]);
    const language = chooseDocumentLanguage([message.language, company.language]);
    const until = dayIn(company.timeZone, viewUntil(message, viewDays));
    return viewPage({
      language,
      companyName: company.name,
      subject: present(message.subject, 'what was sent has a subject'),
      files: files.map(({ fileName, content }) => ({ fileName, bytes: content.length })),
      until: until.toLocaleString(language, { dateStyle: 'long' }),
      action: `/view/${key}/files`,
    });
  });
  return html === undefined ? gone(request, reply) : reply.type('text/html; charset=utf-8').send(html);
}

async function giveFile(tools: ViewTools, request: FastifyRequest, reply: FastifyReply) {
  const { key, fileNo = '' } = request.params as Params;
  const found = await reading(tools, key, async (tx, { message }) => {
    const file = (await readFiles(tx, message.id))[/^[1-9]\d?$/.test(fileNo) ? Number(fileNo) - 1 : -1];
    return file && { file, messageId: message.id, tenantId: tx.tenantId };
  });
  if (!found) return gone(request, reply);
  const { file, messageId, tenantId } = found;
  const input = { messageId, fileName: file.fileName };
  await carryOut(tools.door, await tools.contextOf(tenantId), recordView, input);
  reply.header('content-disposition', `attachment; filename="${file.fileName.replace(/[^\w.\- ]/g, '_')}"`);
  return reply.type(file.contentType).send(Buffer.from(file.content));
}

function gone(request: FastifyRequest, reply: FastifyReply) {
  return reply
    .code(404)
    .type('text/html; charset=utf-8')
    .send(viewGonePage(askedLanguage(request.headers['accept-language'])));
}

type Viewed = { readonly message: Message; readonly viewDays: number };

/** Reads what a link leads to, in the tenant whose mark it has; nothing where it does not work. */
async function reading<T>(
  tools: ViewTools,
  text: string,
  work: (tx: Tx, viewed: Viewed) => Promise<T>,
): Promise<T | undefined> {
  const key = readViewKey(text);
  const tenantId = key && (await findTenantByTag(tools.door.pool, key.tag));
  if (!key || !tenantId) return undefined;
  const { now } = await tools.contextOf(tenantId);
  return inTenant(
    tools.door.pool,
    tenantId,
    async (tx) => {
      const messageId: MessageId | undefined = await findViewed(tx, key.token);
      if (!messageId) return undefined;
      const [found, foundLink] = await Promise.all([findMessage(tx, messageId), findView(tx, messageId)]);
      const message = present(found, 'a link is of a message');
      const link = present(foundLink, 'a link that was found is there');
      const setting = await findSetting(tx, message.companyId);
      if (judgeView(link, { message, setting, now }) !== true || setting.viewDays === null) return undefined;
      return work(tx, { message, viewDays: setting.viewDays });
    },
    { snapshot: true },
  );
}
