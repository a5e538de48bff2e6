// The messages that documents go with, over HTTP: looked at, and sent to oneself as a test.

import { carryOut } from '#command/command.ts';
import type { Reading, ReadMore } from '#delivery/begin-sending.ts';
import { requestTestMail } from '#delivery/request-test-mail.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { shortLengthOf } from '#wording/text-length.ts';
import * as contract from './contract.ts';
import { type InvoiceContent, invoiceSource, noticeOf, readToPreview, wordsOf } from './write-invoice.ts';

/** The content of a message with words that are not kept yet. */
function withWords(reading: Reading<InvoiceContent>, words: WrittenTemplate | undefined): InvoiceContent {
  return words === undefined ? reading.content : { ...reading.content, words };
}

const preview = route(contract.previewMessage, async ({ door, context, params, body }) => {
  const { channel, language, words } = body;
  const reading = await readSnapshot(door, context, (tx) =>
    readToPreview(tx, params.invoiceId, { channel, now: context.now, language }),
  );
  const content = withWords(reading, words);
  const about = { language: content.language, recipient: reading.recipient ?? null };
  if (channel === 'sms') {
    const text = noticeOf(content);
    const length = shortLengthOf(text);
    return { ...about, subject: null, text, html: null, attachments: [], length };
  }
  const files = content.attaches.map((format) => ({ fileName: `${content.document.number}.${format}` }));
  const said = wordsOf(content, { attachmentCount: files.length });
  return { ...about, ...said, html: said.html ?? null, attachments: files };
});

const test = route(contract.testMessage, async ({ door, context, params, body, commandId, rehearse }) => {
  const more: ReadMore = (work) => readSnapshot(door, context, work);
  const reading = await more((tx) =>
    readToPreview(tx, params.invoiceId, { channel: 'email', now: context.now, language: body.language }),
  );
  const written = await invoiceSource.write(withWords(reading, body.words), more);
  const companyId = reading.content.company.id;
  return carryOut(
    door,
    context,
    requestTestMail(written),
    { companyId, ...params, ...body },
    { commandId, rehearse },
  );
});

/** Routes of the messages that documents go with. */
export const messageRoutes: readonly Route[] = [preview, test];
