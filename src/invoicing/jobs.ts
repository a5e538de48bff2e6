// What workers do for invoicing: documents go out once they are issued, and by another way where one failed.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type Payload } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { type InvoiceId, isId, type MessageId } from '#kernel/id.ts';
import { deliverInvoices } from './deliver-invoices.ts';
import { DELIVER_QUEUE, REPLACE_QUEUE } from './queues.ts';
import { replaceMessage } from './replace-message.ts';

/** The handlers of invoicing's queues. */
export function invoicingJobs(tools: JobTools): Handlers {
  return {
    [DELIVER_QUEUE]: async (job) => {
      const invoiceIds = [idIn(job.payload, 'invoiceId') as InvoiceId];
      const context = await tools.contextOf(job.tenantId);
      await carryOut(tools.door, context, deliverInvoices, { invoiceIds }, { commandId: commandIdOf(job) });
    },
    [REPLACE_QUEUE]: async (job) => {
      const messageId = idIn(job.payload, 'messageId') as MessageId;
      const context = await tools.contextOf(job.tenantId);
      await carryOut(tools.door, context, replaceMessage, { messageId }, { commandId: commandIdOf(job) });
    },
  };
}

function idIn(payload: Payload, name: string): string {
  const id = payload[name];
  assert(typeof id === 'string' && isId(id), 'a job of invoicing names what it is about', payload);
  return id;
}
