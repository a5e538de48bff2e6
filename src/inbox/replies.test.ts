import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { addSuppression } from '#delivery/contract.ts';
import { takeInbound } from '#delivery/record-inbound.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import { voidInvoice } from '#invoicing/void-invoice.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { INSTALMENTS_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { formatDate, formatMoney } from '#printing/print-format.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { attemptsOf, doSendingJobs, mailToolsOf, messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { aReader } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import * as replies from './contract-replies.ts';
import { draftLanguage, draftReply } from './draft.ts';
import { DRAFT_LANGUAGES, DRAFT_WORDS } from './draft-words.ts';
import { inboxJobs } from './jobs.ts';
import { INBOX_QUEUE } from './queues.ts';
import { answerSubject } from './reply.ts';
import { routes } from './routes.ts';
import { replySource } from './write-reply.ts';

const mailOf = (id: string, words: string, headers: readonly string[] = []) =>
  Buffer.from(
    [
      'From: <jana@buyer.example>',
      'To: <ar@creditor.example>',
      'Subject: Your invoice',
      `Message-ID: <${id}@buyer.example>`,
      'Content-Type: text/plain; charset=utf-8',
      ...headers,
      '',
      words,
    ].join('\r\n'),
  );

/** A customer that owes 1000.00 wrote a mail; today is Monday, 2 March. */
async function setting(words = 'Please send us a copy of the invoice.') {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG', email: 'jana@buyer.example' });
  const owe = (minor = 1_000_00n) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn: '2026-01-10', dueOn: '2026-02-09' });
  const invoice = await owe();
  const ask = await serveTo(tenant, routes);
  const tools = { ...toolsOf(tenant), dataDir: '' };
  const comes = async (raw: Uint8Array) => {
    await takeInbound(tools, tenant.tenantId, { to: [], raw });
    for (const job of tenant.jobs.splice(0).filter(({ queue }) => queue === INBOX_QUEUE))
      await inboxJobs(tools)[INBOX_QUEUE]?.({ tenantId: tenant.tenantId, payload: job.payload, jobId: 'x' });
  };
  await comes(mailOf('first', words));
  const list = async (
    role: 'collector' | 'controller' = 'collector',
    show: 'open' | 'mine' | 'all' = 'all',
  ) => (await ask(role, contract.listConversations, { query: { show } })).reply.rows;
  const conversation = async () => present((await list())[0], 'a conversation');
  const params = { conversationId: (await conversation()).conversationId };
  const entries = async () =>
    (await ask('collector', contract.listConversationEntries, { params })).reply.rows;
  const draft = async () => (await ask('collector', replies.readReplyDraft, { params })).reply;
  const send = async (body: object) =>
    ask('collector', replies.sendReply, {
      params,
      body: { seen: (await conversation()).version, words: 'Thank you.', ...body },
    });
  const leave = () => doSendingJobs(tenant, mailToolsOf(tenant, [replySource]));
  /** The bytes of the only answer that left. */
  const sent = async () => {
    const [message] = await messagesOf(tenant);
    const [attempt] = await attemptsOf(tenant, present(message, 'a message').id);
    return PostalMime.parse(present(attempt, 'it left').raw as Uint8Array);
  };
  return {
    tenant,
    companyId,
    customerId,
    owe,
    invoice,
    ask,
    comes,
    list,
    conversation,
    params,
    entries,
    draft,
    send,
    leave,
    sent,
  };
}

