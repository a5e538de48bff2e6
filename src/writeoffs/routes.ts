// HTTP of write-offs: contract to command or reading.

import type { z } from 'zod';
import { type CarryOutOptions, carryOut } from '#command/command.ts';
import type { Operation } from '#http/contract.ts';
import { type Call, type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { putWriteOffLimit } from './change-limit.ts';
import * as contract from './contract.ts';
import type { ShownRelief } from './post-relief.ts';
import { readBadDebt } from './read-bad-debt.ts';
import { readWriteOffLimits } from './read-limits.ts';
import { readWriteOff, readWriteOffPage } from './read-write-offs.ts';
import { takeTaxRelief } from './take-relief.ts';
import { undoWriteOff } from './undo-write-off.ts';
import { writeOffItems } from './write-off-items.ts';

function optionsOf(call: Pick<Call<Operation>, 'commandId' | 'rehearse'>): CarryOutOptions {
  return { commandId: call.commandId, rehearse: call.rehearse };
}

type ReliefReply = z.input<typeof contract.takeTaxRelief.reply>['relief'];

function reliefReply(relief: readonly ShownRelief[]): ReliefReply {
  return relief.map((one) => ({ ...one, gap: one.gap as ReliefReply[number]['gap'] }));
}

export const routes: readonly Route[] = [
  route(contract.listWriteOffs, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readWriteOffPage(tx, query)),
  ),

  route(contract.getWriteOff, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readWriteOff(tx, context, params.writeOffId)),
  ),

  route(contract.writeOffItems, async (call) => {
    const done = await carryOut(call.door, call.context, writeOffItems, call.body, optionsOf(call));
    return {
      writeOffs: done.writeOffs.map((w) => ({ ...w, items: [...w.items], relief: reliefReply(w.relief) })),
    };
  }),

  route(contract.undoWriteOff, async (call) => {
    const input = { ...call.params, ...call.body };
    const done = await carryOut(call.door, call.context, undoWriteOff, input, optionsOf(call));
    return { ...done, items: [...done.items] };
  }),

  route(contract.takeTaxRelief, async (call) => {
    const input = { ...call.params, ...call.body };
    const done = await carryOut(call.door, call.context, takeTaxRelief, input, optionsOf(call));
    return { ...done, relief: reliefReply(done.relief) };
  }),

  route(contract.getBadDebt, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) => readBadDebt(tx, { ...params, ...query })),
  ),

  route(contract.getWriteOffLimits, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readWriteOffLimits(tx, params.companyId, context.today)),
  ),

  route(contract.putWriteOffLimit, (call) => {
    const input = { ...call.params, ...call.body };
    return carryOut(call.door, call.context, putWriteOffLimit, input, optionsOf(call));
  }),
];
