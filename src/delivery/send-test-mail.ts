// Sending a mail of a test, once: where its process died in between nobody knows whether it left, and it is not sent again.

import { composeMime } from '#carriers/compose-mail.ts';
import { envelopeOf, type MailAttachment, type MailMessage } from '#carriers/mail-message.ts';
import { messageIdentifier } from '#carriers/make-return-address.ts';
import { type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { withSignature } from '#wording/mail-layout.ts';
import type { Outcome } from './message.ts';
import type { MailTools } from './send-message.ts';
import { findSetting } from './store-channels.ts';
import { findTest, findTestFiles, lockTest, type TestMail, updateTest } from './store-tests.ts';
import { senderOf } from './write-letter.ts';

/** What the outside said, for a person to read. */
const ANSWER_CHARACTERS = 500;

const NO_SERVER = 'No mail server is set up here (SMTP_URL), so nothing left the house.';

/** Takes a mail of a test to be sent: true for the one who may; what another took is of unknown fate. */
const beginTest: Command<{ readonly testMailId: string }, { readonly mine: boolean }> = {
  name: 'begin-test-mail',
  permission: 'reminder.send',
  async run(act, { testMailId }) {
    const mail = await lockTest(act, testMailId);
    if (mail?.state === 'queued') updateTest(act, testMailId, 'sending', null);
    if (mail?.state === 'sending')
      updateTest(act, testMailId, 'unknown', 'the process that sent it ended before it heard the answer');
    return { mine: mail?.state === 'queued' };
  },
};

const endTest: Command<
  { readonly testMailId: string; readonly outcome: Outcome; readonly answer: string },
  { readonly outcome: Outcome }
> = {
  name: 'end-test-mail',
  permission: 'reminder.send',
  async run(act, { testMailId, outcome, answer }) {
    updateTest(act, testMailId, outcome, answer.slice(0, ANSWER_CHARACTERS));
    act.record({ type: 'test_mail.ended', subjectId: testMailId, data: { outcome, answer } });
    return { outcome };
  },
};

/** Sends a mail of a test and notes what the mail server said. */
export async function sendTestMail(tools: MailTools, tenantId: TenantId, testMailId: string): Promise<void> {
  const context = await tools.contextOf(tenantId);
  const { mine } = await carryOut(tools.door, context, beginTest, { testMailId });
  if (!mine) return;
  const heard = await handOver(tools, tenantId, testMailId);
  await carryOut(tools.door, await tools.contextOf(tenantId), endTest, { testMailId, ...heard });
}

async function handOver(
  tools: MailTools,
  tenantId: TenantId,
  testMailId: string,
): Promise<{ readonly outcome: Outcome; readonly answer: string }> {
  if (tools.transport.kind === 'outbox') return { outcome: 'refused', answer: NO_SERVER };
  try {
    const { mail, raw } = await compose(tools, tenantId, testMailId);
    const heard = await tools.transport.send(envelopeOf(mail), raw);
    if (heard.kind === 'accepted') return { outcome: 'sent', answer: heard.reply };
    return { outcome: heard.kind === 'trouble' ? 'later' : heard.kind, answer: heard.text };
  } catch (error) {
    // Nothing was handed over: what was wrong is what the person wanted to know.
    if (!(error instanceof Refusal)) tools.log.error({ err: error, testMailId }, 'a test could not be sent');
    return { outcome: 'refused', answer: error instanceof Error ? error.message : String(error) };
  }
}

async function compose(tools: MailTools, tenantId: TenantId, testMailId: string) {
  return inTenant(tools.door.pool, tenantId, async (tx) => {
    const [test, files] = await Promise.all([findTest(tx, testMailId), findTestFiles(tx, testMailId)]);
    if (!test) throw new Refusal('test_mail_not_found', { testMailId });
    const [company, setting] = await Promise.all([
      takeCompany(tx, test.company_id),
      findSetting(tx, test.company_id),
    ]);
    const from = senderOf(tools, { name: company.name, address: company.email }, setting);
    const words = { subject: test.subject, text: test.plain, html: test.html ?? undefined };
    const mail = mailOf({ tenantId, test, files }, { ...withSignature(words, setting.signature), ...from });
    return { mail, raw: composeMime(mail) };
  });
}

function mailOf(
  of: { readonly tenantId: TenantId; readonly test: TestMail; readonly files: readonly MailAttachment[] },
  said: Pick<MailMessage, 'subject' | 'text' | 'html' | 'from' | 'replyTo'>,
): MailMessage {
  const domain = said.from.address.split('@').at(-1) ?? 'quittance.invalid';
  return {
    ...said,
    messageId: messageIdentifier(of.test.id, of.tenantId, domain),
    writtenAt: of.test.asked_at,
    to: [{ address: of.test.recipient }],
    attachments: of.files,
    language: 'en',
    automatic: true,
  };
}
