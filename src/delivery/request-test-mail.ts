// Asking for a mail of a test: it goes to the address of the person who asks, to nobody else, and is no message to a customer.

import { isMailAddress, type MailAttachment } from '#carriers/mail-message.ts';
import { actorText, type Command } from '#command/command.ts';
import { readOwnAddress } from '#identity/read-people.ts';
import type { CompanyId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { insertTest } from './store-tests.ts';

/** The queue whose handler sends mails of tests. */
export const TEST_QUEUE = 'delivery.send-test-mail';

/** What a mail of a test says. */
export type TestWords = {
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments: readonly MailAttachment[];
};

export type TestAsked = { readonly testMailId: string; readonly recipient: string };

/** Stands before the subject of each, so that it is not taken for a real one or passed on as such. */
const MARK = '[Test] ';

/**
 * Queues a mail of a test in the name of a company, so that its sender and its words can be seen in a real mailbox. It never
 * counts as a sending. `about` is what the words were made from, so that a repeat is recognised.
 *
 * Refuses: `company_not_found`, `test_needs_person`.
 */
export function requestTestMail<About extends { readonly companyId: CompanyId }>(
  words: TestWords,
): Command<About, TestAsked> {
  return {
    name: 'request-test-mail',
    permission: 'reminder.send',
    async run(act, { companyId }) {
      const company = await takeCompany(act, companyId);
      const recipient = await readOwnAddress(act, act.actor);
      if (recipient === undefined || !isMailAddress(recipient)) throw new Refusal('test_needs_person');
      const testMailId = newId<'test_mail'>();
      insertTest(
        act,
        {
          id: testMailId,
          company_id: company.id,
          recipient,
          subject: `${MARK}${words.subject}`,
          plain: words.text,
          html: words.html ?? null,
          asked_by: actorText(act.actor),
        },
        words.attachments,
      );
      act.enqueue({ queue: TEST_QUEUE, payload: { testMailId }, key: testMailId });
      act.record({ type: 'test_mail.asked', subjectId: testMailId, data: { companyId: company.id } });
      return { testMailId, recipient };
    },
  };
}
