// All SQL of approvals. Rows in, domain values out.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import { type Json, jsonText } from '#kernel/canonical.ts';
import type { Approval, Decision, Hat, Route, StoredState, Verdict } from './approval.ts';
import type { Asked, Matter } from './matter.ts';
import type { Band, Policy, PolicyVersion } from './policy.ts';

// — rules —

type StoredBand = Omit<Band, 'upTo'> & { readonly upToMinor: string | null };
type StoredRules = Omit<Policy, 'bands'> & { readonly bands: readonly StoredBand[] };
type PolicyRow = Pick<
  Selectable<DB['approval_policy']>,
  'kind' | 'version' | 'recorded_by' | 'recorded_at'
> & {
  readonly rules: unknown;
};

/** Rules with who set them and when. */
export type SetPolicy = PolicyVersion & { readonly recordedBy: string; readonly recordedAt: Instant };

function toPolicy(row: PolicyRow): SetPolicy {
  const { bands, ...rules } = row.rules as StoredRules;
  return {
    ...rules,
    bands: bands.map(({ upToMinor, ...band }) => ({
      ...band,
      upTo:
        upToMinor === null || rules.currency === null
          ? null
          : { minor: BigInt(upToMinor), currency: rules.currency },
    })),
    kind: row.kind,
    version: row.version,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  };
}

const latest = sql`version = (select max(l.version) from approval_policy l
  where l.tenant_id = p.tenant_id and l.kind = p.kind)`;

/** The rules for the first of the kinds that has some. */
export async function findPolicy(tx: Tx, kinds: readonly string[]): Promise<SetPolicy | undefined> {
  const row = await tx.find(sql<PolicyRow>`
    select kind, version, rules, recorded_by, recorded_at from approval_policy p
    where tenant_id = ${tx.tenantId} and kind = any(${arrayLiteral(kinds)}::text[]) and ${latest}
    order by array_position(${arrayLiteral(kinds)}::text[], kind) limit 1`);
  return row && toPolicy(row);
}

/** The rules of all kinds as they are now, by kind. */
export async function findPolicies(tx: Tx): Promise<readonly SetPolicy[]> {
  const rows = await tx.run(sql<PolicyRow>`
    select kind, version, rules, recorded_by, recorded_at from approval_policy p
    where tenant_id = ${tx.tenantId} and ${latest} order by kind`);
  return rows.map(toPolicy);
}

/** Adds a version of rules; the second of two at the same time violates `approval_policy_pkey`. */
export function insertPolicy(act: Act, kind: string, version: number, policy: Policy, by: string): void {
  const rules: StoredRules = {
    ...policy,
    bands: policy.bands.map(({ upTo, ...band }) => ({
      ...band,
      upToMinor: upTo === null ? null : upTo.minor.toString(),
    })),
  };
  act.insert('approval_policy', [
    { kind, version, rules: jsonText(rules), recorded_by: by, recorded_at: act.now },
  ]);
}

// — requests —

/** A request with all that is known of it, its content as it is asked for now. */
export type ApprovalRow = Approval & {
  readonly operation: string;
  readonly kind: string;
  readonly customerId: string | null;
  readonly requestedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: Json;
  readonly commandId: string;
  readonly asked: Asked;
  readonly matter: Matter;
  readonly rehearsal: Json;
  readonly reason: string;
};

type Joined = Selectable<DB['approval']> & {
  readonly content: Pick<
    Selectable<DB['approval_version']>,
    'request' | 'matter' | 'rehearsal' | 'reason' | 'route'
  >;
  readonly hash: string;
};

function toApproval(row: Joined): ApprovalRow {
  const { request, matter, rehearsal, reason, route } = row.content;
  return {
    id: row.id,
    operation: row.operation,
    kind: row.kind,
    state: row.state as StoredState,
    version: row.version,
    requestedBy: row.requested_by,
    requesterId: row.requester_id,
    customerId: row.customer_id,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    outcome: row.outcome as Json,
    commandId: row.command_id,
    contentHash: row.hash,
    asked: request as unknown as Asked,
    matter: matter as unknown as Matter,
    rehearsal: rehearsal as Json,
    reason,
    route: route as unknown as Route,
  };
}

const withContent = sql`select a.*, to_jsonb(v) as content, encode(v.content_hash, 'hex') as hash
  from approval a join approval_version v
    on v.tenant_id = a.tenant_id and v.approval_id = a.id and v.version = a.version`;

/** One request. */
export async function findApproval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  const row = await tx.find(sql<Joined>`${withContent} where a.tenant_id = ${tx.tenantId} and a.id = ${id}`);
  return row && toApproval(row);
}

