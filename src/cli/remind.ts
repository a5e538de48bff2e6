// `quittance remind`: a reminder run from the command line. Its messages are sent before the command ends, by a worker of
// its own beside those that may run elsewhere.

import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
import { getReminderRun, listPastReminders, planReminders, startReminderRun } from '#collections/contract.ts';
import { routes as collections } from '#collections/routes.ts';
import type { Context } from '#command/command.ts';
import { countMessages } from '#delivery/contract.ts';
import { routes as delivery } from '#delivery/routes.ts';
import { addDays } from '#kernel/calendar.ts';
import { asking } from './ask.ts';
import { cliLog } from './log.ts';
import type { Options } from './options.ts';
import { endProgress, json, progress, say, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(collections, delivery);

const LOOK_MS = 300;
/** Messages that wait for another try are left to the worker of the server. */
const WAIT_SECONDS_MAX = 600;

/** Says what is due to be said on a day; with `--dry-run` only shows it, and with `--then` what it was on a past day. */
export async function remind(session: Session, context: Context, options: Options): Promise<number> {
  const on = options.text('on');
  if (options.flag('dry-run'))
    return options.flag('then') ? planThen(session, context, options) : plan(session, context, options);
  const { runs } = await ask(session, context, startReminderRun, { body: on === undefined ? {} : { on } });
  // All that workers do is loaded only now: a dry run needs none of it.
  const { startWorker } = await import('../worker.ts');
  const worker = await startWorker({
    databaseUrl: session.databaseUrl,
    dataDir: session.dataDir,
    log: cliLog(),
  });
  try {
    for (const run of runs) await untilDone(session, context, run.runId);
    await untilSent(session, context);
  } finally {
    await worker.close();
  }
  endProgress();
  const done = await Promise.all(
    runs.map((run) => ask(session, context, getReminderRun, { params: { runId: run.runId } })),
  );
  if (options.flag('json')) json(done);
  else
    table(
      ['Company', 'Day', 'Messages', 'Items', 'Left out', 'Without e-mail'],
      done.map((r) => [
        r.companyCode,
        r.runOn,
        String(r.messages),
        String(r.items),
        String(r.leftOut),
        String(r.withoutEmail),
      ]),
      ['Messages', 'Items', 'Left out', 'Without e-mail'],
    );
  return 0;
}

async function untilDone(session: Session, context: Context, runId: string): Promise<void> {
  for (let waited = 0; waited < WAIT_SECONDS_MAX * 1000; waited += LOOK_MS) {
    const run = await ask(session, context, getReminderRun, { params: { runId } });
    progress(`${run.messages} messages about ${run.items} items …`);
    if (run.finishedAt !== null) return;
    await setTimeout(LOOK_MS);
  }
}

async function untilSent(session: Session, context: Context): Promise<void> {
  for (let waited = 0; waited < WAIT_SECONDS_MAX * 1000; waited += LOOK_MS) {
    const counts = await ask(session, context, countMessages);
    progress(`${counts.queued + counts.sending} messages on their way …`);
    if (counts.queued + counts.sending === 0) return;
    await setTimeout(LOOK_MS);
  }
}

const PLAN_ROWS = 500;

const PLANNED_HEAD = ['Customer', 'Phase', 'To', 'Items', 'Left out', 'Total'] as const;
const LIST_LENGTH = 60;

type Planned = Pick<
  z.output<typeof planReminders.reply>['rows'][number],
  'customerName' | 'phase' | 'recipient' | 'items' | 'leftOut' | 'totals'
>;

/** What is planned for a customer, as a row under `PLANNED_HEAD`. */
function plannedCells({ customerName, phase, recipient, items, leftOut, totals }: Planned): string[] {
  const list = (words: readonly string[]): string => words.join(' ').slice(0, LIST_LENGTH);
  return [
    customerName.slice(0, 32),
    phase ?? '–',
    recipient ?? 'nobody to write to',
    list(items.map((i) => i.reference)),
    list(leftOut.map((i) => `${i.reference}: ${i.reason}`)),
    totals.map((t) => `${t.amount} ${t.currency}`).join(' + '),
  ];
}

async function plan(session: Session, context: Context, options: Options): Promise<number> {
  const on = options.text('on');
  const page = await ask(session, context, planReminders, {
    query: { ...(on === undefined ? {} : { on }), limit: PLAN_ROWS },
  });
  if (options.flag('json')) {
    json(page);
    return 0;
  }
  table(PLANNED_HEAD, page.rows.map(plannedCells), ['Total']);
  if (page.next !== null) say('… and more; the page Reminders shows them all');
  say('\nNothing was sent.');
  return 0;
}

/** A past day by what was known then, and where what was said differs. */
async function planThen(session: Session, context: Context, options: Options): Promise<number> {
  const on = options.text('on') ?? addDays(context.today, -1).toString();
  const page = await ask(session, context, listPastReminders, { query: { on, limit: PLAN_ROWS } });
  if (options.flag('json')) {
    json(page);
    return 0;
  }
  table(
    [...PLANNED_HEAD, 'Told'],
    page.rows.map((r) => [
      ...plannedCells(r),
      r.differences.length > 0
        ? r.differences
            .map((d) => `${d.reference}: ${d.reason ?? d.why}`)
            .join(' ')
            .slice(0, 60)
        : r.phase
          ? 'just that'
          : '–',
    ]),
    ['Total'],
  );
  if (page.next !== null) say('… and more; the page Reminders shows them all');
  return 0;
}
