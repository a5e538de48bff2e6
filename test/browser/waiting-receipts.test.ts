// Receipts that wait are given to a team from their row, and the row still opens the workbench.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, aPayment, barriers, choose, done, heading, holds, newJourney, row } from './journey.ts';

test('a receipt that waits is given to a team in its row, which stays where it is', async () => {
  const journey = await newJourney();
  await journey.tenant.as('cash_applier');
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  await aPayment(journey, { customerId, amount: '100.00', on: '2026-03-13' });
  const page = await journey.pageOf('owner', 'waiting-receipts');
  await heading(page, 'Waiting receipts').waitFor();
  await page.getByRole('button', { name: 'New team' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Lockbox');
  await choose(page, 'Lead', /./);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });

  const whose = row(page, 'Hollenstein Machinery')
    .getByLabel(/^Who applies /)
    .first();
  await whose.click();
  await page.getByRole('option', { name: 'Lockbox' }).click();
  await holds(
    page,
    `[...document.querySelectorAll('tbody input')].some((field) => field.value === 'Lockbox')`,
  );
  assert.deepEqual(await barriers(page), []);
  const looker = await journey.pageOf('viewer', 'waiting-receipts');
  await row(looker, 'Hollenstein Machinery', 'team Lockbox').waitFor();
  await row(looker, 'Hollenstein Machinery').getByText('100.00').click();
  await heading(looker, 'Workbench').waitFor();
  await done(looker);
  assert.match(page.url(), /waiting-receipts$/);
  await done(page);
});
