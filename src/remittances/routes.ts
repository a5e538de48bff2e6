// HTTP of remittances: contract to command or reading. Joining and applying are served by payments.

import { carryOut } from '#command/command.ts';
import { isPdf } from '#formats/pdf-file.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { changeColumns, endColumns } from './change-columns.ts';
import { changeReading } from './change-reading.ts';
import * as contract from './contract.ts';
import { lookAtRows, readColumnChoices } from './read-columns.ts';
import { readMailBytes, readMailPage } from './read-mails.ts';
import { readRemittance, readRemittanceFile, readRemittancePage } from './read-remittances.ts';
import { receiveMailUpload } from './receive-mail.ts';
import { receiveTypedRemittance, receiveUpload } from './receive-remittance.ts';

export const routes: readonly Route[] = [
  route(contract.listRemittances, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readRemittancePage(tx, query, context.today)),
  ),

  route(contract.getRemittance, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readRemittance(tx, params.remittanceId, context.today)),
  ),

  route(contract.getRemittanceFile, async ({ door, context, params }) => {
    const file = await readSnapshot(door, context, (tx) => readRemittanceFile(tx, params.remittanceId));
    const contentType = isPdf(file.content) ? 'application/pdf' : 'application/octet-stream';
    return { fileName: file.name, contentType, body: file.content };
  }),

  route(contract.receiveRemittanceFile, (call) =>
    receiveUpload(call, present(call.upload, 'the operation carries a file'), call.query, {
      commandId: call.commandId,
      rehearse: call.rehearse,
    }),
  ),

  route(contract.lookAtRemittanceFile, (call) =>
    lookAtRows(present(call.upload, 'the operation carries a file')),
  ),

  route(contract.listRemittanceColumns, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readColumnChoices(tx, query)),
  ),

  route(contract.changeRemittanceColumns, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeColumns, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.endRemittanceColumns, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, endColumns, params, { commandId, rehearse }),
  ),

  route(contract.receiveRemittanceMail, (call) =>
    receiveMailUpload(call, present(call.upload, 'the operation carries a file'), call.query.companyId, {
      commandId: call.commandId,
      rehearse: call.rehearse,
    }),
  ),

  route(contract.listRemittanceMails, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readMailPage(tx, query)),
  ),

  route(contract.getRemittanceMailFile, async ({ door, context, params }) => {
    const body = await readSnapshot(door, context, (tx) => readMailBytes(tx, params.mailId));
    return { fileName: `${params.mailId}.eml`, contentType: 'message/rfc822', body };
  }),

  route(contract.receiveRemittance, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, receiveTypedRemittance, body, { commandId, rehearse }),
  ),

  route(contract.changeRemittance, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeReading, { ...params, ...body }, { commandId, rehearse }),
  ),
];
