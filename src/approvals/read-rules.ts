// Reading who decides what, and who decides for whom.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames, readPeople } from '#identity/read-people.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Registry } from './approvable.ts';
import { type Delegation, endRefusal, isInForce } from './delegation.ts';
import { DECIDING_ROLES, defaultPolicy, type Policy } from './policy.ts';
import { findPolicies } from './store.ts';
import { findDelegations } from './store-delegations.ts';

/** The rules that hold for every kind of decision: its own, those of the kind it is a part of, or the default. */
export async function readPolicies(tx: Tx, registry: Registry) {
  const set = await findPolicies(tx);
  const names = await readActorNames(
    tx,
    set.map((policy) => policy.recordedBy),
  );
  const byKind = new Map(set.map((policy) => [policy.kind, policy]));
  return registry.kinds.map(({ kind, title }) => {
    const own = byKind.get(kind);
    const inherited = own ? undefined : byKind.get(kind.split('.')[0] ?? '');
    return {
      kind,
      title,
      version: own?.version ?? 0,
      from: own ? kind : (inherited?.kind ?? null),
      ...rulesText(own ?? inherited ?? defaultPolicy(kind)),
      recordedBy: own ? (names.get(own.recordedBy) ?? 'Quittance') : null,
      recordedAt: own?.recordedAt.toString() ?? null,
    };
  });
}

function rulesText({ currency, order, expiryDays, bands }: Policy) {
  return {
    currency,
    order,
    expiryDays,
    bands: bands.map(({ upTo, alone, steps }) => ({
      upTo: upTo === null ? null : { amount: toDecimal(upTo), currency: upTo.currency },
      alone: [...alone],
      steps: steps.map((step) => ({ roles: [...step.roles], people: step.people })),
    })),
  };
}

/** The delegations of the tenant, and who could be delegated to. */
export async function readDelegations(tx: Tx, context: Context) {
  const [rows, people] = await Promise.all([findDelegations(tx), readPeople(tx, DECIDING_ROLES)]);
  const names = await readActorNames(
    tx,
    rows.flatMap((row) => [`user:${row.fromUser}`, `user:${row.toUser}`]),
  );
  const person = (id: string) => ({ id, name: names.get(`user:${id}`) ?? id });
  return {
    delegations: rows.map((row) => ({
      delegationId: row.id,
      fromUser: person(row.fromUser),
      toUser: person(row.toUser),
      startsOn: row.startsOn.toString(),
      endsOn: row.endsOn.toString(),
      reason: row.reason,
      isInForce: isInForce(row, context.today),
      endedAt: row.endedAt?.toString() ?? null,
      may: { end: mayEnd(row, context) },
    })),
    people: people.map(({ userId, name, role }) => ({ userId, name, role })),
  };
}

function mayEnd(delegation: Delegation, context: Context): true | string {
  if (!context.permissions.has('approval.decide')) return 'not_permitted';
  return endRefusal(delegation, context.actor.id, context.permissions) ?? true;
}
