// Statements that go out by themselves, as people see them: a schedule, its next run, agreeing to a run, what was sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, barriers, done, newJourney, quiet, row } from './journey.ts';

const DAYS = { issuedOn: '2026-02-02', dueOn: '2026-03-04' };

test('a schedule is made, its next run looked at, and a run agreed to that leaves one customer out', async () => {
  const journey = await newJourney();
  const first = await aCustomer(journey, { number: 'K1', name: 'Silvretta', email: 'pay@silvretta.example' });
  const second = await aCustomer(journey, { number: 'K2', name: 'Vltava', email: 'pay@vltava.example' });
  await aCustomer(journey, { number: 'K3', name: 'Never bought' });
  const silent = await aCustomer(journey, { number: 'K4', name: 'Hermit' });
  for (const customerId of [first, second, silent])
    await anInvoice(journey, { customerId, amount: '120.00', ...DAYS });
  const page = await journey.pageOf('owner', 'statements');
  await page.getByText('No statements go out by themselves').waitFor();
  await page.getByRole('button', { name: 'Make a schedule' }).click();
  await page.getByLabel('Name').fill('Month end');
  await page.getByLabel('First day').fill('1 Jan 2026');
  await page.getByLabel('First day').press('Tab');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('Next: 31 Mar 2026').waitFor();
  await page.getByRole('button', { name: 'Next run of Month end' }).click();
  await row(page, 'Silvretta', 'pay@silvretta.example', '120.00').waitFor();
  await row(page, 'Hermit', 'cannot be reached').waitFor();
  await page.getByText('Left out: 1').click();
  assert.equal(await row(page, 'Silvretta').count(), 0);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: 'Pause Month end' }).click();
  await page.getByText('nothing goes out').waitFor();
  await page.getByRole('button', { name: 'Go on with Month end' }).click();
  await page.getByRole('button', { name: 'Run now: Month end' }).click();
  await page.getByRole('button', { name: 'Run it' }).click();
  await page.getByText('Nothing is sent yet').waitFor();
  await page.getByLabel('Vltava gets one').uncheck();
  await quiet(page);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: 'Send 1 statement' }).click();
  await row(page, 'Silvretta', 'sent').waitFor();
  await row(page, 'Vltava', 'left out by hand').waitFor();
  await done(page);
});

test('a statement is sent by hand to the address the customer wants, and seen as it was sent', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Silvretta',
    email: 'pay@silvretta.example',
  });
  await anInvoice(journey, { customerId, amount: '80.00', ...DAYS });
  const page = await journey.pageOf('owner', `customers/${customerId}?tab=statement&view=sent`);
  await page.getByText('No statement was sent yet').waitFor();
  await page.getByLabel('Statements by e-mail to').fill('ledger@silvretta.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').or(page.locator('input[value="ledger@silvretta.example"]')).first().waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('dialog').getByText('ledger@silvretta.example').waitFor();
  await page.getByRole('button', { name: 'Send it' }).click();
  await row(page, '80.00', 'ledger@silvretta.example', 'sent').waitFor();
  await quiet(page);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: /^Paper as of/ }).click();
  await page.getByText('as it was sent').waitFor();
  await done(page);
});

test('who may only look sees schedules and runs, and no button that would be refused', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('viewer', 'statements');
  await page.getByText('No statements go out by themselves').waitFor();
  assert.equal(await page.getByRole('button', { name: /schedule/i }).count(), 0);
  await done(page);
});
