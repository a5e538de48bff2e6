// Every page, on a desk in light colours and on a phone in dark ones: it has a title and one heading, nothing in it is a
// barrier by WCAG 2.2 A and AA, nothing sticks out sideways, and nothing breaks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { aCamt053 } from '../support/bank-files.ts';
import {
  aCustomer,
  anInvoice,
  aPayment,
  barriers,
  done,
  heading,
  holds,
  type Journey,
  newJourney,
  newPage,
  quiet,
  row,
  sent,
  stage,
} from './journey.ts';

/** Halves of all pages, each looked at by a test of its own: all at once take minutes on a small machine. */
const HALVES = {
  books: 'about customers, invoices and money',
  work: 'about collecting, reports and settings',
} as const;
type Half = keyof typeof HALVES;

/** A business whose pages are looked at, and where they are. */
type Business = { readonly journey: Journey; readonly paths: Readonly<Record<Half, readonly string[]>> };

let business: Promise<Business> | undefined;

/** The business of this file: nothing is changed in it, so that its tests share it. */
function aBusiness(): Promise<Business> {
  business ??= newJourney().then(async (journey) => ({ journey, paths: await everything(journey) }));
  return business;
}

/** Business enough that every page has something to show, and where it is. */
async function everything(journey: Journey): Promise<Business['paths']> {
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Vltava Packaging and Sons of the Great River Company',
    email: 'pay@vltava.example',
  });
  const days = { issuedOn: '2026-01-05', dueOn: '2026-02-04' };
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '1234567.89', ...days });
  await anInvoice(journey, { customerId, amount: '80.00', issuedOn: '2026-03-01', dueOn: '2026-03-31' });
  const paymentId = await aPayment(journey, {
    customerId,
    amount: '500.00',
    on: '2026-03-10',
    reference: 'x',
  });
  await sent(journey.owner, 'POST', `/api/v1/invoices/${invoiceId}/credit-notes`, {
    reason: 'quality',
    lines: [{ description: 'Damaged', quantity: '1', unitPrice: '10', taxCategory: 'Z', taxPercent: '0' }],
  });
  await sent(journey.owner, 'POST', `/api/v1/customers/${customerId}/addresses`, {
    kind: 'billing',
    street: 'Nábřežní 1',
    postalCode: '11000',
    city: 'Praha',
    country: 'CZ',
  });
  await sent(journey.owner, 'POST', '/api/v1/payment-terms', {
    code: 'N30',
    name: '30 days net',
    notation: '2/10 net 30',
  });
  await sent(journey.owner, 'POST', `/api/v1/companies/${journey.companyId}/periods`, {
    startsOn: '2026-01-01',
    endsOn: '2026-01-31',
  });
  await sent(journey.owner, 'POST', '/api/v1/exchange-rates', {
    rates: [{ base: 'USD', quote: 'EUR', validOn: '2026-03-01', rate: '0.92' }],
  });
  await sent(journey.owner, 'PUT', `/api/v1/customers/${customerId}/portal`, {
    portal: 'SAP Ariba',
    address: 'https://portal.example/',
    supplierNumber: 'AN01012345678',
    userId: null,
    from: '2026-01-01',
    chasesUnposted: true,
  });
  const { rows } = (await journey.owner(`/api/v1/customers/${customerId}/open-items`)).body as {
    rows: readonly { readonly id: string; readonly open: { readonly amount: string } }[];
  };
  const owed = rows.find((item) => item.open.amount === '80.00');
  await sent(journey.owner, 'POST', '/api/v1/promises', {
    items: [{ itemId: owed?.id, on: '2026-03-20' }],
  });
  await sent(journey.owner, 'POST', '/api/v1/holds', {
    customerId,
    itemId: owed?.id,
    reason: 'in_talks',
    until: '2026-03-17',
  });
  const { rows: ready } = (await journey.owner('/api/v1/ready-policies')).body as {
    rows: readonly { readonly key: string; readonly file: object }[];
  };
  const { setId } = await sent(journey.owner, 'POST', '/api/v1/policy-sets', {
    file: ready.find(({ key }) => key === 'key_account')?.file,
  });
  const chargeId = await aCharge(journey, customerId);
  const approvalId = await aRequest(journey, invoiceId);
  await sent(journey.owner, 'POST', '/api/v1/api-keys', { name: 'Shop', role: 'viewer' });
  const page = await journey.pageOf('owner', 'bank');
  await page.locator('input[type="file"]').setInputFiles({
    name: 's.xml',
    mimeType: 'application/xml',
    buffer: aCamt053([
      {
        day: '2026-03-12',
        opening: '0',
        closing: '9',
        entries: [
          { amount: '7.00', text: 'x', payer: 'A' },
          { amount: '-4.00', text: 'a return of a payment that nobody knows here', returnReason: 'AM04' },
        ],
      },
    ]),
  });
  await page.getByRole('button', { name: 'Add the account and go on' }).click();
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.getByRole('link', { name: 'See its lines' }).click();
  await heading(page, /^Statement/).waitFor();
  const statement = page.url().slice(journey.url('').length);
  await page.goto(journey.url('reminders'));
  await page.getByRole('button', { name: 'Send what is due' }).click();
  await page.goto(journey.url('outbox'));
  await row(page, 'Vltava', 'sent').click();
  await page.getByRole('tab', { name: 'Headers' }).waitFor();
  const message = page.url().slice(journey.url('').length);
  await done(page);
  const customer = [
    'items',
    'timeline',
    'statement',
    'calls',
    'promises',
    'delivery',
    'interest',
    'contacts',
  ].map((tab) => `customers/${customerId}?tab=${tab}`);
  const invoice = ['document', 'payments', 'delivery', 'interest', 'history', 'journal'].map(
    (tab) => `invoices/${invoiceId}?tab=${tab}`,
  );
  const settings = [
    'companies',
    'signing',
    'calling',
    'terms',
    'differences',
    'write-offs',
    'periods',
    'rates',
    'numbers',
    'approvals',
    'people',
    'keys',
    'account',
  ].map((tab) => `settings?tab=${tab}`);
  const books = [
    'dashboard',
    'customers',
    ...customer,
    'invoices',
    'invoices/sending',
    ...invoice,
    'invoices/new',
    'invoices/drafts',
    'invoices/recurring',
    'invoices/recurring/new',
    'payments',
    `payments/${paymentId}`,
    'payments/new',
    'workbench',
    'workbench/learnt',
    'bank',
    'tie-out',
    'postings',
    'payouts',
    'payouts?part=arrived',
    'returns',
    'returns?part=to_follow_up',
    'returns?part=decided',
    'returns?part=ach',
    statement,
    'refunds',
    'refunds?show=all',
    'write-offs',
    'write-offs/many?days=1&kind=bad_debt',
    'statements',
    'statements?tab=runs',
    ...['plan', 'charges', 'terms', 'rates'].map((tab) => `charges?tab=${tab}`),
    `charges/${chargeId}`,
  ];
  const work = [
    'reminders',
    'reminders?tab=runs',
    'reminders?tab=steps',
    'policies',
    ...['policies', 'changes', 'shadow', 'tests'].map((tab) => `policies/${setId}?tab=${tab}`),
    'portal-uploads?show=all',
    'promises?promises=all',
    'inbox',
    'inbox?show=all',
    'inbox/set-up',
    'worklist',
    'worklist/next',
    'worklist/collectors',
    'worklist/rules',
    'tasks?show=team',
    'tasks/rules',
    'holds',
    'holds?holds=released',
    'send-gate',
    'send-gate?tab=setting',
    'hand-overs',
    'hand-overs?tab=agencies',
    'approvals',
    'approvals/duties',
    `approvals/${approvalId}`,
    'outbox',
    'templates',
    message,
    'reports/aging',
    'reports/aging?column=gross&currency=EUR',
    'reports/dso',
    'reports/effects?asOf=2026-03-15&by=channel',
    'experiments',
    'reports/verify',
    'import',
    ...settings,
    'no/such/page',
  ];
  return { books, work };
}

