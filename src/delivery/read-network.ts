// Reading the files in which an access point says what became of e-invoices: each once, then put away.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { putAway, readStatusFiles } from '#carriers/put-network-document.ts';
import { carryOut } from '#command/command.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, MessageId, TenantId } from '#kernel/id.ts';
import { networkFolderOf } from './open-carriers.ts';
import { recordStatus } from './record-status.ts';
import type { MailTools } from './send-message.ts';

/** Reads what came in for a tenant. What cannot be read is put aside and logged, so that a person looks. Says how many were kept. */
export async function readNetwork(
  tools: Pick<MailTools, 'door' | 'contextOf' | 'log'>,
  networkFolder: string | undefined,
  tenantId: TenantId,
): Promise<number> {
  if (networkFolder === undefined) return 0;
  const folder = networkFolderOf(networkFolder, tenantId);
  const { files, unreadable } = await readStatusFiles(folder);
  for (const path of unreadable) {
    tools.log.warn({ path }, 'a file of the network could not be read');
    await putAway(folder, path, 'unreadable');
  }
  let kept = 0;
  for (const { path, messageId, status, detail } of files) {
    // The same file read twice, because putting it away failed, is recorded once.
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    const commandId = uuidFrom(`network\n${path}\n${hash}`) as CommandId;
    const input = { messageId: messageId as MessageId, status, detail };
    const context = await tools.contextOf(tenantId);
    const { recorded } = await carryOut(tools.door, context, recordStatus, input, { commandId });
    await putAway(folder, path, recorded ? 'done' : 'unreadable');
    if (recorded) kept += 1;
  }
  return kept;
}
