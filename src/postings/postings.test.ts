import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { raceHeld, runWhileHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { exportPostings, recordAnswers, setPostings } from './change-postings.ts';
import * as contract from './contract.ts';
import { type Answer, decideAnswers, type Standing } from './posting.ts';
import { readAnswers } from './read-answers.ts';
import { routes } from './routes.ts';

async function setUp() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { name: 'Kranbau Ost AG' });
  const ask = await serveTo(tenant, routes);
  await tenant.act('owner', setPostings, { companyId, fromOn: parseDate('2026-01-05') });
  const list = async (state?: 'to_post' | 'sent' | 'posted' | 'refused') =>
    (await ask('viewer', contract.listPostings, { query: { state } })).reply;
  const receive = (receivedOn: string) =>
    aPayment(tenant, { companyId, customerId, receivedOn, minor: 100_00n });
  const say = (...answers: readonly Answer[]) =>
    tenant.act('cash_applier', recordAnswers, { companyId, answers });
  const take = (state: 'to_post' | 'refused' = 'to_post') =>
    tenant.act('cash_applier', exportPostings, { companyId, state });
  return { tenant, companyId, customerId, ask, list, receive, say, take };
}

test('receipts are to be posted from the day on that was stated, sent once, and posted or refused by what is answered', async () => {
  const { tenant, ask, list, receive, say, take } = await setUp();
  await receive('2026-01-04');
  const [first, second] = [await receive('2026-01-05'), await receive('2026-01-06')];
  assert.deepEqual(
    (await list('to_post')).rows.map(({ number }) => number),
    [first.number, second.number],
  );
  const { receipts, isAll } = await take();
  assert.deepEqual([receipts, isAll], [2, true]);
  await assert.rejects(take(), { code: 'nothing_to_post' }, 'what is sent is not sent again');
  const posted = { number: first.number, part: 'receipt', state: 'posted', reference: 'GL-1' } as const;
  const refused = {
    number: second.number,
    part: 'receipt',
    state: 'refused',
    reason: 'Period closed',
  } as const;
  assert.deepEqual(await say(posted, refused), { posted: 1, refused: 1, unchanged: 0, outdated: 0 });
  assert.deepEqual(await say(posted, refused), { posted: 0, refused: 0, unchanged: 2, outdated: 0 });
  assert.deepEqual((await list()).counts, { to_post: 0, sent: 0, posted: 1, refused: 1 });
  const [row] = (await list('refused')).rows;
  assert.deepEqual([row?.number, row?.reason], [second.number, 'Period closed']);
  assert.equal((await take('refused')).receipts, 1);
  const { reply } = await ask('viewer', contract.getPaymentPosting, {
    params: { paymentId: second.paymentId },
  });
  assert.deepEqual(
    reply.steps.map(({ state }) => state),
    ['sent', 'refused', 'sent'],
  );
  await tenant.act('owner', returnPayment, {
    paymentId: first.paymentId,
    on: parseDate('2026-01-12'),
    reason: 'No funds',
  });
  const [back] = (await list('to_post')).rows;
  assert.deepEqual([back?.number, back?.part, back?.amount.amount], [first.number, 'return', '-100.00']);
});

test('answers are kept all or none, each named with what is wrong with it', async () => {
  const { list, receive, say } = await setUp();
  const [one, two] = [await receive('2026-01-05'), await receive('2026-01-06')];
  const answer = { number: one.number, part: 'receipt', state: 'posted', reference: 'GL-1' } as const;
  const wrong = say(
    answer,
    { number: 'PAY-9', part: 'receipt', state: 'posted', reference: 'GL-2' },
    { number: two.number, part: 'receipt', state: 'refused' },
    { ...answer, reference: 'GL-3' },
  );
  await assert.rejects(
    wrong,
    (problem: { code: string; facts: { answers: readonly { row: number; why: string }[] } }) => {
      assert.equal(problem.code, 'answers_wrong');
      assert.deepEqual(
        problem.facts.answers.map(({ row, why }) => [row, why]),
        [
          [2, 'not_expected'],
          [3, 'reason_missing'],
          [4, 'answered_twice'],
        ],
      );
      return true;
    },
  );
  assert.equal((await list()).counts.to_post, 2, 'nothing was kept');
  await say(answer);
  await assert.rejects(say({ ...answer, reference: 'GL-3' }), { code: 'answers_wrong' });
  await say({ ...answer, state: 'refused', reason: 'Taken back there' });
  assert.equal((await say({ ...answer, reference: 'GL-3' })).posted, 1);
});

