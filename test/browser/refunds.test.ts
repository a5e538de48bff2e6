// Money that came twice goes back: granted with a second person, waited for, ordered in one file, and come back from the bank.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, aPayment, done, heading, newJourney, row, sent } from './journey.ts';

const THEIRS = 'DE02120300000000202051';

test('a refund is asked for on the payment, approved, made sure of, ordered, and comes back', async () => {
  const journey = await newJourney();
  const { owner, companyId } = journey;
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Vltava Packaging' });
  const paymentId = await aPayment(journey, { customerId, amount: '250.00', on: '2026-03-02' });
  await sent(owner, 'POST', `/api/v1/customers/${customerId}/bank-accounts`, { account: THEIRS });
  await sent(owner, 'POST', '/api/v1/bank-accounts', {
    companyId,
    name: 'House bank',
    account: 'DE89370400440532013000',
    currency: 'EUR',
  });
  await journey.tenant.as('controller');

  const page = await journey.pageOf('owner', `payments/${paymentId}`);
  await page.getByRole('button', { name: 'Pay it back' }).click();
  const dialog = page.getByRole('dialog', { name: 'Refund a customer' });
  await dialog.getByLabel(/^Amount/).fill('100');
  await dialog.getByText('Payable from 21 Mar 2026').waitFor();
  await dialog.getByLabel('Why').fill('Paid twice');
  await dialog.getByText('Others decide about this').waitFor();
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await heading(page, /Refund/).waitFor();

  const second = await journey.pageOf('controller', 'approvals');
  await row(second, 'Vltava Packaging').click();
  await second.getByRole('button', { name: 'Approve' }).first().click();
  await second.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await second.goto(journey.url('refunds'));
  await row(second, 'Vltava Packaging', '5 days to go').click();
  // Neither who granted it nor who added the account: both were the owner.
  await second.getByRole('button', { name: 'The account is right' }).click();
  const made = second.getByRole('dialog', { name: 'Pay without waiting' });
  await made.getByLabel('How you made sure of the account').fill('Called the number in our files');
  await made.getByRole('button', { name: 'The account is right' }).click();
  await second.getByText('Called the number in our files').waitFor();
  await second.keyboard.press('Escape');

  const [file] = await Promise.all([
    second.waitForEvent('download'),
    second.getByRole('button', { name: 'Make the file for the bank' }).click(),
  ]);
  assert.match(file.suggestedFilename(), /^refunds-2026-03-16-.*\.xml$/);
  // Ordered is not paid: it stays in the list of what is not paid yet until the bank shows it.
  await row(second, 'Vltava Packaging', 'ordered').waitFor();
  await second.getByText('All', { exact: true }).click();
  await row(second, 'Vltava Packaging', 'ordered').click();
  await second.getByRole('button', { name: 'It came back' }).click();
  const back = second.getByRole('dialog', { name: 'The refund came back' });
  await back.getByLabel('Why, as the bank said').fill('AC04 closed account');
  await back.getByRole('button', { name: 'Record it' }).click();
  await second.getByText(/AC04 closed account/).waitFor();
  await done(second);

  await page.goto(journey.url(`customers/${customerId}`));
  await page.getByRole('region', { name: 'On account' }).getByText('250.00').waitFor();
  await done(page);
});
