// What our own people are told, and when. Pure.

import { daysBetween, isBefore, type PlainDate } from '#kernel/calendar.ts';

/** What an alert is about, in the order of a mail. */
export const ALERT_KINDS = [
  'breach',
  'certificate_ending',
  'task_escalated',
  'promise_broken',
  'mentioned',
  'task_assigned',
  'task_nobodys',
  'due',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Who hears of what is nobody's, was not done in time, or should not have happened. */
export const ALERT_ROLES_ABOVE = ['controller', 'owner'] as const;

/** One thing that somebody is told, once for each subject. */
export type Alert = {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly isUrgent: boolean;
  readonly line: string;
};

/** At which hour of the tenant's day the mail of the day comes, and which kinds somebody does not want. */
export type AlertSetting = { readonly hour: number; readonly off: readonly AlertKind[] };

/** Where nothing is stated: in the morning, everything. */
export const ALERTS_DEFAULT: AlertSetting = { hour: 7, off: [] };

/** What is told now; what is not wanted is noted all the same, so that it is not told once it is wanted again. */
export type AlertsNow = { readonly told: readonly Alert[]; readonly unwanted: readonly Alert[] };

/** Which of what is new somebody is told now: what is urgent; at the mail of the day everything. */
export function alertsNow(fresh: readonly Alert[], setting: AlertSetting, isMailOfDay: boolean): AlertsNow {
  const wanted = fresh.filter(({ kind }) => !setting.off.includes(kind));
  return {
    told: isMailOfDay ? wanted : wanted.filter(({ isUrgent }) => isUrgent),
    unwanted: fresh.filter(({ kind }) => setting.off.includes(kind)),
  };
}

/** Whether somebody's mail of the day is to leave: their hour has come, and none left today. */
export function isMailOfDay(
  { hour }: AlertSetting,
  at: { readonly today: PlainDate; readonly hour: number; readonly last: PlainDate | undefined },
): boolean {
  return at.hour >= hour && (at.last === undefined || isBefore(at.last, at.today));
}

/** Invoices of somebody with one due date in one currency. */
export type DueSum = {
  readonly dueOn: PlainDate;
  readonly currency: string;
  readonly invoices: number;
  /** As decimal text. */
  readonly amount: string;
};

/** Due dates that arrived today or passed since the last mail of the day; without one, since yesterday. */
export function dueAlerts(
  sums: readonly DueSum[],
  { today, last }: { readonly today: PlainDate; readonly last: PlainDate | undefined },
): readonly Alert[] {
  const from = last ?? today.subtract({ days: 1 });
  return sums
    .filter(({ dueOn }) => !isBefore(dueOn, from) && !isBefore(today, dueOn))
    .map(({ dueOn, currency, invoices, amount }) => {
      const what = invoices === 1 ? '1 invoice' : `${invoices} invoices`;
      const isToday = dueOn.equals(today);
      const verb = invoices === 1 ? (isToday ? 'falls due' : 'is') : isToday ? 'fall due' : 'are';
      const words = isToday ? `${verb} today` : `${verb} overdue since ${dueOn.toString()}`;
      return {
        kind: 'due',
        subject: `${today.toString()} ${dueOn.toString()} ${currency}`,
        isUrgent: false,
        line: `${what} ${words}: ${amount} ${currency}`,
      };
    });
}

/** Days before the end of a certificate on which it is told; the last is when it has ended. */
export const CERTIFICATE_DAYS = [30, 7, 0] as const;

/** The certificate of a company, and the day its validity ends. */
export type CertificateEnd = {
  readonly certificateId: string;
  readonly companyName: string;
  readonly endsOn: PlainDate;
  /** It is over: nothing is signed with it any more. */
  readonly isOver: boolean;
};

/**
 * What is told of the end of a certificate as it stands today: once when 30 days are left, once when 7 are, once when it has
 * ended. One that was given later begins with what is so then; nothing while more days are left.
 */
export function certificateAlert(
  { certificateId, companyName, endsOn, isOver }: CertificateEnd,
  today: PlainDate,
): Alert | undefined {
  const left = daysBetween(today, endsOn);
  const step = isOver ? 0 : CERTIFICATE_DAYS.findLast((days) => days > 0 && left <= days);
  if (step === undefined) return undefined;
  const words = isOver
    ? `ended on ${endsOn.toString()}: what it sends goes out unsigned`
    : `ends on ${endsOn.toString()}: ask its issuer for a new one`;
  return {
    kind: 'certificate_ending',
    subject: `${certificateId} ${step}`,
    isUrgent: isOver,
    line: `${companyName}: the certificate it signs with ${words}`,
  };
}
