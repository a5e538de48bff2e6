// HTTP of reporting: contract to reading.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type FileReply, type Route, route } from '#http/route.ts';
import { parseDate } from '#kernel/calendar.ts';
import { DASHBOARDS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { dueRangeOf, readEdges } from '#ledger/aging.ts';
import { cursorText, idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { shownCustomerLine, shownDashboard, shownOverview } from './customer-replies.ts';
import { agingTable, itemTable, streamTable } from './export-report.ts';
import { KeptAnswers } from './kept-answer.ts';
import { listCustomers } from './list-customers.ts';
import { companiesOf, readAging } from './read-aging.ts';
import { readOverview, takeName } from './read-customer.ts';
import { type Dashboard, readDashboard, readTrends, type Trends } from './read-dashboard.ts';
import { readDso, readDsoTrend } from './read-dso.ts';
import { readTimeline, timelineTable } from './read-timeline.ts';
import {
  shownAging,
  shownCompany,
  shownDso,
  shownItem,
  shownPoint,
  shownVerification,
  shownWhen,
} from './replies.ts';
import type { AgingPlace, Scope } from './store-aging.ts';
import { type AgingColumn, type ItemFilter, type ItemPlace, listItems } from './store-items.ts';
import type { TimelinePlace } from './store-timeline.ts';
import { shownTimelineRow } from './timeline.ts';
import { verifyBooks } from './verify-books.ts';

type AgingQuery = Omit<Scope, 'asOf'> & {
  readonly asOf?: Temporal.PlainDate | undefined;
  readonly edges?: string | undefined;
};

function scopeOf(query: AgingQuery, context: Context): Scope {
  return {
    asOf: query.asOf ?? context.today,
    knownAt: query.knownAt,
    companyId: query.companyId,
    customerId: query.customerId,
    currency: query.currency,
  };
}

function filterOf(
  query: AgingQuery & { readonly bucket?: string | undefined; readonly column?: AgingColumn | undefined },
  context: Context,
): ItemFilter {
  const scope = scopeOf(query, context);
  if (query.bucket === undefined) return { ...scope, column: query.column };
  const due = dueRangeOf(readEdges(query.edges), query.bucket, scope.asOf);
  return { ...scope, due, column: query.column ?? 'gross' };
}

/** Sort keys: text, a whole number of minor units, and that or nothing where those without an amount come last. */
const KEYS = { text: /^/, amount: /^-?\d{1,30}$/, amount_or_nothing: /^(-?\d{1,18})?$/ } as const;

/** Where a list by amount or by text ended. */
function rankOf(after: string | undefined, kind: keyof typeof KEYS): AgingPlace | undefined {
  const keyIn = (text: string): string => {
    if (!KEYS[kind].test(text)) throw new Refusal('bad_input');
    return text;
  };
  const keys = readCursor<[string, string]>(after, [keyIn, idKey]);
  return keys && { key: keys[0], customerId: keys[1] };
}

function placeOf(after: string | undefined): ItemPlace | undefined {
  const keys = readCursor<[Temporal.PlainDate, string]>(after, [parseDate, idKey]);
  return keys && { dueOn: keys[0], id: keys[1] };
}

/** Where a timeline ended. */
function timeOf(after: string | undefined): TimelinePlace | undefined {
  const momentIn = (text: string): string => Temporal.Instant.from(text).toString();
  const keys = readCursor<[Temporal.PlainDate, string, string]>(after, [parseDate, momentIn, idKey]);
  return keys && { on: keys[0], at: keys[1], id: keys[2] };
}

async function itemPage(
  tx: Tx,
  filter: ItemFilter,
  query: { readonly limit: number; readonly after?: string | undefined },
) {
  const rows = await listItems(tx, filter, { limit: query.limit, after: placeOf(query.after) });
  const page = pageOfRows(rows, query.limit, (item) => [item.due_on, item.id]);
  return { rows: page.rows.map((item) => shownItem(item, filter)), next: page.next };
}

const clockMs = (): number => performance.now();

/** A dashboard may be some seconds old where it takes long to make; after ten minutes nobody has looked at it. */
const dashboards = new KeptAnswers<Dashboard>(
  { newForMs: 5_000, staleForMs: 600_000, keysMax: DASHBOARDS_MAX },
  clockMs,
);
/** The trend of a year changes slowly and takes the longest. */
const trends = new KeptAnswers<Trends>(
  { newForMs: 300_000, staleForMs: 3_600_000, keysMax: DASHBOARDS_MAX },
  clockMs,
);

function csv(fileName: string, body: FileReply['body']): FileReply {
  return { fileName, contentType: 'text/csv; charset=utf-8', body };
}

export const routes: readonly Route[] = [
  route(contract.readAging, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const byAmount = query.sort === 'net' || query.sort === 'overdue';
      const aging = await readAging(tx, {
        ...scopeOf(query, context),
        edges: readEdges(query.edges),
        sort: query.sort,
        limit: query.limit,
        after: rankOf(query.after, byAmount ? 'amount' : 'text'),
      });
      const next = aging.next ? cursorText([aging.next.key, aging.next.customerId]) : null;
      return { ...shownAging(aging), next };
    }),
  ),

  route(contract.exportAging, async ({ door, context, query }) => {
    const scope = scopeOf(query, context);
    const edges = readEdges(query.edges);
    const body = await streamTable(door, context, (tx) => agingTable(tx, scope, edges));
    return csv(`aging-${scope.asOf}.csv`, body);
  }),

  route(contract.listAgingItems, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const filter = filterOf(query, context);
      await companiesOf(tx, filter);
      return { ...shownWhen(filter), ...(await itemPage(tx, filter, query)) };
    }),
  ),

  route(contract.exportAgingItems, async ({ door, context, query }) => {
    const filter = filterOf(query, context);
    const body = await streamTable(door, context, (tx) => itemTable(tx, filter));
    return csv(`open-items-${filter.asOf}.csv`, body);
  }),

  route(contract.readDso, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const request = { ...scopeOf(query, context), basis: query.basis };
      return { ...shownWhen(request), companies: (await readDso(tx, request)).map(shownDso) };
    }),
  ),

  route(contract.readDsoTrend, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const request = { ...scopeOf(query, context), basis: query.basis, months: query.months };
      const trends = await readDsoTrend(tx, request);
      return {
        ...shownWhen(request),
        companies: trends.map((t) => ({
          company: shownCompany(t.company),
          points: t.points.map(shownPoint),
        })),
      };
    }),
  ),

  route(contract.verifyBooks, async ({ door, context, query }) => {
    const dates = query.dates?.split(',').map((text) => parseDate(text.trim()));
    const { now, today } = context;
    return shownVerification(await verifyBooks(door.pool, context.tenantId, { now, today, dates }));
  }),

  route(contract.listCustomerBalances, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const byAmount = query.sort === 'open' || query.sort === 'overdue';
      const { after, ...asked } = query;
      const place = rankOf(after, byAmount ? 'amount_or_nothing' : 'text');
      const page = await listCustomers(tx, {
        ...asked,
        now: context.now,
        today: context.today,
        after: place && { key: place.key, id: place.customerId },
      });
      return {
        rows: page.rows.map(shownCustomerLine),
        next: page.next && cursorText([page.next.key, page.next.id]),
        orderedAt: page.orderedAt?.toString() ?? null,
      };
    }),
  ),

  route(contract.readCustomerOverview, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const scope = { ...scopeOf(query, context), customerId: params.customerId };
      return { ...shownWhen(scope), ...shownOverview(await readOverview(tx, scope, readEdges(query.edges))) };
    }),
  ),

  route(contract.listCustomerItems, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const filter = { ...scopeOf(query, context), customerId: params.customerId };
      await takeName(tx, params.customerId);
      return { ...shownWhen(filter), ...(await itemPage(tx, filter, query)) };
    }),
  ),

  route(contract.readCustomerTimeline, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { limit, after, ...part } = query;
      const wish = { ...params, ...part };
      const rows = await readTimeline(tx, context, wish, { limit, after: timeOf(after) });
      const page = pageOfRows(rows, limit, (row) => [row.on, row.at, row.id]);
      return { rows: page.rows.map(shownTimelineRow), next: page.next };
    }),
  ),

  route(contract.exportCustomerTimeline, async ({ door, context, params, query }) => {
    const wish = { ...params, ...query };
    const body = await streamTable(door, context, (tx) => timelineTable(tx, context, wish));
    return csv(`timeline-${context.today}.csv`, body);
  }),

  route(contract.readDashboard, async ({ door, context, query }) => {
    const { now, today } = context;
    const request = { now, today, companyId: query.companyId };
    const key = [context.tenantId, today, query.companyId ?? ''].join(' ');
    const [dashboard, trend] = await Promise.all([
      dashboards.get(key, () => readSnapshot(door, context, (tx) => readDashboard(tx, request))),
      trends.get(key, () => readSnapshot(door, context, (tx) => readTrends(tx, request))),
    ]);
    return shownDashboard(dashboard, trend);
  }),
];
