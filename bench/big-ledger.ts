// The big ledger: a hundred thousand customers, a million open items and the history they come from, in a tenant of its own.
// Made once for all subjects that read it, and kept where the database is kept.

import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, TenantId } from '#kernel/id.ts';
import { refreshFigures } from '#reporting/refresh-figures.ts';
import { generateLedger, MILLION_OPEN } from './generate-ledger.ts';
import { contextIn, type Ground, makeOwnerKey } from './ground.ts';
import { timed } from './measure.ts';

export type BigLedger = {
  readonly tenantId: TenantId;
  readonly companyId: CompanyId;
  readonly key: string;
  readonly openItems: number;
  readonly customers: number;
  /** How long the cache of what customers owe took to be made from nothing. */
  readonly figuresMs: number;
};

/** Open items of the ledger at full size; a smaller one has as much less of everything. */
const FULL_SIZE = 1_000_000;

let made: Promise<BigLedger> | undefined;

/** The ledger with about so many open items. */
export function bigLedger(ground: Ground, items: number): Promise<BigLedger> {
  made ??= makeLedger(ground, items);
  return made;
}

async function makeLedger(ground: Ground, items: number): Promise<BigLedger> {
  // The same size is the same tenant, so that a kept database has it already.
  const tenantId = `b0000000-0000-7000-8000-${String(items).padStart(12, '0')}` as TenantId;
  const { today, now } = contextIn(tenantId);
  const share = items / FULL_SIZE;
  const superuser = await ground.connectSuperuser();
  try {
    const there = await superuser.query('select 1 from tenant where id = $1', [tenantId]);
    if (there.rowCount === 0) {
      console.error(`making a ledger of ${items} open items …`);
      const customers = Math.max(100, Math.round(MILLION_OPEN.customers * share));
      const invoices = Math.round(MILLION_OPEN.invoices * share);
      await generateLedger(superuser, { ...MILLION_OPEN, tenantId, today, customers, invoices });
    }
    const figuresMs = await timed(() =>
      inTenant(ground.door.pool, tenantId, (tx) => refreshFigures(tx, { now, today })),
    );
    await superuser.query('vacuum (analyze) customer_figures');
    const { rows } = await superuser.query<{ id: CompanyId; open: number; customers: number }>(
      `select c.id, (select count(*)::integer from open_item where tenant_id = $1 and open_minor <> 0) as open,
        (select count(*)::integer from customer where tenant_id = $1) as customers
       from company c where tenant_id = $1`,
      [tenantId],
    );
    const seen = present(rows[0], 'the ledger has a company');
    const key = await makeOwnerKey(ground, tenantId);
    return { tenantId, companyId: seen.id, key, openItems: seen.open, customers: seen.customers, figuresMs };
  } finally {
    await superuser.end();
  }
}
