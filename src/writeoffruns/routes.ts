// HTTP of runs of write-offs: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { planWriteOffRun } from './plan-write-off-run.ts';
import { readRunItems, readWriteOffRun, readWriteOffRuns } from './read-write-off-runs.ts';
import { startWriteOffRun } from './start-write-off-run.ts';
import { undoWriteOffRun } from './undo-write-off-run.ts';

export const routes: readonly Route[] = [
  route(contract.planWriteOffRun, ({ door, context, body }) =>
    readSnapshot(door, context, (tx) => planWriteOffRun(tx, context, body)),
  ),

  route(contract.startWriteOffRun, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, startWriteOffRun, body, { commandId, rehearse }),
  ),

  route(contract.listWriteOffRuns, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readWriteOffRuns(tx, context)),
  ),

  route(contract.getWriteOffRun, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readWriteOffRun(tx, context, params.runId)),
  ),

  route(contract.listWriteOffRunItems, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) => readRunItems(tx, params.runId, query)),
  ),

  route(contract.undoWriteOffRun, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, undoWriteOffRun, { ...params, ...body }, { commandId, rehearse }),
  ),
];