/** One request, locked: two who decide at once do so one after the other. */
export async function lockApproval(act: Act, id: string): Promise<ApprovalRow | undefined> {
  // Locked first and read then: what the one before us changed must be seen, its new version too.
  const locked = await act.find(
    sql<{ id: string }>`select id from approval where tenant_id = ${act.tenantId} and id = ${id} for update`,
  );
  return locked && findApproval(act, id);
}

/** What a request asks for in one version. */
export type VersionToAdd = {
  readonly asked: Asked;
  readonly matter: Matter;
  readonly rehearsal: Json;
  readonly reason: string;
  readonly contentHash: Uint8Array;
  readonly route: Route;
  readonly policy: { readonly kind: string; readonly version: number } | null;
};

/** Adds a request with its first version. */
export function insertApproval(
  act: Act,
  approval: {
    readonly id: string;
    readonly requestedBy: string;
    readonly requesterId: string | null;
    readonly expiresAt: Instant;
    readonly waitingRoles: readonly string[];
    readonly commandId: string;
  },
  content: VersionToAdd,
): void {
  act.insert('approval', [
    {
      id: approval.id,
      operation: content.asked.operation,
      kind: content.matter.kind,
      state: 'requested',
      version: 1,
      requested_by: approval.requestedBy,
      requester_id: approval.requesterId,
      customer_id: customerOf(content.matter),
      requested_at: act.now,
      expires_at: approval.expiresAt,
      waiting_roles: [...approval.waitingRoles],
      command_id: approval.commandId,
    },
  ]);
  insertVersion(act, approval.id, 1, content);
}

function customerOf(matter: Matter): string | null {
  const [customerId, other] = matter.customerIds;
  return customerId !== undefined && other === undefined ? customerId : null;
}

function insertVersion(act: Act, approvalId: string, version: number, content: VersionToAdd): void {
  act.insert('approval_version', [
    {
      approval_id: approvalId,
      version,
      request: jsonText(content.asked),
      matter: jsonText(content.matter),
      rehearsal: jsonText(content.rehearsal),
      reason: content.reason,
      content_hash: content.contentHash,
      route: jsonText(content.route),
      policy_kind: content.policy?.kind ?? null,
      policy_version: content.policy?.version ?? null,
      recorded_at: act.now,
    },
  ]);
}

/** Gives a request another content, to be decided anew. */
export function updateContent(
  act: Act,
  approval: { readonly id: string; readonly version: number },
  content: VersionToAdd,
  waits: { readonly roles: readonly string[]; readonly until: Instant },
): void {
  insertVersion(act, approval.id, approval.version, content);
  act.write(
    sql`update approval set version = ${approval.version}, kind = ${content.matter.kind},
      customer_id = ${customerOf(content.matter)}, expires_at = ${waits.until},
      waiting_roles = ${arrayLiteral(waits.roles)}::text[]
      where tenant_id = ${act.tenantId} and id = ${approval.id} and version = ${approval.version - 1}`,
    { rows: 1, rule: 'the request to change is as it was read' },
  );
}

/** Says for whom a request waits now. */
export function updateWaiting(act: Act, id: string, roles: readonly string[]): void {
  act.write(
    sql`update approval set waiting_roles = ${arrayLiteral(roles)}::text[]
      where tenant_id = ${act.tenantId} and id = ${id} and state = 'requested'`,
    { rows: 1, rule: 'the request waits' },
  );
}

/** Ends a request. */
export function endApproval(
  act: Act,
  id: string,
  state: Exclude<StoredState, 'requested'>,
  outcome: Json,
): void {
  act.write(
    sql`update approval set state = ${state}, waiting_roles = '{}', ended_at = ${act.now},
      outcome = ${jsonText(outcome)}::jsonb
      where tenant_id = ${act.tenantId} and id = ${id} and state = 'requested'`,
    { rows: 1, rule: 'the request waits until it ends' },
  );
}

/** Requests that wait at a moment, those that lapse first first. */
export async function findWaiting(tx: Tx, now: Instant, limit: number): Promise<readonly ApprovalRow[]> {
  const rows = await tx.run(sql<Joined>`${withContent} where a.tenant_id = ${tx.tenantId}
    and a.state = 'requested' and a.expires_at > ${now} order by a.expires_at, a.id limit ${limit}`);
  return rows.map(toApproval);
}

/** What was asked for in one version. */
export type VersionRow = {
  readonly version: number;
  readonly asked: Asked;
  readonly matter: Matter;
  readonly reason: string;
  readonly contentHash: string;
  readonly recordedAt: Instant;
};

