// What sending needs, for a test tenant: its clock, its door, the built-in outbox or a mail server of the test.

import type { Command } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import type { MessageSource } from '#delivery/begin-sending.ts';
import { unpacked } from '#delivery/keep-bytes.ts';
import type { Channel, MessageState } from '#delivery/message.ts';
import { messageIdsOf, queueMessage, SEND_QUEUE, SEND_TOGETHER_QUEUE } from '#delivery/queue-message.ts';
import { type MailTools, sendMessage, type Transport } from '#delivery/send-message.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import type { Job } from '#jobs/job.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, MessageId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { TEST_SECRET } from './ask.ts';
import { aCustomer } from './builders.ts';
import type { TestTenant } from './tenant.ts';

/** The tools of a worker of the tenant. What goes wrong unexpectedly is thrown, not logged. */
export function toolsOf(tenant: TestTenant, clock: () => Instant = tenant.clock) {
  const fail = (seen: object, message: string): never => {
    throw Object.assign(new Error(message), { seen });
  };
  return {
    door: tenant.door,
    clock,
    contextOf: (tenantId: TestTenant['tenantId']) => makeSystemContext(tenant.pool, tenantId, clock),
    log: { error: fail, warn: fail, info: () => {} },
  };
}

/** The tools of sending. */
export function mailToolsOf(
  tenant: TestTenant,
  sources: readonly MessageSource[],
  transport: Transport = { kind: 'outbox' },
): MailTools {
  return { ...toolsOf(tenant), sources, transport, secret: async () => TEST_SECRET };
}

/** Whether a job sends messages. */
export function isSending({ queue }: Job): boolean {
  return queue === SEND_QUEUE || queue === SEND_TOGETHER_QUEUE;
}

/** Does the sending jobs that commands left, one after the other, and gives the states the messages are in then. */
export async function doSendingJobs(tenant: TestTenant, tools: MailTools): Promise<readonly MessageState[]> {
  const states: MessageState[] = [];
  const jobs = tenant.jobs.splice(0);
  for (const job of jobs) {
    if (isSending(job))
      for (const id of messageIdsOf(job.payload)) states.push(await sendMessage(tools, tenant.tenantId, id));
    else tenant.jobs.push(job);
  }
  return states;
}

/** All messages of a tenant, the oldest first. */
export async function messagesOf(tenant: TestTenant) {
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('message')
        .selectAll()
        .where('tenant_id', '=', tenant.tenantId)
        .orderBy('created_at')
        .orderBy('id'),
    ),
  );
}

/** All tries of a message, the first first. */
export async function attemptsOf(tenant: TestTenant, messageId: string) {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('message_attempt')
        .selectAll()
        .where('tenant_id', '=', tenant.tenantId)
        .where('message_id', '=', messageId)
        .orderBy('attempt_no'),
    ),
  );
  const bytesOf = (kept: Uint8Array, isPacked: boolean) => Buffer.from(unpacked({ kept, isPacked }));
  return rows.map((row) => ({ ...row, raw: row.raw && bytesOf(row.raw, row.is_packed) }));
}

/** What a message of the test says; changed by the test while it is on its way. */
export type Said = {
  text: string;
  recipient: string;
  silent?: string;
  perhapsSaid?: boolean;
  wrote: number;
  copies?: string[];
};

/** A source of messages that says what the test says. */
export function sourceSaying(said: Said): MessageSource {
  return {
    purpose: 'reminder',
    read: async () => ({
      recipient: said.recipient,
      copies: said.copies ?? [],
      language: 'en',
      content: said.text,
      silent: said.silent,
    }),
    write: async (given) => {
      const content = String(given);
      said.wrote += 1;
      return {
        sender: { name: 'Nordlicht', address: 'rechnung@nordlicht.example' },
        recipientName: 'Jana Čapková',
        subject: `About ${content.slice(0, 40)}`,
        text: `${content}\n`,
        html: `<p>${content}</p>`,
        attachments: [
          { name: 'a.pdf', mediaType: 'application/pdf', content: new Uint8Array([37, 80, 68, 70]) },
        ],
      };
    },
    save: (_act, all) => {
      for (const { perhapsSaid } of all) said.perhapsSaid = perhapsSaid;
    },
  };
}

const queueOne: Command<
  { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly channel: Channel },
  string
> = {
  name: 'queue-one',
  permission: 'reminder.send',
  async run(act, { companyId, customerId, channel }) {
    const [company, customer] = await Promise.all([
      takeCompany(act, companyId),
      takeCustomer(act, customerId),
    ]);
    return queueMessage(act, {
      company,
      customer,
      purpose: 'reminder',
      channel,
      recipient: 'jana@capek.example',
      language: 'en',
      runOn: act.today,
    });
  },
};

/** A queued message to a customer of its own. */
export async function aQueuedMessage(tenant: TestTenant, companyId: CompanyId, channel: Channel = 'email') {
  const customerId = await aCustomer(tenant);
  const messageId = (await tenant.act('collector', queueOne, {
    companyId,
    customerId,
    channel,
  })) as MessageId;
  return { customerId, messageId };
}
