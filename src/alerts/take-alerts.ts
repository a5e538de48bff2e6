// Taking what is to be told to whom: noted as told in one transaction, before any mail leaves, so that two workers never tell the
// same twice. What surely did not leave is given back.

import type { Act, Command } from '#command/command.ts';
import { readActorNames, readMailboxes, readTenantZone } from '#identity/read-people.ts';
import { dayIn } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { readCertificateEnds } from '#signing/read-certificates.ts';
import { type DueRow, readDueSums } from '#tasks/read-due.ts';
import { TASK_KIND_WORDS } from '#tasks/task-words.ts';
import { COLLECTING_ROLES } from '#worklist/assign-accounts.ts';
import {
  ALERT_ROLES_ABOVE,
  ALERTS_DEFAULT,
  type Alert,
  alertsNow,
  CERTIFICATE_DAYS,
  certificateAlert,
  type DueSum,
  dueAlerts,
  isMailOfDay,
} from './alert.ts';
import {
  type BreachNews,
  deleteAlertNotices,
  findAlertSettings,
  findBreachNews,
  findLastDigests,
  findMentionNews,
  findTaskNews,
  findTold,
  insertAlertNotices,
  lockAlerts,
  type MentionNews,
  type TaskNews,
} from './store.ts';

/** One mail to one member. */
export type TakenAlerts = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly alerts: readonly Alert[];
  /** The day of which it is the mail of the day, if it is one. */
  readonly day: string | null;
};

/**
 * Takes what is to be told now: what is urgent at once, everything else with somebody's mail of the day, which leaves once their hour
 * of the tenant's day has come.
 */
export const takeAlerts: Command<Record<string, never>, { readonly taken: readonly TakenAlerts[] }> = {
  name: 'take-alerts',
  permission: 'approval.manage',
  async run(act) {
    await lockAlerts(act);
    const mentions = await findMentionNews(act, act.now);
    const mentioned = [...new Set(mentions.map(({ userId }) => userId))];
    const people = await readMailboxes(act, { roles: COLLECTING_ROLES, userIds: mentioned });
    const ids = people.map(({ userId }) => userId);
    const collecting = people.filter(({ role }) => (COLLECTING_ROLES as readonly string[]).includes(role));
    const above = people.filter(({ role }) => isAbove(role)).map(({ userId }) => userId);
    const told = { people: collecting.map(({ userId }) => userId), above };
    const names = await readActorNames(
      act,
      mentions.map(({ writtenBy }) => writtenBy),
    );
    const [settings, lasts, zone] = [
      await findAlertSettings(act, ids),
      await findLastDigests(act, ids),
      await readTenantZone(act),
    ];
    const { hour } = act.now.toZonedDateTimeISO(zone);
    const ready = people.map((person) => {
      const setting = settings.get(person.userId) ?? ALERTS_DEFAULT;
      const last = lasts.get(person.userId);
      return { person, setting, last, isOfDay: isMailOfDay(setting, { today: act.today, hour, last }) };
    });
    const fresh = Map.groupBy(
      [
        ...(await findTaskNews(act, told, act.today)).map((news) => [news.userId, taskAlert(news)] as const),
        ...(await findBreachNews(act, told, act.now)).map(
          (news) => [news.userId, breachAlert(news)] as const,
        ),
        ...mentions.map((news) => [news.userId, mentionAlert(news, names)] as const),
        ...(await findCertificateNews(act, above, zone)),
      ],
      ([userId]) => userId,
    );
    const due = ready.some(({ isOfDay }) => isOfDay) ? await readDueSums(act, act.today) : [];
    const taken: TakenAlerts[] = [];
    for (const { person, setting, last, isOfDay } of ready) {
      const { userId, name, email, role } = person;
      const sums = isOfDay ? sumsOf(due, userId, { isAbove: isAbove(role), people: ids }) : [];
      const news = [
        ...(fresh.get(userId) ?? []).map(([, alert]) => alert),
        ...dueAlerts(sums, { today: act.today, last }),
      ];
      const now = alertsNow(news, setting, isOfDay);
      const day = isOfDay ? act.today.toString() : null;
      insertAlertNotices(act, userId, [...now.told, ...now.unwanted, ...digestOf(day)]);
      if (now.told.length > 0) taken.push({ userId, name, email, alerts: now.told, day });
    }
    return { taken };
  },
};

