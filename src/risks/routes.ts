// HTTP of risk classes.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { changeRiskClass } from './change-risk-class.ts';
import * as contract from './contract.ts';
import { readRiskClass } from './read-risk-classes.ts';

/** All routes of risk classes. */
export const routes: readonly Route[] = [
  route(contract.readRiskClass, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readRiskClass(tx, params.customerId, context.permissions)),
  ),
  route(contract.changeRiskClass, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeRiskClass, { ...params, ...body }, { commandId, rehearse }),
  ),
];
