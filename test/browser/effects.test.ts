// What a call brought: its money is credited to it, and opens down to the payment.

import { test } from 'node:test';
import { aCustomer, anInvoice, aPayment, done, heading, newJourney, row, sent } from './journey.ts';

test('a call is followed by money, which opens down to its payment', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  await anInvoice(journey, {
    customerId,
    amount: '1000.00',
    issuedOn: '2026-01-02',
    dueOn: '2026-01-31',
  });
  await sent(journey.owner, 'POST', '/api/v1/calls', {
    customerId,
    direction: 'out',
    way: 'phone',
    outcome: 'reached',
    on: '2026-03-01',
  });
  const paymentId = await aPayment(journey, {
    customerId,
    amount: '400.00',
    on: '2026-03-05',
    reference: 'x',
  });
  const { rows: items } = (await journey.owner(`/api/v1/customers/${customerId}/open-items`)).body as {
    rows: readonly { readonly id: string }[];
  };
  await sent(journey.owner, 'POST', `/api/v1/payments/${paymentId}/applications`, {
    allocations: [{ itemId: items[0]?.id, amount: { amount: '400.00', currency: 'EUR' } }],
  });
  const page = await journey.pageOf('controller', 'reports/effects');
  await heading(page, 'What collecting brings').waitFor();
  await page.getByText('Followed by money').first().waitFor();
  await row(page, 'Call', '400.00').getByRole('button', { name: 'Call' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: /Money credited to the contact with Hollenstein/ }).click();
  await drawer.getByText('4 days after').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Window, days' }).fill('3');
  await row(page, 'Call', '–').waitFor();
  await done(page);
});
