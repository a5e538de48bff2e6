// Single commands: through the real API over HTTP, through the door without HTTP, and as plain SQL, by one client and by
// eight. With eight they wait for each other where they must: at the number series, whose row is locked until the commit.

import type pg from 'pg';
import { carryOut } from '#command/command.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { ROUTES } from '../src/routes.ts';
import { asker } from './ask.ts';
import { type Business, foundBusiness, makePairs, type Pair } from './business.ts';
import { contextIn, type Ground } from './ground.ts';
import { type Contender, race, type Times, timedEach } from './measure.ts';
import { comparison, type ResultRow, remark } from './results.ts';
import { applyByOneStatement, applyByStatements } from './straight-apply.ts';
import { issueByOneStatement, issueByStatements, type StraightInvoice } from './straight-issue.ts';

const CLIENTS = [1, 8] as const;
const RATIO_MAX = 2;

/** One way of carrying out a command: work on the n-th subject as the given client. */
type Way = { readonly name: string; do(n: number, client: number): Promise<unknown> };

/** How much of it: commands in a round of one client (eight do twice as many), rounds, and seconds at most. */
export type CommandOptions = {
  readonly commands: number;
  readonly rounds: number;
  readonly secondsMax: number;
};

type Stage = {
  readonly subject: string;
  /** The way of the API, or nothing where the route is not served. */
  readonly overHttp: Way | undefined;
  readonly ours: Way;
  readonly steps: Way;
  readonly one: Way;
  /** Makes what the next commands work on, and says from which number on. */
  prepare(count: number): Promise<number>;
};

/** Invoices issued one by one. */
export async function measureIssuing(ground: Ground, options: CommandOptions): Promise<readonly ResultRow[]> {
  const business = await foundBusiness(ground);
  const clients = await straightClients(ground, business);
  const http = asker(ground.address, business.key, Math.max(...CLIENTS));
  try {
    return await compete(issuing(ground, business, clients, http.ask), options);
  } finally {
    http.close();
    await Promise.all(clients.map((client) => client.end()));
  }
}

function issuing(ground: Ground, business: Business, clients: Clients, ask: Post): Stage {
  const { tenantId, companyId, customerIds } = business;
  const context = () => contextIn(tenantId);
  const today = context().today;
  const dueOn = addDays(today, 30);
  const customer = (n: number) =>
    present(customerIds[(n * 7919) % customerIds.length], 'a business has customers');
  const net = (n: number) => 10_000 + (n % 90_000);
  const straight = (n: number): StraightInvoice => ({
    tenantId,
    companyId,
    customerId: customer(n),
    issuedOn: today.toString(),
    dueOn: dueOn.toString(),
    net: net(n),
  });
  const isServed = ROUTES.some((route) => route.operation.id === 'issue-invoice');
  return {
    subject: 'issue an invoice',
    overHttp: isServed
      ? {
          name: 'over HTTP',
          do: (n) =>
            ask('POST', '/api/v1/invoices', {
              companyId,
              customerId: customer(n),
              issuedOn: today.toString(),
              dueOn: dueOn.toString(),
              currency: 'EUR',
              lines: [
                {
                  description: 'Goods',
                  quantity: '1',
                  unitPrice: (net(n) / 100).toFixed(2),
                  taxPercent: '19',
                },
              ],
            }),
        }
      : undefined,
    ours: {
      name: 'the command',
      do: (n) =>
        carryOut(ground.door, context(), issueInvoice, {
          companyId,
          customerId: customer(n),
          issuedOn: today,
          dueOn,
          currency: 'EUR',
          lines: [
            {
              description: 'Goods',
              quantity: { digits: 1n, scale: 0 },
              unitPrice: { digits: BigInt(net(n)), scale: 2 },
              taxCategory: 'S',
              taxPercent: { digits: 19n, scale: 0 },
            },
          ],
        }),
    },
    steps: {
      name: 'statement by statement',
      do: (n, c) => issueByStatements(clientOf(clients, c), straight(n)),
    },
    one: { name: 'one statement', do: (n, c) => issueByOneStatement(clientOf(clients, c), straight(n)) },
    prepare: async () => 0,
  };
}

