// A request for a decision and what becomes of it. It waits until every step has its people, or one of them says no, or
// its time is over. Who asked does not decide, and nobody decides twice.

import type { Instant } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Policy, Step } from './policy.ts';

export type StoredState = 'requested' | 'carried_out' | 'rejected' | 'withdrawn' | 'failed';
export type ApprovalState = StoredState | 'expired';
export type Verdict = 'approved' | 'rejected';

/** Who has to decide, as the rules said when it was asked for. */
export type Route = { readonly steps: readonly Step[]; readonly order: Policy['order'] };

export type Approval = {
  readonly id: string;
  readonly state: StoredState;
  readonly version: number;
  readonly requestedBy: string;
  /** The person behind the request; null where no person is. */
  readonly requesterId: string | null;
  readonly expiresAt: Instant;
  /** SHA-256 of what is asked for, in hexadecimal digits. */
  readonly contentHash: string;
  readonly route: Route;
};

export type Decision = {
  readonly decidedBy: string;
  readonly onBehalfOf: string | null;
  /** From 1. */
  readonly step: number;
  readonly verdict: Verdict;
};

/** In whose place somebody can decide: their own, or that of one who delegated to them. */
export type Hat = { readonly userId: string; readonly role: string };

/** The state that people see: what waits beyond its time has expired. */
export function stateOf(approval: Pick<Approval, 'state' | 'expiresAt'>, now: Instant): ApprovalState {
  const isOver = Temporal.Instant.compare(now, approval.expiresAt) >= 0;
  return approval.state === 'requested' && isOver ? 'expired' : approval.state;
}

/** Steps that wait for people now, from 1: the first that lacks some, or all of those that do. */
export function openSteps(route: Route, decisions: readonly Decision[]): readonly number[] {
  const open = route.steps.flatMap((step, index) => {
    const given = decisions.filter((d) => d.step === index + 1 && d.verdict === 'approved').length;
    return given < step.people ? [index + 1] : [];
  });
  return route.order === 'serial' ? open.slice(0, 1) : open;
}

/** Roles that can decide now. */
export function waitingRoles(route: Route, decisions: readonly Decision[]): readonly string[] {
  const roles = openSteps(route, decisions).flatMap((step) => route.steps[step - 1]?.roles ?? []);
  return [...new Set(roles)].sort();
}

/** Who wants to decide: the person, the hats they can wear, and the moment. */
export type Decider = { readonly userId: string; readonly hats: readonly Hat[]; readonly now: Instant };

/** Why somebody cannot decide, if so. */
export function decideRefusal(
  approval: Approval,
  decisions: readonly Decision[],
  decider: Decider,
): 'approval_ended' | 'approval_expired' | 'own_request' | 'decided_before' | 'not_an_approver' | undefined {
  const state = stateOf(approval, decider.now);
  if (state === 'expired') return 'approval_expired';
  if (state !== 'requested') return 'approval_ended';
  if (approval.requesterId === decider.userId) return 'own_request';
  if (decisions.some((d) => d.decidedBy === decider.userId)) return 'decided_before';
  return seatOf(approval, decisions, decider) === undefined ? 'not_an_approver' : undefined;
}

type Seat = { readonly step: number; readonly hat: Hat };

/**
 * The step somebody decides, and as whom: in their own place before another's, never in the place of who asked or of one
 * who decided already. A step whose people are hardest to find is taken first.
 */
function seatOf(approval: Approval, decisions: readonly Decision[], decider: Decider): Seat | undefined {
  const isUsed = (hat: Hat): boolean =>
    hat.userId === approval.requesterId ||
    decisions.some((d) => d.decidedBy === hat.userId || d.onBehalfOf === hat.userId);
  const hats = decider.hats.filter((hat) => !isUsed(hat));
  const rolesOf = (step: number): readonly string[] => approval.route.steps[step - 1]?.roles ?? [];
  const steps = [...openSteps(approval.route, decisions)].sort(
    (a, b) => rolesOf(a).length - rolesOf(b).length || a - b,
  );
  const own = (hat: Hat): number => (hat.userId === decider.userId ? 0 : 1);
  for (const hat of [...hats].sort((a, b) => own(a) - own(b))) {
    const step = steps.find((number) => rolesOf(number).includes(hat.role));
    if (step !== undefined) return { step, hat };
  }
  return undefined;
}

/** What a verdict makes of a request. */
export type Decided = {
  readonly decision: Decision;
  /** `approved`: nobody is missing any more, and what was asked for is carried out. */
  readonly becomes: 'requested' | 'approved' | 'rejected';
  readonly waitingRoles: readonly string[];
};

/**
 * Decides what a verdict makes of a request. It is about what the decider saw: `contentHash` names it.
 *
 * Refuses: `approval_ended`, `approval_expired`, `own_request`, `decided_before`, `not_an_approver`,
 * `approval_content_changed`.
 */
export function decideVerdict(
  approval: Approval,
  decisions: readonly Decision[],
  decider: Decider,
  said: { readonly verdict: Verdict; readonly contentHash: string },
): Decided {
  const refusal = decideRefusal(approval, decisions, decider);
  if (refusal) throw new Refusal(refusal, { state: stateOf(approval, decider.now) });
  if (said.contentHash !== approval.contentHash)
    throw new Refusal('approval_content_changed', { version: approval.version });
  const seat = seatOf(approval, decisions, decider);
  if (!seat) throw new Refusal('not_an_approver', { state: approval.state });
  const decision: Decision = {
    decidedBy: decider.userId,
    onBehalfOf: seat.hat.userId === decider.userId ? null : seat.hat.userId,
    step: seat.step,
    verdict: said.verdict,
  };
  if (said.verdict === 'rejected') return { decision, becomes: 'rejected', waitingRoles: [] };
  const waiting = waitingRoles(approval.route, [...decisions, decision]);
  return { decision, becomes: waiting.length === 0 ? 'approved' : 'requested', waitingRoles: waiting };
}

/** Who wants a request back or other than it is: the actor as the audit trail writes it, and the person behind. */
export type Claimant = { readonly actor: string; readonly personId: string | null; readonly now: Instant };

type Claimed = Pick<Approval, 'state' | 'expiresAt' | 'requesterId' | 'requestedBy'>;

/** Why somebody cannot take a request back or change it, if so: it has to wait, and they have to be who asked. */
export function changeRefusal(
  approval: Claimed,
  who: Claimant,
): 'approval_expired' | 'approval_ended' | 'not_the_requester' | undefined {
  const state = stateOf(approval, who.now);
  if (state === 'expired') return 'approval_expired';
  if (state !== 'requested') return 'approval_ended';
  const isSame =
    approval.requestedBy === who.actor ||
    (approval.requesterId !== null && approval.requesterId === who.personId);
  return isSame ? undefined : 'not_the_requester';
}

/** Checks the same. Refuses: what `changeRefusal` says. */
export function checkRequester(approval: Claimed, who: Claimant): void {
  const refusal = changeRefusal(approval, who);
  if (refusal) throw new Refusal(refusal, { state: stateOf(approval, who.now) });
}
