// What customers of the demo wrote: a promise, a complaint, somebody who paid, a wish for a copy, somebody away. Each mail comes in
// like every mail; the worker brings it to its conversation and proposes what it seems to want.

import { sql } from 'kysely';
import { mailDate } from '#carriers/compose-mail.ts';
import type { Context, Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { takeInbound } from '#delivery/record-inbound.ts';
import { permissionsOf } from '#identity/permission.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';

type Writer = { readonly email: string; readonly number: string; readonly language: string };

type Told = {
  /** Hours before the demo began. */
  readonly hours: number;
  readonly subject: (writer: Writer) => string;
  readonly words: (writer: Writer, today: PlainDate) => string;
  readonly headers?: readonly string[];
};

const TOLD: readonly Told[] = [
  {
    hours: 52,
    subject: ({ number }) => `Re: Reminder about ${number}`,
    words: ({ number }, today) =>
      `Hello,\n\nsorry for the delay. We will pay ${number} on ${addDays(today, 6)}, the transfer is scheduled.\n\nKind regards`,
  },
  {
    hours: 27,
    subject: ({ number }) => `Rechnung ${number}`,
    words: ({ number }) =>
      `Guten Tag,\n\nzur Rechnung ${number}: Zwei der gelieferten Geräte waren beschädigt. Wir bitten um eine Gutschrift.\n\nMit freundlichen Grüßen`,
  },
  {
    hours: 9,
    subject: ({ number }) => `Your reminder, ${number}`,
    words: ({ number }) =>
      `Dear Sir or Madam,\n\nwe have already paid ${number} last week, please check your account.\n\nRegards`,
  },
  {
    hours: 4,
    subject: () => 'Missing invoice',
    words: ({ number }) =>
      `Hello,\n\nplease send us a copy of the invoice ${number}, we cannot find it.\n\nThank you`,
  },
  {
    hours: 3,
    subject: () => 'Automatic reply: away',
    words: (_writer, today) => `I am out of the office until ${addDays(today, 8)}.`,
    headers: ['Auto-Submitted: auto-replied'],
  },
];

/** Hands in the mails of customers who have something overdue, each from the address of its contact. */
export async function writeMails(
  door: Door,
  {
    tenantId,
    today,
    now,
  }: { readonly tenantId: Context['tenantId']; readonly today: PlainDate; readonly now: Temporal.Instant },
): Promise<void> {
  const writers = await inTenant(door.pool, tenantId, (tx) =>
    tx.run(sql<Writer>`select distinct on (c.id) k.email, i.reference as number, c.language
      from open_item i
      join customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id
      join contact k on k.tenant_id = c.tenant_id and k.customer_id = c.id
      where i.tenant_id = ${tenantId} and i.kind = 'invoice' and i.open_minor > 0 and i.due_on < ${today}
        and k.email is not null and k.archived_at is null
      order by c.id, i.due_on, i.id limit 40`),
  );
  for (const [at, told] of TOLD.entries()) {
    const writer = writers[at * 3 + 1];
    if (!writer) continue;
    const moment = now.subtract({ hours: told.hours });
    const lines = [
      `From: <${writer.email}>`,
      'To: <accounts@nordwind.example>',
      `Subject: ${told.subject(writer)}`,
      `Date: ${mailDate(moment)}`,
      `Message-ID: <demo-${at}@${writer.email.split('@')[1]}>`,
      'Content-Type: text/plain; charset=utf-8',
      ...(told.headers ?? []),
      '',
      ...told.words(writer, today).split('\n'),
    ];
    const context: Context = {
      tenantId,
      actor: { kind: 'system', id: 'demo', name: 'Demo' },
      role: 'owner',
      permissions: permissionsOf('owner'),
      now: moment,
      today,
    };
    const raw = Buffer.from(lines.join('\r\n'));
    await takeInbound({ door, contextOf: async () => context }, tenantId, { to: [], raw });
  }
}