/** A collector's request to write an invoice off. */
async function aRequest({ owner, tenant }: Journey, invoiceId: string): Promise<string> {
  const invoice = await sent(owner, 'GET', `/api/v1/invoices/${invoiceId}`);
  const [item] = invoice.items as { id: string }[];
  const body = { kind: 'bad_debt', reason: 'Insolvent', items: [{ itemId: item?.id }] };
  const asked = { operation: 'write-off-items', body, reason: 'Insolvent' };
  const { approvalId } = await sent(await tenant.as('collector'), 'POST', '/api/v1/approvals', asked);
  return String(approvalId);
}

/** A charge of 1.5 percent a month on what is late. */
async function aCharge({ owner, companyId }: Journey, customerId: string): Promise<string> {
  const ready = await sent(owner, 'GET', `/api/v1/charge-policies?companyId=${companyId}`);
  const terms = (ready.readyMade as { code: string; terms: unknown }[]).find((r) => r.code === 'us')?.terms;
  await sent(owner, 'POST', '/api/v1/charge-policies', { companyId, validFrom: '2026-01-01', terms });
  const body = { companyId, customerIds: [customerId], through: '2026-03-15' };
  const { charges } = await sent(owner, 'POST', '/api/v1/charges', body);
  return (charges as { chargeId: string }[])[0]?.chargeId ?? '';
}