test('two who hand out at once never hand out one receipt twice', async () => {
  const { tenant, list, receive, take } = await setUp();
  for (let day = 5; day < 10; day += 1) await receive(`2026-01-0${day}`);
  const outcome = await raceHeld(
    tenant,
    Array.from({ length: 8 }, () => () => take()),
  );
  assert.deepEqual([outcome.won, ...new Set(outcome.codes)], [1, 'nothing_to_post']);
  assert.equal((await list()).counts.sent, 5);
});

test('who waits for an answer hands out after it: what was refused meanwhile is sent, and not to be sent again', async () => {
  const { tenant, companyId, list, receive, take } = await setUp();
  const { paymentId } = await receive('2026-01-05');
  await take();
  const lock = `postings ${tenant.tenantId} ${companyId}`;
  await runWhileHeld(
    tenant,
    (tx) => tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`),
    () => take('refused'),
    (tx) =>
      tx.run(sql`insert into posting_step (tenant_id, id, payment_id, part, state, reason, recorded_by, recorded_at)
        values (${tenant.tenantId}, ${newId<'posting_step'>()}, ${paymentId}, 'receipt', 'refused', 'Account closed', 'test',
          ${tenant.clock()})`),
  );
  assert.deepEqual(
    (await list('sent')).rows.map((row) => row.paymentId),
    [paymentId],
  );
  await assert.rejects(take('refused'), { code: 'nothing_to_post' });
});

test('the file that is handed out says what a receipt settled, and is read again once it is filled in', async () => {
  const { tenant, companyId, customerId, ask, list, receive, take } = await setUp();
  await anInvoice(tenant, { companyId, customerId, minor: 60_00n });
  const { number } = await receive('2026-01-05');
  const { exportId } = await take();
  const { bytes } = await ask('viewer', contract.getPostingExport, { params: { exportId } });
  const text = bytes.toString('utf8');
  const [head = '', line = ''] = text.replace('\ufeff', '').split('\r\n');
  const cells = line.split(',');
  const at = (column: string): number => head.split(',').indexOf(column);
  assert.deepEqual(
    [cells[at('receipt')], cells[at('amount')], cells[at('on_account')]],
    [number, '100.00', '100.00'],
  );
  cells[at('state')] = 'posted';
  cells[at('reference')] = 'GL-77';
  const answers = await readAnswers(Buffer.from(`${head}\r\n${cells.join(',')}\r\n`));
  assert.deepEqual(
    answers.map(({ state, reference }) => [state, reference]),
    [['posted', 'GL-77']],
  );
  await tenant.act('cash_applier', recordAnswers, { companyId, answers });
  assert.equal((await list('posted')).rows[0]?.reference, 'GL-77');
  const bad = readAnswers(Buffer.from('receipt;state\r\nPAY-1;booked\r\n'));
  await assert.rejects(bad, { code: 'answers_unreadable' });
  await assert.rejects(readAnswers(Buffer.from('number;state\r\n')), { code: 'answers_columns_missing' });
});

test('what was handed out is answered, with its return, also where the company says a later day meanwhile', async () => {
  const { tenant, companyId, ask, list, receive, say, take } = await setUp();
  const [sent, later] = [await receive('2026-01-05'), await receive('2026-01-12')];
  await take();
  const never = await receive('2026-01-06');
  await tenant.act('owner', setPostings, { companyId, fromOn: parseDate('2026-01-12') });
  assert.deepEqual((await list()).counts, { to_post: 0, sent: 2, posted: 0, refused: 0 });
  const posted = (number: string) =>
    ({ number, part: 'receipt', state: 'posted', reference: number }) as const;
  assert.equal((await say(posted(sent.number), posted(later.number))).posted, 2);
  await assert.rejects(say(posted(never.number)), { code: 'answers_wrong' });
  await tenant.act('owner', returnPayment, {
    paymentId: sent.paymentId,
    on: parseDate('2026-01-14'),
    reason: 'No funds',
  });
  assert.deepEqual(
    (await list('to_post')).rows.map(({ number, part }) => [number, part]),
    [[sent.number, 'return']],
  );
  const { reply } = await ask('viewer', contract.getPaymentPosting, {
    params: { paymentId: sent.paymentId },
  });
  assert.deepEqual(
    reply.rows.map(({ part, state }) => [part, state]),
    [
      ['receipt', 'posted'],
      ['return', 'to_post'],
    ],
  );
});

test('a file that is had again leaves out what was answered or handed out again, so that it is not booked twice', async () => {
  const { ask, receive, say, take } = await setUp();
  const [posted, refused, open] = [
    await receive('2026-01-05'),
    await receive('2026-01-06'),
    await receive('2026-01-07'),
  ];
  const first = await take();
  const numbersIn = async (exportId: string) => {
    const { bytes } = await ask('viewer', contract.getPostingExport, { params: { exportId } });
    const [, ...lines] = bytes.toString('utf8').trimEnd().split('\r\n');
    return lines.map((line) => line.split(',')[0]);
  };
  assert.deepEqual(await numbersIn(first.exportId), [posted.number, refused.number, open.number]);
  await say(
    { number: posted.number, part: 'receipt', state: 'posted', reference: 'GL-1' },
    { number: refused.number, part: 'receipt', state: 'refused', reason: 'Period closed' },
  );
  assert.deepEqual(await numbersIn(first.exportId), [open.number]);
  const second = await take('refused');
  assert.deepEqual(
    [await numbersIn(first.exportId), await numbersIn(second.exportId)],
    [[open.number], [refused.number]],
  );
});

test('a refusal of an older export changes nothing once the receipt was handed out again, and a posting of it counts', async () => {
  const { ask, list, receive, say, take } = await setUp();
  const [one, two] = [await receive('2026-01-05'), await receive('2026-01-06')];
  const first = await take();
  const { bytes } = await ask('viewer', contract.getPostingExport, { params: { exportId: first.exportId } });
  // The file names its export by itself.
  const refusedAll = await readAnswers(
    Buffer.from(bytes.toString('utf8').replaceAll(/,,,,,(?=[^,]+\r\n)/g, ',refused,,Period closed,,')),
  );
  assert.deepEqual(
    refusedAll.map(({ exportId }) => exportId),
    [first.exportId, first.exportId],
  );
  assert.equal((await say(...refusedAll)).refused, 2);
  const second = await take('refused');
  assert.deepEqual(await say(...refusedAll), { posted: 0, refused: 0, unchanged: 0, outdated: 2 });
  assert.equal((await list()).counts.sent, 2, 'what went out again waits for its own answer');
  const posted = { number: one.number, part: 'receipt', state: 'posted', reference: 'GL-1' } as const;
  assert.equal((await say({ ...posted, exportId: first.exportId })).posted, 1);
  assert.equal((await say(...refusedAll)).outdated, 2, 'also where it is posted');
  const refused = { number: two.number, part: 'receipt', state: 'refused', reason: 'Closed' } as const;
  assert.equal((await say({ ...refused, exportId: second.exportId })).refused, 1);
  await assert.rejects(say({ ...posted, exportId: newId() }), { code: 'answers_wrong' });
  const exports = (await ask('viewer', contract.listPostingExports, { query: {} })).reply.rows;
  assert.deepEqual(
    exports.map(({ exportId, receipts, open }) => [exportId, receipts, open]),
    [
      [second.exportId, 2, 0],
      [first.exportId, 2, 0],
    ],
  );
});

test('a company that posts nowhere else is not asked', async () => {
  const { tenant, companyId, list, receive, take } = await setUp();
  await receive('2026-01-05');
  await tenant.act('owner', setPostings, { companyId, fromOn: null });
  assert.deepEqual((await list()).rows, []);
  await assert.rejects(take(), { code: 'postings_not_used' });
});

test('whatever is answered, what was kept is unchanged by the same answers again', () => {
  const answer: fc.Arbitrary<Answer> = fc.record({
    number: fc.constantFrom('A', 'B', 'C'),
    part: fc.constantFrom('receipt' as const, 'return' as const),
    state: fc.constantFrom('posted' as const, 'refused' as const),
    reference: fc.constantFrom('1', '2', undefined),
    reason: fc.constantFrom('x', undefined),
  });
  fc.assert(
    fc.property(fc.array(fc.array(answer, { maxLength: 4 }), { maxLength: 6 }), (rounds) => {
      const standing = new Map<string, Standing>();
      const key = ({ number, part }: Pick<Answer, 'number' | 'part'>): string => `${number} ${part}`;
      for (const number of ['A', 'B', 'C'])
        for (const part of ['receipt', 'return'] as const)
          standing.set(key({ number, part }), {
            paymentId: number,
            handoverId: null,
            state: 'to_post',
            reference: null,
            reason: null,
            exportIds: [],
          });
      for (const answers of rounds) {
        const decided = decideAnswers(answers, (one) => standing.get(key(one)));
        assert.equal(decided.steps.length + decided.unchanged + decided.wrong.length, answers.length);
        if (decided.wrong.length > 0) continue;
        for (const step of decided.steps)
          standing.set(key(step), {
            paymentId: step.paymentId,
            handoverId: step.handoverId,
            state: step.state,
            reference: step.state === 'posted' ? (step.reference ?? null) : null,
            reason: step.state === 'refused' ? (step.reason ?? null) : null,
            exportIds: [],
          });
        const again = decideAnswers(answers, (one) => standing.get(key(one)));
        assert.deepEqual([again.steps, again.wrong, again.unchanged], [[], [], answers.length]);
      }
    }),
  );
});
