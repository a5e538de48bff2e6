import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { takeInbound } from '#delivery/record-inbound.ts';
import type { Intent } from '#intents/intent.ts';
import { readSentence } from '#intents/proposals.ts';
import { sentencesOf } from '#intents/sentence.ts';
import { present } from '#kernel/assert.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { listPromises } from '#promises/contract.ts';
import { routes as promiseRoutes } from '#promises/routes.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { aReader, remindOn } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { setBar } from './change-conversation.ts';
import * as contract from './contract.ts';
import { inboxJobs } from './jobs.ts';
import { INBOX_QUEUE } from './queues.ts';
import { readModel } from './read-model.ts';
import { routes } from './routes.ts';

let counted = 0;

type Mail = {
  readonly from?: string;
  readonly subject?: string;
  readonly words?: string;
  readonly headers?: readonly string[];
  readonly id?: string;
};

/** A mail as it comes over the wire. */
function bytesOf({
  from = 'jana@buyer.example',
  subject = 'Your invoice',
  words = 'Hello',
  headers = [],
  id,
}: Mail) {
  counted += 1;
  const lines = [
    `From: <${from}>`,
    'To: <ar@creditor.example>',
    `Subject: ${subject}`,
    `Message-ID: <${id ?? `mail${counted}@buyer.example`}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...headers,
    '',
    words,
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** A customer that owes 1000.00, and the inbox; today is Monday, 2 March. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG', email: 'jana@buyer.example' });
  const owe = (minor = 1_000_00n, whose: CustomerId = customerId) =>
    anInvoice(tenant, { companyId, customerId: whose, minor, issuedOn: '2026-01-10', dueOn: '2026-02-09' });
  const invoice = await owe();
  const ask = await serveTo(tenant, routes);
  const tools = { ...toolsOf(tenant), dataDir: '' };
  const work = async () => {
    const jobs = tenant.jobs.splice(0).filter(({ queue }) => queue === INBOX_QUEUE);
    for (const job of jobs)
      await inboxJobs(tools)[INBOX_QUEUE]?.({
        tenantId: tenant.tenantId,
        payload: job.payload,
        jobId: 'x',
      });
  };
  /** A mail comes in. */
  const comes = async (mail: Mail | Buffer) => {
    const raw = Buffer.isBuffer(mail) ? mail : bytesOf(mail);
    await takeInbound(tools, tenant.tenantId, { to: [], raw });
    await work();
  };
  const list = async (query: { show?: (typeof contract.INBOX_VIEWS)[number]; customerId?: string } = {}) =>
    (await ask('collector', contract.listConversations, { query })).reply.rows;
  /** A conversation with what is in it, the earliest first. */
  const read = async (conversationId: string) => {
    const params = { conversationId };
    const { reply } = await ask('collector', contract.readConversation, { params });
    const entries = await ask('collector', contract.listConversationEntries, { params });
    assert.equal(entries.reply.next, null);
    return { ...reply, entries: entries.reply.rows.toReversed() };
  };
  /** The only conversation, with what its last mail proposes. */
  const only = async () => {
    const [row, ...others] = await list({ show: 'all' });
    assert.equal(others.length, 0);
    const whole = await read(present(row, 'there is a conversation').conversationId);
    const mails = whole.entries.filter((entry) => entry.kind === 'mail');
    return { whole, mails, proposals: mails.flatMap((mail) => mail.proposals) };
  };
  const accept = (proposalId: string, body = {}) =>
    ask('collector', contract.acceptProposal, { params: { proposalId }, body });
  return { tenant, companyId, customerId, invoice, owe, ask, comes, work, list, read, only, accept, tools };
}

test('a conversation in short: what was promised, disputed and asked, by whom, in which words, and what became of it', async () => {
  const { tenant, companyId, customerId, invoice, ask, comes, only, accept } = await setting();
  const short = async () => {
    const { whole } = await only();
    const params = { conversationId: whole.conversationId };
    return (await ask('collector', contract.summarizeConversation, { params })).reply;
  };
  const lines = async () =>
    (await short()).lines.map(({ topic, state, by, at, quote, promise, dispute }) =>
      [at.slice(0, 10), by, topic, state, quote, promise?.kept.amount ?? dispute?.open.amount].join(' | '),
    );
  await comes({
    id: 'first@buyer.example',
    subject: `Re: ${invoice.number}`,
    words: 'We will pay 600 EUR on 10 March.',
  });
  const waits =
    '2026-03-02 | jana@buyer.example | promised | undecided | We will pay 600 EUR on 10 March. | ';
  assert.deepEqual(await lines(), [waits]);
  for (const { proposalId } of (await only()).proposals) assert.equal((await accept(proposalId)).status, 200);
  tenant.on('2026-03-10');
  await aPayment(tenant, {
    companyId,
    customerId,
    minor: 600_00n,
    receivedOn: '2026-03-10',
    allocations: [{ itemId: invoice.itemId, amount: money(600_00n, 'EUR') }],
  });
  tenant.on('2026-03-11');
  await comes({
    headers: ['In-Reply-To: <first@buyer.example>'],
    subject: `Re: ${invoice.number}`,
    words: 'Please send us a copy of the invoice.\r\nWe dispute the rest because the goods arrived damaged.',
  });
  const { proposals } = await only();
  const [disputed] = proposals.filter(({ intent }) => intent === 'dispute');
  const [copy] = proposals.filter(({ intent }) => intent === 'copy_request');
  assert.equal((await accept(present(disputed, 'a dispute').proposalId)).status, 200);
  const kept =
    '2026-03-02 | jana@buyer.example | promised | done | We will pay 600 EUR on 10 March. | 600.00';
  const asks =
    '2026-03-11 | jana@buyer.example | asked | undecided | Please send us a copy of the invoice. | ';
  const wrong =
    '2026-03-11 | jana@buyer.example | disputed | open | We dispute the rest because the goods arrived damaged. | 400.00';
  assert.deepEqual(await lines(), [kept, asks, wrong]);
  const whole = await short();
  assert.deepEqual(
    whole.items.map(({ reference, open }) => [reference, open.amount]),
    [[invoice.number, '400.00']],
  );
  for (const line of whole.lines) {
    const mail = (await only()).mails.find(({ mailId }) => mailId === line.mailId);
    assert.equal(mail?.words.slice(line.from, line.to), line.quote);
  }
  const params = { proposalId: present(copy, 'a copy is asked for').proposalId };
  assert.equal((await ask('collector', contract.rejectProposal, { params, body: {} })).status, 200);
  assert.deepEqual(await lines(), [kept, wrong], 'what is not meant so is left out');
});

test('a reply becomes a proposal, the proposal a promise, chasing rests until its day, and the money keeps it', async () => {
  const { tenant, companyId, customerId, invoice, owe, comes, only, accept } = await setting();
  await comes({
    subject: `Re: ${invoice.number}`,
    words: 'Dear all,\r\n\r\nwe will pay 1.000,00 EUR on 10 March.\r\n\r\n> Please pay.',
  });
  const { whole, mails, proposals } = await only();
  assert.equal(whole.customer?.id, customerId);
  assert.equal(mails[0]?.knownBy, 'document');
  const [promise] = proposals;
  assert.equal(promise?.intent, 'promise');
  assert.equal(promise?.quote, mails[0]?.words.slice(promise?.from, promise?.to));
  assert.deepEqual(promise?.parts, [{ on: '2026-03-10', amount: { amount: '1000.00', currency: 'EUR' } }]);
  // Nothing was done unasked.
  const before = await tenant.events();
  assert.ok(!before.some(({ type }) => type.startsWith('promise.')));
  const { status } = await accept(present(promise, 'a promise').proposalId);
  assert.equal(status, 200);
  const other = await aReader(tenant, { name: 'Promises nothing' });
  await owe(500_00n, other);
  await remindOn(tenant, '2026-03-09');
  assert.deepEqual(
    (await messagesOf(tenant)).map((message) => message.customer_id),
    [other],
  );
  tenant.on('2026-03-10');
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    receivedOn: '2026-03-10',
  });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(1_000_00n, 'EUR') }],
  });
  const [decided] = (await only()).proposals;
  assert.equal(decided?.decision, 'accepted');
  const askPromises = await serveTo(tenant, promiseRoutes);
  const { reply } = await askPromises('collector', listPromises, { query: { show: 'kept' } });
  assert.deepEqual(
    reply.rows.map((row) => [row.customer.id, row.state]),
    [[customerId, 'kept']],
  );
});

test('a mail that answers a message of ours is that customer’s, whatever it says it is from', async () => {
  const { tenant, customerId, comes, only } = await setting();
  await remindOn(tenant, '2026-03-02');
  const [message] = await messagesOf(tenant);
  const header = present(message, 'a reminder was written').message_header;
  await comes({ from: 'somebody@else.example', headers: [`In-Reply-To: <${header}>`], words: 'Thanks' });
  const { whole, mails } = await only();
  assert.equal(whole.customer?.id, customerId);
  assert.equal(mails[0]?.knownBy, 'message');
  assert.ok(whole.entries.some((entry) => entry.kind === 'message'));
});

test('an answer to a mail of a conversation goes on in it; what was done is open again', async () => {
  const { ask, comes, only } = await setting();
  await comes({ id: 'first@buyer.example', words: 'One question' });
  const { whole } = await only();
  await ask('collector', contract.endConversation, { params: whole, body: {} });
  assert.equal((await only()).whole.waitingSince, null);
  await comes({ headers: ['References: <first@buyer.example>'], from: 'boss@buyer.example', words: 'And?' });
  const after = await only();
  assert.equal(after.mails.length, 2);
  assert.equal(after.whole.state, 'open');
  assert.notEqual(after.whole.waitingSince, null);
});

test('the same mail comes in once, by its bytes and by its Message-ID', async () => {
  const { tenant, comes, only, tools } = await setting();
  const raw = bytesOf({ id: 'same@buyer.example' });
  for (let n = 0; n < 3; n += 1) await takeInbound(tools, tenant.tenantId, { to: [], raw });
  await comes({ id: 'same@buyer.example', words: 'Hello, with a footer of a list' });
  assert.equal((await only()).mails.length, 1);
});

test('two customers with one address: nobody is guessed, a person says, and it is remembered', async () => {
  const { tenant, ask, comes, only, list } = await setting();
  const other = await aReader(tenant, { name: 'Sister AG', email: 'jana@buyer.example' });
  await comes({ words: 'Which invoice do you mean?' });
  const { whole } = await only();
  assert.equal(whole.customer, null);
  assert.equal(whole.candidates.length, 2);
  await ask('collector', contract.nameCustomer, { params: whole, body: { customerId: other } });
  assert.equal((await only()).whole.customer?.id, other);
  await comes({ words: 'Another matter', subject: 'Other' });
  assert.deepEqual(
    (await list()).map(({ customer }) => customer?.id),
    [other, other],
  );
});

test('what is proposed to a conversation of nobody cannot be accepted', async () => {
  const { comes, only, accept } = await setting();
  await comes({ from: 'unknown@where.example', words: 'We will pay on Friday.' });
  const [promise] = (await only()).proposals;
  assert.equal(promise?.may.accept, 'conversation_without_customer');
  const { status, code } = await accept(present(promise, 'a promise').proposalId);
  assert.deepEqual([status, code], [409, 'conversation_without_customer']);
});

test('an automatic reply waits for nobody, and proposes to rest until its writer is back', async () => {
  const { tenant, comes, only, accept } = await setting();
  await comes({
    headers: ['Auto-Submitted: auto-replied'],
    words: 'I am out of the office until 16 March. In urgent matters write to boss@buyer.example.',
  });
  const { whole, proposals } = await only();
  assert.equal(whole.waitingSince, null);
  const [away] = proposals;
  assert.equal(away?.intent, 'away');
  assert.equal(away?.parts[0]?.on, '2026-03-17');
  assert.equal(away?.address, 'boss@buyer.example');
  await accept(present(away, 'away').proposalId);
  const held = (await tenant.events()).find(({ type }) => type === 'hold.placed');
  assert.equal(JSON.parse(JSON.stringify(held?.data)).until, '2026-03-16');
});

test('each of the others does what it says', async () => {
  const { tenant, comes, list, read, accept } = await setting();
  const cases: readonly (readonly [string, string, string])[] = [
    ['dispute', 'The goods arrived damaged.', 'dispute.opened'],
    ['contact_change', 'Please send future invoices to ap@buyer.example.', 'contact.added'],
    ['copy_request', 'Please send us a copy of the invoice.', 'message.queued'],
    ['paid_already', 'We have already paid this invoice.', 'hold.placed'],
    ['insolvency', 'The company has filed for insolvency.', 'hold.placed'],
    ['stop', 'Please stop sending me these emails.', 'address.stopped'],
  ];
  for (const [intent, words, happened] of cases) {
    await comes({ words, subject: intent });
    const row = (await list()).find(({ subject }) => subject === intent);
    const whole = await read(present(row, intent).conversationId);
    const proposal = whole.entries
      .flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []))
      .find((one) => one.intent === intent);
    const { status, code } = await accept(present(proposal, intent).proposalId);
    assert.deepEqual([intent, status, code], [intent, 200, undefined]);
    if (happened !== 'message.queued')
      assert.ok(
        (await tenant.events()).some(({ type }) => type === happened),
        happened,
      );
    else assert.ok((await messagesOf(tenant)).length > 0);
  }
});

/** What was put on hold, with its last day: a document, a contact, or else the customer. */
const heldBy = async (tenant: TestTenant) =>
  (await tenant.events())
    .filter(({ type }) => type === 'hold.placed')
    .map(({ data, subjectId }) => {
      const { scope, until } = data as { scope: string; until: string };
      return { scope, until, subjectId };
    });

test('what was paid already rests for itself where it is named, else the customer does', async () => {
  const { tenant, customerId, owe, comes, list, read, accept, invoice } = await setting();
  const other = await owe(300_00n);
  const decide = async (subject: string, words: string, body = {}) => {
    await comes({ subject, words });
    const row = present(
      (await list()).find((one) => one.subject === subject),
      subject,
    );
    const mails = (await read(row.conversationId)).entries.filter((entry) => entry.kind === 'mail');
    const proposal = mails.flatMap((mail) => mail.proposals).find(({ intent }) => intent === 'paid_already');
    return accept(present(proposal, 'paid already').proposalId, body);
  };
  await decide(`Re: ${invoice.number}`, 'We have already paid this invoice.');
  await decide(`${invoice.number}, ${other.number}`, 'We have already paid these invoices.');
  await decide('Re: our account', 'We have already paid this invoice.');
  const closed = await decide('Re: others', 'We have already paid this invoice.', { itemIds: [newId()] });
  assert.deepEqual([closed.status, closed.code], [409, 'proposal_without_documents']);
  const held = await heldBy(tenant);
  assert.deepEqual(new Set(held.map(({ until }) => until)), new Set(['2026-03-12']));
  assert.deepEqual(
    held.map(({ scope, subjectId }) => `${scope} ${subjectId}`).sort(),
    [
      `item ${invoice.itemId}`,
      `item ${invoice.itemId}`,
      `item ${other.itemId}`,
      `customer ${customerId}`,
    ].sort(),
  );
});

test('where whoever is away is no contact, the customer rests for two weeks at most, and not unasked', async () => {
  const { tenant, comes, list, read, accept } = await setting();
  await remindOn(tenant, '2026-03-02');
  const [message] = await messagesOf(tenant);
  const headers = [
    `In-Reply-To: <${present(message, 'a reminder').message_header}>`,
    'Auto-Submitted: auto-replied',
  ];
  // What is put on hold unasked is looked after by whoever set the bar: a member, as everybody who signs in.
  const person = await aPerson(tenant, 'controller', 'Who set it');
  await carryOut(tenant.door, person.now(), setBar, { intent: 'away', bar: 0.8 });
  const words = 'I am out of the office until 16 September.';
  await comes({ headers, words, from: 'helpdesk@buyer.example' });
  assert.deepEqual(await heldBy(tenant), []);
  const [row] = await list({ show: 'all' });
  const [away] = (await read(present(row, 'a conversation').conversationId)).entries.flatMap((entry) =>
    entry.kind === 'mail' ? entry.proposals : [],
  );
  assert.equal((await accept(present(away, 'away').proposalId)).status, 200);
  await comes({ headers, words, from: 'jana@buyer.example' });
  assert.deepEqual(
    (await heldBy(tenant)).map(({ scope, until }) => [scope, until]),
    [
      ['customer', '2026-03-16'],
      ['contact', '2026-09-16'],
    ],
  );
});

test('mails that come in at once and answer one message are one conversation', async () => {
  const { tenant, customerId, list, tools } = await setting();
  await remindOn(tenant, '2026-03-02');
  const header = present((await messagesOf(tenant))[0], 'a reminder was written').message_header;
  for (let n = 0; n < RACERS; n += 1)
    await takeInbound(tools, tenant.tenantId, {
      to: [],
      raw: bytesOf({ headers: [`In-Reply-To: <${header}>`], words: `Answer ${n}` }),
    });
  const jobs = tenant.jobs.splice(0).filter(({ queue }) => queue === INBOX_QUEUE);
  assert.equal(jobs.length, RACERS);
  const take = present(inboxJobs(tools)[INBOX_QUEUE], 'a handler');
  const { won } = await raceHeld(
    tenant,
    jobs.map(
      ({ payload }) =>
        () =>
          take({ tenantId: tenant.tenantId, payload, jobId: 'x' }),
    ),
  );
  assert.equal(won, RACERS);
  assert.deepEqual(
    (await list({ show: 'all' })).map(({ customer, mails }) => [customer?.id, mails]),
    [[customerId, RACERS]],
  );
});

test('of several who accept one proposal, one does, and it is done once', async () => {
  const { tenant, comes, only, accept } = await setting();
  await comes({ words: 'We will pay on 10 March.' });
  const [promise] = (await only()).proposals;
  const { proposalId } = present(promise, 'a promise');
  const { won, codes } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => async () => {
      const { status, code } = await accept(proposalId);
      if (status !== 200) throw new Error(code);
    }),
  );
  assert.deepEqual([won, [...new Set(codes)]], [1, ['Error: proposal_decided']]);
  assert.equal((await tenant.events()).filter(({ type }) => type === 'promise.taken').length, 1);
});

test('of several who take a conversation as they saw it, one has it and the others are told', async () => {
  const { tenant, ask, comes, only } = await setting();
  await comes({ words: 'Hello' });
  const { whole } = await only();
  const { won, codes } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => async () => {
      const { status, code } = await ask('collector', contract.endConversation, {
        params: whole,
        body: { seen: whole.version },
      });
      if (status !== 200) throw new Error(code);
    }),
  );
  assert.deepEqual([won, [...new Set(codes)]], [1, ['Error: conversation_moved_on']]);
});

test('nothing is accepted unasked unless a person set from where on, and then only of answers to messages of ours', async () => {
  const { tenant, ask, comes, list, read } = await setting();
  await remindOn(tenant, '2026-03-02');
  const [message] = await messagesOf(tenant);
  const headers = [`In-Reply-To: <${present(message, 'a reminder').message_header}>`];
  const words = 'We will pay the invoice on 10 March, the transfer is scheduled.';
  const promised = async () => (await tenant.events()).filter(({ type }) => type === 'promise.taken').length;
  await comes({ words, headers });
  assert.equal(await promised(), 0);
  const set = await ask('controller', contract.setBar, { body: { intent: 'promise', bar: 0.8 } });
  assert.equal(set.status, 200);
  await comes({ words, subject: 'without a thread', from: 'jana@buyer.example' });
  assert.equal(await promised(), 0);
  await comes({ words, headers });
  assert.equal(await promised(), 1);
  const decidedBy = [];
  for (const { conversationId } of await list({ show: 'all' })) {
    const params = { conversationId };
    const { lines } = (await ask('collector', contract.summarizeConversation, { params })).reply;
    const { entries } = await read(conversationId);
    const proposals = entries.flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []));
    decidedBy.push(...[...lines, ...proposals].flatMap((one) => one.decidedBy ?? []));
  }
  assert.deepEqual(decidedBy, ['Quittance', 'Quittance'], 'in short, and beside the mail');
  await ask('controller', contract.setBar, { body: { intent: 'promise', bar: null } });
  await comes({ words, headers });
  assert.equal(await promised(), 1);
  assert.ok((await list({ show: 'all' })).length > 0);
});

test('notes are kept, and name colleagues who are members', async () => {
  const { ask, comes, only } = await setting();
  await comes({ words: 'Hello' });
  const { whole } = await only();
  const noted = await ask('collector', contract.addNote, { params: whole, body: { words: 'Call her' } });
  assert.equal(noted.status, 200);
  const stranger = '0190a000-0000-7000-8000-000000000000';
  const wrong = await ask('collector', contract.addNote, {
    params: whole,
    body: { words: 'x', mentions: [stranger] },
  });
  assert.equal(wrong.code, 'member_not_found');
  assert.ok((await only()).whole.entries.some((entry) => entry.kind === 'note'));
});

test('the list and what is in a conversation go on where a page ended, each thing once and in its order', async () => {
  const { tenant, ask, comes, list } = await setting();
  await remindOn(tenant, '2026-03-02');
  const [message] = await messagesOf(tenant);
  const headers = [`In-Reply-To: <${present(message, 'a reminder').message_header}>`];
  for (const words of ['One', 'Two', 'Three']) await comes({ headers, words });
  for (const subject of ['a', 'b', 'c']) await comes({ subject, from: `${subject}@where.example` });
  for (const subject of ['x', 'y'])
    await comes({ subject, from: `${subject}@x.example`, headers: ['Auto-Submitted: auto-replied'] });
  const all = await list();
  assert.equal(all.length, 6);
  assert.deepEqual(
    all.map(({ waitingSince }) => waitingSince !== null),
    [true, true, true, true, false, false],
  );
  const [first] = all;
  const params = { conversationId: present(first, 'the conversation of the reminder').conversationId };
  await ask('collector', contract.addNote, { params, body: { words: 'Call her' } });

  const listed: string[] = [];
  const entries: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const query: { limit: number; after?: string } = { limit: 2, ...(after ? { after } : {}) };
    const { reply } = await ask('collector', contract.listConversations, { query });
    listed.push(...reply.rows.map((row) => row.conversationId));
    after = reply.next;
  }
  assert.deepEqual(
    listed,
    all.map((row) => row.conversationId),
  );
  for (let after: string | null | undefined; after !== null; ) {
    const query: { limit: number; after?: string } = { limit: 2, ...(after ? { after } : {}) };
    const { reply } = await ask('collector', contract.listConversationEntries, { params, query });
    entries.push(...reply.rows.map((row) => (row.kind === 'message' ? row.kind : row.words.trim())));
    after = reply.next;
  }
  assert.deepEqual([...entries].sort(), ['Call her', 'One', 'Three', 'Two', 'message']);
  assert.deepEqual(
    entries.filter((words) => words !== 'message'),
    ['Call her', 'Three', 'Two', 'One'],
  );
});

test('what came in is a fact: neither mail nor decision can be changed', async () => {
  const { tenant, comes, only, accept } = await setting();
  await comes({ words: 'We will pay on 10 March.' });
  const { proposals } = await only();
  await accept(present(proposals[0], 'a promise').proposalId);
  const run = (text: string) => inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql.raw(text)));
  await assert.rejects(run(`update inbox_mail set words = 'x'`));
  await assert.rejects(run(`update inbox_proposal set decision = 'rejected'`));
  await assert.rejects(run('delete from inbox_conversation'));
});

test('a mail that cannot be read is there all the same, to be opened as it came', async () => {
  const { comes, only } = await setting();
  await comes(Buffer.from('What is this?'));
  const { mails, proposals } = await only();
  assert.equal(mails.length, 1);
  assert.deepEqual([mails[0]?.words, mails[0]?.sender, proposals], ['', '', []]);
});

test('names with characters that a database refuses keep no mail out', async () => {
  const { comes, only } = await setting();
  await comes({
    id: '=00\u0000x@buyer.example',
    headers: ['Content-Disposition: attachment; filename="=?utf-8?Q?a=00b.csv?="'],
    words: 'x',
  });
  const { mails } = await only();
  assert.equal(mails[0]?.files[0]?.name.includes('\0'), false);
});

test('days are read from the day a mail was written on, as far as that can be', async () => {
  const { comes, list, read } = await setting();
  const cases: readonly (readonly [string, string])[] = [
    // Where it was written it was the 28th of February still.
    ['Sat, 28 Feb 2026 23:50:00 -0500', '2026-03-10'],
    ['Mon, 9 Mar 2026 08:00:00 +0100', '2026-03-12'],
    ['Thu, 1 Jan 1970 00:00:00 +0000', '2026-03-12'],
    ['whenever', '2026-03-12'],
  ];
  for (const [date, on] of cases) {
    await comes({ subject: date, headers: [`Date: ${date}`], words: 'We will pay within 10 days.' });
    const row = present(
      (await list()).find(({ subject }) => subject === date),
      date,
    );
    const [mail] = (await read(row.conversationId)).entries;
    assert.equal(mail?.kind === 'mail' ? mail.proposals[0]?.parts[0]?.on : undefined, on, date);
  }
});

test('somebody waits since a mail came, however late it is looked at', async () => {
  const { tenant, only, tools, work } = await setting();
  await takeInbound(tools, tenant.tenantId, { to: [], raw: bytesOf({ words: 'Hello' }) });
  tenant.on('2026-03-05');
  await work();
  assert.ok((await only()).whole.waitingSince?.startsWith('2026-03-02'));
});

test('an answer to a message of ours begins its own conversation where it also points into one of another customer', async () => {
  const { tenant, customerId, owe, comes, list } = await setting();
  await comes({ id: 'first@buyer.example', words: 'One question' });
  const other = await aReader(tenant, { name: 'Other AG', email: 'ap@other.example' });
  await owe(500_00n, other);
  await remindOn(tenant, '2026-03-02');
  const message = (await messagesOf(tenant)).find((one) => one.customer_id === other);
  await comes({
    from: 'ap@other.example',
    headers: [
      `In-Reply-To: <${present(message, 'a reminder').message_header}>`,
      'References: <first@buyer.example>',
    ],
    words: 'We will pay on 10 March.',
  });
  const whose = (await list()).map(({ customer }) => customer?.id);
  assert.deepEqual([...whose].sort(), [customerId, other].sort());
});

test('a remittance is read into the list of remittances, and the same request again gets the same answer', async () => {
  const { tenant, ask, comes, only, invoice } = await setting();
  await comes({
    words: `Please find our payment advice: the payment covers\r\n\r\n${invoice.number}  1.000,00 EUR`,
  });
  const found = present(
    (await only()).proposals.find(({ intent }) => intent === 'remittance'),
    'a remittance',
  );
  const request = { params: found, body: {}, commandId: newId() };
  // Money that came is for whoever applies it: the same permission is asked for as by the list of remittances.
  const not = await ask('collector', contract.acceptProposal, { params: found, body: {} });
  assert.deepEqual([not.status, not.code], [403, 'not_permitted']);
  assert.deepEqual(found.may, { accept: 'not_permitted', reject: true });
  const first = await ask('controller', contract.acceptProposal, request);
  assert.deepEqual([first.status, first.code], [200, undefined]);
  const again = await ask('controller', contract.acceptProposal, request);
  assert.deepEqual([again.status, again.reply], [200, first.reply]);
  const mails = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from remittance_mail where tenant_id = ${tx.tenantId}`),
  );
  assert.deepEqual(first.reply.outcome, { remittanceMailId: mails[0]?.id });
  assert.equal(mails.length, 1);
});

