// What journeys through the web app share: the real server with the built app and a worker, one Chromium for all files,
// a tenant for each journey with a company in it, and pages of people who are signed in. The day is always 16 March 2026,
// and it is nine o'clock when a test begins.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { openLog } from '#http/log.ts';
import type { Role } from '#identity/permission.ts';
import { APPLY_QUEUE } from '#payments/queues.ts';
import { buildWebIfStale, WEB_DIR } from '../../bin/web-build.ts';
import { makeHandlers } from '../../src/handlers.ts';
import { SCHEDULES } from '../../src/schedules.ts';
import { type RunningWorker, startWorker } from '../../src/worker.ts';
import { openBrowser } from '../support/browser.ts';
import { cloneDatabase } from '../support/database.ts';
import { type Ask, type ServedTenant, startTestServer, type TestServer } from '../support/server.ts';

/** The password of everybody whom the test server makes. */
export const PASSWORD = 'correct horse battery';
export const TODAY = '2026-03-16';

const WIDE = { width: 1280, height: 800 };
/** A step of a journey that takes longer hangs; a small machine that is busy needs many seconds. */
const STEP_MS = 30_000;

type Stage = {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly worker: RunningWorker;
  /** Puts the clock of the server somewhere, where it stands; without a moment it goes on today. */
  setClock(moment: string | undefined): void;
  /** Makes it nine o'clock for the server and the worker, with a clock that goes. */
  beginDay(): void;
  close(): Promise<void>;
};

/**
 * A worker looks at receipts that wait a quarter of a minute after a tenant came to be at the latest, and would apply what a person
 * is about to apply. In journeys only people and imports do.
 */
const TABLES = {
  handlers: makeHandlers,
  schedules: SCHEDULES.filter(({ queue }) => queue !== APPLY_QUEUE),
};

let set: Promise<Stage> | undefined;

after(async () => (await set)?.close());

// Of a test that failed a page may still be open, which would go on asking and drawing beside all tests after it.
afterEach(async () => {
  if (set === undefined) return;
  const { browser, beginDay } = await set;
  await Promise.all(browser.contexts().map((context) => context.close()));
  beginDay();
});

/** Server, worker and browser of all journeys. */
export function stage(): Promise<Stage> {
  set ??= setUp();
  return set;
}

/**
 * In a database of its own: the worker would look after every tenant that tests before made in the shared one. What started
 * is closed where the rest does not start, for it would keep the process of all tests from ending.
 */