/** What is to be told of certificates, to those above, who keep the settings of companies. */
export async function findCertificateNews(
  act: Act,
  above: readonly string[],
  zone: string,
): Promise<readonly (readonly [string, Alert])[]> {
  const ends = await readCertificateEnds(act, act.now, Math.max(...CERTIFICATE_DAYS));
  const alerts = ends.flatMap(
    ({ validUntil, ...end }) =>
      certificateAlert({ ...end, endsOn: dayIn(zone, validUntil) }, act.today) ?? [],
  );
  const told = await findTold(
    act,
    'certificate_ending',
    alerts.map(({ subject }) => subject),
  );
  return above.flatMap((userId) =>
    alerts
      .filter(({ subject }) => !told.has(`${userId} ${subject}`))
      .map((alert) => [userId, alert] as const),
  );
}

const isAbove = (role: string): boolean => (ALERT_ROLES_ABOVE as readonly string[]).includes(role);

const digestOf = (day: string | null) => (day === null ? [] : [{ kind: 'digest' as const, subject: day }]);

/** Sums of somebody's accounts; for those above also of accounts that are nobody's, or whose owner is no member any more. */
function sumsOf(
  rows: readonly DueRow[],
  userId: string,
  who: { readonly isAbove: boolean; readonly people: readonly string[] },
): readonly DueSum[] {
  const own = rows.filter(
    (row) =>
      row.userId === userId || (who.isAbove && (row.userId === null || !who.people.includes(row.userId))),
  );
  return [...Map.groupBy(own, ({ dueOn, currency }) => `${dueOn.toString()} ${currency}`).values()].flatMap(
    (same) => {
      const [first] = same;
      if (!first) return [];
      const minor = same.reduce((sum, row) => sum + row.minor, 0n);
      return {
        dueOn: first.dueOn,
        currency: first.currency,
        invoices: same.reduce((sum, row) => sum + row.invoices, 0),
        amount: shownMoney(money(minor, first.currency)).amount,
      };
    },
  );
}

/** What is told of a task. */
export function taskAlert({
  about,
  subject,
  kind,
  title,
  customer,
  currency,
  amount,
  isUrgent,
  dueAt,
}: TaskNews): Alert {
  const sum = amount === null || currency === null ? undefined : shownMoney(money(amount, currency));
  const parts = [
    title ?? TASK_KIND_WORDS[kind],
    customer,
    sum && `${sum.amount} ${sum.currency}`,
    `by ${dueAt.toString().slice(0, 16).replace('T', ' ')} UTC`,
  ];
  return {
    kind: about,
    subject,
    isUrgent: isUrgent || about === 'task_escalated' || about === 'promise_broken',
    line: parts.filter(Boolean).join(' · '),
  };
}

/** What is told of a reminder that should not have been sent. */
export function breachAlert({ messageId, customer, kinds }: BreachNews): Alert {
  const words = kinds.map((kind) => kind.replaceAll('_', ' ')).join(', ');
  return { kind: 'breach', subject: messageId, isUrgent: true, line: `${customer}: ${words}` };
}

function mentionAlert(
  { commentId, customer, words, writtenBy }: MentionNews,
  names: ReadonlyMap<string, string>,
): Alert {
  const said = `${names.get(writtenBy) ?? 'A colleague'}: “${words.replace(/\s+/g, ' ').trim()}”`;
  return {
    kind: 'mentioned',
    subject: commentId,
    isUrgent: true,
    line: [said, customer].filter(Boolean).join(' · '),
  };
}

/** Gives back what surely did not reach somebody, so that the next run tells it. */
export const releaseAlerts: Command<
  { readonly userId: string; readonly alerts: readonly Alert[]; readonly day: string | null },
  { readonly released: number }
> = {
  name: 'release-alerts',
  permission: 'approval.manage',
  async run(act: Act, { userId, alerts, day }) {
    deleteAlertNotices(act, userId, [...alerts, ...digestOf(day)]);
    return { released: alerts.length };
  },
};
