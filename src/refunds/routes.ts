// HTTP of refunds: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import { putRefundSetting, shortenRefund, withdrawRefund } from './change-refund.ts';
import * as contract from './contract.ts';
import { exportRefunds } from './export-refunds.ts';
import { grantRefund } from './grant-refund.ts';
import { readRefundable, readRefundFile, readRefundLines, readRefundPage } from './read-refunds.ts';
import { recordRefundPaid, recordRefundReturned } from './record-paid.ts';
import { findWaitingDays } from './store.ts';

export const routes: readonly Route[] = [
  route(contract.listRefunds, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readRefundPage(tx, context, query)),
  ),

  route(contract.grantRefund, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, grantRefund, body, { commandId, rehearse }),
  ),

  route(contract.getRefundable, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readRefundable(tx, context, params.customerId)),
  ),

  route(contract.listRefundLines, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) => readRefundLines(tx, params.refundId, query.side)),
  ),

  route(contract.recordRefundPaid, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recordRefundPaid, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.recordRefundReturned, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recordRefundReturned, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.shortenRefund, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, shortenRefund, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.withdrawRefund, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, withdrawRefund, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.exportRefunds, async ({ door, context, body, commandId, rehearse }) => {
    const done = await carryOut(door, context, exportRefunds, body, { commandId, rehearse });
    return { ...done, refunds: [...done.refunds] };
  }),

  route(contract.downloadRefundFile, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readRefundFile(tx, params.fileId)),
  ),

  route(contract.getRefundSetting, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      await takeCompany(tx, params.companyId);
      return { waitingDays: await findWaitingDays(tx, params.companyId) };
    }),
  ),

  route(contract.putRefundSetting, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, putRefundSetting, { ...params, ...body }, { commandId, rehearse }),
  ),
];
