// HTTP of disputes: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { changeDisputeReason, noteDispute, recordRemedy } from './change-dispute.ts';
import { putClaimCode, putDisputeReason } from './change-reasons.ts';
import { closeDispute, releaseDispute, reopenDispute } from './close-dispute.ts';
import * as contract from './contract.ts';
import { openDispute } from './open-dispute.ts';
import { readDispute, readDisputePage, readReasons } from './read-disputes.ts';

export const routes: readonly Route[] = [
  route(contract.listDisputes, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readDisputePage(tx, context, query)),
  ),

  route(contract.readDispute, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readDispute(tx, context, params.disputeId)),
  ),

  route(contract.openDispute, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, openDispute, body, { commandId, rehearse }),
  ),

  route(contract.releaseDispute, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, releaseDispute, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.closeDispute, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, closeDispute, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.reopenDispute, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, reopenDispute, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.changeDisputeReason, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeDisputeReason, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.noteDispute, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, noteDispute, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.recordDisputeRemedy, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recordRemedy, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listDisputeReasons, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readReasons(tx, context)),
  ),

  route(contract.putDisputeReason, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, putDisputeReason, body, { commandId, rehearse }),
  ),

  route(contract.putClaimCode, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, putClaimCode, body, { commandId, rehearse }),
  ),
];
