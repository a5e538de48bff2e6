import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Command } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { credit, debit, entry } from './journal.ts';
import { addPeriod, lockPeriod, unlockPeriod } from './lock-period.ts';
import { postEntries } from './post-entries.ts';

const january = (companyId: CompanyId) => ({
  companyId,
  startsOn: parseDate('2026-01-01'),
  endsOn: parseDate('2026-01-31'),
});

test('nothing is posted on a day of a locked period, and on other days as before', async () => {
  const tenant = await newTenant({ on: '2026-02-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const { periodId } = await tenant.act('controller', addPeriod, january(companyId));
  await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-31' });
  await tenant.act('controller', lockPeriod, { periodId });
  for (const issuedOn of ['2026-01-01', '2026-01-31']) {
    await assert.rejects(anInvoice(tenant, { companyId, customerId, issuedOn }), { code: 'period_locked' });
  }
  await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-02-01' });
  await anInvoice(tenant, { companyId, customerId, issuedOn: '2025-12-31' });
  const other = await aCompany(tenant);
  await anInvoice(tenant, { companyId: other, customerId, issuedOn: '2026-01-15' });
  await tenant.act('controller', unlockPeriod, { periodId, reason: 'late invoice' });
  await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-15' });
  const events = (await tenant.events()).filter((e) => e.type.startsWith('period.'));
  assert.deepEqual(
    events.map((e) => e.type),
    ['period.added', 'period.locked', 'period.unlocked'],
  );
  assert.match(JSON.stringify(events[2]?.data), /late invoice/);
});

test('periods are refused that overlap, end before they start, or are not there', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const { periodId } = await tenant.act('owner', addPeriod, january(companyId));
  const refused = (input: Parameters<typeof addPeriod.run>[1], code: string) =>
    assert.rejects(tenant.act('owner', addPeriod, input), { code }, code);
  await refused(
    { ...january(companyId), startsOn: parseDate('2026-01-31'), endsOn: parseDate('2026-02-28') },
    'period_overlaps',
  );
  await refused({ ...january(companyId), endsOn: parseDate('2025-12-31') }, 'period_ends_before_start');
  await refused(january(newId<'company'>()), 'company_not_found');
  await tenant.act('owner', addPeriod, january(await aCompany(tenant)));
  await assert.rejects(tenant.act('owner', unlockPeriod, { periodId, reason: 'x' }), {
    code: 'period_not_locked',
  });
  await tenant.act('owner', lockPeriod, { periodId });
  await assert.rejects(tenant.act('owner', lockPeriod, { periodId }), { code: 'period_locked_already' });
  await assert.rejects(tenant.act('owner', lockPeriod, { periodId: newId() }), { code: 'period_not_found' });
  await assert.rejects(tenant.act('collector', unlockPeriod, { periodId, reason: 'x' }), {
    code: 'not_permitted',
  });
});

/** Posts an entry on 15 January and goes on with something else for a while before the commit, as long commands do. */
function postAndLinger(
  lingerMs: number,
  posted = () => {},
): Command<{ readonly companyId: CompanyId }, { readonly entryId: string }> {
  return {
    name: 'post-and-linger',
    permission: 'invoice.issue',
    async run(act, { companyId }) {
      const some = money(1_00n, 'EUR');
      const made = entry({
        companyId,
        postedOn: parseDate('2026-01-15'),
        kind: 'payment',
        documentId: newId(),
        lines: [debit('bank', some, some), credit('opening', some, some)],
      });
      postEntries(act, [made], []);
      await act.settle();
      posted();
      await sleep(lingerMs);
      return { entryId: made.id };
    },
  };
}

/** How many entries a company has in January. */
async function entriesInJanuary(tenant: TestTenant, companyId: CompanyId): Promise<number> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: bigint }>`select count(*) as n from journal_entry
      where tenant_id = ${tx.tenantId} and company_id = ${companyId} and posted_on between '2026-01-01' and '2026-01-31'`),
  );
  return Number(rows[0]?.n);
}

test('locking waits for a posting that is under way', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const { periodId } = await tenant.act('owner', addPeriod, january(companyId));
  const done: string[] = [];
  const posted = Promise.withResolvers<void>();
  const posting = tenant
    .act('owner', postAndLinger(150, posted.resolve), { companyId })
    .then(() => done.push('posting'));
  await posted.promise;
  const locking = tenant.act('owner', lockPeriod, { periodId }).then(() => done.push('locking'));
  await Promise.all([posting, locking]);
  assert.deepEqual(done, ['posting', 'locking']);
});

test('when the lock is committed, no entry slips in after it, however many are being posted', async () => {
  for (let round = 0; round < 3; round += 1) {
    const tenant = await newTenant();
    const companyId = await aCompany(tenant);
    const { periodId } = await tenant.act('owner', addPeriod, january(companyId));
    // Connections are opened and plans made before the race, or the racers would run one after the other.
    await Promise.all(Array.from({ length: 9 }, () => tenant.act('owner', postAndLinger(5), { companyId })));
    const racers = Array.from({ length: 8 }, async (_, racer) => {
      const outcomes: boolean[] = [];
      for (let i = 0; i < 8; i += 1) {
        await sleep(10 + ((racer * 5 + i * 7) % 23));
        const outcome = await tenant.act('owner', postAndLinger((racer * 3 + i) % 7), { companyId }).then(
          () => true,
          (error: unknown) => {
            assert.ok(error instanceof Refusal && error.code === 'period_locked', String(error));
            return false;
          },
        );
        outcomes.push(outcome);
      }
      return outcomes;
    });
    const locking = sleep(60)
      .then(() => tenant.act('owner', lockPeriod, { periodId }))
      .then(() => entriesInJanuary(tenant, companyId));
    const [locked, ...outcomes] = await Promise.all([locking, ...racers]);
    const posted = outcomes.flat().filter((outcome) => outcome).length;
    assert.equal(locked, 9 + posted, 'all that was posted was there when the lock was committed');
    assert.equal(await entriesInJanuary(tenant, companyId), locked);
    assert.ok(posted < 64, 'some racers came too late');
  }
});