async function setUp(): Promise<Stage> {
  await buildWebIfStale(() => {});
  const opened = new AsyncDisposableStack();
  try {
    const database = opened.adopt(await cloneDatabase(), ({ drop }) => drop());
    const dataDir = await mkdtemp(join(tmpdir(), 'quittance-journey-'));
    opened.defer(() => rm(dataDir, { recursive: true, force: true }));
    const day = openDay();
    const log = openLog({ role: 'test', level: 'silent' });
    const { url: databaseUrl } = database;
    const server = await startTestServer({ databaseUrl, webDir: WEB_DIR, clock: day.serverClock });
    opened.defer(() => server.close());
    const worker = await startWorker({ databaseUrl, dataDir, log, clock: day.clock, tables: TABLES });
    opened.defer(() => worker.close());
    const browser = await openBrowser();
    opened.defer(() => browser.close());
    return {
      server,
      worker,
      browser,
      setClock: day.setClock,
      beginDay: day.begin,
      close: () => opened.disposeAsync(),
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/**
 * The clocks of a stage. They go on from nine in each test, so that no time by the clock comes meanwhile at which the worker
 * would look after the tenants of all tests before.
 */
function openDay() {
  const nine = Temporal.Instant.from(`${TODAY}T09:00:00Z`);
  let shift = Temporal.Now.instant().until(nine);
  let fixed: Temporal.Instant | undefined;
  const clock = () => Temporal.Now.instant().add(shift);
  return {
    clock,
    serverClock: () => fixed ?? clock(),
    setClock: (moment: string | undefined): void => {
      fixed = moment === undefined ? undefined : Temporal.Instant.from(moment);
    },
    begin: (): void => {
      shift = Temporal.Now.instant().until(nine);
      fixed = undefined;
    },
  };
}

export type Journey = {
  readonly tenant: ServedTenant;
  readonly companyId: string;
  /** Asks the API as the owner, for what a journey finds there already. */
  readonly owner: Ask;
  /** A page of somebody in that role, signed in, at a path of the tenant. */
  pageOf(role: Role, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** The address of a path of the tenant. */
  url(path: string): string;
};

/** A tenant of its own with a company that keeps its books in euros. */
export async function newJourney(): Promise<Journey> {
  const { server } = await stage();
  const tenant = await server.newTenant();
  const { owner } = tenant;
  const company = await sent(owner, 'POST', '/api/v1/companies', {
    code: 'MAIN',
    name: 'Main Company',
    functionalCurrency: 'EUR',
    country: 'DE',
    street: 'Hafenstraße 1',
    postalCode: '20457',
    city: 'Hamburg',
    iban: 'DE89370400440532013000',
    taxId: 'DE136695976',
    email: 'accounts@main.example',
  });
  const url = (path: string): string => `${server.address}/${tenant.slug}/${path}`;
  return {
    tenant,
    owner,
    companyId: String(company.companyId),
    url,
    pageOf: async (role, path, options) => {
      const { email } = role === 'owner' ? owner : await tenant.as(role);
      const page = await newPage(options);
      const answer = await page.request.post(`${server.address}/api/auth/sign-in/email`, {
        data: { email, password: PASSWORD },
        headers: { origin: server.address },
      });
      assert.equal(answer.status(), 200);
      await page.goto(url(path));
      return page;
    },
  };
}

const failures = new WeakMap<Page, string[]>();
/** Requests of a page that wait for their answers. */
const waiting = new WeakMap<Page, Set<unknown>>();

/** A page that remembers what went wrong in it; its context is closed with it. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const { browser } = await stage();
  const context = await browser.newContext({
    viewport: WIDE,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(STEP_MS);
  const page = await context.newPage();
  const seen: string[] = [];
  failures.set(page, seen);
  const asked = new Set<unknown>();
  waiting.set(page, asked);
  page.on('request', (request) => asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  page.on('pageerror', (error) => seen.push(String(error)));
  page.on('response', (response) => {
    if (response.status() >= 500) seen.push(`${response.status()} ${response.url()}`);
  });
  return page;
}

/** How long nothing is asked before a page counts as quiet: an answer may bring the next question. */
const QUIET_MS = 120;
const LOOK_MS = 20;

/** Waits until the page has all it asked for and shows it. */
export async function quiet(page: Page): Promise<void> {
  const end = performance.now() + STEP_MS;
  let since = performance.now();
  while (performance.now() - since < QUIET_MS) {
    if ((waiting.get(page)?.size ?? 0) > 0) since = performance.now();
    assert.ok(performance.now() < end, `${page.url()} does not come to rest`);
    await setTimeout(LOOK_MS);
  }
  await page.locator('[aria-label="Loading"]').first().waitFor({ state: 'detached' });
}

/**
 * Waits until an expression is true in a page. It is asked for again and again from here: a page that did so itself would
 * evaluate text, which its policy forbids.
 */
export async function holds(page: Page, expression: string): Promise<void> {
  const until = performance.now() + STEP_MS;
  while (!(await page.evaluate<boolean>(expression))) {
    assert.ok(performance.now() < until, `never true in the page: ${expression}`);
    await setTimeout(50);
  }
}

/** Nothing broke in the page, and it is closed. */
export async function done(page: Page): Promise<void> {
  assert.deepEqual(failures.get(page), []);
  await page.context().close();
}

/** Sends a change to the API; it must succeed. */
export async function sent(
  ask: Ask,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await ask(path, { method, ...(body === undefined ? {} : { body }) });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A customer; with an e-mail address it has a contact to write to. */
export async function aCustomer(
  journey: Journey,
  given: { readonly number: string; readonly name: string; readonly email?: string },
): Promise<string> {
  const { email, ...rest } = given;
  const contacts = email === undefined ? [] : [{ name: 'Accounts', role: 'billing', email }];
  const { customerId } = await sent(journey.owner, 'POST', '/api/v1/customers', { ...rest, contacts });
  return String(customerId);
}

export type Issued = { readonly invoiceId: string; readonly number: string };

/** An issued invoice of one line without tax. */
export async function anInvoice(
  journey: Journey,
  given: {
    readonly customerId: string;
    readonly amount: string;
    readonly issuedOn: string;
    readonly dueOn: string;
    readonly purchaseOrder?: string;
    /** Left out, the company of the journey. */
    readonly companyId?: string;
  },
): Promise<Issued> {
  const { customerId, amount, ...days } = given;
  const issued = await sent(journey.owner, 'POST', '/api/v1/invoices', {
    companyId: journey.companyId,
    customerId,
    ...days,
    currency: 'EUR',
    lines: [{ description: 'Goods', quantity: '1', unitPrice: amount, taxCategory: 'Z', taxPercent: '0' }],
  });
  return { invoiceId: String(issued.invoiceId), number: String(issued.number) };
}

/** Money received, not applied. */
export async function aPayment(
  journey: Journey,
  given: {
    readonly customerId: string;
    readonly amount: string;
    readonly on: string;
    readonly reference?: string;
  },
): Promise<string> {
  const { paymentId } = await sent(journey.owner, 'POST', '/api/v1/payments', {
    companyId: journey.companyId,
    customerId: given.customerId,
    receivedOn: given.on,
    amount: { amount: given.amount, currency: 'EUR' },
    reference: given.reference ?? '',
  });
  return String(paymentId);
}

/** Where a password is typed; its label names the button that shows it, too. */
export function passwordField(page: Page): Locator {
  return page.locator('input[type="password"]');
}

/** Chooses of a list that opens below its field; fields that can be typed into are boxes of text to the browser. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page
    .getByRole('combobox', { name: label })
    .or(page.getByRole('textbox', { name: label }))
    .first()
    .click();
  await page.getByRole('option', { name: option }).first().click();
}

/** The heading of the page that is shown. */
export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

/** The row of a table that holds all these texts. */
export function row(page: Page, ...texts: readonly string[]): Locator {
  return texts.reduce((rows, text) => rows.filter({ hasText: text }), page.getByRole('row'));
}

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Violation = {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
};

/** What the page does against WCAG 2.2 A and AA, as `rule: element`; nothing when all is well. */
export async function barriers(page: Page): Promise<readonly string[]> {
  // The page's own policy allows no foreign script, so it comes by way of the debugger.
  await page.evaluate(AXE);
  const options = JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] });
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, ${options}).then((result) => result.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  );
}
