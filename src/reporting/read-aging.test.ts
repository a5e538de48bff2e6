import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays, daysBetween, type Instant, isAfter, type PlainDate, parseDate } from '#kernel/calendar.ts';
import { toDecimal } from '#kernel/money.ts';
import { bucketIndex, type Edges } from '#ledger/aging.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { type Asked, serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aBusyLedger } from '../../test/support/busy-ledger.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { type Aging, readAging } from './read-aging.ts';
import { routes } from './routes.ts';
import type { When } from './store-aging.ts';

type Fact = {
  readonly item: string;
  readonly companyId: string;
  readonly customerId: string | null;
  readonly currency: string;
  readonly account: string;
  readonly isCredit: boolean;
  readonly dueOn: PlainDate;
  readonly minor: bigint;
  readonly functional: bigint;
  readonly on: PlainDate;
  readonly at: Instant;
};

/** Every change of what is open, from items and applications alone: the journal and the stored balances are not asked. */
async function factsOf(tenant: TestTenant): Promise<readonly Fact[]> {
  const common = sql`i.id as item, i.company_id as "companyId", i.customer_id as "customerId", i.currency, i.account,
    i.amount_minor < 0 as "isCredit", i.due_on as "dueOn"`;
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const parts = await Promise.all([
      tx.run(sql<Fact>`select ${common}, i.amount_minor as minor, i.functional_minor as functional, i.posted_on as on,
          i.recorded_at as at from open_item i where i.tenant_id = ${tx.tenantId}`),
      tx.run(sql<Fact>`select ${common}, -(a.amount_minor + a.discount_minor + a.difference_minor) as minor,
          -a.debit_functional_minor as functional, a.applied_on as on, a.recorded_at as at
        from application a join open_item i on i.tenant_id = a.tenant_id and i.id = a.debit_item_id where a.tenant_id = ${tx.tenantId}`),
      tx.run(sql<Fact>`select ${common}, a.amount_minor as minor, a.credit_functional_minor as functional, a.applied_on as on,
          a.recorded_at as at
        from application a join open_item i on i.tenant_id = a.tenant_id and i.id = a.credit_item_id where a.tenant_id = ${tx.tenantId}`),
    ]);
    return parts.flat();
  });
}

/** The aging as it must be, added up fact by fact. */
function expectedCells(facts: readonly Fact[], when: When, edges: Edges): Map<string, bigint> {
  const cells = new Map<string, bigint>();
  for (const fact of facts) {
    if (isAfter(fact.on, when.asOf)) continue;
    if (when.knownAt && Temporal.Instant.compare(fact.at, when.knownAt) > 0) continue;
    const column =
      fact.account === 'unapplied-cash'
        ? 'unapplied'
        : fact.isCredit
          ? 'credits'
          : `bucket ${bucketIndex(edges, daysBetween(fact.dueOn, when.asOf))}`;
    for (const [kind, minor] of [
      ['document', fact.minor],
      ['functional', fact.functional],
    ] as const) {
      const key = [fact.customerId ?? '-', fact.companyId, fact.currency, kind, column].join(' ');
      cells.set(key, (cells.get(key) ?? 0n) + minor);
    }
  }
  for (const [key, minor] of cells) if (minor === 0n) cells.delete(key);
  return cells;
}

function shownCells(aging: Aging): Map<string, bigint> {
  const cells = new Map<string, bigint>();
  for (const row of aging.rows) {
    for (const [kind, figures] of [
      ['document', row.figures],
      ['functional', row.functional],
    ] as const) {
      const place = [row.customer?.id ?? '-', row.company.id, row.currency, kind].join(' ');
      const put = (column: string, minor: bigint) => {
        if (minor !== 0n) cells.set(`${place} ${column}`, minor);
      };
      figures.buckets.forEach((amount, index) => {
        put(`bucket ${index}`, amount.minor);
      });
      put('credits', figures.credits.minor);
      put('unapplied', figures.unapplied.minor);
    }
  }
  return cells;
}

