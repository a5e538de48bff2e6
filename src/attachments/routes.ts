// HTTP of attachments. They are added and removed by the modules whose documents they belong to.

import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { readFile } from './read-attachments.ts';

export const routes: readonly Route[] = [
  route(contract.readAttachmentFile, async ({ door, context, params }) => {
    const file = await readSnapshot(door, context, (tx) => readFile(tx, params.attachmentId));
    return { fileName: file.name, contentType: file.mediaType, body: file.content };
  }),
];
