import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { newId } from '#kernel/id.ts';
import { COMMAND_TRIES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { type Act, type Command, carryOut } from './command.ts';

/** Adds a member row: any table will do, this one is small. */
function addRow(act: Act, id: string, role = 'viewer'): void {
  act.insert('member', [{ user_id: id, role }]);
  act.record({ type: 'row.added', subjectId: id, data: { role } });
}

type Input = { readonly id: string; readonly role?: string };

/** A command that does what a test wants, besides adding its row. */
function adding(
  more: (act: Act, input: Input) => unknown = () => {},
): Command<Input, { readonly id: string }> {
  return {
    name: 'add-row',
    permission: 'member.manage',
    constraints: { member_role_check: 'role_unknown' },
    async run(act, input) {
      addRow(act, input.id, input.role);
      await more(act, input);
      return { id: input.id };
    },
  };
}

async function rows({ pool, tenantId }: TestTenant): Promise<readonly string[]> {
  const found = await inTenant(pool, tenantId, (tx) =>
    tx.run(q.selectFrom('member').select('user_id').where('tenant_id', '=', tenantId).orderBy('user_id')),
  );
  return found.map((row) => row.user_id);
}

async function logged({ pool, tenantId }: TestTenant): Promise<number> {
  const found = await inTenant(pool, tenantId, (tx) =>
    tx.run(q.selectFrom('command_log').select('id').where('tenant_id', '=', tenantId)),
  );
  return found.length;
}

async function assertNoTrace(tenant: TestTenant): Promise<void> {
  assert.deepEqual(
    { rows: await rows(tenant), events: await tenant.events(), commands: await logged(tenant) },
    { rows: [], events: [], commands: 0 },
  );
}

test('a command saves its change, what happened and that it was carried out, together', async () => {
  const tenant = await newTenant();
  const id = newId();
  assert.deepEqual(await tenant.act('owner', adding(), { id }), { id });
  assert.deepEqual(await rows(tenant), [id]);
  const [event] = await tenant.events();
  assert.deepEqual([event?.type, event?.subjectId, event?.data], ['row.added', id, { role: 'viewer' }]);
  assert.match(event?.actor ?? '', /^user:/);
  assert.equal(await logged(tenant), 1);
});

test('without the permission nothing is even begun', async () => {
  const tenant = await newTenant();
  let begun = false;
  const command = adding(() => {
    begun = true;
  });
  await assert.rejects(tenant.act('viewer', command, { id: newId() }), {
    code: 'not_permitted',
    facts: { permission: 'member.manage' },
  });
  assert.equal(begun, false);
  await assertNoTrace(tenant);
});

test('the same command id and input give the first answer again and act once', async () => {
  const tenant = await newTenant();
  const commandId = newId<'command'>();
  const input = { id: newId() };
  let answers = 0;
  const command = {
    ...adding(),
    run: async (act: Act, { id }: Input) => {
      await act.run(sql`select ${'anything'} as answer`);
      answers += 1;
      addRow(act, id);
      return { id };
    },
  };
  const first = await tenant.act('owner', command, input, { commandId });
  const second = await tenant.act('owner', command, input, { commandId });
  assert.equal(JSON.stringify(second), JSON.stringify(first));
  assert.deepEqual([answers, (await tenant.events()).length], [1, 1], 'a repeat gets no answer to work with');
});

test('a repeat of a command that asks nothing does nothing either', async () => {
  const tenant = await newTenant();
  const commandId = newId<'command'>();
  const command = adding();
  const input = { id: newId(), role: 'owner' };
  const first = await tenant.act('owner', command, input, { commandId });
  assert.deepEqual(await tenant.act('owner', command, input, { commandId }), first);
  assert.deepEqual(await tenant.act('owner', command, input, { commandId, rehearse: true }), first);
  await assert.rejects(tenant.act('owner', command, { id: newId(), role: 'owner' }, { commandId }), {
    code: 'command_id_reused',
  });
  assert.deepEqual(await rows(tenant), [first.id]);
  assert.equal((await tenant.events()).length, 1);
});

test('the same command id with another input, or of another command, is refused', async () => {
  const tenant = await newTenant();
  const commandId = newId<'command'>();
  const input = { id: newId() };
  await tenant.act('owner', adding(), input, { commandId });
  const other = { ...adding(), name: 'another-command' };
  await assert.rejects(tenant.act('owner', adding(), { id: newId() }, { commandId }), {
    code: 'command_id_reused',
  });
  await assert.rejects(tenant.act('owner', other, input, { commandId }), { code: 'command_id_reused' });
  assert.equal((await rows(tenant)).length, 1);
});

test('a command id belongs to its tenant', async () => {
  const [one, two] = [await newTenant(), await newTenant()];
  const commandId = newId<'command'>();
  await one.act('owner', adding(), { id: newId() }, { commandId });
  await two.act('owner', adding(), { id: newId() }, { commandId });
  assert.deepEqual([(await rows(one)).length, (await rows(two)).length], [1, 1]);
});

test('eight runs of one command id at once act once and all get the same answer', async () => {
  const tenant = await newTenant();
  await Promise.all(Array.from({ length: 8 }, () => rows(tenant)));
  for (let round = 0; round < 5; round += 1) {
    const commandId = newId<'command'>();
    const input = { id: newId() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => tenant.act('owner', adding(), input, { commandId })),
    );
    assert.deepEqual(new Set(answers.map((a) => JSON.stringify(a))), new Set([JSON.stringify(input)]));
    assert.equal((await rows(tenant)).length, round + 1);
  }
  assert.equal((await tenant.events()).length, 5);
});

