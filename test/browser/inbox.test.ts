// A customer answers: what it promises is proposed with its words, taken by one key, and the conversation is ended.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, barriers, done, heading, holds, newJourney, quiet } from './journey.ts';

const MAIL = [
  'From: <jana@hollenstein.example>',
  'To: <accounts@main.example>',
  'Subject: Re: our account',
  'Message-ID: <1@hollenstein.example>',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Dear all,',
  '',
  'we will pay the invoice on 20 March.',
  '',
  'Kind regards',
  'Jana',
].join('\r\n');

test('a customer answers, the promise in it is taken by one key, and the conversation is done', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Hollenstein Machinery',
    email: 'jana@hollenstein.example',
  });
  await anInvoice(journey, { customerId, amount: '1000.00', issuedOn: '2026-01-02', dueOn: '2026-01-31' });
  const page = await journey.pageOf('collector', 'inbox');
  await page.getByText('Nothing here').waitFor();
  const comes = async (whole: string, of: RegExp) => {
    const taken = await page.evaluate(
      async ({ mail, tenant }) => {
        const form = new FormData();
        form.append('file', new Blob([mail], { type: 'message/rfc822' }), 'mail.eml');
        const headers = { 'quittance-tenant': tenant, 'idempotency-key': crypto.randomUUID() };
        return (await fetch('/api/v1/inbound-mail', { method: 'POST', body: form, headers })).status;
      },
      { mail: whole, tenant: journey.tenant.slug },
    );
    assert.equal(taken, 200);
    const conversation = page.getByRole('listitem').getByRole('button', { name: of });
    for (let tries = 0; tries < 20 && (await conversation.count()) === 0; tries += 1) {
      await page.waitForTimeout(500);
      await page.reload();
      await quiet(page);
    }
    return conversation;
  };
  const conversation = await comes(MAIL, /Hollenstein Machinery/);
  assert.deepEqual(await barriers(page), []);
  // The page is the thirtieth of the menu, and the menu shows where one is.
  const place = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inbox' });
  const menu = await place.boundingBox();
  assert.ok(
    menu && menu.y > 0 && menu.y + menu.height <= 800,
    `the place is in view: ${JSON.stringify(menu)}`,
  );
  // A choice of views is no field: the keys go on right after it.
  await page
    .getByRole('radiogroup', { name: 'Which conversations' })
    .getByText('All', { exact: true })
    .click();
  await page.waitForURL(/show=all/);
  await conversation.waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await heading(page, 'Re: our account').waitFor();
  const proposal = page.getByRole('group', { name: 'Proposal: Promise to pay' });
  await proposal.getByText('“we will pay the invoice on 20 March.”').waitFor();
  await quiet(page);
  assert.deepEqual(await barriers(page), []);
  await proposal.getByRole('button', { name: 'Take the promise' }).waitFor();
  await page.keyboard.press('a');
  await proposal.getByText(/Done by/).waitFor();
  await page.getByText(/promised, next by 20 Mar 2026/).waitFor();
  await page.keyboard.press('r');
  await page.locator('textarea:focus').waitFor();
  await page.getByRole('button', { name: 'Draft it from the books' }).click();
  const cited = page.getByRole('table', { name: 'Rows of the ledger that the draft cites' });
  await cited.getByText(/1,000\.00/).waitFor();
  await quiet(page);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/We have noted it/).waitFor();
  await page.getByLabel('Note for colleagues').fill('She called, too');
  await page.getByRole('button', { name: 'Note it' }).click();
  await page.getByText('She called, too', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('button', { name: 'Open again' }).waitFor();
  // Whoever has a long address fits a phone.
  await page.goto(journey.url('inbox'));
  await page.setViewportSize({ width: 390, height: 844 });
  const long = `accountspayable${'sharedservices'.repeat(3)}`;
  const other = MAIL.replace('jana@', `${long}@`).replace('<1@', '<2@').replace('our account', 'theirs');
  await (await comes(other, new RegExp(long))).waitFor();
  await holds(page, 'document.documentElement.scrollWidth <= innerWidth');
  await page.goto(journey.url('promises'));
  await page.getByText('Hollenstein Machinery').first().waitFor();
  await done(page);
});
