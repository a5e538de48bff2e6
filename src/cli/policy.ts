// `quittance policy …`: sets of policies as files.

import { readFile, writeFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import { parseDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  checkPolicies,
  countSegments,
  getPolicySet,
  importPolicies,
  listPolicySets,
  listReadyPolicies,
  shadowPolicies,
} from '#policies/contract.ts';
import { routes as policies } from '#policies/routes.ts';
import { comparePolicies, putPoliciesLive } from '#trials/contract.ts';
import { routes as trials } from '#trials/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(policies, trials);

/**
 * Lists sets; `export [NUMBER]` writes one as a file (the one in force, or `--ready NAME`); `test FILE` reads a file and runs its
 * tests; `compare FILE` says what would be said more, less or otherwise today, or `--on` a day; `count FILE` says which accounts each policy would have; `import FILE` makes a draft of it; `live [NUMBER]`
 * puts one in force, or else the newest draft, and says what that changes; `shadow [NUMBER]` plans it beside the one in force.
 *
 * Refuses: `word_missing`, `policy_set_not_found`, and what the operations refuse.
 */
export async function policy(session: Session, context: Context, options: Options): Promise<number> {
  const [, what] = options.words;
  if (what === 'export') return exportSet(session, context, options);
  if (what === 'test') {
    const file = await fileOf(options);
    const { name, policies, tests } = await ask(session, context, checkPolicies, { body: { file } });
    say(`${name}: ${policies} policies, ${tests} tests passed.`);
    return 0;
  }
  if (what === 'count') return count(session, context, options);
  if (what === 'compare') return compare(session, context, options);
  if (what === 'shadow') return shadow(session, context, options);
  if (what === 'import') {
    const body = { file: await fileOf(options) };
    const { number } = await ask(session, context, importPolicies, { body });
    say(`Draft ${number} is there. Put it in force: quittance policy live ${number}`);
    return 0;
  }
  if (what === 'live') return putLive(session, context, options);
  if (what !== undefined)
    throw new Refusal('command_unknown', { command: `policy ${what}`, todo: 'quittance --help' });
  return list(session, context, options);
}

async function fileOf(options: Options): Promise<Record<string, unknown>> {
  const path = options.word(2, 'the file');
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new Refusal('file_not_json', { file: path, problem: (error as Error).message });
  }
}

async function sets(session: Session, context: Context) {
  const page = await ask(session, context, listPolicySets, { query: { limit: 500 } });
  return page.rows;
}

async function list(session: Session, context: Context, options: Options): Promise<number> {
  const rows = await sets(session, context);
  if (options.flag('json')) json(rows);
  else
    table(
      ['Set', 'Name', 'Stage', 'Policies', 'Tests', 'Made'],
      rows.map((row) => [
        String(row.number),
        row.name,
        row.stage,
        row.policies
          .map(({ code }) => code)
          .join(' ')
          .slice(0, 60),
        String(row.tests),
        row.madeAt.slice(0, 10),
      ]),
      ['Set', 'Tests'],
    );
  return 0;
}

async function exportSet(session: Session, context: Context, options: Options): Promise<number> {
  const ready = options.text('ready');
  const file =
    ready === undefined
      ? await storedFile(session, context, options.words[2])
      : await readyFile(session, context, ready);
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const out = options.text('out');
  if (out === undefined) say(text.trimEnd());
  else await writeFile(out, text);
  return 0;
}

async function storedFile(session: Session, context: Context, number: string | undefined) {
  const rows = await sets(session, context);
  const found = rows.find((row) =>
    number === undefined ? row.stage === 'live' : String(row.number) === number,
  );
  if (!found) throw new Refusal('policy_set_not_found', { number: number ?? 'in force' });
  return (await ask(session, context, getPolicySet, { params: { setId: found.setId } })).file;
}

async function readyFile(session: Session, context: Context, key: string) {
  const { rows } = await ask(session, context, listReadyPolicies);
  const found = rows.find((row) => row.key === key);
  if (!found)
    throw new Refusal('option_value_unknown', { option: 'ready', known: rows.map((row) => row.key) });
  return found.file;
}

async function count(session: Session, context: Context, options: Options): Promise<number> {
  const { on, rows } = await ask(session, context, countSegments, { body: { file: await fileOf(options) } });
  if (options.flag('json')) json({ on, rows });
  else
    table(
      ['Policy', 'Name', 'Accounts', 'From others', 'They owe'],
      rows.map((row) => [
        row.code,
        row.name,
        String(row.accounts),
        String(row.moved),
        row.open.map((sum) => `${sum.amount} ${sum.currency}`).join(' + '),
      ]),
      ['Accounts', 'From others', 'They owe'],
    );
  return 0;
}

async function compare(session: Session, context: Context, options: Options): Promise<number> {
  const on = options.text('on');
  const body = { file: await fileOf(options), ...(on === undefined ? {} : { on: parseDate(on).toString() }) };
  const seen = await ask(session, context, comparePolicies, { body });
  if (options.flag('json')) json(seen);
  else sayComparison(seen);
  return 0;
}

type Seen = z.output<typeof comparePolicies.reply>;

function sayComparison({ on, policies, said }: Seen): void {
  table(
    ['Policy', 'Name', 'Accounts now', 'Then', 'They owe then'],
    policies.map(({ code, name, before, after }) => [
      code,
      name,
      String(before.accounts),
      String(after.accounts),
      after.sums.map((sum) => `${sum.amount} ${sum.currency}`).join(' + '),
    ]),
    ['Accounts now', 'Then', 'They owe then'],
  );
  table(
    [`Said on ${on}`, 'Accounts', 'Messages', 'About'],
    said.map(({ difference, accounts, messages, sums }) => [
      difference,
      String(accounts),
      String(messages),
      sums.map((sum) => `${sum.amount} ${sum.currency}`).join(' + '),
    ]),
    ['Accounts', 'Messages', 'About'],
  );
}

async function shadow(session: Session, context: Context, options: Options): Promise<number> {
  const rows = await sets(session, context);
  const [, , number] = options.words;
  const found = rows.find((row) =>
    number === undefined ? row.stage === 'draft' : String(row.number) === number,
  );
  if (!found) throw new Refusal('policy_set_not_found', { number: number ?? 'newest draft' });
  await ask(session, context, shadowPolicies, { params: { setId: found.setId } });
  say(`Set ${found.number} (${found.name}) is planned each day beside the one in force. It says nothing.`);
  return 0;
}

async function putLive(session: Session, context: Context, options: Options): Promise<number> {
  const rows = await sets(session, context);
  const [, , number] = options.words;
  const found = rows.find((row) =>
    number === undefined ? row.stage === 'draft' : String(row.number) === number,
  );
  if (!found) throw new Refusal('policy_set_not_found', { number: number ?? 'newest draft' });
  const seen = await ask(session, context, comparePolicies, { body: { setId: found.setId } });
  sayComparison(seen);
  const { fingerprint, live } = seen;
  const asked = { params: { setId: found.setId }, body: { replaces: live?.setId ?? null, fingerprint } };
  await ask(session, context, putPoliciesLive, asked);
  say(`Set ${found.number} (${found.name}) is in force.`);
  return 0;
}
