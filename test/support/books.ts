// The books of a test tenant, recomputed from the journal and compared with what is stored: what every command must leave
// behind, whatever it did.

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { verifyBooks } from '#reporting/verify-books.ts';
import type { TestTenant } from './tenant.ts';

type Row = { readonly place: string; readonly stored: bigint; readonly computed: bigint };

/**
 * Fails when an item is not what the journal says of it, when it is not its amount less what was applied, or when an entry
 * does not balance. Gives how much money stands in each account in functional currency, for tests to compare.
 */
export async function checkBooks(tenant: TestTenant): Promise<Readonly<Record<string, bigint>>> {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const [items, functional, applied, entries, accounts] = await Promise.all([
      tx.run(sql<Row>`select i.reference || ' ' || i.kind as place, i.open_minor as stored,
          coalesce((select sum(l.amount_minor) from journal_line l where l.tenant_id = i.tenant_id and l.item_id = i.id), 0)::bigint as computed
        from open_item i where i.tenant_id = ${tx.tenantId}`),
      tx.run(sql<Row>`select i.reference || ' ' || i.kind as place, i.open_functional_minor as stored,
          coalesce((select sum(l.functional_minor) from journal_line l where l.tenant_id = i.tenant_id and l.item_id = i.id), 0)::bigint as computed
        from open_item i where i.tenant_id = ${tx.tenantId}`),
      tx.run(sql<Row>`select i.reference || ' ' || i.kind as place, abs(i.amount_minor) - abs(i.open_minor) as stored,
          coalesce((select sum(a.amount_minor + case when a.debit_item_id = i.id then a.discount_minor + a.difference_minor else 0 end)
            from application a where a.tenant_id = i.tenant_id and i.id in (a.debit_item_id, a.credit_item_id)), 0)::bigint as computed
        from open_item i where i.tenant_id = ${tx.tenantId}`),
      tx.run(sql<Row>`select entry_id::text as place, sum(functional_minor)::bigint as stored, 0::bigint as computed
        from journal_line where tenant_id = ${tx.tenantId} group by entry_id having sum(functional_minor) <> 0`),
      tx.run(sql<{ account: string; minor: bigint }>`select account, sum(functional_minor)::bigint as minor
        from journal_line where tenant_id = ${tx.tenantId} group by account order by account`),
    ]);
    for (const [what, rows] of [
      ['items and journal agree', items],
      ['items and journal agree in functional currency', functional],
      ['items and applications agree', applied],
      ['entries balance', entries],
    ] as const) {
      const wrong = rows.filter((row) => row.stored !== row.computed);
      assert.deepEqual(wrong, [], what);
    }
    return Object.fromEntries(accounts.map((row) => [row.account, row.minor]));
  });
}

/** Checks the books as `checkBooks` does, and that each rule of the proof holds on a day; left out, on the last of 2026. */
export async function proveBooks(
  tenant: TestTenant,
  today = parseDate('2026-12-31'),
): Promise<Readonly<Record<string, bigint>>> {
  const { checks } = await verifyBooks(tenant.pool, tenant.tenantId, { now: tenant.clock(), today });
  assert.deepEqual(
    checks.filter((check) => !check.holds).map(({ rule, examples }) => ({ rule, examples })),
    [],
  );
  return checkBooks(tenant);
}

/** How many rows the tables of the books hold: what a refused command must leave as it was. */
export async function countRows(tenant: TestTenant): Promise<Readonly<Record<string, bigint>>> {
  const tables = [
    'invoice',
    'invoice_line',
    'invoice_tax',
    'open_item',
    'application',
    'journal_entry',
    'journal_line',
    'payment',
    'payment_return',
    'company_handover',
    'handover_setting',
    'write_off',
    'write_off_undo',
    'charge',
    'charge_part',
    'charge_span',
    'charge_undo',
    'charge_policy',
    'charge_exclusion',
    'reference_rate',
    'bank_account',
    'bank_statement',
    'statement_line',
    'event',
    'command_log',
  ];
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const rows = await Promise.all(
      tables.map((table) =>
        tx.run(
          sql<{ n: bigint }>`select count(*) as n from ${sql.table(table)} where tenant_id = ${tx.tenantId}`,
        ),
      ),
    );
    return Object.fromEntries(tables.map((table, index) => [table, rows[index]?.[0]?.n ?? 0n]));
  });
}

/** Fails unless the work is refused with that code and leaves no trace. */
export async function refusesWithoutTrace(
  tenant: TestTenant,
  code: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = await countRows(tenant);
  await assert.rejects(work, (error: unknown) => {
    assert.equal((error as { code?: string }).code, code, String(error));
    return true;
  });
  assert.deepEqual(await countRows(tenant), before, `${code} leaves no trace`);
}
