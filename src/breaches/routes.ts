// HTTP of breaches: contract to reading, one line each.

import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { breachLines, readBreachCount, readBreaches } from './read-breaches.ts';

export const routes: readonly Route[] = [
  route(contract.listBreaches, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readBreaches(tx, context.now, query.weeks)),
  ),

  route(contract.countBreaches, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readBreachCount(tx, context.now)),
  ),

  route(contract.exportBreaches, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => ({
      fileName: `reminder-breaches-${context.today}.csv`,
      contentType: 'text/csv; charset=utf-8',
      body: breachLines(await readBreaches(tx, context.now, query.weeks)),
    })),
  ),
];
