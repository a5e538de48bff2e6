// HTTP of alerts: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { changeAlerts } from './change-alerts.ts';
import * as contract from './contract.ts';
import { readAlertSetting } from './read-alerts.ts';

export const routes: readonly Route[] = [
  route(contract.readAlerts, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readAlertSetting(tx, context)),
  ),
  route(contract.changeAlerts, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, changeAlerts, body, { commandId, rehearse }),
  ),
];
