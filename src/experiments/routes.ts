// HTTP of experiments: contract to command or reading, one line each.

import { type Context, carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { type Instant, type PlainDate, parseDate } from '#kernel/calendar.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { stopExperiment } from './end-experiment.ts';
import { readExperiments, shownAll, takeExperiment } from './read-experiments.ts';
import { startExperiment } from './start-experiment.ts';
import { findEntries, type LookedAt } from './store.ts';

type Query = { readonly asOf?: PlainDate | undefined; readonly knownAt?: Instant | undefined };

const lookedAt = ({ asOf, knownAt }: Query, { today }: Context): LookedAt => ({
  asOf: asOf ?? today,
  knownAt,
});

export const routes: readonly Route[] = [
  route(contract.listExperiments, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => ({
      ...(await readExperiments(tx, context, lookedAt(query, context))),
      may: { start: mayDo(context, 'cadence.edit') },
    })),
  ),

  route(contract.readExperiment, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const found = await takeExperiment(tx, params.experimentId);
      const [shown] = await shownAll(tx, context, [found], lookedAt(query, context));
      return present(shown, 'what was found is shown');
    }),
  ),

  route(contract.listExperimentEntries, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const experiment = await takeExperiment(tx, params.experimentId);
      const after = readCursor<[PlainDate, string]>(query.after, [parseDate, idKey]);
      const page = { after, limit: query.limit + 1 };
      const found = await findEntries(tx, experiment, lookedAt(query, context), page);
      const { rows, next } = pageOfRows(found, query.limit, (row) => [row.enteredOn, row.customerId]);
      return {
        rows: rows.map((row) => ({
          customer: { id: row.customerId, number: row.customerNumber, name: row.customerName },
          arm: row.arm,
          enteredOn: row.enteredOn.toString(),
          until: row.until.toString(),
          paid: row.paid,
          days: row.days,
        })),
        next,
      };
    }),
  ),

  route(contract.startExperiment, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, startExperiment, body, { commandId, rehearse }),
  ),

  route(contract.stopExperiment, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, stopExperiment, { ...params, ...body }, { commandId, rehearse }),
  ),
];
