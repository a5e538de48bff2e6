// Receipts that waited too long are escalated, once: an event, and one mail to whoever owns them (of a team, its lead) and to those
// above. Taken in a
// transaction before any mail leaves, so that two workers never tell the same twice; what surely did not leave is told the next time.

import { type MailTools, sendStaffMail } from '#approvals/send-staff-mail.ts';
import { type Command, carryOut } from '#command/command.ts';
import { readMailboxes } from '#identity/read-people.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { escalationMail, type ToldReceipt } from './escalation-mail.ts';
import { readWaiting, type TimedPage, type TimedReceipt } from './read-clocks.ts';
import {
  deleteEscalationNotices,
  findEscalationsTold,
  insertEscalationNotices,
  insertEscalations,
  lockEscalation,
  type Round,
} from './store.ts';
import { findTeams } from './store-teams.ts';

/** One mail to one member. */
export type TakenEscalation = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly receipts: readonly ToldReceipt[];
};

/** Who hears of what waited too long, besides its owner. */
const TOLD_ROLES = ['controller', 'owner'] as const;

/** The receipt after which to go on; the moment as text. */
export type EscalatedUpTo = { readonly recordedAt: string; readonly paymentId: string };

/**
 * Escalates a page of receipts that waited longer than their company allows, each once, and takes what is to be told to whom;
 * `next` where younger ones may have waited too long as well. `isTold: false`: nobody is told, since no mail leaves here.
 */
export const escalateReceipts: Command<
  {
    readonly isTold: boolean;
    readonly after?: EscalatedUpTo | undefined;
    /** How many are looked at together; left out, as many as fit well. */
    readonly atOnce?: number | undefined;
  },
  {
    readonly escalated: number;
    readonly taken: readonly TakenEscalation[];
    readonly next: EscalatedUpTo | null;
  }
> = {
  name: 'escalate-receipts',
  permission: 'payment.apply',
  async run(act, { isTold, after, atOnce: limit }) {
    await lockEscalation(act);
    const page = await readWaiting(act, act.now, {
      ...(limit === undefined ? {} : { limit }),
      after: after && { ...after, recordedAt: Temporal.Instant.from(after.recordedAt) },
    });
    const { receipts } = page;
    const late = receipts.filter((receipt) => receipt.state === 'escalated');
    const fresh = late.filter((receipt) => receipt.escalated_at === null);
    insertEscalations(
      act,
      fresh.map(({ payment_id, round, hours, owner_id, team_id }) => ({
        paymentId: payment_id,
        round,
        hours,
        ownerId: owner_id,
        teamId: team_id,
      })),
    );
    for (const receipt of fresh)
      act.record({
        type: 'payment.escalated',
        subjectId: receipt.payment_id,
        data: {
          number: receipt.number,
          hours: Math.floor(receipt.hours),
          ownerId: receipt.owner_id,
          teamId: receipt.team_id,
          round: receipt.round,
        },
      });
    const taken = isTold && late.length > 0 ? await takeTold(act, late) : [];
    return { escalated: fresh.length, taken, next: nextOf(page, act.now) };
  },
};

/** Where to go on; not where what follows is younger than any company lets wait, by whichever hours. */
function nextOf({ next, clocks }: TimedPage, now: Instant): EscalatedUpTo | null {
  if (next === undefined) return null;
  const shortest = Math.min(...[...clocks.values()].map(({ setting }) => setting.escalateHours));
  if (now.since(next.recordedAt).total('hours') < shortest) return null;
  return { recordedAt: next.recordedAt.toString(), paymentId: next.paymentId };
}

async function takeTold(
  act: Parameters<typeof escalateReceipts.run>[0],
  late: readonly TimedReceipt[],
): Promise<readonly TakenEscalation[]> {
  const leads = new Map((await findTeams(act)).map((team) => [team.team_id, team.lead_id]));
  const whoseOf = ({ owner_id, team_id }: TimedReceipt): string | undefined =>
    owner_id ?? (team_id === null ? undefined : leads.get(team_id));
  const [people, told] = await Promise.all([
    readMailboxes(act, { roles: TOLD_ROLES, userIds: late.flatMap((receipt) => whoseOf(receipt) ?? []) }),
    findEscalationsTold(act, late.map(roundOf)),
  ]);
  const isAbove = (role: string): boolean => (TOLD_ROLES as readonly string[]).includes(role);
  return people.flatMap(({ userId, name, email, role }): readonly TakenEscalation[] => {
    const own = late.filter(
      (receipt) =>
        (isAbove(role) || whoseOf(receipt) === userId) && !told.has(`${receipt.payment_id} ${userId}`),
    );
    if (own.length === 0) return [];
    insertEscalationNotices(act, userId, own.map(roundOf));
    return [{ userId, name, email, receipts: own.map(toldReceipt) }];
  });
}

const roundOf = ({ payment_id, round }: TimedReceipt): Round => ({ paymentId: payment_id, round });

function toldReceipt(receipt: TimedReceipt): ToldReceipt {
  const { amount, currency } = shownMoney(money(receipt.unapplied_minor, receipt.currency));
  return {
    ...roundOf(receipt),
    number: receipt.number,
    who: receipt.customer_name ?? receipt.payer_name ?? '',
    amount: `${amount} ${currency}`,
    hours: Math.floor(receipt.hours),
  };
}

/** Gives back what surely did not reach somebody, so that the next run tells it. */
export const releaseEscalations: Command<
  { readonly userId: string; readonly rounds: readonly Round[] },
  { readonly released: number }
> = {
  name: 'release-escalations',
  permission: 'payment.apply',
  async run(act, { userId, rounds }) {
    deleteEscalationNotices(act, userId, rounds);
    return { released: rounds.length };
  },
};

/**
 * Escalates in a tenant, page after page, and hands the mails over; gives how many left. Without a mail server nobody is told by
 * mail.
 */
export async function sendEscalations(tools: Sending, tenantId: TenantId): Promise<number> {
  let left = 0;
  let after: EscalatedUpTo | undefined;
  do {
    const context = await tools.contextOf(tenantId);
    const input = { isTold: tools.post !== undefined, after, atOnce: tools.atOnce };
    const { taken, next } = await carryOut(tools.door, context, escalateReceipts, input);
    left += await sendStaffMail(tools, tenantId, taken, {
      about: 'waiting receipts',
      write: (notice, urlOf) => escalationMail(notice.name, notice.receipts, urlOf('waiting-receipts')),
      release: (now, { userId, receipts }) => {
        const rounds = receipts.map(({ paymentId, round }) => ({ paymentId, round }));
        return carryOut(tools.door, now, releaseEscalations, { userId, rounds });
      },
    });
    after = next ?? undefined;
  } while (after !== undefined);
  return left;
}

type Sending = MailTools & {
  /** Receipts looked at together; left out, as many as fit well. */
  readonly atOnce?: number | undefined;
};
