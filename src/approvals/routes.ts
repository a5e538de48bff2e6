// HTTP of approvals: contract to command or reading. What can be asked for is named at the edge.

import { type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import type { UserId } from '#kernel/id.ts';
import type { Registry } from './approvable.ts';
import { changePolicy } from './change-policy.ts';
import * as contract from './contract.ts';
import { decideApproval } from './decide-approval.ts';
import { delegateDuties, endDelegation } from './delegate-duties.ts';
import { NOTICE_MODE_DEFAULT } from './notice.ts';
import { planApproval, planPolicy } from './plan-approval.ts';
import { countWaiting, readApproval, readApprovals } from './read-approvals.ts';
import { readDelegations, readPolicies } from './read-rules.ts';
import { changeApproval, requestApproval } from './request-approval.ts';
import { findNoticeModes } from './store-notices.ts';
import { changeNotices } from './take-notices.ts';
import { withdrawApproval } from './withdraw-approval.ts';

function read<T>(door: Door, context: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  const userId = context.actor.kind === 'user' ? (context.actor.id as UserId) : undefined;
  return inTenant(door.pool, context.tenantId, work, { snapshot: true, userId });
}

/** The routes, for what can be asked for. */
export function approvalRoutes(registry: Registry): readonly Route[] {
  return [
    route(contract.listApprovals, ({ door, context, query }) =>
      read(door, context, async (tx) => {
        const rows = await readApprovals(tx, context, registry, {
          ...query,
          limit: query.limit + 1,
          after: query.after,
        });
        const shown = rows.slice(0, query.limit);
        return { rows: shown, next: rows.length > query.limit ? (shown.at(-1)?.approvalId ?? null) : null };
      }),
    ),

    route(contract.countApprovals, ({ door, context }) =>
      read(door, context, async (tx) => ({ waiting: await countWaiting(tx, context) })),
    ),

    route(contract.readApproval, ({ door, context, params }) =>
      read(door, context, (tx) => readApproval(tx, context, registry, params.approvalId)),
    ),

    route(contract.planApproval, ({ door, context, body }) => planApproval(door, context, registry, body)),

    route(contract.requestApproval, ({ door, context, body, commandId, rehearse }) =>
      requestApproval(door, context, registry, body, { commandId, rehearse }),
    ),

    route(contract.changeApproval, ({ door, context, params, body, commandId, rehearse }) =>
      changeApproval(door, context, registry, { ...params, ...body }, { commandId, rehearse }),
    ),

    route(contract.decideApproval, async ({ door, context, params, body, commandId, rehearse }) => {
      const input = { ...params, ...body };
      const decided = await decideApproval(door, context, registry, input, { commandId, rehearse });
      return { ...decided, waitingRoles: [...decided.waitingRoles] };
    }),

    route(contract.withdrawApproval, ({ door, context, params, commandId, rehearse }) =>
      carryOut(door, context, withdrawApproval, params, { commandId, rehearse }),
    ),

    route(contract.listPolicies, ({ door, context }) =>
      read(door, context, async (tx) => ({ policies: await readPolicies(tx, registry) })),
    ),

    route(contract.planPolicy, ({ door, context, body }) => {
      const { amount, ...policy } = body;
      return read(door, context, (tx) => planPolicy(tx, policy, amount));
    }),

    route(contract.changePolicy, ({ door, context, params, body, commandId, rehearse }) => {
      const { version, ...policy } = body;
      const input = { ...params, version, policy };
      return carryOut(door, context, changePolicy(registry), input, { commandId, rehearse });
    }),

    route(contract.readNotices, ({ door, context }) =>
      read(door, context, async (tx) => {
        const modes = await findNoticeModes(tx, [context.actor.id]);
        return { mode: modes.get(context.actor.id) ?? NOTICE_MODE_DEFAULT };
      }),
    ),

    route(contract.changeNotices, ({ door, context, body, commandId, rehearse }) =>
      carryOut(door, context, changeNotices, body, { commandId, rehearse }),
    ),

    route(contract.listDelegations, ({ door, context }) =>
      read(door, context, (tx) => readDelegations(tx, context)),
    ),

    route(contract.delegateDuties, ({ door, context, body, commandId, rehearse }) =>
      carryOut(door, context, delegateDuties, body, { commandId, rehearse }),
    ),

    route(contract.endDelegation, ({ door, context, params, commandId, rehearse }) =>
      carryOut(door, context, endDelegation, params, { commandId, rehearse }),
    ),
  ];
}
