// HTTP of the ledger: contract to command or reading.

import { type Context, carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import { addNumberSeries } from './add-number-series.ts';
import type { ChartRow } from './chart.ts';
import * as contract from './contract.ts';
import { entryText } from './entry-reply.ts';
import { addPeriod, lockPeriod, unlockPeriod } from './lock-period.ts';
import { formatNumber, type NumberedKind } from './number-pattern.ts';
import { openCompany } from './open-company.ts';
import { lockRefusal, type Period, unlockRefusal } from './period.ts';
import { type EntriesOf, readEntries } from './read-entries.ts';
import { recordRates } from './record-rates.ts';
import { findAccounts, findPeriods, findRates, findSeries } from './store.ts';

const plain = (text: string): string => text;

export const routes: readonly Route[] = [
  route(contract.openCompany, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, openCompany, body, { commandId, rehearse }),
  ),

  route(contract.listAccounts, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { id: companyId } = await takeCompany(tx, params.companyId);
      const after = readCursor(query.after, [plain])?.[0];
      const rows = await findAccounts(tx, { companyId, after, limit: query.limit + 1 });
      const page = pageOfRows(rows, query.limit, (row) => [row.code]);
      return {
        rows: page.rows.map((row) => ({ ...row, kind: row.kind as ChartRow['kind'] })),
        next: page.next,
      };
    }),
  ),

  route(contract.listNumberSeries, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { id: companyId } = await takeCompany(tx, params.companyId);
      const after = readCursor(query.after, [plain, plain]);
      const rows = await findSeries(tx, { companyId, after, limit: query.limit + 1 });
      const page = pageOfRows(rows, query.limit, (row) => [row.document_kind, row.series]);
      return {
        rows: page.rows.map((row) => ({
          documentKind: row.document_kind as NumberedKind,
          series: row.series,
          pattern: row.pattern,
          nextCount: row.next_number.toString(),
          nextNumber: formatNumber(row.pattern, row.next_number, context.today.year),
        })),
        next: page.next,
      };
    }),
  ),

  route(contract.addNumberSeries, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, addNumberSeries, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listPeriods, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { id: companyId } = await takeCompany(tx, params.companyId);
      const before = readCursor(query.after, [parseDate])?.[0];
      const rows = await findPeriods(tx, { companyId, before, limit: query.limit + 1 });
      const page = pageOfRows(rows, query.limit, (row) => [row.startsOn]);
      return { rows: page.rows.map((period) => periodReply(period, context)), next: page.next };
    }),
  ),

  route(contract.addPeriod, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, addPeriod, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.lockPeriod, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, lockPeriod, params, { commandId, rehearse }),
  ),

  route(contract.unlockPeriod, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, unlockPeriod, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listRates, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const after = readCursor(query.after, [parseDate, idKey]);
      const rows = await findRates(tx, { ...query, after, limit: query.limit + 1 });
      const page = pageOfRows(rows, query.limit, (row) => [row.valid_on, row.id]);
      return {
        rows: page.rows.map((row) => ({
          id: row.id,
          base: row.base,
          quote: row.quote,
          validOn: row.valid_on.toString(),
          rate: decimalText(parseDecimal(row.rate)),
          source: row.source,
          recordedAt: row.recorded_at.toString(),
        })),
        next: page.next,
      };
    }),
  ),

  route(contract.recordRates, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, recordRates, body, { commandId, rehearse }),
  ),

  route(contract.listEntries, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const after = readCursor(query.after, [parseDate, idKey]);
      const rows = await readEntries(tx, entriesOf(query), { after, limit: query.limit + 1 });
      const page = pageOfRows(rows, query.limit, (entry) => [entry.postedOn, entry.id]);
      return { rows: page.rows.map(entryText), next: page.next };
    }),
  ),
];

function entriesOf(query: {
  readonly documentId?: string | undefined;
  readonly customerId?: CustomerId | undefined;
}): EntriesOf {
  const { documentId, customerId } = query;
  if (documentId !== undefined && customerId === undefined) return { documentId };
  if (customerId !== undefined && documentId === undefined) return { customerId };
  throw new Refusal('journal_of_what');
}

function periodReply(period: Period, context: Context) {
  return {
    ...period,
    startsOn: period.startsOn.toString(),
    endsOn: period.endsOn.toString(),
    lockedAt: period.lockedAt?.toString() ?? null,
    may: {
      lock: mayDo(context, 'period.lock', lockRefusal(period)),
      unlock: mayDo(context, 'period.lock', unlockRefusal(period)),
    },
  };
}
