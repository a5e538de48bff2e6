// The words that go with a statement of account: looked at and tried before they are used.

import { TEST_REFUSALS, testAsked } from '#delivery/contract.ts';
import { operation } from '#http/contract.ts';
import { companyIdIn } from '#parties/contract.ts';
import { draftWords, NOT_RENDERED, previewed } from '#wording/contract.ts';
import { COMPANY_NOT_FOUND, CUSTOMER_NOT_FOUND, customerParams, TAG, TOO_LONG } from './contract-shapes.ts';

const statementWords = draftWords.extend({ companyId: companyIdIn });

const WORDS_REFUSALS = {
  customer_not_found: CUSTOMER_NOT_FOUND,
  company_not_found: COMPANY_NOT_FOUND,
  statement_too_long: TOO_LONG,
  template_not_rendered: NOT_RENDERED,
} as const;

export const previewStatementWords = operation({
  id: 'preview-statement-words',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/customers/:customerId/statement-previews',
  summary: 'The mail of a statement as of today, in words that need not be kept. Nothing is sent.',
  tag: TAG,
  permission: 'message.read',
  params: customerParams,
  body: statementWords,
  reply: previewed,
  refusals: WORDS_REFUSALS,
});

export const testStatement = operation({
  id: 'test-statement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/statement-test-mails',
  summary:
    'Sends the mail of a statement, marked as a test, to the person who asks, never to the customer. It counts as no statement.',
  tag: TAG,
  permission: 'reminder.send',
  params: customerParams,
  body: statementWords,
  reply: testAsked,
  refusals: { ...TEST_REFUSALS, ...WORDS_REFUSALS },
});
