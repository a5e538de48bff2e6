// A tenant with rules about who decides, people of its own, and what they ask each other.

import { changePolicy } from '#approvals/change-policy.ts';
import { decideApproval } from '#approvals/decide-approval.ts';
import type { Band, Policy } from '#approvals/policy.ts';
import { readApproval } from '#approvals/read-approvals.ts';
import { requestApproval } from '#approvals/request-approval.ts';
import { type CarryOutOptions, type Context, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { Json } from '#kernel/canonical.ts';
import { money } from '#kernel/money.ts';
import { APPROVABLES } from '../../src/approvables.ts';
import { aPerson, type TestPerson } from './people.ts';
import { newTenant, type TestTenant } from './tenant.ts';

/** Up to 500 euro controllers and owners decide alone, up to 5,000 one other has to, beyond a controller and an owner. */
export const BANDS: readonly Band[] = [
  {
    upTo: money(500_00n, 'EUR'),
    alone: ['owner', 'controller'],
    steps: [{ roles: ['owner', 'controller'], people: 1 }],
  },
  { upTo: money(5_000_00n, 'EUR'), alone: [], steps: [{ roles: ['owner', 'controller'], people: 1 }] },
  {
    upTo: null,
    alone: [],
    steps: [
      { roles: ['controller'], people: 1 },
      { roles: ['owner'], people: 1 },
    ],
  },
];

export type Office = {
  readonly tenant: TestTenant;
  /** An owner, two controllers and a collector. */
  readonly olga: TestPerson;
  readonly carl: TestPerson;
  readonly cora: TestPerson;
  readonly colin: TestPerson;
};

/** A tenant with four people, and the rules above for the kinds named. */
export async function anOffice(kinds: readonly string[] = ['write_off', 'credit_note']): Promise<Office> {
  const tenant = await newTenant();
  const office = {
    tenant,
    olga: await aPerson(tenant, 'owner', 'Olga Owner'),
    carl: await aPerson(tenant, 'controller', 'Carl Controller'),
    cora: await aPerson(tenant, 'controller', 'Cora Controller'),
    colin: await aPerson(tenant, 'collector', 'Colin Collector'),
  };
  for (const kind of kinds) await setRules(tenant, kind, {});
  return office;
}

/** Sets rules for a kind that has none yet. */
export async function setRules(
  tenant: TestTenant,
  kind: string,
  given: Partial<Policy>,
  version = 0,
): Promise<void> {
  const policy: Policy = { currency: 'EUR', bands: BANDS, order: 'serial', expiryDays: 14, ...given };
  await tenant.act('owner', changePolicy(APPROVABLES), { kind, version, policy });
}

/** Asks for an operation to be carried out. */
export function ask(
  tenant: TestTenant,
  who: Context,
  asked: { readonly operation: string; readonly params?: object; readonly body: object },
  options: CarryOutOptions = {},
) {
  const input = {
    operation: asked.operation,
    params: (asked.params ?? {}) as { [key: string]: Json },
    body: asked.body as { [key: string]: Json },
    reason: 'please',
  };
  return requestApproval(tenant.door, who, APPROVABLES, input, options);
}

/** Approves or rejects what is asked for now, or what was seen. */
export async function decide(
  tenant: TestTenant,
  who: Context,
  request: { readonly approvalId: string; readonly contentHash: string },
  verdict: 'approved' | 'rejected' = 'approved',
  options: CarryOutOptions = {},
) {
  const input = { approvalId: request.approvalId, contentHash: request.contentHash, verdict };
  return decideApproval(tenant.door, who, APPROVABLES, input, options);
}

/** A request as somebody sees it. */
export function see(tenant: TestTenant, who: Context, approvalId: string) {
  return inTenant(tenant.pool, tenant.tenantId, (tx) => readApproval(tx, who, APPROVABLES, approvalId));
}

/** Carries out a command as somebody. */
export function act<Input, Result extends Json>(
  tenant: TestTenant,
  who: Context,
  command: Parameters<typeof carryOut<Input, Result>>[2],
  input: Input,
): Promise<Result> {
  return carryOut(tenant.door, who, command, input);
}