test('eight runs of one command id that collide only at the very end act once too', async () => {
  const tenant = await newTenant();
  await Promise.all(Array.from({ length: 8 }, () => rows(tenant)));
  const commandId = newId<'command'>();
  // Nothing but the record of the command itself is in the way of the others.
  const command: Command<object, { readonly made: string }> = {
    name: 'makes-ids',
    permission: 'member.manage',
    async run(act) {
      const id = newId();
      addRow(act, id);
      await act.settle();
      return { made: id };
    },
  };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => tenant.act('owner', command, {}, { commandId })),
  );
  assert.equal(new Set(answers.map((a) => a.made)).size, 1);
  assert.deepEqual(await rows(tenant), [answers[0]?.made]);
});

test('a rehearsal shows the result and leaves no trace, and the command can then be carried out', async () => {
  const tenant = await newTenant();
  const commandId = newId<'command'>();
  const input = { id: newId() };
  const shown = await tenant.act('owner', adding(), input, { commandId, rehearse: true });
  assert.deepEqual(shown, input);
  await assertNoTrace(tenant);
  await tenant.act('owner', adding(), input, { commandId });
  assert.deepEqual(await rows(tenant), [input.id]);
});

test('a rehearsal refuses what the command would refuse, also what only the database sees', async () => {
  const tenant = await newTenant();
  const input = { id: newId(), role: 'king' };
  await assert.rejects(tenant.act('owner', adding(), input, { rehearse: true }), { code: 'role_unknown' });
});

test('a refusal leaves no trace', async () => {
  const tenant = await newTenant();
  const command = adding(async (act) => {
    await act.settle();
    throw new Refusal('changed_its_mind', { because: 'of the test' });
  });
  await assert.rejects(tenant.act('owner', command, { id: newId() }), {
    code: 'changed_its_mind',
    facts: { because: 'of the test' },
  });
  await assertNoTrace(tenant);
});

test('a refused command id can be used again, because nothing was done', async () => {
  const tenant = await newTenant();
  const commandId = newId<'command'>();
  const input = { id: newId() };
  const refusing = adding(() => {
    throw new Refusal('not_today');
  });
  await assert.rejects(tenant.act('owner', refusing, input, { commandId }), { code: 'not_today' });
  await tenant.act('owner', adding(), input, { commandId });
  assert.deepEqual(await rows(tenant), [input.id]);
});

test('a statement that fails on its way surfaces as its refusal and takes everything back', async () => {
  const tenant = await newTenant();
  await assert.rejects(tenant.act('owner', adding(), { id: newId(), role: 'king' }), {
    code: 'role_unknown',
  });
  await assertNoTrace(tenant);
  const broken = adding((act) => act.write(sql`insert into no_such_table values (1)`));
  await assert.rejects(tenant.act('owner', broken, { id: newId() }), /no_such_table/);
  await assertNoTrace(tenant);
});

test('a change that touches other rows than it must takes everything back', async () => {
  const tenant = await newTenant();
  const command = adding((act) =>
    act.write(
      sql`update member set role = 'owner' where tenant_id = ${act.tenantId} and user_id = 'nobody'`,
      {
        rows: 1,
        rule: 'somebody becomes owner',
      },
    ),
  );
  await assert.rejects(tenant.act('owner', command, { id: newId() }), /broken rule: somebody becomes owner/);
  await assertNoTrace(tenant);
});

test('after a failure the connection is not used for anybody else', async () => {
  const tenant = await newTenant();
  for (let n = 0; n < 20; n += 1) {
    await assert.rejects(tenant.act('owner', adding(), { id: newId(), role: 'king' }), {
      code: 'role_unknown',
    });
    const id = newId();
    await tenant.act('owner', adding(), { id });
    assert.ok((await rows(tenant)).includes(id));
  }
});

