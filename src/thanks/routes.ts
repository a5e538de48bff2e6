// The words of thank-yous over HTTP: looked at on a real payment, and sent to oneself as a test.

import { type Context, carryOut, type Door } from '#command/command.ts';
import { requestTestMail } from '#delivery/request-test-mail.ts';
import { type Route, route } from '#http/route.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { readTemplate } from '#wording/read-template.ts';
import * as contract from './contract.ts';
import { readPayment } from './read-thanks.ts';
import { findLastSettling } from './store.ts';
import { type ThanksContent, wordsOf } from './write-thanks.ts';

/** Which thank-you is looked at, in which words. */
type Wanted = {
  readonly companyId: string;
  readonly customerId: string;
  readonly language?: DocumentLanguage | undefined;
  readonly words?: WrittenTemplate | undefined;
};

/** The thank-you for the latest payment of a customer that settled something, whatever speaks against sending it. */
function readContent(door: Door, context: Context, wanted: Wanted): Promise<ThanksContent> {
  return readSnapshot(door, context, async (tx) => {
    const company = await takeCompany(tx, wanted.companyId as CompanyId);
    const customer = await takeCustomer(tx, wanted.customerId as CustomerId);
    const paymentId = await findLastSettling(tx, company.id, customer.id);
    if (paymentId === undefined) throw new Refusal('nothing_paid', { customer: customer.number });
    const { against: _against, ...seen } = await readPayment(tx, paymentId, context.now);
    const language =
      wanted.language ??
      seen.reader?.language ??
      chooseDocumentLanguage([customer.language, company.language]);
    const words = wanted.words ?? (await readTemplate(tx, company.id, 'thanks_mail', language));
    return { ...seen, language, words };
  });
}

const preview = route(contract.previewThanks, async ({ door, context, params, body }) => {
  const content = await readContent(door, context, { ...params, ...body });
  const said = wordsOf(content);
  return {
    language: content.language,
    recipient: content.reader?.recipient ?? null,
    ...said,
    html: said.html ?? null,
    attachments: [],
  };
});

const test = route(contract.testThanks, async ({ door, context, params, body, commandId, rehearse }) => {
  const content = await readContent(door, context, { ...params, ...body });
  const about = { ...params, ...body, companyId: content.company.id };
  const command = requestTestMail({ ...wordsOf(content), attachments: [] });
  return carryOut(door, context, command, about, { commandId, rehearse });
});

/** All routes of thank-yous. */
export const routes: readonly Route[] = [preview, test];
