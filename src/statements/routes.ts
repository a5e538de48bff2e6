// HTTP of statements: contract to command, reading or file.

import { type Context, carryOut } from '#command/command.ts';
import { csvLine } from '#formats/csv.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mayDo } from '#parties/may.ts';
import { cursorText, idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { listCompanies, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { readCertificate, signFiles } from '#signing/sign-files.ts';
import * as contract from './contract.ts';
import { changePreference, keepSchedule, pauseSchedule, removeSchedule } from './keep-schedule.ts';
import { printStatement, readPrintedStatement, statementFileName, writerOf } from './print-statement.ts';
import { readStatement, type StatementWish } from './read-statement.ts';
import { wordsRoutes } from './routes-words.ts';
import { plannedReply, runReply, scheduleReply, statementRowReply } from './run-reply.ts';
import { approveRun, periodsOf, previewRun, startRun } from './run-statements.ts';
import { NO_PREFERENCE } from './schedule.ts';
import { sendStatement } from './send-statement.ts';
import type { StatementKind } from './statement.ts';
import { statementReply, statementRows, TABLE_HEADING } from './statement-reply.ts';
import { findPreferences, findRunsShown, findSchedules, findStatementsShown } from './store.ts';

type Query = {
  readonly kind: StatementKind;
  readonly asOf?: PlainDate | undefined;
  readonly from?: PlainDate | undefined;
  readonly knownAt?: Instant | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly group?: 'true' | 'false' | undefined;
};

function wishOf(customerId: CustomerId, query: Query, context: Context): StatementWish {
  const { kind, from, knownAt, companyId } = query;
  const asOf = query.asOf ?? context.today;
  return { customerId, kind, asOf, from, knownAt, companyId, group: query.group === 'true' };
}

const READING: readonly Route[] = [
  route(contract.readCustomerStatement, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const statement = await readStatement(tx, wishOf(params.customerId, query, context));
      return statementReply(statement, query.linesMax);
    }),
  ),

  route(contract.printCustomerStatement, async ({ door, context, params, query, secret }) => {
    const { statement, document, certificate } = await readSnapshot(door, context, async (tx) => {
      const found = await readStatement(tx, wishOf(params.customerId, query, context));
      const asked = query.writerId ? await takeCompany(tx, query.writerId) : undefined;
      const letterhead = await writerOf(tx, found, { ...query, letterhead: asked });
      return {
        statement: found,
        document: await readPrintedStatement(tx, found, { ...query, letterhead }),
        certificate: await readCertificate(tx, letterhead.id),
      };
    });
    const name = `${statementFileName(statement)}.pdf`;
    const drawn = { name, mediaType: 'application/pdf', content: await printStatement(document) };
    const by = { tenantId: context.tenantId, at: context.now, secret };
    const [file = drawn] = await signFiles([{ ...drawn, signedAs: 'statement' }], certificate, by);
    return { fileName: name, contentType: 'application/pdf', body: file.content, inline: true };
  }),

  route(contract.exportCustomerStatement, async ({ door, context, params, query }) => {
    const statement = await readSnapshot(door, context, (tx) =>
      readStatement(tx, wishOf(params.customerId, query, context)),
    );
    const body = `\ufeff${[TABLE_HEADING, ...statementRows(statement)].map((cells) => csvLine(cells)).join('')}`;
    const fileName = `${statementFileName(statement)}.csv`;
    return { fileName, contentType: 'text/csv; charset=utf-8', body };
  }),
];

const SENDING: readonly Route[] = [
  route(contract.sendStatement, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, sendStatement, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listCustomerStatements, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      await takeCustomer(tx, params.customerId);
      const rows = await findStatementsShown(tx, { customerId: params.customerId });
      return { rows: rows.map(statementRowReply), may: { send: mayDo(context, 'reminder.send') } };
    }),
  ),

  route(contract.readStatementPreference, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const { id } = await takeCustomer(tx, params.customerId);
      const wanted = (await findPreferences(tx, [id])).get(id) ?? NO_PREFERENCE;
      return { ...wanted, copies: [...wanted.copies], may: { change: mayDo(context, 'customer.edit') } };
    }),
  ),

  route(contract.changeStatementPreference, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changePreference, { ...params, wanted: body }, { commandId, rehearse }),
  ),
];

const RUNNING: readonly Route[] = [
  route(contract.listStatementSchedules, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => {
      const [schedules, companies] = await Promise.all([findSchedules(tx), listCompanies(tx)]);
      const byId = new Map(companies.map((company) => [company.id, company]));
      const rows = [];
      for (const schedule of schedules) {
        const company = present(byId.get(schedule.companyId), 'a schedule has its company');
        const { next } = await periodsOf(tx, schedule, company, dayIn(company.timeZone, context.now));
        rows.push(scheduleReply(schedule, company, next));
      }
      return {
        rows,
        may: { change: mayDo(context, 'cadence.edit'), send: mayDo(context, 'reminder.send') },
      };
    }),
  ),

  route(contract.addStatementSchedule, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, keepSchedule, body, { commandId, rehearse }),
  ),

  route(contract.changeStatementSchedule, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, keepSchedule, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.pauseStatementSchedule, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, pauseSchedule, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.removeStatementSchedule, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, removeSchedule, params, { commandId, rehearse }),
  ),

  route(contract.previewStatementRun, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { rows, next, period } = await previewRun(tx, {
        scheduleId: params.scheduleId,
        now: context.now,
        limit: query.limit,
        after: readCursor(query.after, [idKey])?.[0] as CustomerId | undefined,
      });
      return {
        rows: rows.map(plannedReply),
        next: next ? cursorText([next]) : null,
        period: { from: period.from.toString(), asOf: period.asOf.toString() },
      };
    }),
  ),

  route(contract.startStatementRun, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, startRun, body, { commandId, rehearse }),
  ),

  route(contract.listStatementRuns, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => ({
      rows: (await findRunsShown(tx)).map((run) => runReply(run, context)),
    })),
  ),

  route(contract.listRunStatements, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const [run] = await findRunsShown(tx, params.runId);
      if (!run) throw new Refusal('statement_run_not_found', params);
      const after = readCursor(query.after, [idKey])?.[0];
      const found = await findStatementsShown(tx, { runId: run.id, after, limit: query.limit + 1 });
      const page = pageOfRows(found, query.limit, (row) => [row.customer_id]);
      return { rows: page.rows.map(statementRowReply), next: page.next, run: runReply(run, context) };
    }),
  ),

  route(contract.approveStatementRun, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, approveRun, { ...params, ...body }, { commandId, rehearse }),
  ),
];

export const routes: readonly Route[] = [...READING, ...SENDING, ...RUNNING, ...wordsRoutes];
