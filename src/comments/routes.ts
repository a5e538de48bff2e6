// HTTP of comments: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { addComment } from './add-comment.ts';
import * as contract from './contract.ts';
import { readComments } from './read-comments.ts';

/** All routes of comments. */
export const routes: readonly Route[] = [
  route(contract.listComments, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readComments(tx, context, query)),
  ),

  route(contract.addComment, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, addComment, body, { commandId, rehearse }),
  ),
];
