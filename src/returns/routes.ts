// HTTP of returns: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { followUpReturn, putReturnFee, setAsideNotice } from './change-returns.ts';
import { RETURN_REASONS } from './code-table.ts';
import * as contract from './contract.ts';
import { decideCorrection } from './decide-correction.ts';
import { readCorrectionPage } from './read-corrections.ts';
import { readNoticePage, readReturnedPage, readReturnFees } from './read-returns.ts';
import { receiveAchUpload } from './receive-ach-returns.ts';
import { recordReturn } from './record-return.ts';

export const routes: readonly Route[] = [
  route(contract.listReturnReasons, async () => ({ rows: [...RETURN_REASONS] })),

  route(contract.listReturnNotices, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readNoticePage(tx, query)),
  ),

  route(contract.recordReturn, async ({ door, context, body, commandId, rehearse }) => {
    const done = await carryOut(door, context, recordReturn, body, { commandId, rehearse });
    return { ...done, items: [...done.items] };
  }),

  route(contract.setAsideReturnNotice, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, setAsideNotice, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listReturnedPayments, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readReturnedPage(tx, query)),
  ),

  route(contract.followUpReturn, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, followUpReturn, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.receiveAchReturns, async (call) => {
    const options = { commandId: call.commandId, rehearse: call.rehearse };
    const upload = present(call.upload, 'the operation carries a file');
    const done = await receiveAchUpload(call, upload, call.query, options);
    return { ...done, problems: [...done.problems] };
  }),

  route(contract.listAccountCorrections, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readCorrectionPage(tx, context, query)),
  ),

  route(contract.decideAccountCorrection, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, decideCorrection, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listReturnFees, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readReturnFees(tx, params.companyId, context.today)),
  ),

  route(contract.putReturnFee, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, putReturnFee, { ...params, ...body }, { commandId, rehearse }),
  ),
];
