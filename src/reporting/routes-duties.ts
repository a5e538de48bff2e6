// HTTP of the report on duties.

import { csvLine } from '#formats/csv.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { dutyRows, readDuties } from './read-duties.ts';

export const dutyRoutes: readonly Route[] = [
  route(contract.readDuties, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readDuties(tx, context, query)),
  ),

  route(contract.exportDuties, async ({ door, context, query }) => {
    const duties = await readSnapshot(door, context, (tx) => readDuties(tx, context, query));
    const body = `\ufeff${[...dutyRows(duties)].map((cells) => csvLine(cells)).join('')}`;
    return { fileName: `duties-${context.today}.csv`, contentType: 'text/csv; charset=utf-8', body };
  }),
];