const LOOKS: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ['desk, light', { colorScheme: 'light' }],
  ['phone, dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
];

async function troublesOf(page: Page): Promise<readonly string[]> {
  // On a busy machine a page may be drawn a while after its last answer came.
  await holds(page, '/ · Quittance$/.test(document.title)').catch(() => undefined);
  const troubles = [...(await barriers(page))];
  if (!/ · Quittance$/.test(await page.title())) troubles.push(`its title is ${await page.title()}`);
  if ((await page.getByText('This page could not be shown').count()) > 0) troubles.push('it broke');
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (wider > 0) troubles.push(`it is ${wider} pixels too wide`);
  return troubles;
}

for (const half of ['books', 'work'] as const) {
  test(`no page ${HALVES[half]} has a barrier, sticks out or breaks, on a desk in light and on a phone in dark`, async () => {
    const { journey, paths } = await aBusiness();
    const found = await Promise.all(
      LOOKS.map(async ([look, options]) => {
        const seen: string[] = [];
        const page = await journey.pageOf('owner', 'dashboard', options);
        for (const path of paths[half]) {
          await page.goto(journey.url(path));
          await quiet(page);
          seen.push(...(await troublesOf(page)).map((trouble) => `${look}: ${path}: ${trouble}`));
        }
        await done(page);
        return seen;
      }),
    );
    assert.deepEqual(found.flat(), []);
  });
}

test('the page of signing in has no barrier either', async () => {
  const { server } = await stage();
  for (const [look, options] of LOOKS) {
    const page = await newPage(options);
    await page.goto(`${server.address}/sign-in`);
    await heading(page, 'Quittance').waitFor();
    assert.deepEqual(await troublesOf(page), [], look);
    await done(page);
  }
});

test('a new tenant is told on each list what to do first', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'dashboard');
  const says = [
    ['dashboard', 'No receivables yet'],
    ['customers', 'No customers yet'],
    ['invoices', 'No invoices yet'],
    ['payments', 'No payments yet'],
    ['bank', 'No bank account yet'],
    ['reminders', 'Nothing is to be said'],
    ['statements', 'No statements go out by themselves'],
    ['outbox', 'No messages yet'],
    ['reports/aging', 'Nothing was open then'],
  ] as const;
  for (const [path, words] of says) {
    await page.goto(journey.url(path));
    await page.getByText(words).waitFor();
  }
  await done(page);
});

test('dark and light can be chosen, and the choice is kept', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('viewer', 'customers', { colorScheme: 'light' });
  await page.getByRole('button', { name: 'Use dark colours' }).click();
  await page.getByRole('button', { name: 'Use light colours' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Use light colours' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
  await done(page);
});

test('on a phone the menu opens, and a list goes on as one scrolls the page', async () => {
  const journey = await newJourney();
  for (let n = 1; n <= 80; n += 1)
    await aCustomer(journey, { number: `K${n}`, name: `Customer ${String(n).padStart(3, '0')}` });
  const page = await journey.pageOf('owner', 'invoices', { viewport: { width: 390, height: 844 } });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Customers' }).click();
  await row(page, 'Customer 001').waitFor();
  assert.ok((await page.getByRole('row').count()) < 60, 'only rows in sight are drawn');
  const last = row(page, 'Customer 080');
  while ((await last.count()) === 0) await page.mouse.wheel(0, 1_500);
  await last.click();
  await heading(page, 'Customer 080').waitFor();
  await done(page);
});
