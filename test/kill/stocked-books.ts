// Books made beside the running product: a tenant, its company, customers who owe something and can be written to. Jobs go into the
// queue that the workers take them from.

import type { sql } from 'kysely';
import { type Command, type Context, carryOut, type Door } from '#command/command.ts';
import { openPool, type Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import { openLog } from '#http/log.ts';
import { createTenant } from '#identity/create-tenant.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import { pricedByTotal } from '#invoicing/document.ts';
import { issueDocuments } from '#invoicing/issue-documents.ts';
import { openJobs } from '#jobs/queue.ts';
import { addDays } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId, type TenantId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { openCompany } from '#ledger/open-company.ts';
import { addCustomers } from '#parties/add-customers.ts';
import { takeCompany } from '#parties/take-party.ts';
import { react } from '../../src/reactions.ts';

export type StockedBooks = {
  readonly tenantId: TenantId;
  readonly companyId: CompanyId;
  readonly customerIds: readonly CustomerId[];
  act<Input, Result extends Json>(command: Command<Input, Result>, input: Input): Promise<Result>;
  context(): Promise<Context>;
  find<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]>;
  close(): Promise<void>;
};

type Wanted = { readonly companyId: CompanyId; readonly customers: number };

const stockUp: Command<Wanted, { readonly customerIds: readonly string[] }> = {
  name: 'kill-test-stock-up',
  permission: 'invoice.issue',
  async run(act, { companyId, customers: count }) {
    const company = await takeCompany(act, companyId);
    const customers = addCustomers(
      act,
      Array.from({ length: count }, (_, n) => ({
        number: `K${n}`,
        name: `Customer ${n} Ltd`,
        contacts: [{ name: `Reader ${n}`, role: 'reminders' as const, email: `reader${n}@customer.example` }],
      })),
    );
    const issuedOn = addDays(act.today, -60);
    const documents = customers.map((customer, n) => {
      const amount = money(100_00n + BigInt(n), 'EUR');
      return {
        id: newId<'invoice'>(),
        kind: 'invoice' as const,
        companyId,
        customerId: customer.id,
        issuedOn,
        priced: pricedByTotal(amount),
        instalments: [{ dueOn: addDays(issuedOn, 30), amount }],
      };
    });
    await issueDocuments(act, company, documents, { series: '' });
    return { customerIds: customers.map((customer) => customer.id) };
  },
};

/** Makes them in a database that is migrated. */
export async function openStockedBooks(url: string, customers: number): Promise<StockedBooks> {
  const pool: Pool = openPool(url, { name: 'quittance kill test', max: 2, onTrouble: () => {} });
  const jobs = await openJobs(url, { log: openLog({ role: 'kill', level: 'silent' }) });
  const door: Door = { pool, react, enqueue: jobs.enqueue };
  const tenant = { slug: 'killed', name: 'Killed Ltd', timeZone: 'UTC' };
  const tenantId: TenantId = await createTenant(door, tenant, Temporal.Now.instant());
  const context = () => makeSystemContext(pool, tenantId, Temporal.Now.instant);
  const act: StockedBooks['act'] = async (command, input) => carryOut(door, await context(), command, input);
  const made = await act(openCompany, {
    code: 'KILL',
    name: 'Killed Ltd',
    functionalCurrency: 'EUR',
    country: 'DE',
    email: 'ar@creditor.example',
  });
  const companyId = made.companyId as CompanyId;
  const { customerIds } = await act(stockUp, { companyId, customers });
  return {
    tenantId,
    companyId,
    customerIds: customerIds as readonly CustomerId[],
    act,
    context,
    find: (query) => inTenant(pool, tenantId, (tx) => tx.run(query)),
    async close() {
      await jobs.close();
      await pool.end();
    },
  };
}
