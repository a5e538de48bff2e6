// Taking what is to be told to whom: noted as told in one transaction, before any mail leaves, so that two workers never tell
// the same twice. What surely did not leave is given back.

import type { Act, Command } from '#command/command.ts';
import { actorFrom } from '#command/command.ts';
import { readActorNames, readMailboxes } from '#identity/read-people.ts';
import { APPROVALS_TOLD_MAX } from '#kernel/limits.ts';
import type { Registry } from './approvable.ts';
import { decideRefusal } from './approval.ts';
import { amountWords } from './matter.ts';
import {
  type Concern,
  NOTICE_MODE_DEFAULT,
  type Notice,
  type NoticeMode,
  noticesFor,
  type ToldRequest,
} from './notice.ts';
import { DECIDING_ROLES } from './policy.ts';
import { readHats } from './read-hats.ts';
import { type ApprovalRow, type DecisionRow, findDecisions, findWaiting } from './store.ts';
import {
  deleteNotices,
  findNoticeModes,
  findTold,
  insertNotices,
  lockNotices,
  saveNoticeMode,
  toldKey,
} from './store-notices.ts';

/** One mail to one member. */
export type TakenNotice = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly notices: readonly Notice[];
  readonly requests: readonly ToldRequest[];
};

type Person = Awaited<ReturnType<typeof readMailboxes>>[number];

/** Takes what is to be told now. `isDailyHour`: also to those who want one mail a day. */
export function takeNotices(
  registry: Registry,
): Command<{ readonly isDailyHour: boolean }, { readonly taken: readonly TakenNotice[] }> {
  return {
    name: 'take-notices',
    permission: 'approval.manage',
    async run(act, { isDailyHour }) {
      await lockNotices(act);
      const waiting = await findWaiting(act, act.now, APPROVALS_TOLD_MAX);
      if (waiting.length === 0) return { taken: [] };
      const ids = waiting.map((row) => row.id);
      const [people, decisions, told, names] = await Promise.all([
        readMailboxes(act, {
          roles: DECIDING_ROLES,
          userIds: waiting.flatMap((row) => row.requesterId ?? []),
        }),
        findDecisions(act, ids),
        findTold(act, ids),
        readActorNames(
          act,
          waiting.map((row) => row.requestedBy),
        ),
      ]);
      const modes = await findNoticeModes(
        act,
        people.map((person) => person.userId),
      );
      const when = { now: act.now, isDailyHour };
      const taken: TakenNotice[] = [];
      for (const person of people) {
        const concerns = await concernsOf(act, person, { waiting, decisions, told });
        const notices = noticesFor(modes.get(person.userId) ?? NOTICE_MODE_DEFAULT, concerns, when);
        if (notices.length === 0) continue;
        insertNotices(act, person.userId, notices);
        const requests = notices.flatMap((notice) => {
          const row = waiting.find((one) => one.id === notice.approvalId);
          const concern = concerns.find((one) => one.approvalId === notice.approvalId);
          return row && concern ? [toldRequest(row, { notice, concern, registry, names })] : [];
        });
        const { userId, name, email } = person;
        taken.push({ userId, name, email, notices, requests });
      }
      return { taken };
    },
  };
}

type Known = {
  readonly waiting: readonly ApprovalRow[];
  readonly decisions: ReadonlyMap<string, readonly DecisionRow[]>;
  readonly told: Awaited<ReturnType<typeof findTold>>;
};

async function concernsOf(act: Act, person: Person, known: Known): Promise<readonly Concern[]> {
  const hats = await readHats(act, {
    actor: { kind: 'user', id: person.userId, name: person.name },
    role: person.role,
    today: act.today,
  });
  const decider = { userId: person.userId, hats, now: act.now };
  const decides = (DECIDING_ROLES as readonly string[]).includes(person.role);
  return known.waiting.flatMap((row): readonly Concern[] => {
    const standing = (known.decisions.get(row.id) ?? []).filter((d) => d.version === row.version);
    const mayDecide = decides && decideRefusal(row, standing, decider) === undefined;
    if (!mayDecide && row.requesterId !== person.userId) return [];
    const { id: approvalId, version, expiresAt } = row;
    const told = known.told.get(toldKey(approvalId, version, person.userId)) ?? [];
    return [{ approvalId, version, expiresAt, mayDecide, told }];
  });
}

function toldRequest(
  row: ApprovalRow,
  told: {
    readonly notice: Notice;
    readonly concern: Concern;
    readonly registry: Registry;
    readonly names: ReadonlyMap<string, string>;
  },
): ToldRequest {
  return {
    approvalId: row.id,
    about: told.notice.about,
    mayDecide: told.concern.mayDecide,
    title: told.registry.kinds.find((kind) => kind.kind === row.kind)?.title ?? row.kind,
    amount: amountWords(row.matter.amounts),
    labels: row.matter.parts.map((part) => part.label),
    requestedBy: told.names.get(row.requestedBy) ?? actorFrom(row.requestedBy).id,
    reason: row.reason,
    expiresAt: row.expiresAt.toString(),
  };
}

/** Gives back what surely did not reach a member, so that the next run tells it. */
export const releaseNotices: Command<
  { readonly userId: string; readonly notices: readonly Notice[] },
  { readonly released: number }
> = {
  name: 'release-notices',
  permission: 'approval.manage',
  async run(act, { userId, notices }) {
    deleteNotices(act, userId, notices);
    return { released: notices.length };
  },
};

/** Sets how one wants to be told oneself. */
export const changeNotices: Command<{ readonly mode: NoticeMode }, { readonly mode: NoticeMode }> = {
  name: 'change-approval-notices',
  permission: 'approval.request',
  async run(act, { mode }) {
    saveNoticeMode(act, act.actor.id, mode);
    return { mode };
  },
};