/** Payments applied one by one, each to its invoice. */
export async function measureApplying(
  ground: Ground,
  options: CommandOptions,
): Promise<readonly ResultRow[]> {
  const business = await foundBusiness(ground);
  const clients = await straightClients(ground, business);
  const http = asker(ground.address, business.key, Math.max(...CLIENTS));
  try {
    return await compete(applying(ground, business, clients, http.ask), options);
  } finally {
    http.close();
    await Promise.all(clients.map((client) => client.end()));
  }
}

function applying(ground: Ground, business: Business, clients: Clients, ask: Post): Stage {
  const { tenantId, companyId } = business;
  const place = { tenantId, companyId, today: contextIn(tenantId).today.toString() };
  const pairs: Pair[] = [];
  const pair = (n: number): Pair => present(pairs[n], 'pairs are made before they are applied');
  const decimal = (minor: string) => (Number(minor) / 100).toFixed(2);
  return {
    subject: 'apply a payment',
    overHttp: {
      name: 'over HTTP',
      do: (n) => {
        const { paymentId, invoiceItemId, minor } = pair(n);
        const amount = { amount: decimal(minor), currency: 'EUR' };
        return ask('POST', `/api/v1/payments/${paymentId}/applications`, {
          allocations: [{ itemId: invoiceItemId, amount }],
        });
      },
    },
    ours: {
      name: 'the command',
      do: (n) => {
        const { paymentId, invoiceItemId, minor } = pair(n);
        return carryOut(ground.door, contextIn(tenantId), applyPayment, {
          paymentId: paymentId as PaymentId,
          allocations: [{ itemId: invoiceItemId as ItemId, amount: money(BigInt(minor), 'EUR') }],
        });
      },
    },
    steps: {
      name: 'statement by statement',
      do: (n, c) => applyByStatements(clientOf(clients, c), place, pair(n)),
    },
    one: { name: 'one statement', do: (n, c) => applyByOneStatement(clientOf(clients, c), place, pair(n)) },
    async prepare(count) {
      const from = pairs.length;
      pairs.push(...(await makePairs(ground, business, count)));
      return from;
    },
  };
}

type Post = (method: 'POST', path: string, body: unknown) => Promise<unknown>;
type Clients = readonly pg.Client[];

function clientOf(clients: Clients, index: number): pg.Client {
  return present(clients[index], 'there is a connection for each client');
}

/** Plain connections for which the tenant is set once, as long as they last. */
async function straightClients(ground: Ground, business: Business): Promise<Clients> {
  return Promise.all(
    Array.from({ length: Math.max(...CLIENTS) }, async () => {
      const client = await ground.connect();
      await client.query(`select set_config('app.tenant_id', $1, false)`, [business.tenantId]);
      return client;
    }),
  );
}

async function compete(stage: Stage, options: CommandOptions): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  for (const clients of CLIENTS) {
    const count = clients === 1 ? options.commands : options.commands * 2;
    const ways = [stage.ours, stage.steps, stage.one, ...(stage.overHttp ? [stage.overHttp] : [])];
    const times = await race(
      ways.map((way) => contender(stage, way, { clients, count })),
      options,
    );
    const of = (way: Way): Times => present(times.get(way.name), 'every way was measured');
    const subject = `${stage.subject}, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
    for (const way of [stage.overHttp, stage.ours]) {
      if (way === undefined) {
        rows.push(remark(`${subject}: over HTTP`, 'left out: the API does not serve it'));
        continue;
      }
      rows.push(comparison(subject, of(way), of(stage.steps), { ratioMax: RATIO_MAX }));
      rows.push(comparison(subject, of(way), of(stage.one), {}));
    }
  }
  return rows;
}

function contender(
  stage: Stage,
  way: Way,
  { clients, count }: { readonly clients: number; readonly count: number },
): Contender {
  return {
    name: way.name,
    async run() {
      const from = await stage.prepare(count);
      return timedEach(count, clients, (n, client) => way.do(from + n, client));
    },
  };
}
