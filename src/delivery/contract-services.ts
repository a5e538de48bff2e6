// The operations on mails of a test, and on the services that take messages over.

import { z } from 'zod';
import { idText, momentText, operation, type RefusalMeaning } from '#http/contract.ts';
import { COMPANY_NOT_FOUND } from './contract-setting.ts';

// — mails of a test —

/** A mail of a test that was asked for. */
export const testAsked = z.object({
  testMailId: idText,
  /** The address of the person who asked. */
  recipient: z.string(),
});

/** Why no test is sent. */
export const TEST_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: COMPANY_NOT_FOUND,
  test_needs_person: [
    409,
    'A test goes to the address of the person who asks for it. Sign in as a person; a key has no mailbox.',
  ],
};

/** Tries out how a company sends. */
export const testSending = operation({
  id: 'test-sending',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/test-mails',
  summary:
    'Sends a short test mail as the company would send, to the person who asks. What the mail server says can be read afterwards.',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ companyId: idText }),
  reply: testAsked,
  refusals: TEST_REFUSALS,
});

/** What became of a mail of a test. */
export const readTestMail = operation({
  id: 'read-test-mail',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/test-mails/:testMailId',
  summary: 'What became of a test mail: the words of the mail server.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ testMailId: idText }),
  reply: z.object({
    recipient: z.string(),
    subject: z.string(),
    state: z.enum(['queued', 'sending', 'sent', 'refused', 'later', 'unknown']),
    answer: z.string().nullable(),
    askedAt: momentText,
    endedAt: momentText.nullable(),
  }),
  refusals: { test_mail_not_found: [404, 'There is no such test mail.'] },
});

// — services —

/** What takes messages over. */
export const SERVICES = ['mail', 'letter', 'sms', 'network'] as const;

const service = z.enum(SERVICES);

/** What takes messages over, as it is set up where the server runs. */
export const readDeliveryServices = operation({
  id: 'read-delivery-services',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-services',
  summary:
    'What takes messages over: mail server, letter and SMS service, e-invoice network. What is set up, and how handing over went last.',
  tag: 'Delivery',
  permission: 'company.manage',
  reply: z.object({
    rows: z.array(
      z.object({
        service,
        isSetUp: z.boolean(),
        /** Where and as whom; never a key. */
        about: z.string().nullable(),
        /** When it last took something over. */
        takenAt: momentText.nullable(),
        /** The last time it did not, in its own words. */
        trouble: z.object({ at: momentText, answer: z.string() }).nullable(),
      }),
    ),
  }),
  refusals: {
    carrier_not_complete: [
      409,
      'Some settings of a service are missing. The environment needs all of its group, or none.',
    ],
  },
});

/** Whether a service answers and knows us. */
export const tryDeliveryService = operation({
  id: 'try-delivery-service',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-services/:service/answer',
  summary:
    'Asks a letter or SMS service, or the folder of the network, whether it answers and knows us. Sends nothing.',
  tag: 'Delivery',
  permission: 'company.manage',
  params: z.object({ service: z.enum(['letter', 'sms', 'network']) }),
  reply: z.object({ works: z.boolean(), answer: z.string() }),
  refusals: {
    service_not_set_up: [409, 'This service is not set up. Set its group of variables, and start again.'],
    carrier_not_complete: [
      409,
      'Some settings of a service are missing. The environment needs all of its group, or none.',
    ],
  },
});