test('unasked, a complaint that names no document disputes none of several', async () => {
  const { tenant, owe, ask, comes } = await setting();
  const { number } = await owe(200_00n);
  await remindOn(tenant, '2026-03-02');
  const [message] = await messagesOf(tenant);
  const headers = [`In-Reply-To: <${present(message, 'a reminder').message_header}>`];
  await ask('controller', contract.setBar, { body: { intent: 'dispute', bar: 0.8 } });
  const disputes = async () => (await tenant.events()).filter(({ type }) => type === 'dispute.opened');
  const words = 'We do not agree with this invoice because the price is wrong.';
  await comes({ headers, subject: 'Re: your reminder', words });
  assert.equal((await disputes()).length, 0);
  await comes({ headers, subject: `Re: ${number}`, words });
  assert.equal((await disputes()).length, 1);
});

test('what is learnt is kept until somebody decides, and a sentence that says two things teaches both', async () => {
  const { tenant, comes, only, accept } = await setting();
  const learnt = () => inTenant(tenant.pool, tenant.tenantId, readModel);
  const words = 'The goods arrived damaged and please send us a copy of the invoice.';
  await comes({ words });
  const before = await learnt();
  assert.equal(await learnt(), before);
  for (const { proposalId, intent } of (await only()).proposals)
    if (intent === 'dispute' || intent === 'copy_request')
      assert.equal((await accept(proposalId)).status, 200, intent);
  const after = await learnt();
  assert.notEqual(after, before);
  const [sentence] = sentencesOf(words);
  const chance = (model: typeof after, intent: Intent) =>
    readSentence(present(sentence, 'a sentence'), model).get(intent) ?? 0;
  for (const intent of ['dispute', 'copy_request'] as const)
    assert.ok(chance(after, intent) > chance(before, intent), intent);
});
