// Mails to our own people: one to each about what was taken for them, handed over outside of any transaction.

import { composeMime } from '#carriers/compose-mail.ts';
import { type Envelope, envelopeOf, type MailMessage } from '#carriers/mail-message.ts';
import type { SendOutcome } from '#carriers/send-mail.ts';
import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { readTenantSlug } from '#identity/read-people.ts';
import { newId, type TenantId } from '#kernel/id.ts';

/** How mails to our own people leave: whom they come from, and where the program is found. */
export type StaffPost = {
  readonly from: string;
  readonly baseUrl: string | undefined;
  send(envelope: Envelope, raw: Uint8Array): Promise<SendOutcome>;
};

/** Undefined: no mail server or sender is set up, and nobody is told by mail. */
export type MailTools = JobTools & { readonly post: StaffPost | undefined };

/** What was taken for somebody to be told. */
export type Taken = { readonly userId: string; readonly name: string; readonly email: string };

/** What mails are about, how one is written, and how what did not leave is given back. */
export type StaffMail<One extends Taken> = {
  /** As the log calls it: `approvals`. */
  readonly about: string;
  /** `urlOf` gives the address of a page of the tenant; nothing where nobody said where the program is found. */
  write(one: One, urlOf: (page: string) => string | undefined): Pick<MailMessage, 'subject' | 'text'>;
  release(context: Context, one: One): Promise<unknown>;
};

/**
 * Hands one mail over for each that was taken, and gives how many left. What the mail server surely did not take is given back
 * and told the next time; what it refuses for good is not, since it would be refused again. What fails unexpectedly keeps nobody
 * else from being told: it is thrown after all others were handed over.
 */
export async function sendStaffMail<One extends Taken>(
  tools: MailTools,
  tenantId: TenantId,
  taken: readonly One[],
  { about, write, release }: StaffMail<One>,
): Promise<number> {
  const { post } = tools;
  if (!post || taken.length === 0) return 0;
  const slug = await inTenant(tools.door.pool, tenantId, readTenantSlug);
  const urlOf = (page: string): string | undefined =>
    post.baseUrl === undefined ? undefined : new URL(`/${slug}/${page}`, post.baseUrl).href;
  let left = 0;
  const failures: unknown[] = [];
  for (const one of taken) {
    let raw: Awaited<ReturnType<typeof compose>>;
    try {
      raw = await compose(tools, post, one, write(one, urlOf));
    } catch (failure) {
      // What cannot be written did not leave. It is told the next time, and stops nobody else's.
      failures.push(failure);
      await release(await tools.contextOf(tenantId), one);
      continue;
    }
    try {
      const outcome = await post.send(raw.envelope, raw.mail);
      if (outcome.kind === 'accepted') left += 1;
      else tools.log.warn({ userId: one.userId, outcome }, `a notice about ${about} did not leave`);
      if (outcome.kind === 'trouble') await release(await tools.contextOf(tenantId), one);
    } catch (failure) {
      // Nobody knows whether it left: it is not told again, and stops nobody else's.
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `notices about ${about} failed`);
  return left;
}

async function compose(
  tools: MailTools,
  post: StaffPost,
  one: Taken,
  words: Pick<MailMessage, 'subject' | 'text'>,
): Promise<{ readonly envelope: Envelope; readonly mail: Uint8Array }> {
  const message: MailMessage = {
    messageId: `${newId()}@${post.from.split('@').at(-1) ?? 'quittance.invalid'}`,
    writtenAt: tools.clock(),
    from: { name: 'Quittance', address: post.from },
    to: [{ name: one.name, address: one.email }],
    ...words,
    attachments: [],
    language: 'en',
    automatic: true,
  };
  return { envelope: envelopeOf(message), mail: composeMime(message) };
}
