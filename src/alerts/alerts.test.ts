import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { carryOut } from '#command/command.ts';
import { addComment } from '#comments/add-comment.ts';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { placeHold } from '#holds/place-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { takePromise } from '#promises/take-promise.ts';
import { keepSigningCertificate, removeSigningCertificate } from '#signing/change-certificate.ts';
import { openPkcs12 } from '#signing/open-pkcs12.ts';
import { addTask } from '#tasks/add-task.ts';
import { assignTasks } from '#tasks/change-tasks.ts';
import { readTasks } from '#tasks/read-tasks.ts';
import { refreshTasks } from '#tasks/refresh-tasks.ts';
import { assignAccounts } from '#worklist/assign-accounts.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aPerson, leaves } from '../../test/support/people.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { aReader, remindOn } from '../../test/support/reminders.ts';
import { RSA_FILE } from '../../test/support/signing-files.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { changeAlerts } from './change-alerts.ts';
import { readAlertSetting } from './read-alerts.ts';
import { sendAlerts } from './send-alerts.ts';
import { type TakenAlerts, takeAlerts } from './take-alerts.ts';

const day = parseDate;

/** A company with a collector and a controller; it is Monday, 2 March 2026, at noon. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { name: 'Large' });
  const colin = await aPerson(tenant, 'collector', 'Colin');
  const carl = await aPerson(tenant, 'controller', 'Carl');
  const asks = (title: string, userId: string | null, isUrgent = false) =>
    carryOut(tenant.door, carl.now(), addTask, { title, dueOn: day('2026-03-03'), userId, isUrgent });
  /** Mails that leave now, as who gets them and what they are about. */
  const mails = async (fails: (to: string) => boolean = () => false) => {
    const seen: { to: string; subject: string; text: string }[] = [];
    const tools = {
      ...toolsOf(tenant),
      log: { error: () => {}, warn: () => {}, info: () => {} },
      post: {
        from: 'quittance@nordlicht.example',
        baseUrl: undefined,
        send: async (envelope: { readonly to: readonly string[] }, raw: Uint8Array) => {
          const to = nameOf(envelope.to[0] ?? '');
          if (fails(to)) return { kind: 'trouble', detail: 'busy' } as never;
          const text = Buffer.from(raw).toString();
          seen.push({ to, subject: /^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? '', text });
          return { kind: 'accepted' } as never;
        },
      },
    };
    await sendAlerts(tools as never, tenant.tenantId);
    return seen;
  };
  const nameOf = (to: string): string =>
    [colin, carl].find(({ userId }) => to.startsWith(userId))?.name ?? to;
  return { tenant, companyId, customerId, colin, carl, asks, mails };
}

const told = (mails: readonly { readonly to: string; readonly subject: string }[]) =>
  mails.map(({ to, subject }) => `${to}: ${subject}`).sort();

test('tasks are told once: to whoever has them, and those that nobody has to those above; one’s own are no news', async () => {
  const { carl, asks, mails } = await setting();
  await asks('Prepare the meeting', carl.userId);
  await asks('Whoever has time', null);
  assert.deepEqual(told(await mails()), ['Carl: 1 task that nobody has']);
  assert.deepEqual(await mails(), []);
});

test('a task that is given is told with the mail of the day, an urgent one at once', async () => {
  const { tenant, colin, carl, asks, mails } = await setting();
  await carryOut(tenant.door, colin.now(), changeAlerts, { hour: 14, off: [] });
  await carryOut(tenant.door, carl.now(), changeAlerts, { hour: 23, off: [] });
  await asks('Ask for the address', colin.userId);
  assert.deepEqual(await mails(), [], 'their hour has not come');
  await asks('Call at once', colin.userId, true);
  const [mail] = await mails();
  assert.deepEqual([mail?.to, mail?.subject], ['Colin', '1 new task']);
  assert.match(mail?.text ?? '', /Call at once/);
  await carryOut(tenant.door, colin.now(), changeAlerts, { hour: 9, off: [] });
  assert.deepEqual(told(await mails()), ['Colin: 1 new task']);
  await asks('Another', colin.userId);
  assert.deepEqual(await mails(), [], 'one a day');
  tenant.on('2026-03-03');
  assert.deepEqual(told(await mails()), ['Colin: 1 new task']);
});

test('however much waits for the hour of one, another is told what is theirs', async () => {
  const { tenant, colin, carl, asks, mails } = await setting();
  await carryOut(tenant.door, carl.now(), changeAlerts, { hour: 23, off: [] });
  await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`insert into task (tenant_id, id, kind, cause, seen, is_urgent, minutes, due_at, escalate_at, made_by,
        recorded_at, state, assigned_how)
      select ${tenant.tenantId}::uuid, gen_random_uuid(), 'bounce', n::text, '{}', false, 5, at, at, 'system', at, 'open', 'nobody'
      from generate_series(1, 5001) n, (select ${tenant.clock()}::timestamptz as at) now`),
  );
  await asks('Ask for the address', colin.userId);
  assert.deepEqual(told(await mails()), ['Colin: 1 new task']);
});

