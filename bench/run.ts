// Runs the benchmarks: `npm run bench`, or `npm run bench -- issue worklist --items 1000000`. Prints one table and, when
// all subjects were measured at their full size, writes it to results.md. Subjects that are named are measured on a
// tenth of it where no size is given.

import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBankFiles } from './bank-files.ts';
import { measureBulk } from './bulk.ts';
import { measureApplying, measureIssuing } from './commands.ts';
import { measureEInvoices } from './einvoice.ts';
import { measureRules } from './einvoice-rules.ts';
import { type Ground, openGround } from './ground.ts';
import { measureImport } from './import.ts';
import { measureIntents } from './intents.ts';
import { measureLists } from './lists.ts';
import { measureMatching } from './matching.ts';
import { median, timed } from './measure.ts';
import { measurePrediction } from './prediction.ts';
import { measurePrinting } from './print.ts';
import { measureReceipts } from './receipts.ts';
import { measureReminders, measureWords } from './reminders.ts';
import { measureAging, measureDso } from './reports.ts';
import { type ResultRow, remark, tableOf, writeResults } from './results.ts';
import { measureStatements } from './statements.ts';
import { measureWholeInvoices } from './whole-invoice.ts';
import { measureWorklist } from './worklist.ts';

const ITEMS = 1_000_000;
const ITEMS_OF_NAMED = 100_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    items: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const wanted = [...(values.only?.split(',') ?? []), ...positionals];
const items = Number(values.items ?? (wanted.length === 0 ? ITEMS : ITEMS_OF_NAMED));
const rounds = Number(values.rounds);
/** Seconds after which a subject begins no further round. */
const SECONDS_MAX = 120;

type Subject = { readonly name: string; measure(ground: Ground): Promise<readonly ResultRow[]> };

const IMPORT = { invoices: Math.min(100_000, items), secondsMax: SECONDS_MAX };
const REPORTS = { items, rounds, secondsMax: SECONDS_MAX };
const COMMANDS = { commands: 150, rounds, secondsMax: SECONDS_MAX };

const SUBJECTS: readonly Subject[] = [
  { name: 'issue', measure: (ground) => measureIssuing(ground, COMMANDS) },
  { name: 'apply', measure: (ground) => measureApplying(ground, COMMANDS) },
  { name: 'import', measure: (ground) => measureImport(ground, { ...IMPORT, rounds }) },
  { name: 'aging', measure: (ground) => measureAging(ground, REPORTS) },
  { name: 'dso', measure: (ground) => measureDso(ground, REPORTS) },
  { name: 'einvoice-rules', measure: measureRules },
  { name: 'lists', measure: (ground) => measureLists(ground, { items, requests: 60, secondsMax: 20 }) },
  { name: 'matching', measure: measureMatching },
  { name: 'receipts', measure: (ground) => measureReceipts(ground, { items }) },
  { name: 'prediction', measure: measurePrediction },
  { name: 'intents', measure: measureIntents },
  { name: 'worklist', measure: (ground) => measureWorklist(ground, { items, requests: 40 }) },
  { name: 'bulk', measure: (ground) => measureBulk(ground, { drafts: Math.min(10_000, items) }) },
  { name: 'statements', measure: (ground) => measureStatements(ground, { rounds }) },
  { name: 'words', measure: async (ground) => [await measureWords(ground, { items })] },
  { name: 'reminders', measure: (ground) => measureReminders(ground, { items }) },
  {
    name: 'print',
    measure: async (ground) => [
      ...(await measurePrinting({ rounds, secondsMax: SECONDS_MAX })),
      ...(await measureWholeInvoices(ground, { rounds, secondsMax: SECONDS_MAX })),
    ],
  },
  { name: 'bank-files', measure: () => measureBankFiles() },
  { name: 'einvoice', measure: () => measureEInvoices({ rounds, secondsMax: SECONDS_MAX }) },
];

if (values.help) {
  console.log(
    `npm run bench -- [${SUBJECTS.map((s) => s.name).join(' ')}] [--items ${ITEMS_OF_NAMED}] [--rounds 7] [--data FOLDER]`,
  );
  process.exit(0);
}

const chosen = SUBJECTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const begun = performance.now();
const ground = await openGround(values.data);
process.once('SIGINT', () => void ground.close().finally(() => process.exit(130)));
try {
  const rows: ResultRow[] = [];
  for (const subject of chosen) {
    console.error(`measuring ${subject.name} …`);
    const found = await measured(subject);
    console.error(tableOf(found));
    rows.push(...found);
  }
  const about = await circumstances((performance.now() - begun) / 60_000);
  console.log(tableOf(rows));
  if (chosen.length === SUBJECTS.length && items >= ITEMS) writeResults(rows, about);
} finally {
  await ground.close();
}

/** A subject that fails says so in the table, and the others are measured all the same. */
async function measured(subject: Subject): Promise<readonly ResultRow[]> {
  try {
    return await subject.measure(ground);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    return [remark(subject.name, `failed: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

async function circumstances(minutes: number) {
  const client = await ground.connectSuperuser();
  try {
    const { rows } = await client.query<{ version: string; fsync: string; commit: string; buffers: string }>(
      `select split_part(version(), ' on ', 1) as version, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('shared_buffers') as buffers`,
    );
    const [said] = rows;
    const commits: number[] = [];
    for (let n = 0; n < 100; n += 1)
      commits.push(
        await timed(() => client.query(`select pg_logical_emit_message(true, 'bench', 'a commit')`)),
      );
    return {
      postgres: said?.version ?? '',
      settings: `fsync ${said?.fsync}, synchronous_commit ${said?.commit}, shared_buffers ${said?.buffers}`,
      commitMs: median(commits),
      load: loadavg()
        .map((n) => n.toFixed(1))
        .join(' '),
      minutes,
      command: `npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`,
    };
  } finally {
    await client.end();
  }
}
