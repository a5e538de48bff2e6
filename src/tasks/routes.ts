// HTTP of tasks: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { addTask } from './add-task.ts';
import { setSkill, setTaskRules } from './change-rules.ts';
import { assignTasks, finishTasks, snoozeTasks, undoTaskAct } from './change-tasks.ts';
import * as contract from './contract.ts';
import { readSkills, readTaskCounts, readTaskRules, readTasks } from './read-tasks.ts';
import { refreshTasks } from './refresh-tasks.ts';

export const routes: readonly Route[] = [
  route(contract.listTasks, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readTasks(tx, context, query)),
  ),
  route(contract.countOpenTasks, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readTaskCounts(tx, context)),
  ),
  route(contract.addTask, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, addTask, body, { commandId, rehearse }),
  ),
  route(contract.finishTasks, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, finishTasks, body, { commandId, rehearse }),
  ),
  route(contract.snoozeTasks, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, snoozeTasks, body, { commandId, rehearse }),
  ),
  route(contract.assignTasks, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, assignTasks, body, { commandId, rehearse }),
  ),
  route(contract.undoTaskAct, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, undoTaskAct, params, { commandId, rehearse }),
  ),
  route(contract.refreshTasks, ({ door, context, commandId, rehearse }) =>
    refreshTasks(door, context, { commandId, rehearse }),
  ),
  route(contract.readTaskRules, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readTaskRules(tx, context)),
  ),
  route(contract.setTaskRules, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, setTaskRules, body, { commandId, rehearse }),
  ),
  route(contract.listTaskSkills, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readSkills(tx, context)),
  ),
  route(contract.setTaskSkill, ({ door, context, params, body, commandId, rehearse }) => {
    const units = (one: number | null): bigint | null => (one === null ? null : BigInt(one));
    const { amountFrom, amountTo, ...rest } = body;
    const skill = { ...params, ...rest, amountFrom: units(amountFrom), amountTo: units(amountTo) };
    return carryOut(door, context, setSkill, skill, { commandId, rehearse });
  }),
];
