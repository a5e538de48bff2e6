// HTTP of portal uploads: contract to command or reading, one line each.

import { keepContent } from '#attachments/keep-content.ts';
import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { addProof } from './add-proof.ts';
import * as contract from './contract.ts';
import { exportFiles } from './export-files.ts';
import { endPortal, followPortal, putPortal } from './put-portal.ts';
import { readPortal, readUpload, readUploadCounts, readUploadPage } from './read-uploads.ts';
import type { UploadsRecorded } from './record-upload.ts';
import { recordAnswer, recordNotNeeded, recordUploaded, undoStep } from './record-upload.ts';

const reply = ({ uploads }: UploadsRecorded) => ({ uploads: [...uploads] });

export const routes: readonly Route[] = [
  route(contract.readPortal, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readPortal(tx, context, params.customerId)),
  ),

  route(contract.putPortal, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, putPortal, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.endPortal, ({ door, context, params, query, commandId, rehearse }) =>
    carryOut(door, context, endPortal, { ...params, ...query }, { commandId, rehearse }),
  ),

  route(contract.followPortal, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, followPortal, params, { commandId, rehearse }),
  ),

  route(contract.listUploads, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readUploadPage(tx, context, query)),
  ),

  route(contract.countUploads, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readUploadCounts(tx, context)),
  ),

  route(contract.readUpload, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readUpload(tx, context, params.documentId)),
  ),

  route(contract.downloadUploadFiles, async ({ door, context, body }) => {
    const archive = await exportFiles(door, context, body.documentIds);
    return { ...archive, contentType: 'application/zip' };
  }),

  route(contract.recordUploaded, async ({ door, context, body, commandId, rehearse }) =>
    reply(await carryOut(door, context, recordUploaded, body, { commandId, rehearse })),
  ),

  route(contract.recordUploadAnswers, async ({ door, context, body, commandId, rehearse }) =>
    reply(await carryOut(door, context, recordAnswer, body, { commandId, rehearse })),
  ),

  route(contract.recordUploadNotNeeded, async ({ door, context, body, commandId, rehearse }) =>
    reply(await carryOut(door, context, recordNotNeeded, body, { commandId, rehearse })),
  ),

  route(contract.undoUploadStep, async ({ door, context, params, body, commandId, rehearse }) =>
    reply(await carryOut(door, context, undoStep, { ...params, ...body }, { commandId, rehearse })),
  ),

  route(contract.addUploadProof, async ({ door, context, params, upload, commandId, rehearse }) => {
    const file = await keepContent(door.pool, context, present(upload, 'the operation carries a file'));
    return carryOut(door, context, addProof, { ...params, file }, { commandId, rehearse });
  }),
];
