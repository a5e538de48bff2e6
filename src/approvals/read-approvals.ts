// Reading requests: for whom they wait, who decided what, and what the reader may do with them.

import { type Actor, actorFrom, actorText, type Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type Person, readActorNames, readPeople, readPersonBehind } from '#identity/read-people.ts';
import type { Json } from '#kernel/canonical.ts';
import { WAITING_COUNTED_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Registry } from './approvable.ts';
import { changeRefusal, decideRefusal, type Hat, openSteps, stateOf } from './approval.ts';
import { readHats } from './read-hats.ts';
import {
  type ApprovalRow,
  countToDecide,
  type DecisionRow,
  findApproval,
  findApprovals,
  findDecisions,
  findVersions,
  type ListFor,
  type VersionRow,
} from './store.ts';

/** A request as its readers see it. */
export type ShownApproval = ReturnType<typeof showApproval>;

/** One page of requests, the newest first. */
export async function readApprovals(
  tx: Tx,
  context: Context,
  registry: Registry,
  asked: { readonly view: ListFor['view']; readonly limit: number; readonly after: string | undefined },
): Promise<readonly ShownApproval[]> {
  const [hats, personId] = await Promise.all([readHats(tx, context), readPersonBehind(tx, context.actor)]);
  const list: ListFor = { view: asked.view, userId: personId, hats, now: context.now };
  const rows = await findApprovals(tx, list, { limit: asked.limit, after: asked.after });
  const read = await readAround(tx, context, registry, rows);
  return rows.map((row) => showApproval(row, { ...read, hats, personId }));
}

/** One request with all its versions. Refuses: `approval_not_found`. */
export async function readApproval(tx: Tx, context: Context, registry: Registry, approvalId: string) {
  const row = await findApproval(tx, approvalId);
  if (!row) throw new Refusal('approval_not_found', { approvalId });
  const [hats, personId, read, versions] = await Promise.all([
    readHats(tx, context),
    readPersonBehind(tx, context.actor),
    readAround(tx, context, registry, [row]),
    findVersions(tx, approvalId),
  ]);
  return { ...showApproval(row, { ...read, hats, personId }), versions: versions.map(showVersion) };
}

/** How many requests wait for the reader; a hundred stands for more. */
export async function countWaiting(tx: Tx, context: Context): Promise<number> {
  const hats = context.permissions.has('approval.decide') ? await readHats(tx, context) : [];
  if (hats.length === 0) return 0;
  return countToDecide(tx, { userId: context.actor.id, hats, now: context.now }, WAITING_COUNTED_MAX);
}

type Around = {
  readonly context: Context;
  readonly registry: Registry;
  readonly decisions: ReadonlyMap<string, readonly DecisionRow[]>;
  readonly names: ReadonlyMap<string, string>;
  readonly people: readonly Person[];
  readonly customers: ReadonlyMap<string, string>;
};

async function readAround(
  tx: Tx,
  context: Context,
  registry: Registry,
  rows: readonly ApprovalRow[],
): Promise<Around> {
  const roles = rows.flatMap((row) => row.route.steps.flatMap((step) => step.roles));
  const [decisions, people, customers] = await Promise.all([
    findDecisions(
      tx,
      rows.map((row) => row.id),
    ),
    readPeople(tx, [...new Set(roles)]),
    registry.readCustomerNames(
      tx,
      rows.flatMap((row) => row.customerId ?? []),
    ),
  ]);
  const actors = [
    ...rows.map((row) => row.requestedBy),
    ...[...decisions.values()].flat().flatMap((d) => [`user:${d.decidedBy}`, `user:${d.onBehalfOf}`]),
  ];
  return { context, registry, decisions, people, customers, names: await readActorNames(tx, actors) };
}

function showApproval(
  row: ApprovalRow,
  around: Around & { readonly hats: readonly Hat[]; readonly personId: string | null },
) {
  const { context, names } = around;
  const decisions = around.decisions.get(row.id) ?? [];
  const standing = decisions.filter((d) => d.version === row.version);
  const open = row.state === 'requested' ? openSteps(row.route, standing) : [];
  return {
    approvalId: row.id,
    operation: row.operation,
    kind: row.kind,
    title: around.registry.kinds.find((kind) => kind.kind === row.kind)?.title ?? row.kind,
    state: stateOf(row, context.now),
    version: row.version,
    contentHash: row.contentHash,
    reason: row.reason,
    requestedBy: actorOf(row.requestedBy, names),
    requestedAt: row.requestedAt.toString(),
    expiresAt: row.expiresAt.toString(),
    endedAt: row.endedAt?.toString() ?? null,
    customerId: row.customerId,
    customerName: row.customerId === null ? null : (around.customers.get(row.customerId) ?? null),
    amounts: [...row.matter.amounts],
    parts: [...row.matter.parts],
    request: { params: row.asked.params, body: row.asked.body },
    order: row.route.order,
    steps: row.route.steps.map((step, index) => ({
      roles: [...step.roles],
      people: step.people,
      approved: standing.filter((d) => d.step === index + 1 && d.verdict === 'approved').length,
      isOpen: open.includes(index + 1),
      couldDecide: around.people
        .filter((p) => step.roles.includes(p.role) && p.userId !== row.requesterId)
        .map((p) => p.name),
    })),
    decisions: decisions.map((d) => ({
      by: names.get(`user:${d.decidedBy}`) ?? d.decidedBy,
      onBehalfOf: d.onBehalfOf === null ? null : (names.get(`user:${d.onBehalfOf}`) ?? d.onBehalfOf),
      step: d.step,
      version: d.version,
      verdict: d.verdict,
      note: d.note,
      recordedAt: d.recordedAt.toString(),
    })),
    result: row.state === 'carried_out' ? row.outcome : null,
    failure: row.state === 'failed' ? failureOf(row.outcome) : null,
    may: mayOf(row, standing, around),
  };
}

function mayOf(
  row: ApprovalRow,
  standing: readonly DecisionRow[],
  around: { readonly context: Context; readonly hats: readonly Hat[]; readonly personId: string | null },
): { readonly decide: true | string; readonly change: true | string } {
  const { context, hats, personId } = around;
  const decider = { userId: context.actor.id, hats, now: context.now };
  const mayDecide = context.permissions.has('approval.decide') && context.actor.kind === 'user';
  return {
    decide: mayDecide ? (decideRefusal(row, standing, decider) ?? true) : 'not_permitted',
    change: context.permissions.has('approval.request')
      ? (changeRefusal(row, { actor: actorText(context.actor), personId, now: context.now }) ?? true)
      : 'not_permitted',
  };
}

function failureOf(outcome: Json) {
  const { code, says, facts } = outcome as { code: string; says: string; facts: Record<string, unknown> };
  return { code, says, facts };
}

function showVersion(version: VersionRow) {
  return {
    version: version.version,
    reason: version.reason,
    amounts: [...version.matter.amounts],
    parts: [...version.matter.parts],
    request: { params: version.asked.params, body: version.asked.body },
    contentHash: version.contentHash,
    recordedAt: version.recordedAt.toString(),
  };
}

function actorOf(text: string, names: ReadonlyMap<string, string>): Actor {
  const actor = actorFrom(text);
  return { ...actor, name: actor.kind === 'system' ? 'Quittance' : (names.get(text) ?? actor.id) };
}
