// HTTP of evidence packs.

import { handOverObject, handOverRows } from '#escalation/hand-over-file.ts';
import { readHandOverFacts } from '#escalation/read-hand-over-file.ts';
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

  route(contract.downloadHandOverPack, async ({ door, context, params }) => {
    const { claim, facts } = await readSnapshot(door, context, async (tx) => {
      const handed = await readHandOverFacts(tx, params.handOverId);
      const pack = await readPack(tx, {
        companyId: handed.company.id,
        customerId: handed.customer.id,
        asOf: context.today,
        // What was taken back is no longer theirs to go after.
        documentIds: handed.items.filter(({ ended }) => ended === null).map((item) => item.document_id),
      });
      return { claim: handed, facts: pack };
    });
    const body = await exportPack(facts, [
      { name: 'hand-over.json', content: Buffer.from(`${JSON.stringify(handOverObject(claim), null, 2)}\n`) },
      { name: 'hand-over.csv', content: Buffer.from(`\ufeff${handOverRows(claim)}`) },
    ]);
    return { fileName: `hand-over-${claim.row.number}.zip`, contentType: 'application/zip', body };
  }),
];
