// A past day as people see it: what would have been said by what was known then, beside what was.

import type { Context, Door } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { cursorText, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { listCompanies, readCustomers, takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { LeftOutReason } from '#policies/reminder.ts';
import {
  lookBack,
  type PastCustomer,
  type PastDay,
  readPastCustomers,
  readPastDay,
  whatWasToPlan,
} from './plan-past.ts';
import { planFor } from './plan-reminders.ts';
import { describePlan } from './read-collections.ts';
import { readPreview, shownPreview } from './read-preview.ts';
import { differencesFor, readPastCount } from './start-past-count.ts';
import type { ToldItem } from './told.ts';

type Asked = {
  readonly on: PlainDate;
  readonly companyId?: string | undefined;
};

/** The past days of all companies, or of one. Refuses: `company_not_found`, `day_not_past`. */
function readPastDays(door: Door, context: Context, { on, companyId }: Asked): Promise<readonly PastDay[]> {
  return readSnapshot(door, context, async (tx) => {
    const companies =
      companyId === undefined ? await listCompanies(tx) : [await takeCompany(tx, companyId as CompanyId)];
    return Promise.all(companies.map((company) => readPastDay(tx, company, on, context.now)));
  });
}

/**
 * What a past day comes to, company by company; of many customers as far as a worker counted. `limit`: how many are counted at once.
 * Refuses: `company_not_found`, `day_not_past`.
 */
export async function reviewPast(door: Door, context: Context, asked: Asked, limit?: number) {
  const rows = [];
  for (const past of await readPastDays(door, context, asked)) {
    const { state, counts, looked } = await readPastCount(door, context, past, limit);
    rows.push({
      companyId: past.company.id,
      companyCode: past.company.code,
      knownAt: past.knownAt.toString(),
      runId: past.run?.id ?? null,
      keptSince: past.keptSince?.toString() ?? null,
      state,
      looked,
      ...counts,
      leftOut: Object.entries(counts.leftOut)
        .map(([reason, items]) => ({ reason: reason as LeftOutReason, items }))
        .toSorted((a, b) => b.items - a.items),
    });
  }
  return { on: asked.on.toString(), rows };
}

/** A past day, customer by customer; a page ends where a company ends. Refuses: `company_not_found`, `day_not_past`. */
export async function listPast(
  door: Door,
  context: Context,
  asked: Asked & { readonly after?: string | undefined; readonly limit: number },
) {
  const from = readCursor<readonly [CompanyId, string]>(asked.after, [(id) => id as CompanyId, (id) => id]);
  const all = await readPastDays(door, context, asked);
  const place = from ? all.findIndex(({ company }) => company.id === from[0]) : 0;
  for (const [index, past] of [...all.entries()].slice(Math.max(place, 0))) {
    const start = from && past.company.id === from[0] && from[1] !== '' ? (from[1] as CustomerId) : undefined;
    const page = await readPastCustomers(
      door,
      context,
      past,
      { after: start, limit: asked.limit },
      (then, what, planned) => describePlan(then, planned, what, context, 'past'),
    );
    const rows = await describePast(door, context, past, page.rows, page.looked);
    const following = all[index + 1];
    if (page.hasMore) return { rows, next: cursorText([past.company.id, page.last ?? '']) };
    if (rows.length > 0) return { rows, next: following ? cursorText([following.company.id, '']) : null };
  }
  return { rows: [], next: null };
}

type Described = Awaited<ReturnType<typeof describePlan>>[number];

async function describePast(
  door: Door,
  context: Context,
  past: PastDay,
  rows: readonly PastCustomer[],
  described: readonly Described[],
) {
  const shownOf = new Map<string, Described>(described.map((one) => [one.customerId, one]));
  const without = rows.filter(({ planned }) => !planned).map(({ customerId }) => customerId);
  const customers = await readSnapshot(door, context, (tx: Tx) => readCustomers(tx, without));
  return rows.map((row) => {
    const customer = customers.get(row.customerId);
    const shown = shownOf.get(row.customerId) ?? {
      policy: null,
      customerId: row.customerId,
      customerNumber: customer?.number ?? '',
      customerName: customer?.name ?? '',
      companyId: past.company.id,
      phase: null,
      template: null,
      recipient: null,
      channel: null,
      language: customer?.language ?? past.company.language,
      totals: [],
      waits: false,
      items: [],
      leftOut: [],
    };
    return { ...shown, told: shownTold(row.told), differences: [...differencesFor(row, past)] };
  });
}

function shownTold(told: readonly ToldItem[]) {
  return [...Map.groupBy(told, ({ messageId }) => messageId).values()].flatMap((items) => {
    const [first] = items;
    if (!first) return [];
    const { messageId, state, channel, recipient, leftAt, runId, runStartedAt, isApproved } = first;
    return [
      {
        ...{ messageId, state, channel, recipient, runId },
        leftAt: leftAt?.toString() ?? null,
        runStartedAt: runStartedAt.toString(),
        approved: isApproved,
        items: items.map(({ itemId, reference, step, phase, leftOut }) => ({
          ...{ itemId, reference, step, phase, leftOut },
        })),
      },
    ];
  });
}

/** The words of one reminder of a past day. Refuses: as looking at one of today does, and `day_not_past`. */
export async function previewPast(
  door: Door,
  context: Context,
  asked: {
    readonly on: PlainDate;
    readonly companyId: string;
    readonly customerId: string;
    readonly message: number;
  },
) {
  const [past] = await readPastDays(door, context, asked);
  if (!past) throw new Error('one company has one past day');
  return shownPreview(
    await lookBack(door, context, past, async (then) => {
      const customer = await takeCustomer(then, asked.customerId as CustomerId);
      const what = await whatWasToPlan(then, past);
      const [planned] = await planFor(then, what, [customer.id]);
      return readPreview(then, what, { customer, planned, message: asked.message });
    }),
  );
}
