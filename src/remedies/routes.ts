// HTTP of remedies: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { creditDispute } from './credit-dispute.ts';
import { readCreditPlan } from './read-credit-plan.ts';
import { unapplyCredit } from './unapply-credit.ts';
import { writeOffDispute } from './write-off-dispute.ts';

export const routes: readonly Route[] = [
  route(contract.readDisputeCreditPlan, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readCreditPlan(tx, params.disputeId)),
  ),

  route(contract.creditDispute, async ({ door, context, params, body, commandId, rehearse }) => {
    const done = await carryOut(
      door,
      context,
      creditDispute,
      { ...params, ...body },
      { commandId, rehearse },
    );
    return { ...done, items: [...done.items] };
  }),

  route(contract.writeOffDispute, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, writeOffDispute, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.unapplyCredit, ({ door, context, params, query, commandId, rehearse }) =>
    carryOut(door, context, unapplyCredit, { ...params, ...query }, { commandId, rehearse }),
  ),
];
