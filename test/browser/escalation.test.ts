// A claim goes to an agency: the agency is added, what is not met is passed over with a note, news comes, and the rest is recalled.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { aCustomer, anInvoice, barriers, done, heading, newJourney, row } from './journey.ts';

test('a claim is handed over to an agency from the page of its customer, told of, and recalled', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  await anInvoice(journey, { customerId, amount: '1000.00', ...days });
  const page = await journey.pageOf('owner', 'hand-overs?tab=agencies');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Add an agency' }).click();
  await dialog.getByLabel('Name').fill('Hansa Collect');
  await dialog.getByLabel('Their share, per cent').fill('20,5');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await row(page, 'Hansa Collect', '20.5 %').waitFor();

  await page.goto(journey.url(`customers/${customerId}?tab=escalation`));
  await page.getByText('A final notice was sent').waitFor();
  await page.getByRole('button', { name: 'Hand over' }).click();
  await dialog.getByLabel('To whom').click();
  await page.getByRole('option', { name: 'Hansa Collect' }).click();
  for (const box of await dialog.getByRole('checkbox', { name: /pass over/ }).all()) await box.check();
  await dialog.getByLabel('Note').fill('The firm is being wound up');
  await dialog.getByRole('button', { name: 'Hand it over' }).click();
  await heading(page, 'Hand-over 1').waitFor();
  await page.getByRole('button', { name: 'Add news' }).click();
  await dialog.getByLabel('Their number').fill('HC-77');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('accepted · HC-77').waitFor();

  // What they are given is drawn by the worker and comes once it is there; the very bytes come again.
  const [first] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Make the evidence pack' }).click(),
  ]);
  await page
    .getByRole('status')
    .filter({ hasText: /^The evidence pack as of .* is made\.$/ })
    .waitFor();
  const [second] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save \(\.zip\): As of/ }).click(),
  ]);
  const [bytes, again] = await Promise.all([first, second].map(async (file) => readFile(await file.path())));
  assert.ok(bytes?.length && again?.equals(bytes));
  await page.getByRole('button', { name: /^What is in it/ }).click();
  await dialog.getByText(createHash('sha256').update(bytes).digest('hex')).waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press('Escape');
  await page.goto(journey.url(`customers/${customerId}?tab=escalation`));
  await page.getByText('not sent').nth(2).waitFor();
  await page.goBack();

  await page.getByRole('button', { name: 'Recall' }).click();
  await dialog.getByLabel('Why').fill('They pay us directly');
  await dialog.getByRole('button', { name: 'Recall it' }).click();
  await page.getByText('ended', { exact: true }).waitFor();
  await page.goto(journey.url('hand-overs'));
  await page.getByText('Ended', { exact: true }).click();
  await page.getByText('Hollenstein Machinery').waitFor();
  await done(page);
});
