// Asking for a decision: what is asked for is rehearsed first, so that nobody is asked about what cannot be done, and kept
// word for word, so that what is carried out is what was approved.

import type { Act } from '#command/command.ts';
import { actorText, type Command, type Context, carryOut, type Door } from '#command/command.ts';
import { COMMON_REFUSALS } from '#http/contract.ts';
import { readPersonBehind } from '#identity/read-people.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CommandId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Registry } from './approvable.ts';
import { type Approval, checkRequester, waitingRoles } from './approval.ts';
import { type Asked, amountWords } from './matter.ts';
import { readDeciders } from './read-deciders.ts';
import type { Weighed } from './require-approval.ts';
import { insertApproval, lockApproval, updateContent, type VersionToAdd } from './store.ts';
import { hashContent, takeApprovable, takeInput } from './take-approvable.ts';

export type RequestApproval = Asked & { readonly reason: string };

export type ApprovalRequested = {
  readonly approvalId: string;
  readonly state: 'requested';
  readonly version: number;
  readonly contentHash: string;
  readonly expiresAt: string;
};

/** What a rehearsal found out, or why the operation would be refused. */
export type Rehearsed =
  | { readonly weighed: Weighed; readonly rehearsal: Json }
  | { readonly refusal: Refusal };

type Options = { readonly commandId?: CommandId | undefined; readonly rehearse?: boolean };

/**
 * Asks for an operation to be carried out once those have approved whom the rules name. Who asks need not have the right to
 * the operation itself, only the right to ask.
 *
 * Refuses: `operation_not_approvable`, `request_not_understood`, `would_be_refused` (carried out now the operation would be
 * refused, as the facts say), `approval_not_needed` (who asks may do it alone), `approvers_missing` (the tenant has not
 * enough other people in the roles that the rules name).
 */
export async function requestApproval(
  door: Door,
  context: Context,
  registry: Registry,
  input: RequestApproval,
  options: Options,
): Promise<ApprovalRequested> {
  const rehearsed = await rehearse(door, context, registry, input);
  return carryOut(door, context, asking(rehearsed), input, options);
}

/**
 * Changes what is asked for. Decisions about what it was before count no more.
 *
 * Refuses: `approval_not_found`, what `checkRequester` refuses, `operation_differs`, and what asking refuses.
 */
export async function changeApproval(
  door: Door,
  context: Context,
  registry: Registry,
  input: RequestApproval & { readonly approvalId: string },
  options: Options,
): Promise<ApprovalRequested> {
  const rehearsed = await rehearse(door, context, registry, input);
  return carryOut(door, context, changing(rehearsed), input, options);
}

/** Tries what is asked for as if it were approved, and sees what the rules say about it. Nothing is stored. */
export async function rehearse(
  door: Door,
  context: Context,
  registry: Registry,
  asked: Asked,
): Promise<Rehearsed> {
  const approvable = takeApprovable(registry, asked.operation);
  const { command, input } = takeInput(approvable, asked);
  const seen: Weighed[] = [];
  const asIfApproved: Context = {
    ...context,
    permissions: new Set([...context.permissions, command.permission]),
    review: (weighed) => seen.push(weighed as unknown as Weighed),
  };
  try {
    const rehearsal = await carryOut(door, asIfApproved, command, input, { rehearse: true });
    const [weighed] = seen;
    return weighed ? { weighed, rehearsal } : { refusal: new Refusal('approval_not_needed') };
  } catch (error) {
    // Kept until the door has seen whether this was asked before: then the first answer stands.
    if (!(error instanceof Refusal)) throw error;
    const says = (approvable.operation.refusals[error.code] ?? COMMON_REFUSALS[error.code])?.[1] ?? '';
    return { refusal: new Refusal('would_be_refused', { ...error.facts, code: error.code, says }) };
  }
}

function asking(rehearsed: Rehearsed): Command<RequestApproval, ApprovalRequested> {
  return {
    name: 'request-approval',
    permission: 'approval.request',
    async run(act, input) {
      const requesterId = await readPersonBehind(act, act.actor);
      const { weighed, content } = await decideContent(act, rehearsed, input, requesterId);
      const id = newId();
      const expiresAt = expiryOf(act, weighed);
      insertApproval(
        act,
        {
          id,
          requestedBy: actorText(act.actor),
          requesterId,
          expiresAt,
          waitingRoles: waitingRoles(weighed.route, []),
          commandId: newId<'command'>(),
        },
        content,
      );
      return recorded(act, 'approval.requested', { id, version: 1, expiresAt }, content);
    },
  };
}

function changing(
  rehearsed: Rehearsed,
): Command<RequestApproval & { readonly approvalId: string }, ApprovalRequested> {
  return {
    name: 'change-approval',
    permission: 'approval.request',
    async run(act, input) {
      const [approval, personId] = await Promise.all([
        takeLocked(act, input.approvalId),
        readPersonBehind(act, act.actor),
      ]);
      checkRequester(approval, { actor: actorText(act.actor), personId, now: act.now });
      if (approval.operation !== input.operation)
        throw new Refusal('operation_differs', { operation: approval.operation });
      const { weighed, content } = await decideContent(act, rehearsed, input, approval.requesterId);
      const version = approval.version + 1;
      const expiresAt = expiryOf(act, weighed);
      const waits = { roles: waitingRoles(weighed.route, []), until: expiresAt };
      updateContent(act, { id: approval.id, version }, content, waits);
      return recorded(act, 'approval.changed', { id: approval.id, version, expiresAt }, content);
    },
  };
}

/** A request, locked. Refuses: `approval_not_found`. */
export async function takeLocked(act: Act, approvalId: string) {
  const approval = await lockApproval(act, approvalId);
  if (!approval) throw new Refusal('approval_not_found', { approvalId });
  return approval;
}

async function decideContent(
  act: Act,
  rehearsed: Rehearsed,
  input: RequestApproval,
  requesterId: string | null,
): Promise<{ readonly weighed: Weighed; readonly content: VersionToAdd }> {
  if ('refusal' in rehearsed) throw rehearsed.refusal;
  const { weighed, rehearsal } = rehearsed;
  if (weighed.mayAlone) throw new Refusal('approval_not_needed');
  const { others, enoughPeople } = await readDeciders(act, weighed.route.steps, requesterId);
  if (!enoughPeople)
    throw new Refusal('approvers_missing', { approvers: others.map((person) => person.name) });
  const { operation, params, body } = input;
  const asked: Asked = { operation, params, body };
  return {
    weighed,
    content: {
      asked,
      matter: weighed.matter,
      rehearsal,
      reason: input.reason,
      contentHash: hashContent(asked, weighed.matter),
      route: weighed.route,
      policy: weighed.policy,
    },
  };
}

function expiryOf(act: Act, weighed: Weighed) {
  return act.now.add({ hours: weighed.expiryDays * 24 });
}

function recorded(
  act: Act,
  type: string,
  approval: Pick<Approval, 'id' | 'version' | 'expiresAt'>,
  content: VersionToAdd,
): ApprovalRequested {
  const contentHash = Buffer.from(content.contentHash).toString('hex');
  const [customerId, other] = content.matter.customerIds;
  act.record({
    type,
    subjectId: approval.id,
    customerId: other === undefined ? customerId : null,
    data: {
      operation: content.asked.operation,
      kind: content.matter.kind,
      amount: amountWords(content.matter.amounts),
      version: approval.version,
      contentHash,
      reason: content.reason,
    },
  });
  return {
    approvalId: approval.id,
    state: 'requested',
    version: approval.version,
    contentHash,
    expiresAt: approval.expiresAt.toString(),
  };
}
