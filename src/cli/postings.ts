// `quittance postings …`: what the accounting system of a company has of its receipts: what it lacks as a file, and what it answers.

import type { Context } from '#command/command.ts';
import {
  exportPostings,
  getPostingExport,
  importAnswers,
  listPostings,
  POSTING_STATES,
  setPostings,
} from '#postings/contract.ts';
import { routes } from '#postings/routes.ts';
import { asking } from './ask.ts';
import { uploadOf } from './given-file.ts';
import type { Options } from './options.ts';
import { json, say, table, writeFileReply } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask, askFile } = asking(routes);

/** Postings asked for at a time. */
const ROWS = 200;

/** Lists what is to be posted, the oldest first, or what `--show` names; `--company` keeps to one. Refuses: `option_value_unknown`. */
export async function postings(session: Session, context: Context, options: Options): Promise<number> {
  const state = options.oneOf('show', POSTING_STATES) ?? 'to_post';
  const companyId = options.text('company') && (await companyOf(session, context, options)).id;
  const rows = [];
  const names = new Map<string, string>();
  for (let after: string | null | undefined; after !== null; ) {
    const query = { state, limit: ROWS, ...(companyId ? { companyId } : {}), ...(after ? { after } : {}) };
    const page = await ask(session, context, listPostings, { query });
    rows.push(...page.rows);
    for (const company of page.companies) names.set(company.companyId, company.name);
    after = page.next;
  }
  if (options.flag('json')) json(rows);
  else
    table(
      ['Receipt', 'Company', 'Part', 'Day', 'From', 'There', 'Amount'],
      rows.map((row) => [
        row.number,
        (names.get(row.companyId) ?? '').slice(0, 20),
        row.part.replaceAll('_', ' '),
        row.on,
        (row.who ?? '').slice(0, 30),
        (row.reference ?? row.reason ?? '').slice(0, 30),
        `${row.amount.amount} ${row.amount.currency}`,
      ]),
      ['Amount'],
    );
  return 0;
}

/** Says from which value date on a company posts its receipts elsewhere; `never`: none any more. */
export async function postFrom(session: Session, context: Context, options: Options): Promise<number> {
  const day = options.word(2, 'the day, or never');
  const { id: companyId } = await companyOf(session, context, options);
  const fromOn = day === 'never' ? null : day;
  const done = await ask(session, context, setPostings, {
    params: { companyId },
    body: { fromOn },
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(done);
  else say(fromOn ? `Receipts are posted elsewhere from ${fromOn} on.` : 'Receipts are posted nowhere else.');
  return 0;
}

/**
 * Hands out what is to be posted, or with `--show refused` what was refused, as a file: into `--out`, else to the terminal. With
 * `--check` it says how much that would be. A file is had again by the id of its export.
 */
export async function exportFile(session: Session, context: Context, options: Options): Promise<number> {
  const again = options.words[2];
  if (again !== undefined) return fileOf(session, context, again, options);
  const state = options.oneOf('show', ['to_post', 'refused'] as const) ?? 'to_post';
  const { id: companyId } = await companyOf(session, context, options);
  const asked = { params: { companyId }, body: { state }, rehearse: options.flag('check') };
  const done = await ask(session, context, exportPostings, asked);
  if (options.flag('check')) {
    say(`${done.receipts} would be handed out${done.isAll ? '' : ', and more are left for another file'}.`);
    return 0;
  }
  if (options.text('out') !== undefined)
    say(`${done.receipts} handed out as ${done.exportId}${done.isAll ? '' : '; more are left'}.`);
  return fileOf(session, context, done.exportId, options);
}

async function fileOf(session: Session, context: Context, exportId: string, options: Options) {
  const file = await askFile(session, context, getPostingExport, { params: { exportId } });
  return writeFileReply(file, options.text('out'));
}

/** Keeps what a file of the accounting system answers, all of it or nothing. With `--check` it says what that would be. */
export async function takeAnswers(session: Session, context: Context, options: Options): Promise<number> {
  const done = await ask(session, context, importAnswers, {
    query: { companyId: (await companyOf(session, context, options)).id },
    upload: await uploadOf(options.word(2, 'the file'), 'text/csv'),
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(done);
  else
    say(
      `${done.posted} posted, ${done.refused} refused, ${done.unchanged} known, ${done.outdated} outdated.`,
    );
  return 0;
}
