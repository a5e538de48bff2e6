// What a page of the web app asks for while somebody waits, over HTTP, with the big ledger behind it: the time that one
// request in two, and nineteen in twenty, stay below.

import { ROUTES } from '../src/routes.ts';
import { type Ask, asker } from './ask.ts';
import { type BigLedger, bigLedger } from './big-ledger.ts';
import { contextIn, type Ground } from './ground.ts';
import { quantile } from './measure.ts';
import { type ResultRow, remark, shownMs } from './results.ts';

const P95_MS_MAX = 100;

export type ListOptions = { readonly items: number; readonly requests: number; readonly secondsMax: number };

/** A thing people look at: the operation of the API, and the path of the n-th request. */
type Look = { readonly name: string; readonly operation: string; path(n: number, page: Page): string };

/** `next` of the page before, so that lists are walked as well as opened. */
type Page = { readonly next: string | undefined };

function after({ next }: Page): string {
  return next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
}

/** Reads everything that people look at, each some dozens of times, for other customers and other pages. */
export async function measureLists(ground: Ground, options: ListOptions): Promise<readonly ResultRow[]> {
  const ledger = await bigLedger(ground, options.items);
  const http = asker(ground.address, ledger.key, 1);
  try {
    const rows: ResultRow[] = [];
    for (const look of looksAt(ledger)) rows.push(await measureLook(http.ask, look, options));
    return rows;
  } finally {
    http.close();
  }
}

async function measureLook(ask: Ask, look: Look, options: ListOptions): Promise<ResultRow> {
  const subject = `page: ${look.name}`;
  if (!ROUTES.some((route) => route.operation.id === look.operation))
    return remark(subject, 'left out: the API does not serve it');
  const times: number[] = [];
  const begun = performance.now();
  let next: string | undefined;
  for (let n = 0; n < options.requests; n += 1) {
    if (n > 1 && performance.now() - begun > options.secondsMax * 1_000) break;
    const path = look.path(n, { next });
    const asked = performance.now();
    const reply = await ask('GET', path);
    times.push(performance.now() - asked);
    next = n % PAGES_WALKED === PAGES_WALKED - 1 ? undefined : nextOf(reply);
  }
  const p95 = quantile(times, 0.95);
  const text = `p50 ${shownMs(quantile(times, 0.5))}, p95 ${shownMs(p95)} of ${times.length}`;
  return remark(subject, text, { msMax: P95_MS_MAX }, p95);
}

/** A list is walked so far, then opened anew. */
const PAGES_WALKED = 5;

function nextOf(reply: unknown): string | undefined {
  const next = typeof reply === 'object' && reply !== null && 'next' in reply ? reply.next : undefined;
  return typeof next === 'string' ? next : undefined;
}

const NAMES = [
  'amber',
  'birch',
  'cedar st',
  'delta lo',
  'ember pa',
  'fjord op',
  'grove',
  'harbour m',
  'indigo',
  'C0001',
];

function looksAt({ tenantId, customers }: BigLedger): readonly Look[] {
  const { today } = contextIn(tenantId);
  const past = today.subtract({ days: 30 }).toString();
  // Every hundredth customer has many items, the others a dozen.
  const customer = (n: number) => {
    const number = 1 + ((n * 7919) % (n % 3 === 0 ? Math.max(1, Math.floor(customers / 100)) : customers));
    return `cc000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  };
  const balances = (query: string): Omit<Look, 'name'> => ({
    operation: 'list-customer-balances',
    path: (_, page) => `/api/v1/customer-balances?${query}${after(page)}`,
  });
  const list = (operation: string, path: string): Omit<Look, 'name'> => ({
    operation,
    path: (_, page) => `${path}${path.includes('?') ? '' : '?'}${after(page)}`,
  });
  const about = (operation: string, rest: string): Omit<Look, 'name'> => ({
    operation,
    path: (n) => `/api/v1/customers/${customer(n)}${rest}`,
  });
  return [
    { name: 'who I am', operation: 'read-me', path: () => '/api/v1/me' },
    { name: 'customers by name', ...balances('sort=name') },
    { name: 'customers by number', ...balances('sort=number') },
    { name: 'customers by open amount', ...balances('sort=open') },
    { name: 'customers by overdue amount', ...balances('sort=overdue&hasOverdue=true') },
    {
      name: 'customers, searched by name',
      operation: 'list-customer-balances',
      path: (n) => `/api/v1/customer-balances?search=${encodeURIComponent(NAMES[n % NAMES.length] ?? '')}`,
    },
    {
      name: 'customers suggested while typing',
      operation: 'search-customers',
      path: (n) => `/api/v1/customer-suggestions?q=${encodeURIComponent(NAMES[n % NAMES.length] ?? '')}`,
    },
    { name: 'invoices, newest', ...list('list-invoices', '/api/v1/invoices') },
    { name: 'invoices open', ...list('list-invoices', '/api/v1/invoices?state=open') },
    { name: 'invoices overdue', ...list('list-invoices', '/api/v1/invoices?state=overdue') },
    { name: 'invoices paid', ...list('list-invoices', '/api/v1/invoices?state=paid') },
    {
      name: 'invoices by number',
      operation: 'list-invoices',
      path: (n) => `/api/v1/invoices?q=INV-000${1_000 + n}`,
    },
    {
      name: 'one invoice',
      operation: 'read-invoice',
      path: (n) => `/api/v1/invoices/1a000000-0000-7000-8000-${(1 + n * 97).toString(16).padStart(12, '0')}`,
    },
    { name: 'payments', ...list('list-payments', '/api/v1/payments') },
    { name: 'payments unapplied', ...list('list-payments', '/api/v1/payments?state=unapplied') },
    {
      name: 'one payment',
      operation: 'get-payment',
      path: (n) =>
        `/api/v1/payments/3a000000-0000-7000-8000-${(40 * (1 + n)).toString(16).padStart(12, '0')}`,
    },
    {
      name: 'journal entries of a customer',
      operation: 'list-journal-entries',
      path: (n) => `/api/v1/journal-entries?customerId=${customer(n)}`,
    },
    { name: 'aging items now', ...list('list-aging-items', '/api/v1/reports/aging/items') },
    {
      name: 'aging items of a bucket',
      ...list('list-aging-items', '/api/v1/reports/aging/items?bucket=31-60'),
    },
    {
      name: 'aging items 30 days ago',
      ...list('list-aging-items', `/api/v1/reports/aging/items?asOf=${past}`),
    },
    { name: 'one customer', ...about('read-customer', '') },
    { name: 'customer overview', ...about('read-customer-overview', '/overview') },
    { name: 'customer open items', ...about('list-customer-items', '/open-items') },
    { name: 'customer timeline', ...about('read-customer-timeline', '/timeline') },
    { name: 'customer statement', ...about('read-customer-statement', '/statement') },
    { name: 'dashboard', operation: 'read-dashboard', path: () => '/api/v1/dashboard' },
  ];
}
