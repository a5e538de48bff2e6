// HTTP of recoveries: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { readPaymentParties } from '#payments/read-payments.ts';
import { readRecoverable } from '#writeoffs/read-recoverable.ts';
import * as contract from './contract.ts';
import { recoverWriteOff } from './recover-write-off.ts';

export const routes: readonly Route[] = [
  route(contract.listRecoverable, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const { customerId, ...of } = await readPaymentParties(tx, params.paymentId);
      return { items: customerId === null ? [] : await readRecoverable(tx, { customerId, ...of }) };
    }),
  ),

  route(contract.recoverWriteOff, async ({ door, context, params, body, commandId, rehearse }) => {
    const input = { ...params, ...body };
    const done = await carryOut(door, context, recoverWriteOff, input, { commandId, rehearse });
    return { ...done, recoveries: [...done.recoveries] };
  }),
];