test('a task that was not done in time is told to whoever has it and to those above', async () => {
  const { tenant, colin, asks, mails } = await setting();
  await asks('Ask for the address', colin.userId);
  assert.deepEqual(told(await mails()), ['Colin: 1 new task']);
  tenant.on('2026-03-06');
  await refreshTasks(tenant.door, tenant.as('owner'));
  assert.deepEqual(told(await mails()), ['Carl: 1 escalated task', 'Colin: 1 escalated task']);
  assert.deepEqual(await mails(), []);
});

test('due dates are told to owners of accounts, of accounts that are nobody’s or of somebody who left to those above', async () => {
  const { tenant, companyId, customerId, colin, mails } = await setting();
  const other = await aCustomer(tenant, { name: 'Small' });
  for (const [customer, dueOn] of [
    [customerId, '2026-03-02'],
    [customerId, '2026-03-01'],
    [other, '2026-03-02'],
  ] as const)
    await anInvoice(tenant, {
      companyId,
      customerId: customer,
      minor: 100_00n,
      issuedOn: '2026-01-10',
      dueOn,
    });
  await tenant.act('owner', assignAccounts, {
    accounts: [{ companyId, customerId }],
    userId: colin.userId,
    isProtected: false,
  });
  const seen = await mails();
  assert.deepEqual(told(seen), ['Carl: 1 due date', 'Colin: 2 due dates']);
  assert.match(seen.find(({ to }) => to === 'Colin')?.text ?? '', /1 invoice falls due today: 100.00 EUR/);
  await leaves(tenant, colin);
  tenant.on('2026-03-03');
  const next = await mails();
  assert.deepEqual(told(next), ['Carl: 1 due date']);
  assert.match(next[0]?.text ?? '', /2 invoices are overdue since 2026-03-02: 200.00 EUR/);
});

test('of due dates nothing is told that nobody asks for: what is on hold, in dispute or promised for later', async () => {
  const { tenant, companyId, customerId, mails } = await setting();
  const owing = (minor: bigint) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn: '2026-01-10', dueOn: '2026-03-02' });
  const [held, disputed, promised] = [await owing(11_00n), await owing(100_00n), await owing(12_00n)];
  await owing(200_00n);
  await tenant.act('collector', placeHold, {
    customerId,
    itemId: held.itemId,
    reason: 'in_talks',
    until: day('2026-03-10'),
  });
  await tenant.act('collector', openDispute, {
    items: [{ itemId: disputed.itemId, amount: { minor: 40_00n, currency: 'EUR' } }],
    reason: 'pricing',
  });
  await tenant.act('collector', takePromise, {
    items: [{ itemId: promised.itemId, on: day('2026-03-06') }],
    way: 'phone',
  });
  const [mail] = await mails();
  assert.match(mail?.text ?? '', /2 invoices fall due today: 260.00 EUR/);
});

test('a reminder that should not have been sent is told to those above at once', async () => {
  const { tenant, companyId, carl, mails } = await setting();
  await carryOut(tenant.door, carl.now(), changeAlerts, { hour: 23, off: ['due'] });
  const customerId = await aReader(tenant, { name: 'Reader', email: 'ann@customer.example' });
  await anInvoice(tenant, { companyId, customerId, minor: 100_00n, dueOn: '2026-02-23' });
  await remindOn(tenant, '2026-03-02');
  const [message] = await messagesOf(tenant);
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    await tx.run(sql`insert into breach (tenant_id, id, message_id, subject_id, kind, was_knowable, seen, handed_over_at, recorded_at)
      values (${tenant.tenantId}, ${newId()}, ${message?.id}, ${message?.id}, 'paid', true, '{}', ${tenant.clock()},
        ${tenant.clock()})`);
  });
  const [mail] = await mails();
  assert.deepEqual([mail?.to, mail?.subject], ['Carl', '1 wrong reminder']);
  assert.match(mail?.text ?? '', /Reader: paid/);
  assert.deepEqual(await mails(), []);
});

test('what somebody does not want is not told, also not what is old once they want it', async () => {
  const { tenant, carl, asks, mails } = await setting();
  await carryOut(tenant.door, carl.now(), changeAlerts, { hour: 7, off: ['task_nobodys'] });
  await asks('Whoever has time', null);
  assert.deepEqual(await mails(), []);
  await carryOut(tenant.door, carl.now(), changeAlerts, { hour: 7, off: [] });
  tenant.on('2026-03-03');
  assert.deepEqual(await mails(), []);
  const key = { ...carl.now(), actor: { kind: 'api_key', id: newId(), name: 'Shop' } as const };
  await refusesWithoutTrace(tenant, 'alerts_of_nobody', () =>
    carryOut(tenant.door, key, changeAlerts, { hour: 7, off: [] }),
  );
});

