// HTTP of evidence packs.

import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { exportPack } from './export-pack.ts';
import { readPack } from './read-pack.ts';

/** All routes of evidence packs. */
export const routes: readonly Route[] = [
  route(contract.downloadPack, async ({ door, context, params }) => {
    const wish = { ...params, asOf: context.today };
    const facts = await readSnapshot(door, context, (tx) => readPack(tx, wish));
    const fileName = `evidence-${facts.customer.number.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}-${facts.asOf}.zip`;
    return { fileName, contentType: 'application/zip', body: await exportPack(facts) };
  }),
];
