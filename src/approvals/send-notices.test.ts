import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeSmtp, openSmtp, type Smtp, sendMail } from '#carriers/send-mail.ts';
import { act, anOffice, ask, decide } from '../../test/support/approvals.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { RACERS, race } from '../../test/support/race.ts';
import type { TestTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { sendNotices } from './send-notices.ts';
import type { StaffPost } from './send-staff-mail.ts';
import { changeNotices } from './take-notices.ts';

let server: MailServer;
let smtp: Smtp;

before(async () => {
  server = await startMailServer();
  smtp = openSmtp(server.url, { connectMsMax: 2_000, answerMsMax: 2_000 });
});
after(async () => {
  closeSmtp(smtp);
  await server.close();
});

function toolsFor(tenant: TestTenant, send?: StaffPost['send']) {
  const post: StaffPost = {
    from: 'quittance@nordlicht.example',
    baseUrl: 'https://q.example',
    send: send ?? ((envelope, raw) => sendMail(smtp, envelope, raw)),
  };
  const log = { error: () => {}, warn: () => {}, info: () => {} };
  return { ...toolsOf(tenant), log, dataDir: '', post, registry: APPROVABLES };
}

/** An office where the collector asks to write off two invoices of 900.00. */
async function anAskingOffice() {
  const office = await anOffice();
  const { tenant, colin } = office;
  const companyId = await aCompany(tenant);
  const requests = [];
  for (let n = 0; n < 2; n += 1) {
    const { itemId } = await anInvoice(tenant, { companyId, minor: 900_00n });
    const body = { kind: 'bad_debt', reason: 'x', items: [{ itemId }] };
    requests.push(await ask(tenant, colin.now(), { operation: 'write-off-items', body }));
  }
  return { ...office, requests };
}

const readers = (mails: readonly { readonly to: readonly string[] }[]) =>
  mails.flatMap((mail) => mail.to).sort();

test('each who can decide gets one mail about all that is new, and nothing twice', async () => {
  const { tenant, olga, carl, cora, colin } = await anAskingOffice();
  const seen: { to: readonly string[]; text: string }[] = [];
  const tools = toolsFor(tenant, async (envelope, raw) => {
    seen.push({ to: envelope.to, text: Buffer.from(raw).toString() });
    return sendMail(smtp, envelope, raw);
  });
  await act(tenant, cora.now(), changeNotices, { mode: 'off' });
  await act(tenant, carl.now(), changeNotices, { mode: 'daily' });

  assert.equal(await sendNotices(tools, tenant.tenantId, false), 1);
  assert.deepEqual(readers(seen), [`${olga.userId}@people.example`]);
  assert.match(seen[0]?.text ?? '', /Subject: 2 decisions wait for you/);
  assert.match(seen[0]?.text ?? '', new RegExp(`https://q.example/${tenant.slug}/approvals/`));
  assert.equal(await sendNotices(tools, tenant.tenantId, false), 0);

  assert.equal(await sendNotices(tools, tenant.tenantId, true), 1);
  assert.deepEqual(seen.at(-1)?.to, [`${carl.userId}@people.example`]);

  tenant.on('2026-01-29');
  seen.length = 0;
  await sendNotices(tools, tenant.tenantId, false);
  assert.deepEqual(
    readers(seen),
    [carl, colin, olga].map((person) => `${person.userId}@people.example`).sort(),
    'before they lapse those who can decide are told again, and who asked',
  );
  seen.length = 0;
  await sendNotices(tools, tenant.tenantId, true);
  assert.deepEqual(seen, []);
});

test('who decided is told nothing more; a request decided is told to nobody', async () => {
  const { tenant, olga, requests } = await anAskingOffice();
  for (const request of requests) await decide(tenant, olga.now(), request);
  assert.equal(await sendNotices(toolsFor(tenant), tenant.tenantId, false), 0);
});

test('what the mail server surely did not take is told the next time; in doubt it is not told twice', async () => {
  const { tenant, carl, cora } = await anAskingOffice();
  for (const person of [carl, cora]) await act(tenant, person.now(), changeNotices, { mode: 'off' });
  const trouble = toolsFor(tenant, async () => ({ kind: 'trouble', code: 451, text: 'later' }));
  assert.equal(await sendNotices(trouble, tenant.tenantId, false), 0);
  const unknown = toolsFor(tenant, async () => ({ kind: 'unknown', text: 'cut off' }));
  assert.equal(await sendNotices(unknown, tenant.tenantId, false), 0);
  assert.equal(await sendNotices(toolsFor(tenant), tenant.tenantId, false), 0);
});

test('two workers at the same moment tell it once', async () => {
  const { tenant, carl, cora } = await anAskingOffice();
  for (const person of [carl, cora]) await act(tenant, person.now(), changeNotices, { mode: 'off' });
  const left: number[] = [];
  const send = async () => left.push(await sendNotices(toolsFor(tenant), tenant.tenantId, false));
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, () => send),
  );
  assert.equal(won, RACERS, 'who comes second finds nothing to tell, and does not fail');
  assert.deepEqual(left.toSorted(), [0, 0, 0, 0, 0, 0, 0, 1]);
});

test('one mail that fails unexpectedly keeps nobody else from being told, and is not told again', async () => {
  const { tenant, olga, carl, cora } = await anAskingOffice();
  const seen: string[] = [];
  const post = (fails: boolean): StaffPost['send'] => {
    return async (envelope) => {
      if (fails && seen.push(...envelope.to) === 1) throw new Error('a defect');
      return { kind: 'accepted', detail: '' } as never;
    };
  };
  await assert.rejects(sendNotices(toolsFor(tenant, post(true)), tenant.tenantId, false), /failed/);
  assert.deepEqual(
    seen.toSorted(),
    [olga, carl, cora].map((one) => `${one.userId}@people.example`).toSorted(),
  );
  assert.equal(await sendNotices(toolsFor(tenant, post(false)), tenant.tenantId, false), 0);
});