test('an answer leaves in the thread, from the company, to who wrote, with what was asked for; then nobody waits', async () => {
  const { invoice, conversation, entries, draft, send, leave, sent, comes, list } = await setting();
  assert.equal((await conversation()).waitingHours, 0);
  const drafted = await draft();
  assert.deepEqual(drafted.enclosedIds, [invoice.invoiceId], 'a copy is asked for');
  const answered = await send({
    words: 'Here it is.\n\n<b>Regards</b>',
    invoiceIds: drafted.enclosedIds,
    statementOn: '2026-02-28',
  });
  assert.deepEqual([answered.status, answered.reply.recipient], [200, 'jana@buyer.example']);
  assert.equal((await conversation()).waitingSince, null);
  assert.deepEqual(await leave(), ['sent']);
  const mail = await sent();
  assert.equal(mail.from?.address, 'ar@creditor.example');
  assert.deepEqual(
    mail.to?.map(({ address }) => address),
    ['jana@buyer.example'],
  );
  assert.equal(mail.subject, 'Re: Your invoice');
  assert.equal(mail.inReplyTo, '<first@buyer.example>');
  assert.equal(mail.references, '<first@buyer.example>');
  assert.equal(mail.text?.trim(), 'Here it is.\n\n<b>Regards</b>');
  assert.ok(!mail.html?.includes('<b>Regards'), 'what a person types is no markup');
  assert.equal(
    mail.headers.find(({ key }) => key === 'auto-submitted'),
    undefined,
  );
  assert.deepEqual(
    mail.attachments.map(({ filename }) => filename?.endsWith('.pdf')),
    [true, true],
  );
  const [shown] = await entries();
  assert.deepEqual(
    shown?.kind === 'reply' ? [shown.words, shown.invoices, shown.statementOn, shown.state] : shown?.kind,
    ['Here it is.\n\n<b>Regards</b>', [invoice.number], '2026-02-28', 'sent'],
  );
  // What is answered to it goes on in the conversation.
  await comes(mailOf('second', 'Thanks', [`In-Reply-To: ${mail.messageId}`]));
  const [only, ...others] = await list();
  assert.deepEqual([others.length, only?.mails, only?.waitingSince === null], [0, 2, false]);
});

test('of several who answer what they saw one does, and it leaves once', async () => {
  const { tenant, ask, params, conversation, leave } = await setting();
  const seen = (await conversation()).version;
  const { won, codes } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, (_, n) => async () => {
      const body = { seen, words: `Answer ${n}` };
      const { status, code } = await ask('collector', replies.sendReply, { params, body });
      if (status !== 200) throw new Error(code);
    }),
  );
  assert.deepEqual([won, [...new Set(codes)]], [1, ['Error: conversation_moved_on']]);
  assert.deepEqual(await leave(), ['sent']);
  assert.deepEqual(await leave(), []);
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('nothing is said to a stopped address, also where it is stopped while the answer waits', async () => {
  const { tenant, draft, send, leave } = await setting();
  const stop = await serveTo(tenant, deliveryRoutes);
  await send({});
  const address = 'jana@buyer.example';
  await stop('controller', addSuppression, { body: { address, detail: 'asked for it', purpose: null } });
  assert.deepEqual(await leave(), ['dropped']);
  assert.equal((await send({})).code, 'address_stopped');
  assert.equal((await draft()).may.send, 'address_stopped');
});

test('what is another customer’s does not go along, nor a statement of tomorrow', async () => {
  const { tenant, companyId, send } = await setting();
  const other = await aReader(tenant, { name: 'Other AG' });
  const foreign = await anInvoice(tenant, { companyId, customerId: other });
  assert.equal((await send({ invoiceIds: [foreign.invoiceId] })).code, 'invoice_not_found');
  assert.equal((await send({ statementOn: '2026-03-03' })).code, 'statement_day_in_future');
  assert.equal((await messagesOf(tenant)).length, 0);
  await aCompany(tenant);
  assert.equal((await send({})).code, 'conversation_without_company');
  assert.equal((await send({ companyId, isDone: true })).status, 200);
});

test('a draft says what is open by the ledger, cites each figure, and promises nothing that nobody decided', async () => {
  const { owe, invoice, draft, entries, ask } = await setting(
    'We will pay on 10 March. We have already paid the rest.',
  );
  const other = await owe(250_50n);
  const undecided = await draft();
  assert.ok(!undecided.words.includes('noted'), 'a promise that nobody took is not noted');
  for (const { from, to, text } of undecided.figures) assert.equal(undecided.words.slice(from, to), text);
  assert.deepEqual(
    undecided.rows.map(({ reference, open }) => [reference, open.amount]).sort(),
    [
      [invoice.number, '1000.00'],
      [other.number, '250.50'],
    ].sort(),
  );
  assert.ok(undecided.words.includes(formatMoney(money(1_250_50n, 'EUR'), 'en')));
  const proposal = (await entries())
    .flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []))
    .find(({ intent }) => intent === 'promise');
  await ask('collector', contract.acceptProposal, { params: present(proposal, 'a promise'), body: {} });
  assert.ok((await draft()).words.includes('noted'));
});

