// Interest and fees: terms are put in force with their example beside them, a customer is charged, the sheet is read, and the
// fixed sum is waived and asked again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row } from './journey.ts';

test('terms of the law are put in force, a late customer is charged, and the fee waived and reinstated', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '1000.00', ...days });
  const page = await journey.pageOf('owner', 'charges');
  await page.getByText('Nothing is asked for late payment yet').waitFor();
  await page.getByRole('tab', { name: 'Terms' }).click();
  await page.getByRole('button', { name: 'Use these: Statutory interest (Germany)' }).click();
  const editor = page.getByRole('dialog', { name: 'Statutory interest (Germany)' });
  // 1,000.00 for 92 days at 10.27 %.
  await editor.getByText('25.89').first().waitFor();
  await editor.getByLabel('Points above it').fill('10');
  await editor.getByText('28.41').first().waitFor();
  await editor.getByLabel('Points above it').fill('9');
  await editor.getByText('25.89').first().waitFor();
  const start = editor.getByLabel('For what is issued from');
  await start.fill('1 Jan 2026');
  await start.press('Tab');
  await editor.getByRole('button', { name: 'Put in force' }).click();
  await row(page, 'Statutory interest (Germany)').or(page.getByText('issued from')).first().waitFor();

  await page.getByRole('tab', { name: 'To charge' }).click();
  // 44 days from 1 February to 16 March: 12.38, and the fixed sum.
  await row(page, 'Hollenstein Machinery', '12.38', '40.00', '52.38').waitFor();
  await page.getByRole('button', { name: 'Charge 1 customer' }).click();
  await page.getByText('1 document was posted.').waitFor();
  await page.getByText('Nothing is to be charged through').waitFor();

  await page.getByRole('tab', { name: 'Charged' }).click();
  await row(page, 'LC-2026-00001', '52.38').click();
  await heading(page, 'Charge LC-2026-00001').waitFor();
  await page.getByRole('button', { name: /Interest ·/ }).click();
  await page.getByText('12.38').first().waitFor();
  await page.getByText('10.27 %').waitFor();
  await page.getByRole('button', { name: 'Waive' }).click();
  const dialog = page.getByRole('dialog', { name: 'Waive LC-2026-00001' });
  await dialog.getByText('A part').click();
  await dialog.getByLabel('Fees').fill('40.00');
  await dialog.getByLabel('Why').fill('They paid the day we called');
  await dialog.getByRole('button', { name: 'Waive' }).click();
  await page.getByRole('link', { name: 'LCC-2026-00001' }).click();
  await heading(page, 'Credit LCC-2026-00001').waitFor();
  await page.getByRole('button', { name: 'Reinstate' }).click();
  await page.getByLabel('Why').fill('They did not');
  await page.getByRole('dialog').getByRole('button', { name: 'Reinstate' }).click();
  await page.getByText('is owed again').first().waitFor();

  await page.goto(journey.url(`invoices/${invoiceId}?tab=interest`));
  await page.getByText('How it grew').waitFor();
  assert.ok((await page.getByText('12.38').count()) >= 1);
  await page.getByRole('button', { name: 'Leave out' }).click();
  await page.getByLabel('Why').fill('Half of it is disputed');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave out' }).click();
  await page.getByText('Half of it is disputed').waitFor();
  await done(page);
});