function totalsOfRows(aging: Aging): Record<string, string> {
  const totals = new Map<string, bigint>();
  for (const row of aging.rows) {
    const key = `${row.company.code} ${row.currency}`;
    totals.set(key, (totals.get(key) ?? 0n) + row.figures.net.minor);
  }
  return Object.fromEntries(
    [...totals].filter(([, minor]) => minor !== 0n).map(([key, minor]) => [key, minor.toString()]),
  );
}

const read = (tenant: TestTenant, request: Parameters<typeof readAging>[1]) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readAging(tx, request), { snapshot: true });

for (const seed of [1, 2, 3]) {
  test(`the aging of any day as known at any moment is what items and applications add up to (seed ${seed})`, async () => {
    const tenant = await newTenant();
    const ledger = await aBusyLedger(tenant, seed);
    const facts = await factsOf(tenant);
    const moments = [undefined, facts[20]?.at, facts[60]?.at];
    for (let day = ledger.from; !isAfter(day, addDays(ledger.to, 20)); day = addDays(day, 9)) {
      for (const knownAt of moments) {
        const edges = knownAt ? [10, 20] : [30, 60, 90];
        const when = { asOf: day, knownAt };
        const aging = await read(tenant, { ...when, edges, limit: 50, sort: 'name' });
        const expected = expectedCells(facts, when, edges);
        assert.deepEqual(shownCells(aging), expected, `${day} known at ${knownAt}`);
        const nets = aging.totals.filter((t) => t.figures.net.minor !== 0n);
        assert.deepEqual(
          Object.fromEntries(
            nets.map((t) => [`${t.company.code} ${t.currency}`, t.figures.net.minor.toString()]),
          ),
          totalsOfRows(aging),
          'totals are the sums of rows',
        );
      }
    }
  });
}

test('pages of customers come in every order without loss or repetition', async () => {
  const tenant = await newTenant();
  const { to } = await aBusyLedger(tenant, 4);
  for (const sort of ['net', 'overdue', 'number', 'name'] as const) {
    const whole = await read(tenant, { asOf: to, sort, limit: 100 });
    const ids: string[] = [];
    let after: Aging['next'];
    do {
      const page: Aging = await read(tenant, { asOf: to, sort, limit: 2, after });
      ids.push(...new Set(page.rows.map((row) => row.customer?.id ?? '-')));
      assert.equal(page.customers, whole.customers);
      after = page.next;
    } while (after);
    assert.deepEqual(ids, [...new Set(whole.rows.map((row) => row.customer?.id ?? '-'))], sort);
    assert.ok(ids.length >= 5, 'there are customers to page through');
  }
});

test('amounts come largest first', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  for (const minor of [5_00n, 900_00n, 70_00n]) await anInvoice(tenant, { companyId, minor });
  const aging = await read(tenant, { asOf: parseDate('2026-01-15'), sort: 'net', limit: 10 });
  assert.deepEqual(
    aging.rows.map((row) => row.figures.net.minor),
    [900_00n, 70_00n, 5_00n],
  );
});

test('an invoice and a credit of the same amount do not hide each other', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  await anInvoice(tenant, { companyId, customerId, minor: 10_00n });
  await aPayment(tenant, { companyId, customerId, minor: 10_00n });
  const aging = await read(tenant, { asOf: parseDate('2026-01-15'), limit: 10 });
  assert.equal(aging.rows.length, 1);
  assert.equal(aging.rows[0]?.figures.gross.minor, 10_00n);
  assert.equal(aging.rows[0]?.figures.net.minor, 0n);
});

