// Takes the pictures of the manual: starts the product on a fresh demo company, walks through its pages in Chromium and
// writes docs/manual/images. Run it after a change to a page that the manual shows; names of pictures take only those.

import './require-node.ts';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { openLog } from '#http/log.ts';
import { startServer } from '#server.ts';
import { startWorker } from '#worker.ts';
import { ensureDemo } from '../seed/demo.ts';
import { openBrowser } from '../test/support/browser.ts';
import { buildWebIfStale, REPOSITORY, WEB_DIR } from './web-build.ts';

const IMAGES = join(REPOSITORY, 'docs/manual/images');
const WIDE = { width: 1280, height: 800 };
const SETTLE_MS = 900;

/** A picture: its name, where to go, and what to do there first. */
type Shot = { readonly name: string; readonly path: string; readonly first?: (page: Page) => Promise<void> };

const openFirstRow = async (page: Page): Promise<void> => {
  await page.locator('tbody tr[data-link]').first().click();
  await page.waitForLoadState('networkidle');
};

const openCertificate = async (page: Page): Promise<void> => {
  await openFirstRow(page);
  await page.getByRole('button', { name: /Show all/ }).click();
};

const writeInvoice = async (page: Page): Promise<void> => {
  await page.getByLabel('Customer').first().fill('Westerholt');
  await page.getByRole('option').first().click();
  await page.getByLabel('Description of line 1').fill('Pressure gauge PG-40');
  await page.getByLabel('Price of line 1').fill('184.50');
  await page.getByLabel('Quantity of line 1').fill('12');
  await page.getByLabel('Tax per cent of line 1').fill('19');
  await page.getByText(/Saved as a draft/).waitFor();
};

const creditInvoice = async (page: Page): Promise<void> => {
  await openFirstRow(page);
  await page.getByRole('button', { name: 'Credit', exact: true }).click();
  await page.getByLabel('Reason').first().click();
  await page.getByRole('option').first().click();
  await page.waitForLoadState('networkidle');
};

const showNextRun = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'New schedule' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('button', { name: 'Next run' }).click();
  await page.waitForLoadState('networkidle');
};

const chooseFirstRows = async (page: Page): Promise<void> => {
  const boxes = page.getByRole('checkbox', { name: /^Choose / });
  for (const place of [0, 1]) await boxes.nth(place).click();
};

const startDraft = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'New draft' }).click();
  await page.getByRole('menuitem', { name: 'Key accounts' }).click();
  await page.getByRole('tab', { name: 'What it changes' }).waitFor();
};

const openRules = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Bring up to date' }).click();
  await page
    .getByRole('checkbox', { name: /^Choose / })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Rules' }).click();
  await page.getByRole('list', { name: 'Who comes first' }).waitFor();
  await page.getByLabel('Points of: Overdue for 60 days').fill('45');
  await page.waitForLoadState('networkidle');
};

const openCalls = async (page: Page): Promise<void> => {
  await openFirstRow(page);
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page.waitForLoadState('networkidle');
};

const SHOTS: readonly Shot[] = [
  { name: 'new-invoice', path: 'invoices/new', first: writeInvoice },
  { name: 'credit', path: 'invoices?state=overdue', first: creditInvoice },
  { name: 'drafts', path: 'invoices/drafts' },
  { name: 'checks', path: 'settings?tab=checks' },
  { name: 'sending', path: 'settings?tab=sending' },
  { name: 'templates', path: 'templates' },
  { name: 'statements', path: 'statements', first: showNextRun },
  { name: 'dashboard', path: 'dashboard' },
  { name: 'customers', path: 'customers?sort=overdue' },
  { name: 'invoice', path: 'invoices?state=overdue', first: openFirstRow },
  { name: 'payment', path: 'payments?state=unapplied', first: openFirstRow },
  { name: 'certificate', path: 'payments?state=applied', first: openCertificate },
  { name: 'matching', path: 'settings?tab=matching' },
  { name: 'workbench', path: 'workbench' },
  { name: 'tie-out', path: 'tie-out' },
  { name: 'dispute', path: 'disputes', first: openFirstRow },
  { name: 'holds', path: 'holds' },
  { name: 'calls', path: 'customers?sort=overdue', first: openCalls },
  { name: 'worklist-rules', path: 'worklist', first: openRules },
  { name: 'send-gate', path: 'send-gate?tab=setting' },
  { name: 'portal-uploads', path: 'portal-uploads', first: chooseFirstRows },
  { name: 'promises', path: 'promises?promises=all' },
  { name: 'reminders', path: 'reminders' },
  { name: 'policy-set', path: 'policies', first: startDraft },
  { name: 'interest', path: 'charges' },
  { name: 'approval', path: 'approvals', first: openFirstRow },
  { name: 'approval-rules', path: 'settings?tab=approvals' },
  { name: 'outbox', path: 'outbox', first: openFirstRow },
  { name: 'aging', path: 'reports/aging' },
  { name: 'dso', path: 'reports/dso' },
  { name: 'effects', path: 'reports/effects?by=collector' },
  { name: 'proof', path: 'reports/verify' },
  { name: 'import', path: 'import' },
];

const dataDir = mkdtempSync(join(tmpdir(), 'quittance-shots-'));
const log = openLog({ role: 'screenshots', file: join(dataDir, 'log') });
const closers: (() => Promise<unknown>)[] = [async () => rmSync(dataDir, { recursive: true, force: true })];
try {
  mkdirSync(IMAGES, { recursive: true });
  await buildWebIfStale(console.log);
  const database = await startEmbedded({ dataDir });
  closers.push(() => database.stop());
  await migrate(database.url);
  const demo = await ensureDemo({ databaseUrl: database.url, dataDir, log });
  const worker = await startWorker({ databaseUrl: database.url, dataDir, log });
  closers.push(() => worker.close());
  const server = await startServer({
    databaseUrl: database.url,
    port: 0,
    host: '127.0.0.1',
    dataDir,
    webDir: WEB_DIR,
    log,
  });
  closers.push(() => server.close());
  const browser = await openBrowser();
  closers.push(() => browser.close());
  const page = await browser.newPage({ viewport: WIDE, deviceScaleFactor: 1 });
  const [owner] = demo.signIn;
  if (!owner) throw new Error('the demo has an owner');
  await page.goto(server.address.replace('127.0.0.1', 'localhost'));
  await page.getByLabel('E-mail').fill(owner.email);
  await page.locator('input[type=password]').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
  const wanted = process.argv.slice(2);
  for (const shot of SHOTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    await page.goto(`${server.address.replace('127.0.0.1', 'localhost')}/demo/${shot.path}`);
    await page.waitForLoadState('networkidle');
    await shot.first?.(page);
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: join(IMAGES, `${shot.name}.png`) });
    console.log(`${shot.name}.png`);
  }
} finally {
  for (const close of closers.reverse()) await close().catch((error: unknown) => console.error(error));
}