test('two commands that deadlock are both carried out', async () => {
  const tenant = await newTenant();
  const [a, b] = [newId(), newId()];
  await tenant.act('owner', adding(), { id: a });
  await tenant.act('owner', adding(), { id: b });
  const meeting = Promise.withResolvers<void>();
  let arrived = 0;
  let runs = 0;
  const lock = (act: Act, id: string) =>
    act.run(sql`select 1 from member where tenant_id = ${act.tenantId} and user_id = ${id} for update`);
  const crossing: Command<{ first: string; second: string }, { done: true }> = {
    name: 'cross',
    permission: 'member.manage',
    async run(act, { first, second }) {
      runs += 1;
      await lock(act, first);
      arrived += 1;
      if (arrived === 2) meeting.resolve();
      await meeting.promise;
      await lock(act, second);
      act.record({ type: 'row.crossed', subjectId: newId(), data: {} });
      return { done: true };
    },
  };
  const outcomes = await Promise.all([
    tenant.act('owner', crossing, { first: a, second: b }),
    tenant.act('owner', crossing, { first: b, second: a }),
  ]);
  assert.deepEqual(outcomes, [{ done: true }, { done: true }]);
  assert.equal(runs, 3, 'one of them was tried again');
  assert.equal((await tenant.events()).filter((e) => e.type === 'row.crossed').length, 2);
});

test('a command that began too early is dated anew, later each time, and a deadlock after that is tried again all the same', async () => {
  const tenant = await newTenant();
  const moments: Temporal.Instant[] = [];
  const late: Command<object, { done: true }> = {
    name: 'begin-anew',
    permission: 'member.manage',
    async run(act) {
      moments.push(act.now);
      if (moments.length <= COMMAND_TRIES_MAX) act.beginAnew(act.now.add({ seconds: 1 }));
      if (moments.length === COMMAND_TRIES_MAX + 1)
        await act.run(sql`do $$ begin raise exception 'a circle' using errcode = '40P01'; end $$`);
      return { done: true };
    },
  };
  assert.deepEqual(await tenant.act('owner', late, {}), { done: true });
  const waits = moments
    .slice(1)
    .map((moment, index) => moment.since(moments[index] ?? moment).total('seconds'));
  assert.equal(waits.length, COMMAND_TRIES_MAX + 1);
  assert.ok(waits.slice(0, COMMAND_TRIES_MAX).every((seconds) => seconds > 1));
});

test('what happened brings about its jobs, in the same transaction as the jobs of the command', async () => {
  const tenant = await newTenant({
    react: (event) => [{ queue: 'reaction', payload: { about: event.subjectId } }],
  });
  const id = newId();
  await tenant.act(
    'owner',
    adding((act) => act.enqueue({ queue: 'own', payload: {} })),
    { id },
  );
  assert.deepEqual(tenant.jobs, [
    { queue: 'own', payload: {} },
    { queue: 'reaction', payload: { about: id } },
  ]);
});

test('a command that cannot leave its jobs is not carried out', async () => {
  const tenant = await newTenant({
    react: () => [{ queue: 'reaction', payload: {} }],
    enqueue: async (tx) => tx.write(sql`insert into no_such_queue values (1)`),
  });
  await assert.rejects(tenant.act('owner', adding(), { id: newId() }), /no_such_queue/);
  await assertNoTrace(tenant);
});

test('a command sees the rows of its tenant only, even when it asks for all', async () => {
  const [one, two] = [await newTenant(), await newTenant()];
  await one.act('owner', adding(), { id: newId() });
  const counting: Command<object, { n: number }> = {
    name: 'count',
    permission: 'book.read',
    async run(act) {
      const [row] = await act.run(sql<{ n: bigint }>`select count(*) as n from member`);
      return { n: Number(row?.n) };
    },
  };
  assert.deepEqual(await two.act('viewer', counting, {}), { n: 0 });
  assert.deepEqual(await one.act('viewer', counting, {}), { n: 1 });
  const foreign = adding((act) =>
    act.write(
      sql`insert into member (tenant_id, user_id, role) values (${one.tenantId}, 'intruder', 'owner')`,
    ),
  );
  await assert.rejects(two.act('owner', foreign, { id: newId() }), /row-level security/);
  assert.equal((await rows(one)).length, 1);
});

test('today and now are those of the request', async () => {
  const tenant = await newTenant({ on: '2026-03-01' });
  const telling: Command<object, { today: string }> = {
    name: 'tell',
    permission: 'book.read',
    run: async (act) => ({ today: act.today.toString() }),
  };
  assert.deepEqual(await carryOut(tenant.door, tenant.as('viewer'), telling, {}), { today: '2026-03-01' });
  tenant.on('2026-03-31');
  assert.deepEqual(await tenant.act('viewer', telling, {}), { today: '2026-03-31' });
});