test('an invoice paid later is open on the days before, whenever it is asked', async () => {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    minor: 80_00n,
    issuedOn: '2026-01-02',
    dueOn: '2026-01-10',
  });
  const payment = await aPayment(tenant, {
    companyId,
    customerId: invoice.customerId,
    minor: 80_00n,
    receivedOn: '2026-02-20',
  });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: { minor: 80_00n, currency: 'EUR' } }],
    on: parseDate('2026-02-21'),
  });
  const shown = async (asOf: string) => {
    const { totals } = await read(tenant, { asOf: parseDate(asOf), limit: 0 });
    return totals.map((t) => [...t.figures.buckets, t.figures.unapplied].map(toDecimal).join(' '));
  };
  assert.deepEqual(await shown('2026-01-10'), ['80.00 0.00 0.00 0.00 0.00 0.00']);
  assert.deepEqual(await shown('2026-02-19'), ['0.00 0.00 80.00 0.00 0.00 0.00']);
  assert.deepEqual(await shown('2026-02-20'), ['0.00 0.00 80.00 0.00 0.00 -80.00']);
  assert.deepEqual(await shown('2026-02-21'), []);
});

test('who had nothing open then is not among the customers, and what was settled then is not among the items', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    minor: 80_00n,
    issuedOn: '2026-01-02',
    dueOn: '2026-01-10',
  });
  const { customerId } = invoice;
  const payment = await aPayment(tenant, { companyId, customerId, minor: 80_00n, receivedOn: '2026-02-01' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: { minor: 80_00n, currency: 'EUR' } }],
    on: parseDate('2026-02-01'),
  });
  await tenant.act('cash_applier', unapplyPayment, {
    paymentId: payment.paymentId,
    on: parseDate('2026-03-01'),
  });
  await anInvoice(tenant, { companyId, issuedOn: '2026-03-05', dueOn: '2026-04-01' });
  const ask = await serveTo(tenant, routes);
  for (const [asOf, customers, items] of [
    ['2026-01-01', 0, 0],
    ['2026-01-31', 1, 1],
    ['2026-02-15', 0, 0],
    ['2026-03-01', 1, 2],
    ['2026-03-05', 2, 3],
  ] as const) {
    const aging = await ask('viewer', contract.readAging, { query: { asOf } });
    const listed = await ask('viewer', contract.listAgingItems, { query: { asOf } });
    assert.deepEqual([aging.reply.customers, listed.reply.rows.length], [customers, items], asOf);
  }
});

const cents = (text: string): bigint => BigInt(text.replace('.', ''));

test('the items behind each figure add up to it, page by page and exported', async () => {
  const tenant = await newTenant();
  const { to } = await aBusyLedger(tenant, 5);
  const ask = await serveTo(tenant, routes);
  for (const asOf of [addDays(to, -70).toString(), addDays(to, -10).toString(), to.toString()]) {
    const aging = (await ask('viewer', contract.readAging, { query: { asOf, limit: '100' } })).reply;
    for (const total of aging.totals) {
      const scope = { asOf, companyId: total.company.id, currency: total.currency };
      const figureOf: [object, string][] = aging.buckets.map((bucket, index) => [
        { bucket: bucket.key },
        total.figures.buckets[index]?.amount ?? '',
      ]);
      for (const column of ['gross', 'overdue', 'credits', 'unapplied'] as const)
        figureOf.push([{ column }, total.figures[column].amount]);
      figureOf.push([{}, total.figures.net.amount]);
      for (const [filter, amount] of figureOf) {
        const rows = await allItems(ask, { ...scope, ...filter });
        const shown = rows.reduce((minor, row) => minor + cents(row.open.amount), 0n);
        assert.equal(shown, cents(amount), JSON.stringify([scope, filter]));
        assert.ok(rows.every((row) => row.postedOn <= asOf && cents(row.open.amount) !== 0n));
        const exported = await ask('viewer', contract.exportAgingItems, { query: { ...scope, ...filter } });
        const lines = exported.bytes.toString('utf8').trim().split('\r\n').slice(1);
        assert.deepEqual(
          lines.map((line) => line.split(',')[10]),
          rows.map((row) => row.open.amount),
        );
      }
    }
  }
});

type ItemReply = Asked<typeof contract.listAgingItems>['reply']['rows'][number];

