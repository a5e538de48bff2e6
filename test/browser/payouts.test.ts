// A gateway's payout report comes in as a file of the account there; the payout arrives by a line that a person names.

import { test } from 'node:test';
import { aCamt053 } from '../support/bank-files.ts';
import { aCustomer, anInvoice, choose, done, heading, newJourney } from './journey.ts';

test('a payout report is booked, and a person says which of two lines brought the payout', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Marchetti Tiles' });
  await anInvoice(journey, { customerId, amount: '100.00', issuedOn: '2026-02-01', dueOn: '2026-03-03' });
  const page = await journey.pageOf('owner', 'payouts');
  await page.getByText('No payout is on its way').waitFor();

  const handIn = async (name: string, buffer: Buffer): Promise<void> => {
    await page.goto(journey.url('bank'));
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer });
    await page.getByText('The file is of an account that is not known').waitFor();
    await page.getByRole('button', { name: 'Add the account and go on' }).click();
    await page.getByRole('button', { name: 'Book it' }).click();
    await page.getByRole('region', { name: `Imported: ${name}` }).waitFor();
  };
  const report = [
    'payout,payout_date,id,date,type,gross,fee,net,currency,payer,reference,account',
    'PW-7,2026-03-11,t1,2026-03-09,charge,100.00,3.00,97.00,EUR,Marchetti Tiles,,PAYWELL',
  ];
  await handIn('payouts.csv', Buffer.from(report.join('\n')));
  const entries = ['B1', 'B2'].map((bankReference) => ({
    ...{ amount: '97.00', text: 'card money', payer: 'Acquirer', bankReference },
  }));
  await handIn('statement.xml', aCamt053([{ day: '2026-03-12', entries }]));

  const card = page.getByRole('region', { name: /PW-7/ });
  await page.goto(journey.url('payouts'));
  await heading(page, 'Payouts').waitFor();
  await card.getByText('These lines have its amount').waitFor();
  await card
    .getByRole('button', { name: /It arrived on/ })
    .first()
    .click();
  await page.getByText('No payout is on its way').waitFor();
  await page.getByText('Arrived', { exact: true }).click();
  await card.getByText('somebody said so').waitFor();
});

test('what the columns of a gateway mean is said once, with the proof that gross less fee is net, and forgotten again', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'bank');
  await page.getByRole('button', { name: 'Add an account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Paywell');
  await dialog.getByLabel('IBAN or account number').fill('PAYWELL');
  await dialog.getByRole('button', { name: /Add/ }).click();
  await page.getByRole('region', { name: 'Paywell' }).waitFor();

  const handIn = (name: string, rows: readonly string[]): Promise<void> =>
    page.locator('input[type="file"]').setInputFiles({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(['Batch,Day,Ref,What,Brutto,Costs,Netto,Who', ...rows].join('\n')),
    });
  await handIn('march.csv', [
    'B-1,2026-03-05,t1,Sale,100.00,-3.00,97.00,Acme',
    'B-1,2026-03-05,t2,Sent,-97.00,0.00,-97.00,',
  ]);
  await page.getByRole('button', { name: 'Go on with this account' }).click();
  await page.getByText('A gateway’s payout report', { exact: true }).click();
  await choose(page, 'Fee', /Costs/);
  await choose(page, 'Type of the row', /What/);
  await choose(page, 'Name of the row', /Ref/);
  await choose(page, 'Customer', /Who/);
  await choose(page, 'Sent · 1 row', /payout to the bank/);
  await page.getByText('In line 2 gross less fee is not net').waitFor();
  await page.getByRole('button', { name: /turn them round/ }).click();
  await page.getByText('Gross less fee is net in every row').waitFor();
  await page.getByRole('row').filter({ hasText: 'B-1' }).filter({ hasText: '97.00' }).waitFor();
  await page.getByRole('button', { name: 'Keep it and go on' }).click();
  await page.getByRole('region', { name: 'Read as a payout report: march.csv' }).waitFor();
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.getByRole('region', { name: 'Imported: march.csv' }).waitFor();

  await handIn('april.csv', [
    'B-2,2026-04-05,t3,Sale,50.00,-1.00,49.00,Acme',
    'B-2,2026-04-05,t4,Sent,-49.00,0,-49.00,',
  ]);
  await page.getByRole('region', { name: 'Read as a payout report: april.csv' }).waitFor();

  await page.goto(journey.url('payouts'));
  await page.getByRole('region', { name: /B-1/ }).waitFor();
  await page.getByRole('button', { name: 'Forget the columns of Paywell' }).click();
  await page.getByRole('region', { name: 'Reports whose columns were said' }).waitFor({ state: 'detached' });
  await done(page);
});
