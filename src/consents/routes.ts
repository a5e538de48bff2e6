// HTTP of consents: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { putConsent } from './put-consent.ts';
import { readConsent } from './read-consent.ts';

export const routes: readonly Route[] = [
  route(contract.getConsent, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readConsent(tx, params.customerId)),
  ),

  route(contract.putConsent, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, putConsent, { ...params, ...body }, { commandId, rehearse }),
  ),
];
