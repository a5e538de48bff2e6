// A real browser for tests: the Chromium that the machine has, or the one that npm brought, which needs unpacking once.
// It sees nothing but this machine, so a page that wants something from elsewhere fails its test.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Refusal } from '#kernel/refusal.ts';

const SCREENSHOTS = fileURLToPath(new URL('../../.tmp/screenshots/', import.meta.url));
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-component-update',
  '--disable-background-networking',
  '--no-first-run',
  // The same pixels on every machine.
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  // Containers often give shared memory too small for a page.
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** A Chromium that starts on this machine, and what its environment must have. */
type Program = { readonly path: string; readonly env: Readonly<Record<string, string>> };

let found: Promise<Program> | undefined;

/**
 * Starts Chromium. Whoever starts it closes it.
 *
 * Without its sandbox, which root and most containers cannot have: it is only for pages of our own.
 *
 * Refuses: `no_browser` (none is installed and the one of npm does not run here).
 */
export async function openBrowser(): Promise<Browser> {
  found ??= findChromium();
  const { path, env } = await found;
  return chromium.launch({
    executablePath: path,
    args: FLAGS,
    chromiumSandbox: false,
    env: { ...process.env, ...env },
  });
}

/** Keeps a picture of the page for people to look at, and says where it is. Nothing compares it. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

async function findChromium(): Promise<Program> {
  const path = process.env.CHROME_PATH ?? INSTALLED.find((candidate) => existsSync(candidate));
  if (path !== undefined) return { path, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') throw noBrowser('none is installed');
  const folder = await unpackChromium();
  return runnable(folder);
}

function noBrowser(reason: string): Refusal {
  return new Refusal('no_browser', {
    reason,
    todo: 'Install Chromium or Chrome, and set CHROME_PATH if it is in an unusual place.',
  });
}

/** A bare system may lack libraries or fonts; the package has those that Chromium needs, and we lend them if so. */
function runnable(folder: string): Program {
  const path = join(folder, 'chromium');
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: join(folder, 'fonts') };
  const lent = { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  const answers = [fonts, lent].map((env) => ({
    env,
    said: spawnSync(path, ['--version'], { env: { ...process.env, ...env }, encoding: 'utf8' }),
  }));
  const good = answers.find(({ said }) => said.status === 0);
  if (good === undefined)
    throw noBrowser(answers.map(({ said }) => said.stderr ?? said.error?.message).join(' / '));
  return { path, env: good.env };
}

/** Unpacks Chromium beside its place and renames it, so that a test run that is killed meanwhile leaves nothing half done. */
async function unpackChromium(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  const target = join(tmpdir(), `quittance-chromium-${version}-${process.getuid?.() ?? 0}`);
  const there = statSync(target, { throwIfNoEntry: false });
  if (there !== undefined && there.uid === process.getuid?.()) return target;
  const half = mkdtempSync(`${target}-`);
  await unpackInto(half, join(dirname(entry), '..', 'bin'));
  try {
    renameSync(half, target);
    return target;
  } catch {
    rmSync(half, { recursive: true }); // Another process was faster.
    return target;
  }
}

/** The package unpacks into whatever is the temporary folder at that moment, and takes what is there for complete. */
async function unpackInto(folder: string, packed: string): Promise<void> {
  const { default: packaged, inflate } = await import('@sparticuz/chromium');
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await Promise.all([packaged.executablePath(packed), inflate(join(packed, 'al2023.tar.br'))]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
