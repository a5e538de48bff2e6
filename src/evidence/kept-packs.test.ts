import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { drawPack, PACK_DRAWINGS_MAX, removeOld } from './draw-pack.ts';
import { DRAW_QUEUE, stalledSince } from './request-pack.ts';
import { routes } from './routes.ts';
import { takeInHand } from './store.ts';

after(closePdf);

/** A customer that owes two invoices on 1 March 2026, and those who ask. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example', country: 'DE' });
  const customerId = await aCustomer(tenant);
  const owe = () => anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  const invoices = [await owe(), await owe()];
  tenant.jobs.length = 0;
  const ask = await serveTo(tenant, routes);
  const body = { companyId, customerId };
  return {
    tenant,
    invoices,
    ask,
    body,
    askFor: async () => (await ask('collector', contract.askForPack, { body })).reply.packId,
    stateOf: async (packId: string) => (await ask('viewer', contract.getPack, { params: { packId } })).reply,
    file: (packId: string) => ask('viewer', contract.downloadPack, { params: { packId } }),
    draw: (packId: string) => drawPack(toolsOf(tenant), tenant.tenantId, packId),
    owe,
  };
}

test('a pack is asked for, drawn by a worker, and its very bytes are fetched whatever happens afterwards', async () => {
  const { tenant, invoices, ask, body, askFor, stateOf, file, draw, owe } = await setting();
  const packId = await askFor();
  assert.deepEqual(
    tenant.jobs.filter(({ queue }) => queue === DRAW_QUEUE).map(({ payload }) => payload),
    [{ packId }],
  );
  assert.equal((await stateOf(packId)).state, 'waiting');
  assert.equal((await file(packId)).code, 'pack_not_ready');
  await draw(packId);
  const first = await file(packId);
  assert.equal(first.status, 200);
  assert.match(first.contentType, /zip/);
  const drawn = await stateOf(packId);
  assert.deepEqual(
    [drawn.state, drawn.asOf, drawn.askedBy, drawn.bytes, drawn.drawn, drawn.toDraw],
    ['drawn', '2026-03-01', drawn.askedBy, first.bytes.length, 4, 4],
  );
  assert.equal(drawn.sha256, createHash('sha256').update(first.bytes).digest('hex'));
  assert.deepEqual(
    drawn.items.map(({ reference, open }) => [reference, open.amount]),
    invoices.map(({ number }) => [number, '100.00']),
  );
  // Another invoice, another day: what was handed out stays what it was, and a new one is another.
  await owe();
  tenant.on('2026-03-05');
  await draw(packId);
  assert.ok((await file(packId)).bytes.equals(first.bytes));
  const later = await askFor();
  assert.notEqual(later, packId);
  await draw(later);
  const { rows } = (await ask('viewer', contract.listPacks, { query: { customerId: body.customerId } }))
    .reply;
  assert.deepEqual(
    rows.map((row) => [row.packId, row.asOf, row.invoices]),
    [
      [later, '2026-03-05', 3],
      [packId, '2026-03-01', 2],
    ],
  );
  const told = (await tenant.events()).filter(({ type }) => type.startsWith('evidence_pack.'));
  assert.deepEqual(
    told.map(({ type, subjectId }) => [type, subjectId]),
    [
      ['evidence_pack.asked', packId],
      ['evidence_pack.drawn', packId],
      ['evidence_pack.asked', later],
      ['evidence_pack.drawn', later],
    ],
  );
  assert.match(JSON.stringify(told[1]?.data), new RegExp(`"sha256":"${drawn.sha256}"`));
});

// Seen to fail without `drawing_no` in `savePack` (drawn) and in `updateDrawn` (begun): the first worker kept its pack.
test('a worker that was lost is taken over, what it says afterwards counts no more, and one is drawn at a time', async () => {
  const { tenant, askFor, stateOf, draw } = await setting();
  for (const when of ['begun', 'drawn'] as const) {
    const packId = await askFor();
    assert.equal(await askFor(), packId, 'one that waits is meant');
    const slow = toolsOf(tenant);
    let isTaken = false;
    const contextOf: typeof slow.contextOf = async (tenantId) => {
      const { state, drawn, toDraw } = await stateOf(packId);
      const isThen = state === 'drawing' && (when === 'begun' || (toDraw > 0 && drawn === toDraw));
      if (isThen && !isTaken) {
        isTaken = true;
        await inTenant(tenant.pool, tenant.tenantId, (tx) => takeInHand(tx, packId, tenant.clock()));
      }
      return slow.contextOf(tenantId);
    };
    await drawPack({ ...slow, contextOf }, tenant.tenantId, packId);
    const { state, toDraw } = await stateOf(packId);
    assert.deepEqual([when, isTaken, state, toDraw], [when, true, 'drawing', 0]);
    await draw(packId);
    assert.equal((await stateOf(packId)).state, 'drawn');
  }
});

// Seen to fail without the bound: it was drawn once more.
test('a pack that ends its workers is given up, says so, and can be asked for again', async () => {
  const { tenant, askFor, stateOf, draw } = await setting();
  const packId = await askFor();
  for (let lost = 0; lost < PACK_DRAWINGS_MAX; lost += 1)
    await inTenant(tenant.pool, tenant.tenantId, (tx) => takeInHand(tx, packId, tenant.clock()));
  await draw(packId);
  const failed = await stateOf(packId);
  assert.deepEqual([failed.state, failed.problem?.code], ['failed', 'pack_not_drawn']);
  assert.match(failed.problem?.message ?? '', /could not be made/);
  const again = await askFor();
  assert.notEqual(again, packId);
  await draw(again);
  assert.equal((await stateOf(again)).state, 'drawn');
});

// Seen to fail without the bound on silence: who asked again waited for a job that was lost.
test('one at which no worker was for five minutes says so, and is begun again by asking', async () => {
  const { tenant, askFor, stateOf } = await setting();
  const packId = await askFor();
  tenant.jobs.length = 0;
  await askFor();
  assert.equal(tenant.jobs.length, 0, 'a worker is on its way');
  tenant.on('2026-03-02');
  assert.notEqual((await stateOf(packId)).stalledSince, null);
  assert.equal(await askFor(), packId);
  assert.deepEqual(
    tenant.jobs.map(({ payload }) => payload),
    [{ packId }],
  );
  assert.equal((await stateOf(packId)).stalledSince, null);
});

// Seen to fail with one bound for both: a pack behind a large one stood still, it was said.
test('one that no worker began waits for its turn for an hour, one that was begun is silent after five minutes', () => {
  const worked_at = Temporal.Instant.from('2026-03-01T12:00:00Z');
  const since = (drawing_no: number, minutes: number) =>
    stalledSince({ drawing_no, ended_at: null, worked_at }, worked_at.add({ minutes }));
  assert.deepEqual(
    [since(0, 5), since(0, 59), since(0, 60), since(1, 4), since(1, 5)],
    [undefined, undefined, worked_at, undefined, worked_at],
  );
});

// Seen to fail with what is owed read first: asking was refused, and the pack was open for ever.
test('one that stands still is begun again by asking although nothing is owed any more, and says so then', async () => {
  const { tenant, invoices, ask, body, askFor, stateOf, draw } = await setting();
  const packId = await askFor();
  const items = invoices.map(({ itemId }) => ({ itemId }));
  await tenant.act('controller', writeOffItems, { kind: 'bad_debt', reason: 'Gone', items });
  tenant.on('2026-03-02');
  tenant.jobs.length = 0;
  assert.equal(await askFor(), packId);
  assert.deepEqual(
    tenant.jobs.filter(({ queue }) => queue === DRAW_QUEUE).map(({ payload }) => payload),
    [{ packId }],
  );
  await draw(packId);
  const { state, problem } = await stateOf(packId);
  assert.deepEqual([state, problem?.code], ['failed', 'pack_empty']);
  assert.equal((await ask('collector', contract.askForPack, { body })).code, 'pack_empty');
});

// Seen to fail without open ones among what is taken away: it stayed.
test('one that is open and at which no worker was for a month is taken away', async () => {
  const { tenant, ask, askFor } = await setting();
  const packId = await askFor();
  const left = async () => (await ask('viewer', contract.listPacks, {})).reply.rows.map((row) => row.packId);
  tenant.on('2026-03-30');
  await removeOld(toolsOf(tenant), tenant.tenantId);
  assert.deepEqual(await left(), [packId]);
  tenant.on('2026-04-02');
  await removeOld(toolsOf(tenant), tenant.tenantId);
  assert.deepEqual(await left(), []);
});

test('why one cannot be drawn is kept with it: a rate is missing, or nothing is owed', async () => {
  const { tenant, ask, body, askFor, stateOf, draw, file } = await setting();
  const { companyId } = body;
  const terms = structuredClone(READY_MADE.find(({ code }) => code === 'de')?.terms) as never;
  await tenant.act('controller', replacePolicy, { companyId, validFrom: parseDate('2026-01-01'), terms });
  await anInvoice(tenant, { ...body, dueOn: '2026-02-01' });
  tenant.on('2030-01-02');
  const packId = await askFor();
  await draw(packId);
  const { state, problem } = await stateOf(packId);
  assert.deepEqual([state, problem?.code], ['failed', 'reference_rate_missing']);
  assert.match(problem?.message ?? '', /Record it/);
  assert.equal((await file(packId)).code, 'pack_not_ready');
  const none = { companyId, customerId: await aCustomer(tenant) };
  assert.equal((await ask('collector', contract.askForPack, { body: none })).code, 'pack_empty');
});

test('who may not send reminders asks for none, and another tenant finds none', async () => {
  const { ask, askFor, draw, body } = await setting();
  assert.equal((await ask('viewer', contract.askForPack, { body })).code, 'not_permitted');
  const packId = await askFor();
  await draw(packId);
  const { may } = (await ask('viewer', contract.listPacks, {})).reply;
  assert.equal(may.ask, 'not_permitted');
  const stranger = await serveTo(await newTenant(), routes);
  const params = { packId };
  assert.equal((await stranger('owner', contract.getPack, { params })).code, 'pack_not_found');
  assert.equal((await stranger('owner', contract.downloadPack, { params })).code, 'pack_not_found');
  assert.deepEqual((await stranger('owner', contract.listPacks, {})).reply.rows, []);
});

// Seen to fail with `ended_at` left out of what is taken away: the bytes were gone after a year.
test('bytes are taken away after ten years, what they were stays; what failed goes after a month', async () => {
  const { tenant, askFor, stateOf, draw, file } = await setting();
  const packId = await askFor();
  await draw(packId);
  const lost = await askFor();
  for (let tries = 0; tries < PACK_DRAWINGS_MAX; tries += 1)
    await inTenant(tenant.pool, tenant.tenantId, (tx) => takeInHand(tx, lost, tenant.clock()));
  await draw(lost);
  tenant.on('2027-03-02');
  await removeOld(toolsOf(tenant), tenant.tenantId);
  assert.equal((await file(packId)).status, 200);
  const { sha256 } = await stateOf(packId);
  tenant.on('2036-03-02');
  await removeOld(toolsOf(tenant), tenant.tenantId);
  assert.equal((await file(packId)).code, 'pack_removed');
  assert.equal((await stateOf(packId)).sha256, sha256);
  const left = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from evidence_pack where tenant_id = ${tx.tenantId}`),
  );
  assert.deepEqual(left, [{ id: packId }]);
});

// Seen to fail without the trigger of the table.
test('what was drawn is never changed, not even by a statement of ours', async () => {
  const { tenant, askFor, draw } = await setting();
  const packId = await askFor();
  await draw(packId);
  for (const statement of [
    sql`update evidence_pack set sha256 = ${Buffer.alloc(32)} where tenant_id = ${tenant.tenantId} and id = ${packId}`,
    sql`update evidence_pack_part set content = '\\x00' where tenant_id = ${tenant.tenantId} and pack_id = ${packId}`,
  ])
    await assert.rejects(
      inTenant(tenant.pool, tenant.tenantId, async (tx) => tx.write(statement)),
      /never changed/,
    );
  await draw(newId<'evidence_pack'>());
});