async function allItems(
  ask: Awaited<ReturnType<typeof serveTo>>,
  query: { readonly asOf: string },
): Promise<readonly ItemReply[]> {
  const rows: ItemReply[] = [];
  let after: string | undefined;
  do {
    const asked = await ask('viewer', contract.listAgingItems, {
      query: { ...query, limit: '3', ...(after ? { after } : {}) },
    });
    assert.equal(asked.status, 200, asked.code ?? '');
    rows.push(...asked.reply.rows);
    after = asked.reply.next ?? undefined;
  } while (after);
  assert.equal(new Set(rows.map((row) => row.id)).size, rows.length, 'no item comes twice');
  assert.deepEqual(
    rows.map((row) => row.dueOn),
    rows.map((row) => row.dueOn).sort(),
  );
  return rows;
}

test('the exported aging has the rows of the report, and formulas in names stay text', async () => {
  const tenant = await newTenant();
  const { to } = await aBusyLedger(tenant, 6);
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { number: '=1+1', name: '=HYPERLINK("http://example.com")' });
  await anInvoice(tenant, { companyId, customerId });
  const ask = await serveTo(tenant, routes);
  const query = { asOf: addDays(to, -15).toString(), edges: '10,50' };
  const report = (
    await ask('viewer', contract.readAging, { query: { ...query, limit: '100', sort: 'number' } })
  ).reply;
  const file = await ask('viewer', contract.exportAging, { query });
  assert.match(file.contentType, /^text\/csv/);
  const [heading, ...lines] = file.bytes.toString('utf8').replace('\ufeff', '').trim().split('\r\n');
  assert.match(
    heading ?? '',
    /^customer_number,customer_name,company,currency,current,1-10,11-50,over-50,gross/,
  );
  assert.equal(lines.length, report.rows.length);
  for (const [index, row] of report.rows.entries()) {
    const cells =
      (lines[index] ?? '').match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? [];
    const amounts = [...row.figures.buckets, row.figures.gross, row.figures.overdue, row.figures.credits];
    assert.deepEqual(
      cells.slice(4, 4 + amounts.length),
      amounts.map((amount) => amount.amount),
    );
  }
  assert.ok(lines.some((line) => line.startsWith(`'=1+1,"'=HYPERLINK(`)));
});

test('a report about a company, customer or currency leaves the others out', async () => {
  const tenant = await newTenant();
  const { companies, customers, to } = await aBusyLedger(tenant, 7);
  const whole = await read(tenant, { asOf: addDays(to, -20), limit: 100, sort: 'name' });
  for (const filter of [{ companyId: companies[0] }, { customerId: customers[1] }, { currency: 'USD' }]) {
    const part = await read(tenant, { asOf: addDays(to, -20), limit: 100, sort: 'name', ...filter });
    const fits = whole.rows.filter(
      (row) =>
        (filter.companyId === undefined || row.company.id === filter.companyId) &&
        (filter.customerId === undefined || row.customer?.id === filter.customerId) &&
        (filter.currency === undefined || row.currency === filter.currency),
    );
    assert.ok(fits.length > 0 && fits.length < whole.rows.length);
    assert.deepEqual(part.rows, fits);
  }
});

test('what cannot be asked is refused with a code', async () => {
  const tenant = await newTenant();
  await aCompany(tenant);
  const ask = await serveTo(tenant, routes);
  const refused = async (query: object) =>
    (await ask('viewer', contract.readAging, { query: query as never })).code;
  assert.equal(await refused({ companyId: crypto.randomUUID() }), 'company_not_found');
  assert.equal(await refused({ edges: '30,20' }), 'aging_edges_not_valid');
  assert.equal(await refused({ asOf: '2026-02-30' }), 'bad_input');
  assert.equal(await refused({ after: 'nonsense' }), 'bad_input');
  assert.equal(await refused({ after: `1;drop,${crypto.randomUUID()}` }), 'bad_input');
  const items = await ask('viewer', contract.listAgingItems, { query: { bucket: '5-6' } });
  assert.equal(items.code, 'aging_bucket_unknown');
  const file = await ask('viewer', contract.exportAging, { query: { companyId: crypto.randomUUID() } });
  assert.equal(file.code, 'company_not_found');
});
