// HTTP of announcements: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { explainByAnnouncement } from './explain-by-announcement.ts';
import { readAnnouncementPage } from './read-announcements.ts';
import { receiveUpload } from './receive-announcements.ts';

export const routes: readonly Route[] = [
  route(contract.receiveAnnouncements, async (call) => {
    const options = { commandId: call.commandId, rehearse: call.rehearse };
    const done = await receiveUpload(
      call,
      present(call.upload, 'the operation carries a file'),
      call.query,
      options,
    );
    return { ...done, accounts: done.accounts.map((account) => ({ ...account })) };
  }),

  route(contract.listAnnouncements, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readAnnouncementPage(tx, query)),
  ),

  route(contract.explainByAnnouncement, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, explainByAnnouncement, { ...params, ...body }, { commandId, rehearse }),
  ),
];
