// Payments come back: one by a line that two payments fit, one by hand; what they ask for is done.

import { test } from 'node:test';
import { aCamt053 } from '../support/bank-files.ts';
import { aCustomer, anInvoice, aPayment, done, heading, newJourney, row } from './journey.ts';

const IBAN = 'FR7630006000011234567890189';

test('a person says which of two payments came back, and what a return asks for is done', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Marchetti Tiles' });
  const days = { issuedOn: '2026-02-01', dueOn: '2026-03-03' };
  await anInvoice(journey, { customerId, amount: '61.50', ...days });
  await aPayment(journey, { customerId, amount: '20.00', on: '2026-03-10', reference: 'by hand' });
  const from = { payer: 'Marchetti Tiles', iban: IBAN };
  const page = await journey.pageOf('owner', 'returns');
  await page.getByText('No return waits').waitFor();
  await page.getByRole('button', { name: 'Fee asked of payers' }).click();
  const fee = page.getByRole('dialog');
  await fee.getByLabel('Fee in EUR').fill('7.50');
  await fee.getByLabel('For returns from').fill('1 Jan 2026');
  await fee.getByRole('button', { name: 'Save' }).click();
  await fee.waitFor({ state: 'detached' });

  await page.goto(journey.url('bank'));
  await page.locator('input[type="file"]').setInputFiles({
    name: 'statement.xml',
    mimeType: 'application/xml',
    buffer: aCamt053([
      {
        day: '2026-03-13',
        entries: [
          { amount: '61.50', text: 'one', bankReference: 'B1', ...from },
          { amount: '61.50', text: 'two', bankReference: 'B2', ...from },
          { amount: '-61.50', text: 'back', bankReference: 'B3', returnReason: 'AM04', ...from },
        ],
      },
    ]),
  });
  await page.getByText('The file is of an account that is not known').waitFor();
  await page.getByRole('button', { name: 'Add the account and go on' }).click();
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.getByRole('region', { name: 'Imported: statement.xml' }).waitFor();
  const waiting = page.getByRole('region', { name: /61\.50 EUR · Marchetti/ });
  for (let tries = 0; tries < 20; tries += 1) {
    await page.goto(journey.url('returns'));
    await heading(page, 'Returned payments').waitFor();
    await page.waitForTimeout(300);
    if ((await waiting.count()) > 0) break;
  }
  await waiting
    .getByRole('button', { name: /^PAY-.* came back$/ })
    .first()
    .click();
  await page.getByText('No return waits').waitFor();

  await page.goto(journey.url('payments'));
  await row(page, 'Marchetti', '20.00').click();
  await page.getByRole('button', { name: 'Record a return' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('The bank’s code').click();
  await page.getByRole('option', { name: /^MD06/ }).click();
  await dialog.getByText('Ask the payer for the company’s fee').waitFor();
  await dialog.getByRole('button', { name: 'Record the return' }).click();
  await page.getByText(/asks the payer for a fee/).waitFor();

  await page.goto(journey.url('returns?part=to_follow_up'));
  const asks = page.getByRole('region', { name: /20\.00 EUR · Marchetti Tiles/ });
  await asks.getByText('Ask the customer').waitFor();
  await asks.getByRole('button', { name: 'It is done' }).click();
  await page.getByRole('dialog').getByLabel('What was done').fill('Called; pays on Friday');
  await page.getByRole('dialog').getByRole('button', { name: 'It is done' }).click();
  await page.getByText('Done', { exact: true }).click();
  await page.getByText(/Called; pays on Friday/).waitFor();
  await done(page);
});
