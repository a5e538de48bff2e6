// HTTP of escalation: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { recallHandOver } from './end-hand-over.ts';
import { handOverItems } from './hand-over-items.ts';
import { putAgency } from './put-agency.ts';
import { describeClaims } from './read-claims.ts';
import { readAgencies, readHandOver, readHandOverList } from './read-hand-overs.ts';
import { recordNews } from './record-news.ts';

/** All routes of escalation. */
export const routes: readonly Route[] = [
  route(contract.readEscalation, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      accounts: await describeClaims(tx, params.customerId, context.today),
      may: { handOver: context.permissions.has('claim.hand_over') || 'not_permitted' },
    })),
  ),

  route(contract.handOverItems, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, handOverItems, body, { commandId, rehearse }),
  ),

  route(contract.listHandOvers, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) =>
      readHandOverList(tx, context, {
        customerId: query.customerId,
        documentId: query.documentId,
        isStanding: query.show === 'all' ? undefined : query.show === 'standing',
        after: query.after === undefined ? undefined : BigInt(query.after),
        limit: query.limit,
      }),
    ),
  ),

  route(contract.getHandOver, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readHandOver(tx, context, params.handOverId)),
  ),

  route(contract.recallHandOver, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recallHandOver, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.recordHandOverNews, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recordNews, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listAgencies, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readAgencies(tx, context)),
  ),

  route(contract.putAgency, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, putAgency, body, { commandId, rehearse }),
  ),
];
