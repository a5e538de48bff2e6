// HTTP of returns: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { followUpReturn, putReturnFee, setAsideNotice } from './change-returns.ts';
import { RETURN_REASONS } from './code-table.ts';
import * as contract from './contract.ts';
import { readNoticePage, readReturnedPage, readReturnFees } from './read-returns.ts';
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

  route(contract.listReturnFees, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readReturnFees(tx, params.companyId, context.today)),
  ),

  route(contract.putReturnFee, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, putReturnFee, { ...params, ...body }, { commandId, rehearse }),
  ),
];
