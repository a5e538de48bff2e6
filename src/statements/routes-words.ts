// The words of statements over HTTP: looked at on a real account, and sent to oneself as a test.

import { carryOut } from '#command/command.ts';
import type { ReadMore } from '#delivery/begin-sending.ts';
import { requestTestMail } from '#delivery/request-test-mail.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { statementFileName } from './print-statement.ts';
import { readToPreview, statementSource, wordsOf } from './write-statement.ts';

const preview = route(contract.previewStatementWords, async ({ door, context, params, body }) => {
  const { content, recipient } = await readSnapshot(door, context, (tx) =>
    readToPreview(tx, { ...params, ...body, now: context.now }),
  );
  const said = wordsOf(content);
  return {
    language: content.language,
    recipient: recipient ?? null,
    ...said,
    html: said.html ?? null,
    attachments: [{ fileName: `${statementFileName(content.statement)}.pdf` }],
  };
});

const test = route(contract.testStatement, async ({ door, context, params, body, commandId, rehearse }) => {
  const more: ReadMore = (work) => readSnapshot(door, context, work);
  const { content } = await more((tx) => readToPreview(tx, { ...params, ...body, now: context.now }));
  const written = await statementSource.write(content, more);
  const about = { ...params, ...body };
  return carryOut(door, context, requestTestMail(written), about, { commandId, rehearse });
});

/** Routes of the words of statements. */
export const wordsRoutes: readonly Route[] = [preview, test];
