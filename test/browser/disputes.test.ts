// A customer does not accept part of an invoice: it is opened, noted, narrowed, and decided.

import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row } from './journey.ts';

test('part of an invoice is disputed, part of that is taken out, the rest decided against the customer', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '1000.00', ...days });
  const page = await journey.pageOf('owner', `invoices/${invoiceId}?tab=disputes`);
  await page.getByText('Nothing is disputed').waitFor();
  await page.getByRole('button', { name: 'The customer disputes this' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Disputed amount').fill('300');
  await dialog.getByLabel('Reason').click();
  await page.getByRole('option', { name: 'Quality of goods or work' }).click();
  await dialog.getByLabel('What the customer says').fill('Three of ten pieces are scratched');
  await dialog.getByRole('button', { name: 'Open the dispute' }).click();

  await heading(page, 'Dispute D-2026-00001').waitFor();
  await page.getByText('Three of ten pieces are scratched').waitFor();
  await page.getByLabel('Note').fill('Photographs show two');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await page.getByText('Photographs show two').waitFor();
  await page.getByRole('button', { name: 'Take a part out' }).click();
  await page.getByLabel(/^Taken out of/).fill('100');
  await page.getByLabel('Why').fill('Only two are scratched');
  await page.getByRole('button', { name: 'It is owed as before' }).click();
  await page.getByText('Owed again').waitFor();

  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('dialog').getByLabel('Why').fill('Scratched at the customer’s');
  await page.getByRole('dialog').getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('button', { name: 'Reopen' }).waitFor();

  await page.goto(journey.url('disputes'));
  await page.getByText('Nothing is disputed').waitFor();
  await page.getByText('Decided', { exact: true }).click();
  await row(page, 'Hollenstein Machinery', 'Quality of goods or work').waitFor();
  await done(page);
});

test('the customer is right: the credit note is written from the dispute, and decides it', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '1000.00', ...days });
  const page = await journey.pageOf('owner', `invoices/${invoiceId}?tab=disputes`);
  await page.getByRole('button', { name: 'The customer disputes this' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Disputed amount').fill('238');
  await dialog.getByLabel('Reason').click();
  await page.getByRole('option', { name: 'Quantity not as delivered' }).click();
  await dialog.getByLabel('What the customer says').fill('Two pieces are missing');
  await dialog.getByRole('button', { name: 'Open the dispute' }).click();
  await heading(page, 'Dispute D-2026-00001').waitFor();
  await page.getByRole('button', { name: 'Decide' }).click();
  await dialog.getByLabel('Outcome').click();
  await page.getByRole('option', { name: /The customer is right/ }).click();
  await dialog.getByRole('button', { name: 'Write the credit note' }).click();
  await heading(page, /^Credit /).waitFor();
  await page.getByRole('combobox', { name: 'Reason' }).click();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: /^Issue/ }).click();
  await heading(page, 'Dispute D-2026-00001').waitFor();
  await page.getByRole('button', { name: 'Reopen' }).waitFor();
  await page.getByText('Credited by').waitFor();
  await done(page);
});
