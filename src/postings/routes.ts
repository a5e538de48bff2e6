// HTTP of what accounting systems have of receipts: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { exportPostings, recordAnswers, setPostings } from './change-postings.ts';
import * as contract from './contract.ts';
import { readAnswers } from './read-answers.ts';
import { readExportFile } from './read-export-file.ts';
import { readPaymentPosting, readPostingExports, readPostingPage } from './read-postings.ts';

export const routes: readonly Route[] = [
  route(contract.listPostings, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPostingPage(tx, query)),
  ),

  route(contract.getPaymentPosting, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readPaymentPosting(tx, params.paymentId)),
  ),

  route(contract.setPostings, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, setPostings, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.exportPostings, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, exportPostings, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.getPostingExport, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      fileName: `receipts-${params.exportId}.csv`,
      contentType: 'text/csv; charset=utf-8',
      body: await readExportFile(tx, params.exportId),
    })),
  ),

  route(contract.listPostingExports, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPostingExports(tx, query.companyId)),
  ),

  route(contract.recordAnswers, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recordAnswers, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.importAnswers, async ({ door, context, query, upload, commandId, rehearse }) => {
    const answers = await readAnswers(present(upload, 'the operation carries a file').stream);
    return carryOut(door, context, recordAnswers, { ...query, answers }, { commandId, rehearse });
  }),
];