test('what was drafted is sent only while the ledger says it: money that came meanwhile stops it', async () => {
  const { tenant, companyId, customerId, invoice, draft, send, conversation } =
    await setting('We have already paid.');
  const { words, figures } = await draft();
  const cited = figures.map(({ text, fingerprint }) => ({ text, fingerprint }));
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 400_00n,
    receivedOn: '2026-03-02',
  });
  const itemId = present((await itemsOf(tenant, invoice.invoiceId))[0], 'an item').id;
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId, amount: money(400_00n, 'EUR') }],
  });
  const refused = await send({ words, cited });
  assert.deepEqual([refused.status, refused.code], [409, 'draft_outdated']);
  assert.deepEqual(refused.facts.figures, [formatMoney(money(1_000_00n, 'EUR'), 'en')]);
  assert.notEqual((await conversation()).waitingSince, null, 'nobody was answered');
  // Taken out of the words it is cited no more; drafted again it is what is open now.
  const fresh = await draft();
  assert.ok(fresh.words.includes(formatMoney(money(600_00n, 'EUR'), 'en')));
  const again = fresh.figures.map(({ text, fingerprint }) => ({ text, fingerprint }));
  assert.equal((await send({ words: fresh.words, cited: again })).status, 200);
});

test('a sum of more than a thousand items is cited like any other, and stops an answer when one of them is paid', async () => {
  const { tenant, companyId, customerId, draft, send } = await setting('What do we still owe you?');
  const instalments = Array.from({ length: INSTALMENTS_MAX }, () => ({ dueOn: '2026-02-09', minor: 1_00n }));
  for (let count = 0; count <= 1_000; count += INSTALMENTS_MAX)
    await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-10', instalments });
  const { words, figures } = await draft();
  const sum = present(
    figures.find(({ kind }) => kind === 'sum'),
    'a sum',
  );
  assert.ok(sum.itemIds.length > 1_000);
  const cited = figures.map(({ text, fingerprint }) => ({ text, fingerprint }));
  const other = cited.map((one) => ({ ...one, fingerprint: one.fingerprint.replace(/./, 'x') }));
  assert.equal((await send({ words, cited: other })).status, 400, 'what stands for nothing is no citation');
  await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 1_00n,
    issuedOn: '2026-01-10',
    dueOn: '2026-02-09',
  });
  const refused = await send({ words, cited });
  assert.equal(refused.code, 'draft_outdated');
  assert.deepEqual(refused.facts.figures, [sum.text]);
  const fresh = await draft();
  const again = fresh.figures.map(({ text, fingerprint }) => ({ text, fingerprint }));
  assert.equal((await send({ words: fresh.words, cited: again })).status, 200);
});

test('of very many items the first are listed, and the sum is of all that is owed, and says so', () => {
  const items = Array.from(
    { length: 15 },
    (_, n) =>
      ({
        id: `item${n}`,
        reference: `R${n}`,
        dueOn: parseDate('2026-02-09'),
        open: money(100_00n, 'EUR'),
      }) as unknown as OpenItem,
  );
  const written = {
    day: (day: Temporal.PlainDate) => formatDate(day, 'en'),
    money: (amount: Parameters<typeof formatMoney>[0]) => formatMoney(amount, 'en'),
  };
  const how = { language: 'en', today: parseDate('2026-03-02'), written } as const;
  const { words, figures } = draftReply(['other'], items, how);
  assert.equal(figures.filter(({ source }) => source.kind === 'item' && source.what === 'open').length, 12);
  assert.match(words, /with what is not listed here: .*1,500\.00/);
  assert.match(draftReply(['other'], items.slice(0, 12), how).words, /Together: .*1,200\.00/);
});