/** All versions of a request, the first one first. */
export async function findVersions(tx: Tx, approvalId: string): Promise<readonly VersionRow[]> {
  const rows = await tx.run(sql<Selectable<DB['approval_version']>>`
    select * from approval_version where tenant_id = ${tx.tenantId} and approval_id = ${approvalId}
    order by version`);
  return rows.map((row) => ({
    version: row.version,
    asked: row.request as unknown as Asked,
    matter: row.matter as unknown as Matter,
    reason: row.reason,
    contentHash: Buffer.from(row.content_hash).toString('hex'),
    recordedAt: row.recorded_at,
  }));
}

// — decisions —

/** A decision with what was said to it. */
export type DecisionRow = Decision & {
  readonly version: number;
  readonly note: string | null;
  readonly recordedAt: Instant;
};

/** The decisions about requests, about earlier versions too, the earliest first. */
export async function findDecisions(
  tx: Tx,
  approvalIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DecisionRow[]>> {
  const rows = await tx.run(sql<Selectable<DB['approval_decision']>>`
    select * from approval_decision where tenant_id = ${tx.tenantId}
      and approval_id = any(${arrayLiteral(approvalIds)}::uuid[]) order by recorded_at, decided_by`);
  const decisions = rows.map((row) => ({
    approvalId: row.approval_id,
    version: row.version,
    decidedBy: row.decided_by,
    onBehalfOf: row.on_behalf_of,
    step: row.step,
    verdict: row.verdict as Verdict,
    note: row.note,
    recordedAt: row.recorded_at,
  }));
  return Map.groupBy(decisions, (d) => d.approvalId);
}

/** Adds a decision about the version a request has now. */
export function insertDecision(act: Act, approval: Approval, decision: Decision, note: string | null): void {
  act.insert('approval_decision', [
    {
      approval_id: approval.id,
      version: approval.version,
      decided_by: decision.decidedBy,
      on_behalf_of: decision.onBehalfOf,
      step: decision.step,
      verdict: decision.verdict,
      note,
      content_hash: Buffer.from(approval.contentHash, 'hex'),
      recorded_at: act.now,
    },
  ]);
}

// — lists —

/** Whose list is asked for. */
export type ListFor = {
  readonly view: 'to_decide' | 'requested' | 'decided' | 'all';
  readonly userId: string | null;
  readonly hats: readonly Hat[];
  readonly now: Instant;
};

/** Requests of one view, the newest first; one page. */
export async function findApprovals(
  tx: Tx,
  list: ListFor,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<readonly ApprovalRow[]> {
  const after = page.after === undefined ? sql`` : sql`and a.id < ${page.after}`;
  const rows = await tx.run(
    sql<Joined>`${withContent} where a.tenant_id = ${tx.tenantId} and ${viewOf(tx, list)} ${after}
      order by a.id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
  return rows.map(toApproval);
}

/** How many requests wait for somebody, `most` at most. */
export async function countToDecide(
  tx: Tx,
  who: Pick<ListFor, 'userId' | 'hats' | 'now'>,
  most: number,
): Promise<number> {
  const row = await tx.find(sql<{ n: bigint }>`select count(*) as n from (
    select 1 from approval a where a.tenant_id = ${tx.tenantId}
      and ${viewOf(tx, { ...who, view: 'to_decide' })} limit ${most}) as waiting`);
  return Number(row?.n ?? 0n);
}

function viewOf(tx: Tx, list: ListFor): RawBuilder<unknown> {
  switch (list.view) {
    case 'requested':
      return sql`a.requester_id = ${list.userId}`;
    case 'decided':
      return sql`exists (select from approval_decision d where d.tenant_id = ${tx.tenantId}
        and d.approval_id = a.id and d.decided_by = ${list.userId})`;
    case 'to_decide':
      return waitsFor(tx, list);
    case 'all':
      return sql`true`;
  }
}

/** Waiting for a hat that somebody can wear and that neither asked nor decided; and they themselves did neither. */
function waitsFor(tx: Tx, list: ListFor): RawBuilder<unknown> {
  const decided = (user: RawBuilder<unknown>) => sql`exists (select from approval_decision d
    where d.tenant_id = ${tx.tenantId} and d.approval_id = a.id and d.version = a.version
      and (d.decided_by = ${user} or d.on_behalf_of = ${user}))`;
  return sql`a.state = 'requested' and a.expires_at > ${list.now}
    and a.requester_id is distinct from ${list.userId} and not exists (
      select from approval_decision d where d.tenant_id = ${tx.tenantId} and d.approval_id = a.id
        and d.version = a.version and d.decided_by = ${list.userId})
    and exists (select from unnest(${arrayLiteral(list.hats.map((h) => h.userId))}::text[],
        ${arrayLiteral(list.hats.map((h) => h.role))}::text[]) as hat(user_id, role)
      where hat.role = any(a.waiting_roles) and a.requester_id is distinct from hat.user_id
        and not ${decided(sql`hat.user_id`)})`;
}