test('what surely did not leave is told the next time, all of it', async () => {
  const { colin, asks, mails } = await setting();
  await asks('Ask for the address', colin.userId);
  assert.deepEqual(await mails((to) => to === 'Colin'), []);
  assert.deepEqual(told(await mails()), ['Colin: 1 new task']);
});

test('workers that look in the same moment tell everything once', async () => {
  const { tenant, colin, asks } = await setting();
  await asks('Ask for the address', colin.userId);
  const taken: TakenAlerts[] = [];
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, () => async () => {
      taken.push(...(await tenant.act('owner', takeAlerts, {})).taken);
    }),
  );
  assert.deepEqual([won, taken.length], [RACERS, 1]);
});

test('given away and back, a task is told to the other', async () => {
  const { tenant, colin, carl, asks, mails } = await setting();
  await asks('Prepare the meeting', carl.userId);
  assert.deepEqual(await mails(), []);
  const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readTasks(tx, tenant.as('collector'), { show: 'team', limit: 10 }),
  );
  const taskIds = rows.map(({ taskId }) => taskId);
  tenant.on('2026-03-03');
  await carryOut(tenant.door, carl.now(), assignTasks, { taskIds, userId: colin.userId });
  assert.deepEqual(told(await mails()), ['Colin: 1 new task']);
});

test('who collects sees how they are told; who only reads is told nothing', async () => {
  const { tenant, colin } = await setting();
  await carryOut(tenant.door, colin.now(), changeAlerts, { hour: 9, off: ['due'] });
  const of = (context: Parameters<typeof readAlertSetting>[1]) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readAlertSetting(tx, context));
  assert.deepEqual(await of(colin.now()), { hour: 9, off: ['due'], isTold: true });
  assert.deepEqual(await of(tenant.as('viewer')), { hour: 7, off: [], isTold: false });
});

test('whoever is mentioned in a comment is told at once, once, whatever their role; who wrote it is not', async () => {
  const { tenant, customerId, colin, carl, mails } = await setting();
  const vera = await aPerson(tenant, 'commenter', 'Vera');
  const say = (by: typeof colin, mentions: readonly string[]) =>
    carryOut(tenant.door, by.now(), addComment, {
      kind: 'customer',
      subjectId: customerId,
      words: 'They merge\nin May',
      mentions,
    });
  await say(vera, [colin.userId, vera.userId]);
  const [mail, ...more] = await mails();
  assert.deepEqual([mail?.to, mail?.subject, more], ['Colin', '1 comment that mentions you', []]);
  assert.match(mail?.text ?? '', /Vera: /);
  assert.deepEqual(await mails(), []);
  await say(carl, [vera.userId]);
  const [other] = await mails();
  assert.ok(other?.to.startsWith(vera.userId));
});

test('that a certificate ends is told once at each step, to those who keep the settings', async () => {
  const { tenant, companyId, carl, mails } = await setting();
  tenant.on('2027-03-02');
  const { certificate } = await openPkcs12(RSA_FILE, 'right', tenant.clock());
  const keeps = () =>
    tenant.act('owner', keepSigningCertificate, {
      companyId,
      certificate: Buffer.from(certificate).toString('base64'),
      chain: '',
      sealedKey: Buffer.from('sealed').toString('base64'),
      signsInvoices: false,
    });
  await keeps();
  const on = async (date: string) => {
    tenant.on(date);
    return told(await mails());
  };
  // It is valid until 5 November 2126.
  const ending = ['Carl: 1 certificate that ends'];
  assert.deepEqual(await on('2126-10-05'), [], 'a day early');
  assert.deepEqual(await on('2126-10-06'), ending);
  assert.deepEqual(await on('2126-10-07'), []);
  assert.deepEqual(await on('2126-10-29'), ending);
  assert.deepEqual(await on('2126-11-04'), []);
  await carryOut(tenant.door, carl.now(), changeAlerts, { hour: 23, off: [] });
  assert.deepEqual(await on('2126-11-06'), ending, 'it is over: at once');
  assert.deepEqual(await on('2126-11-07'), []);
});

test('of a certificate that was taken away nothing is told', async () => {
  const { tenant, companyId, mails } = await setting();
  tenant.on('2127-03-02');
  const { certificate } = await openPkcs12(RSA_FILE, 'right', Temporal.Instant.from('2027-03-02T12:00:00Z'));
  await tenant.act('owner', keepSigningCertificate, {
    companyId,
    certificate: Buffer.from(certificate).toString('base64'),
    chain: '',
    sealedKey: Buffer.from('sealed').toString('base64'),
    signsInvoices: false,
  });
  await tenant.act('owner', removeSigningCertificate, { companyId });
  assert.deepEqual(told(await mails()), []);
});