test('who says they paid is not told that no payment was found while money of theirs is not assigned', async () => {
  const { tenant, companyId, customerId, draft } = await setting('We have already paid.');
  assert.match((await draft()).words, /have not found your payment/);
  await aPayment(tenant, { companyId, customerId, minor: 1_000_00n });
  const { words } = await draft();
  assert.doesNotMatch(words, /have not found your payment/);
  assert.match(words, /not assigned to a document yet/);
});

test('money that came under nobody’s name and was moved to who wrote is not assigned either', async () => {
  const { tenant, companyId, customerId, draft } = await setting('We have already paid.');
  const { paymentId } = await aPayment(tenant, { companyId, minor: 1_000_00n });
  await tenant.act('cash_applier', identifyPayment, { paymentId, customerId });
  assert.match((await draft()).words, /not assigned to a document yet/);
});

test('a copy that went when that was accepted is not chosen again for the answer, nor said to be attached', async () => {
  const { ask, entries, draft } = await setting();
  const proposal = (await entries()).flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []))[0];
  await ask('collector', contract.acceptProposal, { params: present(proposal, 'a wish'), body: {} });
  const { enclosedIds, words } = await draft();
  assert.deepEqual(enclosedIds, []);
  assert.doesNotMatch(words, /attached/);
  assert.match(words, /on their way/);
});

test('a copy that went with an answer does not go again when that is accepted, except where a person chooses it', async () => {
  for (const isChosen of [false, true]) {
    const { tenant, ask, entries, draft, send } = await setting();
    const { enclosedIds } = await draft();
    await send({ invoiceIds: enclosedIds });
    assert.deepEqual((await draft()).enclosedIds, []);
    const proposal = present(
      (await entries()).flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []))[0],
      'a wish',
    );
    const itemIds = proposal.items.map(({ itemId }) => itemId);
    const { status } = await ask('collector', contract.acceptProposal, {
      params: proposal,
      body: isChosen ? { itemIds } : {},
    });
    const purposes = (await messagesOf(tenant)).map(({ purpose }) => purpose);
    assert.deepEqual([status, purposes], [200, isChosen ? ['reply', 'invoice'] : ['reply']]);
  }
});

test('whether who wrote is a contact of the customer is said before they are answered', async () => {
  const { draft, comes } = await setting();
  assert.equal((await draft()).isContact, true);
  const other = mailOf('second', 'Please answer here.', ['In-Reply-To: <first@buyer.example>']).toString();
  await comes(Buffer.from(other.replace('jana@buyer.example', 'jana@buyer-mail.example')));
  const { recipient, isContact } = await draft();
  assert.deepEqual([recipient, isContact], ['jana@buyer-mail.example', false]);
});

test('a draft speaks of what is owed to the company that answers, and not of what another is owed', async () => {
  const { tenant, customerId, companyId, invoice, draft } = await setting('We have already paid.');
  const north = await aCompany(tenant);
  const older = { issuedOn: '2026-01-02', dueOn: '2026-01-12' };
  const other = await anInvoice(tenant, { companyId: north, customerId, minor: 70_00n, ...older });
  const shown = await draft();
  // Nobody said who answers: it is the company of what is owed the longest.
  assert.deepEqual([shown.companyId, shown.rows.map(({ reference }) => reference)], [north, [other.number]]);
  assert.deepEqual(
    shown.invoices.map(({ number }) => number),
    [other.number],
  );
  await tenant.act('owner', voidInvoice, { invoiceId: other.invoiceId as InvoiceId, reason: 'error' });
  const left = await draft();
  assert.deepEqual(
    [left.companyId, left.rows.map(({ reference }) => reference)],
    [companyId, [invoice.number]],
  );
});

