// What ten thousand receipts are for, among a million open items: references, sums without any, short amounts and unknown payers, as
// the import of a bank statement asks. Nothing is written.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { MATCH_ROWS } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { type Arrived, matchReceipts } from '#payments/match-receipts.ts';
import type { Match } from '#payments/receipt.ts';
import { bigLedger } from './big-ledger.ts';
import { contextIn, type Ground } from './ground.ts';
import { type ResultRow, remark } from './results.ts';

const RECEIPTS = 10_000;
const SECONDS_MAX = 60;
const SEED = 42;

type OpenRow = {
  readonly customer_id: CustomerId;
  readonly name: string;
  readonly currency: string;
  readonly items: readonly { readonly reference: string; readonly minor: string }[];
};

/** The row of the table: how long it takes, and what became of them. */
export async function measureReceipts(
  ground: Ground,
  given: { readonly items: number },
): Promise<readonly ResultRow[]> {
  const ledger = await bigLedger(ground, given.items);
  const { today } = contextIn(ledger.tenantId);
  const receipts = Math.max(MATCH_ROWS, Math.round(RECEIPTS * Math.min(1, given.items / 1_000_000)));
  const rows = await inTenant(ground.door.pool, ledger.tenantId, (tx) =>
    tx.run(
      sql<OpenRow>`select i.customer_id, c.name, i.currency,
          jsonb_agg(jsonb_build_object('reference', i.reference, 'minor', i.open_minor::text) order by i.due_on, i.id) as items
        from open_item i join customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id
        where i.tenant_id = ${ledger.tenantId} and i.open_minor > 0 and i.account = 'receivables'
        group by i.customer_id, c.name, i.currency order by i.customer_id limit ${receipts}`,
    ),
  );
  const chance = chances(SEED);
  const arrived = rows.map((row) => arrivedFrom(row, chance, ledger.companyId, today.toString()));
  while (arrived.length < receipts) arrived.push(...arrived.slice(0, receipts - arrived.length));
  const begun = performance.now();
  const matches: Match[] = [];
  await inTenant(ground.door.pool, ledger.tenantId, async (tx) => {
    for (let start = 0; start < arrived.length; start += MATCH_ROWS)
      matches.push(...(await matchReceipts(tx, arrived.slice(start, start + MATCH_ROWS))));
  });
  const ms = performance.now() - begun;
  const applied = matches.filter(({ decision }) => decision === 'apply').length;
  const suggested = matches.filter((m) => m.decision === 'wait' && m.suggestions.length > 0).length;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const perSecond = Math.round((arrived.length / ms) * 1_000);
  return [
    remark(
      `receipts: ${arrived.length} against ${ledger.openItems} open items`,
      `${(ms / 1_000).toFixed(1)} s, ${perSecond} a second; ${applied} applied, ${suggested} suggested; peak ${peak} MiB`,
      { msMax: SECONDS_MAX * 1_000 },
      ms,
    ),
  ];
}

/** One receipt of a customer: named, a sum without a name, short of a fee, or from nobody known. */
function arrivedFrom(row: OpenRow, chance: () => number, companyId: CompanyId, today: string): Arrived {
  const count = 1 + Math.floor(chance() * Math.min(4, row.items.length));
  const from = Math.floor(chance() * (row.items.length - count + 1));
  const paid = row.items.slice(from, from + count);
  const sum = paid.reduce((total, { minor }) => total + BigInt(minor), 0n);
  const kind = chance();
  const isNamed = kind < 0.6;
  const fee = kind >= 0.8 && kind < 0.9 && sum > 2_000n ? 1_250n : 0n;
  return {
    companyId,
    customerId: null,
    amount: money(sum - fee, row.currency),
    paidOn: parseDate(today),
    texts: isNamed ? [`payment ${paid.map(({ reference }) => reference).join(' ')}`] : ['thank you'],
    payerName: kind < 0.9 ? row.name : null,
    payerAccount: null,
    isReturn: false,
    stated: 0n,
  };
}

/** The same numbers between nought and one each time. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
