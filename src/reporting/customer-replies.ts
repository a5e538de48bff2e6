// Customers and the dashboard as the API shows them. Nothing is computed here.

import { money } from '#kernel/money.ts';
import { bucketsOf, USUAL_EDGES } from '#ledger/aging.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { type Figure, undefinedFigure } from './dso.ts';
import type { CustomerLine } from './list-customers.ts';
import type { CustomerOverview } from './read-customer.ts';
import type { CountAndAmount, Dashboard, Trends } from './read-dashboard.ts';
import { shownDays, shownFigures, shownPoint, shownTotal } from './replies.ts';

/** A line of the list of customers. */
export function shownCustomerLine(line: CustomerLine) {
  return {
    id: line.id,
    number: line.number,
    name: line.name,
    country: line.country,
    archived: line.is_archived,
    openItems: line.openItems,
    oldestDueOn: line.oldestDueOn?.toString() ?? null,
    daysLate: line.daysLate,
    onHold: line.onHold,
    positions: line.positions.map((p) => ({
      open: shownMoney(p.open),
      overdue: shownMoney(p.overdue),
      credit: shownMoney(p.credit),
      net: shownMoney(p.net),
    })),
  };
}

/** A customer's overview. */
export function shownOverview(overview: CustomerOverview) {
  const { lastPayment, lastReminder } = overview;
  return {
    customer: overview.customer,
    buckets: [...overview.buckets],
    totals: overview.totals.map(shownTotal),
    openItems: overview.openItems,
    averageDaysLate: { ...shownDays(overview.averageDaysLate), payments: overview.payments },
    lastPayment: lastPayment
      ? {
          id: lastPayment.id,
          number: lastPayment.number,
          receivedOn: lastPayment.received_on.toString(),
          amount: shownMoney(money(lastPayment.amount_minor, lastPayment.currency)),
        }
      : null,
    lastReminder: lastReminder
      ? {
          messageId: lastReminder.message_id,
          subject: lastReminder.subject,
          state: lastReminder.state,
          at: lastReminder.at.toString(),
        }
      : null,
    onHold: overview.onHold,
  };
}

function shownWork(work: CountAndAmount) {
  return { count: work.count, amounts: work.amounts.map(shownMoney) };
}

const NO_TREND: Figure = undefinedFigure('no_sales');

/** The dashboard with the trends, which may have been made earlier. */
export function shownDashboard(dashboard: Dashboard, kept: Trends) {
  return {
    at: dashboard.at.toString(),
    today: dashboard.today.toString(),
    buckets: [...bucketsOf(USUAL_EDGES)],
    currencies: dashboard.currencies.map((part) => {
      const points = kept.trends.find((trend) => trend.currency === part.currency)?.points ?? [];
      return {
        currency: part.currency,
        figures: shownFigures(part.figures),
        dueThisWeek: shownMoney(part.dueThisWeek),
        openInvoices: part.openInvoices,
        overdueInvoices: part.overdueInvoices,
        dso: shownDays(points.at(-1)?.standard ?? NO_TREND),
        dsoTrend: points.map(shownPoint),
        trendAt: kept.at.toString(),
      };
    }),
    work: {
      dueToday: shownWork(dashboard.work.dueToday),
      newlyOverdue: shownWork(dashboard.work.newlyOverdue),
      unapplied: shownWork(dashboard.work.unapplied),
      unappliedOld: shownWork(dashboard.work.unappliedOld),
      failedMessages: dashboard.work.messages.failed,
      queuedMessages: dashboard.work.messages.queued,
    },
    lastReminders: dashboard.lastReminders.map((row) => ({
      messageId: row.message_id,
      customer: { id: row.customer_id, number: row.number, name: row.name },
      subject: row.subject,
      state: row.state,
      at: row.at.toString(),
    })),
  };
}