test('every digit of a draft stands in a figure that names its row', () => {
  const item = (n: number, minor: bigint) =>
    ({
      id: `item${n}`,
      reference: `RE-2026/${n}`,
      dueOn: parseDate('2026-02-09'),
      open: money(minor, n % 3 === 0 ? 'USD' : 'EUR'),
    }) as unknown as OpenItem;
  const kinds = Object.keys(DRAFT_WORDS.en).filter(
    (key) => !['greeting', 'list', 'line', 'total', 'totalOfAll', 'nothing', 'end'].includes(key),
  ) as (keyof typeof DRAFT_WORDS.en)[];
  fc.assert(
    fc.property(
      fc.constantFrom(...DRAFT_LANGUAGES),
      fc.subarray(kinds),
      fc.array(fc.bigInt(1n, 10n ** 12n), { maxLength: 15 }),
      (language, chosen, amounts) => {
        const items = amounts.map((minor, n) => item(n, minor));
        const { words, figures } = draftReply(chosen as never, items, {
          language,
          today: parseDate('2026-03-02'),
          written: {
            day: (day) => formatDate(day, language),
            money: (amount) => formatMoney(amount, language),
          },
        });
        for (const { from, to, text } of figures) assert.equal(words.slice(from, to), text);
        for (const found of words.matchAll(/\d/g))
          assert.ok(
            figures.some(({ from, to }) => from <= found.index && found.index < to),
            words,
          );
        assert.ok(!/[{}]/.test(words), words);
        for (const { source, text } of figures)
          if (source.kind === 'sum') {
            const own = items.filter(({ id }) => source.itemIds.includes(id));
            const minor = own.reduce((sum, { open }) => sum + open.minor, 0n);
            assert.equal(text, formatMoney(money(minor, own[0]?.open.currency ?? 'EUR'), language));
          }
      },
    ),
    { numRuns: 60 },
  );
});

test('words that are kept are put in again by name, changed and taken away', async () => {
  const { ask, draft } = await setting();
  const put = (name: string, words: string | null) =>
    ask('collector', replies.putSnippet, { body: { name, words } });
  await put('Bank details', 'Our account is …');
  await put('bank details', 'Our new account is …');
  assert.deepEqual((await draft()).snippets, [{ name: 'bank details', words: 'Our new account is …' }]);
  await put('Bank details', null);
  assert.deepEqual((await draft()).snippets, []);
});

test('a note that names a colleague brings the conversation to them, and how long an answer is waited for is said', async () => {
  const { tenant, ask, params, list, conversation } = await setting();
  const { userId } = await aPerson(tenant, 'controller', 'Cora', tenant.as('controller').actor.id as never);
  assert.deepEqual(await list('controller', 'mine'), []);
  await ask('collector', contract.addNote, { params, body: { words: 'Please look', mentions: [userId] } });
  assert.equal((await list('controller', 'mine')).length, 1);
  const { reply } = await ask('controller', contract.listConversationEntries, { params });
  const note = reply.rows.find((entry) => entry.kind === 'note');
  assert.deepEqual(note?.kind === 'note' ? note.mentions : [], [{ userId, name: 'Cora' }]);
  tenant.on('2026-03-04');
  assert.equal((await conversation()).waitingHours, 47);
});

test('people see how right proposals were before they set a bar', async () => {
  const { ask, entries } = await setting('We will pay on 10 March. Please send us a copy of the invoice.');
  const proposals = (await entries()).flatMap((entry) => (entry.kind === 'mail' ? entry.proposals : []));
  for (const { proposalId, intent } of proposals)
    await ask('collector', intent === 'promise' ? contract.acceptProposal : contract.rejectProposal, {
      params: { proposalId },
      body: intent === 'promise' ? { on: '2026-03-12' } : {},
    } as never);
  const { rows } = (await ask('controller', contract.listBars, {})).reply;
  const counted = (intent: string) => {
    const row = present(
      rows.find((one) => one.intent === intent),
      intent,
    );
    return [row.accepted, row.changed, row.rejected, row.mayHaveBar, row.from[0]?.right ?? 0];
  };
  assert.deepEqual(counted('promise'), [0, 1, 0, true, 0]);
  assert.deepEqual(counted('copy_request'), [0, 0, 1, false, 0]);
  assert.equal(rows.length, 9);
});

test('the subject of an answer is that of the mail, with one mark before it', () => {
  assert.equal(answerSubject('Your invoice'), 'Re: Your invoice');
  for (const subject of ['Re: x', 'AW: x', 'RE[2]: x', 'Antw: x'])
    assert.equal(answerSubject(subject), subject);
  assert.equal(answerSubject(' \n '), 'Re: your mail');
  assert.equal(draftLanguage('de-CH'), 'de');
  assert.equal(draftLanguage('pl'), 'en');
});
