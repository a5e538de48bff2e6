// What somebody else did meanwhile: a command that is refused because of it shows what is so by now.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, done, newJourney, sent } from './journey.ts';

test('a command that comes too late is refused, says why, and the page shows what is so by now', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-02-01', dueOn: '2026-03-03' };
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '1200.00', ...days });
  const page = await journey.pageOf('owner', `invoices/${invoiceId}`);
  await page.getByRole('button', { name: 'Void' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('Written twice');
  await sent(journey.owner, 'POST', `/api/v1/invoices/${invoiceId}/void`, { reason: 'Written twice' });
  assert.equal(await page.getByText(/Voided on/).count(), 0);
  await dialog.getByRole('button', { name: 'Void it' }).click();
  await dialog.getByRole('alert').waitFor();
  await page.getByText(/Voided on/).waitFor();
  assert.equal(await dialog.getByLabel('Why').inputValue(), 'Written twice', 'what was written stays');
  await done(page);
});
