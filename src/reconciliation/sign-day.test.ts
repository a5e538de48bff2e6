import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Command } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { explainLine, undoExplanation } from './explain-line.ts';
import { readDay, takeAccount } from './read-days.ts';
import { reopenDay, signDay } from './sign-day.ts';

const DAY = parseDate('2026-01-05');

async function aSignable(): Promise<{
  readonly tenant: TestTenant;
  readonly bankAccountId: string;
  readonly feeId: string;
}> {
  const tenant = await newTenant({ on: '2026-01-06' });
  const companyId = await aCompany(tenant);
  const { bankAccountId } = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  await load(tenant, [
    { amount: '100.00', text: 'x', bankReference: 'A' },
    { amount: '-4.50', text: 'fee', bankReference: 'B' },
  ]);
  const [fee] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from statement_line where amount_minor < 0`),
  );
  await tenant.act('cash_applier', explainLine, { lineId: fee?.id ?? '', kind: 'fee' });
  return { tenant, bankAccountId, feeId: fee?.id ?? '' };
}

function load(tenant: TestTenant, entries: readonly CamtEntry[], day = '2026-01-05', balances = {}) {
  const bytes = aCamt053([{ day, entries, id: newId(), opening: '0.00', closing: '95.50', ...balances }]);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  return importBankFile(at, { name: 'a.xml', bytes }, { apply: true });
}

test('who signs a day vouches for its figures, which are kept with their hash, and the day is locked', async () => {
  const { tenant, bankAccountId, feeId } = await aSignable();
  const signed = await tenant.act('controller', signDay, { bankAccountId, day: DAY, note: 'seen' });
  assert.deepEqual(signed.closing, { amount: '95.50', currency: 'EUR' });
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{ figures: object; figures_sha256: Uint8Array }>`select figures, figures_sha256 from day_sign_off`,
    ),
  );
  assert.equal(createHash('sha256').update(canonicalJson(row?.figures)).digest('hex'), signed.sha256);
  assert.equal(Buffer.from(row?.figures_sha256 ?? []).toString('hex'), signed.sha256);

  const late: readonly CamtEntry[] = [{ amount: '1.00', text: 'late', bankReference: 'C' }];
  await refusesWithoutTrace(tenant, 'bank_day_signed', () => load(tenant, late));
  await refusesWithoutTrace(tenant, 'bank_day_signed', () =>
    tenant.act('cash_applier', undoExplanation, { lineId: feeId, note: 'x' }),
  );
  await refusesWithoutTrace(tenant, 'bank_day_signed', () =>
    tenant.act('cash_applier', explainLine, { lineId: feeId, kind: 'other' }),
  );
  await refusesWithoutTrace(tenant, 'day_signed_already', () =>
    tenant.act('owner', signDay, { bankAccountId, day: DAY }),
  );
  const next = [
    { amount: '1.00', text: 'next', bankReference: 'N', bookedOn: '2026-01-06', valueOn: '2026-01-06' },
  ];
  await load(tenant, next, '2026-01-06', { opening: '95.50', closing: '96.50' });
  const again = await load(tenant, [{ amount: '100.00', text: 'x', bankReference: 'A' }]);
  assert.equal(again.statements[0]?.newLines, 0, 'what is known already comes in as nothing');

  await refusesWithoutTrace(tenant, 'second_person_needed', () =>
    tenant.act('controller', reopenDay, { bankAccountId, day: DAY, reason: 'a line is missing' }),
  );
  await tenant.act('owner', reopenDay, { bankAccountId, day: DAY, reason: 'a line is missing' });
  await refusesWithoutTrace(tenant, 'day_not_signed', () =>
    tenant.act('owner', reopenDay, { bankAccountId, day: DAY, reason: 'again' }),
  );
  await load(tenant, late);
  const day = await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    readDay(tx, await takeAccount(tx, bankAccountId), DAY),
  );
  assert.deepEqual([day.state, day.closingOffMinor], ['off', -1_00n]);
  const events = (await tenant.events())
    .map((event) => event.type)
    .filter((type) => type.startsWith('bank_day'));
  assert.deepEqual(events, ['bank_day.signed', 'bank_day.reopened']);
});

test('a day is signed only when it is over and tied, by those who may, and by what was seen at the bank where no statement says it', async () => {
  const tenant = await newTenant({ on: '2026-01-06' });
  const companyId = await aCompany(tenant);
  const { bankAccountId } = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  const none = { opening: undefined, closing: undefined };
  await load(tenant, [{ amount: '100.00', text: 'x', bankReference: 'A' }], '2026-01-05', {
    opening: '0.00',
    closing: undefined,
  });
  await load(
    tenant,
    [{ amount: '5.00', text: 'y', bankReference: 'B', bookedOn: '2026-01-06' }],
    '2026-01-06',
    none,
  );
  const sign = (day: string, closing?: bigint) => () =>
    tenant.act('controller', signDay, {
      bankAccountId,
      day: parseDate(day),
      closing: closing === undefined ? undefined : money(closing, 'EUR'),
    });
  await refusesWithoutTrace(tenant, 'day_not_over', sign('2026-01-06'));
  await refusesWithoutTrace(tenant, 'day_not_tied', sign('2026-01-05'));
  await refusesWithoutTrace(tenant, 'closing_differs', sign('2026-01-05', 99_99n));
  await refusesWithoutTrace(tenant, 'wrong_currency', () =>
    tenant.act('controller', signDay, { bankAccountId, day: DAY, closing: money(1n, 'USD') }),
  );
  await refusesWithoutTrace(tenant, 'bank_account_not_found', () =>
    tenant.act('controller', signDay, { bankAccountId: newId(), day: DAY }),
  );
  await assert.rejects(tenant.act('cash_applier', signDay, { bankAccountId, day: DAY }), {
    code: 'not_permitted',
  });
  await sign('2026-01-05', 100_00n)();
});

test('a signature is never changed, and no second person is forged', async () => {
  const { tenant, bankAccountId } = await aSignable();
  await tenant.act('controller', signDay, { bankAccountId, day: DAY });
  for (const change of [
    sql`update day_sign_off set figures = '{}'`,
    sql`update day_sign_off set reopened_by = signed_by, reopened_at = now(), reopened_reason = 'x'`,
    sql`delete from day_sign_off`,
    sql`update line_explanation set kind = 'other'`,
  ])
    await assert.rejects(inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(change)));
});

/** Puts a line into the statement that is there, as an import does, and goes on for a while before the commit. */
function addLineAndLinger(lingerMs: number): Command<{ readonly bankAccountId: string }, null> {
  return {
    name: 'add-line-and-linger',
    permission: 'bank.import',
    constraints: { bank_day_open: 'bank_day_signed' },
    async run(act, { bankAccountId }) {
      const [statement] = await act.run(
        sql<{ id: string }>`select id from bank_statement where bank_account_id = ${bankAccountId} limit 1`,
      );
      act.write(sql`insert into statement_line (tenant_id, id, statement_id, bank_account_id, line_no, identity, booked_on, value_on,
          currency, amount_minor, recorded_at)
        values (${act.tenantId}, ${newId()}, ${statement?.id}, ${bankAccountId}, 99, ${Buffer.from(newId())}, '2026-01-05', '2026-01-05',
          'USD', 1, ${act.now})`);
      await act.settle();
      await sleep(lingerMs);
      return null;
    },
  };
}

test('signing waits for a line that is coming in, and sees it', async () => {
  const { tenant, bankAccountId } = await aSignable();
  const adding = tenant.act('owner', addLineAndLinger(200), { bankAccountId });
  await sleep(80);
  await assert.rejects(tenant.act('controller', signDay, { bankAccountId, day: DAY }), {
    code: 'day_not_tied',
  });
  await adding;
});

test('when a day is signed, no line slips in after the figures were read, however many come in at once', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { tenant, bankAccountId } = await aSignable();
    const wait = () => inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql`select pg_sleep(0.03)`));
    await Promise.all(Array.from({ length: 8 }, wait));
    const adding = Array.from({ length: 7 }, async (_, racer) => {
      await sleep(6 + ((racer * 7 + round * 3) % 25));
      return tenant.act('owner', addLineAndLinger((racer * 11) % 30), { bankAccountId }).then(
        () => 'added',
        (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
      );
    });
    const signing = (async () => {
      await sleep(round * 6);
      return tenant.act('controller', signDay, { bankAccountId, day: DAY }).then(
        () => 'signed',
        (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
      );
    })();
    const [outcome, ...added] = await Promise.all([signing, ...adding]);
    const [lines] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql<{ n: number }>`select count(*)::int as n from statement_line where currency = 'USD'`),
    );
    const came = added.filter((one) => one === 'added').length;
    assert.equal(lines?.n, came);
    assert.ok(
      added.every((one) => one === 'added' || one === 'bank_day_signed'),
      added.join(),
    );
    // A line in another currency leaves the day open: a signature stands only where none had come before it.
    assert.equal(outcome, came === 0 ? 'signed' : 'day_not_tied');
  }
});

test('two who sign at once: one signature stands', async () => {
  const { tenant, bankAccountId } = await aSignable();
  const outcomes = await Promise.allSettled(
    (['controller', 'owner', 'controller', 'owner'] as const).map((role) =>
      tenant.act(role, signDay, { bankAccountId, day: DAY }),
    ),
  );
  assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
});
