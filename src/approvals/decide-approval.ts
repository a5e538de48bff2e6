// Deciding about what somebody else asked for. The last approval carries it out in the same transaction, in the name of who
// asked; where it is refused then, nothing of it stays but the word why.

import { type Act, actorFrom, type Command, type Context, carryOut, type Door } from '#command/command.ts';
import { COMMON_REFUSALS } from '#http/contract.ts';
import { readRoleNow } from '#identity/read-people.ts';
import { canonicalJson, type Json } from '#kernel/canonical.ts';
import type { CommandId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Registry } from './approvable.ts';
import { type Decided, decideVerdict, type Verdict } from './approval.ts';
import { CARRYING_OUT_FAILURES } from './contract.ts';
import type { Matter } from './matter.ts';
import { readHats } from './read-hats.ts';
import { takeLocked } from './request-approval.ts';
import type { Weighed } from './require-approval.ts';
import { type ApprovalRow, endApproval, findDecisions, insertDecision, updateWaiting } from './store.ts';
import { takeApprovable, takeInput } from './take-approvable.ts';

export type DecideApproval = {
  readonly approvalId: string;
  readonly verdict: Verdict;
  /** What the decider saw. */
  readonly contentHash: string;
  readonly note?: string | undefined;
};

export type ApprovalDecided = {
  readonly approvalId: string;
  readonly state: 'requested' | 'carried_out' | 'rejected' | 'failed';
  readonly waitingRoles: readonly string[];
  /** What the operation answered, once it is carried out. */
  readonly result: Json;
  /** Why it was refused when it was to be carried out. */
  readonly failure: Json;
};

type Options = { readonly commandId?: CommandId | undefined; readonly rehearse?: boolean };

/** Says that what was approved was refused when it was carried out; not a refusal of the decision. */
class CarryingOutRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Approves or rejects. With the last approval the operation is carried out, once: decisions about one request are taken one
 * after the other, and the command has an id that the log of commands holds once. Where the books do not allow it any
 * more, the request has failed, and the refusal is its outcome.
 *
 * Refuses: `approval_not_found`, `person_needed`, what `decideVerdict` refuses, `not_permitted` (nobody approves finally
 * what they have no right to do themselves).
 */
export async function decideApproval(
  door: Door,
  context: Context,
  registry: Registry,
  input: DecideApproval,
  options: Options,
): Promise<ApprovalDecided> {
  try {
    return await carryOut(door, context, deciding(registry), input, options);
  } catch (error) {
    if (!(error instanceof CarryingOutRefused)) throw error;
    return carryOut(door, context, deciding(registry, error.refusal), input, options);
  }
}

/** The command; with `refused`, that carrying out was tried and refused is what comes of the last approval. */
function deciding(registry: Registry, refused?: Refusal): Command<DecideApproval, ApprovalDecided> {
  return {
    name: 'decide-approval',
    permission: 'approval.decide',
    async run(act, input) {
      if (act.actor.kind !== 'user') throw new Refusal('person_needed');
      const approval = await takeLocked(act, input.approvalId);
      const [decisions, hats] = await Promise.all([findDecisions(act, [approval.id]), readHats(act, act)]);

      const standing = (decisions.get(approval.id) ?? []).filter((d) => d.version === approval.version);
      const decider = { userId: act.actor.id, hats, now: act.now };
      const decided = decideVerdict(approval, standing, decider, input);

      insertDecision(act, approval, decided.decision, input.note ?? null);
      recordDecision(act, approval, decided, input.note);
      const reply = {
        approvalId: approval.id,
        waitingRoles: decided.waitingRoles,
        result: null,
        failure: null,
      };
      if (decided.becomes === 'requested') {
        updateWaiting(act, approval.id, decided.waitingRoles);
        return { ...reply, state: 'requested' };
      }
      if (decided.becomes === 'rejected') {
        endApproval(act, approval.id, 'rejected', { note: input.note });
        return { ...reply, state: 'rejected' };
      }
      if (refused) {
        const failure = failureOf(registry, approval, refused);
        endApproval(act, approval.id, 'failed', failure);
        record(act, approval, 'approval.failed', { code: refused.code });
        return { ...reply, state: 'failed', failure };
      }
      const result = await carryOutApproved(act, registry, approval);
      endApproval(act, approval.id, 'carried_out', result);
      record(act, approval, 'approval.carried_out', { commandId: approval.commandId });
      return { ...reply, state: 'carried_out', result };
    },
  };
}

/** Carries out what was approved, as who asked for it. Throws `CarryingOutRefused`. */
async function carryOutApproved(act: Act, registry: Registry, approval: ApprovalRow): Promise<Json> {
  const { command, input } = takeInput(takeApprovable(registry, approval.operation), approval.asked);
  if (!act.permissions.has(command.permission))
    throw new Refusal('not_permitted', { permission: command.permission });
  const requester = actorFrom(approval.requestedBy);
  const role = await readRoleNow(act, requester, act.now);
  try {
    if (role === undefined) throw new Refusal('requester_gone');
    return await act.within(command, input, {
      actor: { ...requester, name: requester.id },
      role,
      commandId: approval.commandId as CommandId,
      review: (weighed) => compareWithApproved(approval, weighed as unknown as Weighed),
    });
  } catch (error) {
    // Not a refusal of the decision but what comes of it: a second try writes it down.
    if (error instanceof Refusal) throw new CarryingOutRefused(error);
    throw error;
  }
}

/**
 * What is about to be done is what was approved, to the cent; only names may have changed since.
 *
 * Refuses: `approved_content_differs`.
 */
function compareWithApproved(approval: ApprovalRow, weighed: Weighed): void {
  if (canonicalJson(nameless(weighed.matter)) === canonicalJson(nameless(approval.matter))) return;
  throw new Refusal('approved_content_differs', {
    approved: approval.matter.amounts.map((a) => `${a.amount} ${a.currency}`),
    now: weighed.matter.amounts.map((a) => `${a.amount} ${a.currency}`),
  });
}

function nameless(matter: Matter): unknown {
  return { ...matter, parts: matter.parts.map((part) => part.amount) };
}

function failureOf(registry: Registry, approval: ApprovalRow, refused: Refusal): Json {
  const { refusals } = takeApprovable(registry, approval.operation).operation;
  const own: Readonly<Record<string, string>> = CARRYING_OUT_FAILURES;
  return {
    code: refused.code,
    says: refusals[refused.code]?.[1] ?? COMMON_REFUSALS[refused.code]?.[1] ?? own[refused.code] ?? '',
    facts: refused.facts,
  };
}

function recordDecision(act: Act, approval: ApprovalRow, decided: Decided, note: string | undefined): void {
  const { verdict, step, onBehalfOf } = decided.decision;
  record(act, approval, `approval.${verdict}`, {
    step,
    onBehalfOf,
    version: approval.version,
    contentHash: approval.contentHash,
    note,
  });
}

function record(
  act: Act,
  approval: ApprovalRow,
  type: string,
  data: { readonly [key: string]: Json | undefined },
): void {
  act.record({
    type,
    subjectId: approval.id,
    customerId: approval.customerId,
    data: { operation: approval.operation, requestedBy: approval.requestedBy, ...data },
  });
}
