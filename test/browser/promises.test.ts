// A customer promises to pay: all that is open by one day, then one invoice in parts; the first promise goes on about the other, the second is withdrawn.

import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row } from './journey.ts';

test('a customer promises everything by one day, then one invoice in two parts, and takes that back', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '1000.00', ...days });
  await anInvoice(journey, { customerId, amount: '250.00', ...days });
  const page = await journey.pageOf('collector', `customers/${customerId}?tab=promises`);
  await page.getByText('No promises here').waitFor();
  await page.getByRole('button', { name: 'The customer promises to pay' }).click();
  const dialog = page.getByRole('dialog');
  // An amount typed for one invoice is none of several.
  const second = dialog.getByRole('checkbox', { name: /INV-2026-00002/ });
  await second.uncheck();
  await dialog.getByLabel('Amount').fill('100');
  await second.check();
  await dialog.getByLabel(/^By/).fill('2026-03-20');
  await dialog.getByLabel('Note').fill('With the payment run');
  await dialog.getByRole('button', { name: 'Take the promise' }).click();
  await row(page, 'With the payment run', 'open').getByText('1,250.00').waitFor();

  await page.goto(journey.url(`invoices/${invoiceId}?tab=payments`));
  await page.getByRole('button', { name: 'The customer promises to pay' }).click();
  await dialog.getByRole('button', { name: 'Another day' }).click();
  for (const [no, day] of ['2026-03-25', '2026-04-25'].entries()) {
    await dialog.getByLabel(new RegExp(`^Day ${no + 1}`)).fill(day);
    await dialog.getByLabel(`Amount ${no + 1}`).fill('500');
  }
  await dialog.getByRole('button', { name: 'Take the promise' }).click();
  await page.getByText('promise no. 2').waitFor();
  // The earlier promise says no more of this invoice, and stands about the other one.
  await row(page, 'With the payment run', 'open', 'now in a later promise').getByText('250.00').waitFor();

  await page.goto(journey.url('promises'));
  await heading(page, 'Promises').waitFor();
  await row(page, 'promise no. 2')
    .getByRole('button', { name: 'Withdraw the promise of Hollenstein Machinery' })
    .click();
  await dialog.getByLabel('Why').fill('The director did not agree');
  await dialog.getByRole('button', { name: 'Withdraw it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await row(page, 'With the payment run').waitFor();
  await page.getByText('All', { exact: true }).click();
  await row(page, 'Hollenstein Machinery', 'withdrawn').waitFor();
  await done(page);
});
