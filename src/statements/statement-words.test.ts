// The words of the mail that carries a statement, as a company writes them.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { MessageSource, Written } from '#delivery/begin-sending.ts';
import type { UserId } from '#kernel/id.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { findProblems, writeTemplate } from '#wording/write-template.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { doSendingJobs, mailToolsOf, messagesOf } from '../../test/support/mail.ts';
import { aPerson } from '../../test/support/people.ts';
import { aReader } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';
import { sendStatement } from './send-statement.ts';
import { type StatementContent, statementSource } from './write-statement.ts';

after(closePdf);

const OWN = {
  subject: 'Konto {{ customer.number }}, {{ statement.as_of | date }}',
  text: '{% for total in totals %}Offen: {{ total.open | money }}{% endfor %}',
};

async function aWorld() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', email: 'ar@nordlicht.example' });
  const customerId = await aReader(tenant, { number: 'K-7', name: 'Čapek', language: 'de' });
  await anInvoice(tenant, { companyId, customerId, minor: 120_00n });
  const ask = await serveTo(tenant, routes);
  return { tenant, companyId, customerId, ask };
}

test('a statement leaves in the words of its company, in the language of its reader; without HTML it is plain text', async () => {
  const { tenant, companyId, customerId } = await aWorld();
  const key = { companyId, kind: 'statement_mail', note: undefined } as const;
  await tenant.act('owner', writeTemplate, { ...key, language: 'de', words: OWN, basedOn: 0 });
  await tenant.act('owner', writeTemplate, {
    ...key,
    language: 'en',
    words: { subject: 'Never', text: 'sent to somebody who reads German' },
    basedOn: 0,
  });
  const written: Written[] = [];
  const listening: MessageSource<StatementContent> = {
    ...statementSource,
    async write(content, more) {
      const said = await statementSource.write(content, more);
      written.push(said);
      return said;
    },
  };
  const send = async () => {
    await tenant.act('owner', sendStatement, { customerId, companyId, kind: 'open_item' });
    assert.deepEqual(await doSendingJobs(tenant, mailToolsOf(tenant, [listening])), ['sent']);
    return written.at(-1);
  };
  const own = await send();
  assert.equal(own?.subject, 'Konto K-7, 02.01.2026');
  assert.match(own?.text ?? '', /^Offen: 120,00\sEUR\s*$/);
  assert.equal(own?.html, undefined);
  await tenant.act('owner', writeTemplate, { ...key, language: 'de', words: null, basedOn: 1 });
  assert.match((await send())?.html ?? '', /Kontoauszug/);
});

test('words are looked at on a real account before they are kept, nobody is written to, and facts of other messages are refused', async () => {
  const { tenant, companyId, customerId, ask } = await aWorld();
  await aPerson(tenant, 'owner', 'Olga', tenant.as('owner').actor.id as UserId);
  const params = { customerId };
  const { reply } = await ask('viewer', contract.previewStatementWords, {
    params,
    body: { companyId, language: 'de', words: OWN },
  });
  assert.equal(reply.subject, 'Konto K-7, 02.01.2026');
  assert.deepEqual(reply.attachments, [{ fileName: 'statement-K-7-2026-01-02.pdf' }]);
  const asked = await ask('owner', contract.testStatement, { params, body: { companyId, words: OWN } });
  assert.equal(asked.status, 200);
  assert.equal((await messagesOf(tenant)).length, 0);
  const silent = await aCustomer(tenant);
  const nobody = await ask('viewer', contract.previewStatementWords, {
    params: { customerId: silent },
    body: { companyId },
  });
  assert.deepEqual([nobody.status, nobody.reply.recipient], [200, null]);
  const [problem] = findProblems('statement_mail', { subject: 's', text: '{{ document.number }}' }, 'en');
  assert.equal(problem?.line, 1);
});
