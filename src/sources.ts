// Where the content of messages comes from: one source for each purpose, of the module that makes such messages necessary.

import { chargeSource } from '#charges/write-charge.ts';
import { reminderSource } from '#collections/write-reminder.ts';
import type { MessageSource } from '#delivery/begin-sending.ts';
import { noticeSource } from '#escalation/write-notice.ts';
import { replySource } from '#inbox/write-reply.ts';
import { invoiceSource } from '#invoicing/write-invoice.ts';
import { statementSource } from '#statements/write-statement.ts';
import { thanksSource } from '#thanks/write-thanks.ts';

/** The sources of all purposes. */
export const SOURCES: readonly MessageSource[] = [
  invoiceSource,
  chargeSource,
  statementSource,
  reminderSource,
  replySource,
  thanksSource,
  noticeSource,
];
