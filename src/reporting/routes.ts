// HTTP of reporting: contract to reading.

import type { Context } from '#command/command.ts';
import { type FileReply, type Route, route } from '#http/route.ts';
import { parseDate } from '#kernel/calendar.ts';
import { isId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { cursorText, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { dueRangeOf, readEdges } from './aging.ts';
import * as contract from './contract.ts';
import { agingTable, itemTable, streamTable } from './export-report.ts';
import { companiesOf, readAging } from './read-aging.ts';
import { readDso, readDsoTrend } from './read-dso.ts';
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

function idIn(text: string): string {
  if (!isId(text)) throw new Refusal('bad_input');
  return text;
}

/** Where a list by amount or by text ended; an amount is a whole number of minor units. */
function rankOf(after: string | undefined, byAmount: boolean): AgingPlace | undefined {
  const keyIn = (text: string): string => {
    if (byAmount && !/^-?\d{1,30}$/.test(text)) throw new Refusal('bad_input');
    return text;
  };
  const keys = readCursor<[string, string]>(after, [keyIn, idIn]);
  return keys && { key: keys[0], customerId: keys[1] };
}

function placeOf(after: string | undefined): ItemPlace | undefined {
  const keys = readCursor<[Temporal.PlainDate, string]>(after, [parseDate, idIn]);
  return keys && { dueOn: keys[0], id: keys[1] };
}

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
        after: rankOf(query.after, byAmount),
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
      const rows = await listItems(tx, filter, { limit: query.limit, after: placeOf(query.after) });
      const page = pageOfRows(rows, query.limit, (item) => [item.due_on, item.id]);
      return {
        ...shownWhen(filter),
        rows: page.rows.map((item) => shownItem(item, filter)),
        next: page.next,
      };
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
];
