// Collections over HTTP.

import { type Command, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { takeMessage } from '#delivery/read-message.ts';
import type { Operation } from '#http/contract.ts';
import { type Call, type Route, route } from '#http/route.ts';
import { dayIn, type PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, MessageId, UserId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { Company } from '#parties/company.ts';
import { cursorText, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { listCompanies, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { replaceCadence } from '#policies/replace-cadence.ts';
import { readPolicies, readRunsDaily } from '#policies/take-policies.ts';
import * as contract from './contract.ts';
import { planOn } from './plan-ahead.ts';
import { customersToPlan, type PlanFor } from './plan-reminders.ts';
import { describeCadence, describePlan, describeRuns, describeSaid } from './read-collections.ts';
import { listPast, previewPast, reviewPast } from './read-past.ts';
import { readPreview, shownPreview } from './read-preview.ts';
import { startReminderRun } from './remind-customers.ts';
import { wordsRoutes } from './routes-words.ts';
import { startPastCount } from './start-past-count.ts';
import { findSaid } from './store.ts';
import { findRun, findRuns } from './store-runs.ts';

/** Reads for the one who asks, from one snapshot. */
function reading<O extends Operation, T>(call: Call<O>, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { tenantId, actor } = call.context;
  const userId = actor.kind === 'user' ? (actor.id as UserId) : undefined;
  return inTenant(call.door.pool, tenantId, work, { snapshot: true, userId });
}

function carry<O extends Operation, I, R extends Json>(call: Call<O>, command: Command<I, R>, input: I) {
  return carryOut(call.door, call.context, command, input, {
    commandId: call.commandId,
    rehearse: call.rehearse,
  });
}

async function whatToPlan<O extends Operation>(
  tx: Tx,
  call: Call<O>,
  company: Company,
  { on, approved }: { readonly on?: PlainDate | undefined; readonly approved?: 'true' | 'false' | undefined },
): Promise<PlanFor> {
  const { now } = call.context;
  const [{ policies }, daily] = [await readPolicies(tx), await readRunsDaily(tx)];
  const day = on ?? dayIn(company.timeZone, now);
  return { company, policies, on: day, now, approved: approved === 'true', daily };
}

/** The plan of all companies, one after the other; a page ends where a company ends. */
async function plan(call: Call<typeof contract.planReminders>) {
  const { companyId, after, limit } = call.query;
  const from = readCursor<readonly [CompanyId, string]>(after, [(id) => id as CompanyId, (id) => id]);
  return reading(call, async (tx) => {
    const all =
      companyId === undefined ? await listCompanies(tx) : [await takeCompany(tx, companyId as CompanyId)];
    const place = from ? all.findIndex((company) => company.id === from[0]) : 0;
    for (const [index, company] of [...all.entries()].slice(Math.max(place, 0))) {
      const what = await whatToPlan(tx, call, company, call.query);
      const start = from && company.id === from[0] && from[1] !== '' ? (from[1] as CustomerId) : undefined;
      const ids = await customersToPlan(tx, what, { after: start, limit: limit + 1 });
      const planned = await planOn(tx, what, ids.slice(0, limit));
      const rows = await describePlan(tx, planned, what, call.context);
      const following = all[index + 1];
      if (ids.length > limit) return { rows, next: cursorText([company.id, ids[limit - 1] ?? '']) };
      if (rows.length > 0 && following) return { rows, next: cursorText([following.id, '']) };
      if (rows.length > 0) return { rows, next: null };
    }
    return { rows: [], next: null };
  });
}

async function preview(call: Call<typeof contract.previewReminder>) {
  const { companyId, customerId } = call.params;
  return shownPreview(
    await reading(call, async (tx) => {
      const company = await takeCompany(tx, companyId as CompanyId);
      const customer = await takeCustomer(tx, customerId as CustomerId);
      const what = await whatToPlan(tx, call, company, call.query);
      const [planned] = await planOn(tx, what, [customer.id]);
      return readPreview(tx, what, { customer, planned, message: call.query.message });
    }),
  );
}

async function runs(call: Call<typeof contract.listReminderRuns>) {
  const { limit, after, companyId, on } = call.query;
  const from = readCursor<readonly [Temporal.Instant, string]>(after, [Temporal.Instant.from, (id) => id]);
  return reading(call, async (tx) => {
    const found = await findRuns(
      tx,
      { companyId: companyId as CompanyId | undefined, on },
      { after: from, limit: limit + 1 },
    );
    const page = pageOfRows(found, limit, (last) => [last.started_at, last.id]);
    return { rows: await describeRuns(tx, page.rows), next: page.next };
  });
}

async function oneRun(call: Call<typeof contract.getReminderRun>) {
  return reading(call, async (tx) => {
    const found = await findRun(tx, call.params.runId);
    const [row] = found ? await describeRuns(tx, [found]) : [];
    if (!row) throw new Refusal('run_not_found', { runId: call.params.runId });
    return row;
  });
}

/** All routes of collections. */
export const routes: readonly Route[] = [
  route(contract.readCadence, (call) => reading(call, (tx) => describeCadence(tx, call.context.permissions))),
  route(contract.replaceCadence, (call) => carry(call, replaceCadence, call.body)),
  route(contract.planReminders, plan),
  route(contract.previewReminder, preview),
  route(contract.startReminderRun, async (call) => {
    const { companyId } = call.body;
    const started = await carry(call, startReminderRun, {
      ...call.body,
      companyId: companyId as CompanyId | undefined,
    });
    return { runs: [...started.runs] };
  }),
  route(contract.listReminderRuns, runs),
  route(contract.getReminderRun, oneRun),
  route(contract.listMessageItems, (call) =>
    reading(call, async (tx) => {
      const { id } = await takeMessage(tx, call.params.messageId as MessageId);
      return { rows: (await findSaid(tx, { messageId: id })).map(describeSaid) };
    }),
  ),
  route(contract.listDocumentReminders, (call) =>
    reading(call, async (tx) => {
      const { documentId } = call.params;
      const items = await readItemsOfDocuments(tx, [documentId]);
      if (items.length === 0) throw new Refusal('document_not_found', { documentId });
      return { rows: (await findSaid(tx, { documentId })).map(describeSaid) };
    }),
  ),
  route(contract.reviewPastDay, ({ door, context, query }) => reviewPast(door, context, query)),
  route(contract.startPastCount, (call) => {
    const companyId = call.body.companyId as CompanyId | undefined;
    return carry(call, startPastCount, { ...call.body, companyId });
  }),
  route(contract.listPastReminders, ({ door, context, query }) => listPast(door, context, query)),
  route(contract.previewPastReminder, ({ door, context, params, query }) =>
    previewPast(door, context, { ...params, ...query }),
  ),
  ...wordsRoutes,
];
