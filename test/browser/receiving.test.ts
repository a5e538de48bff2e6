// A company takes its bank's numbers in, a customer is given one, and it is taken off its invoices again.

import { test } from 'node:test';
import { aCustomer, heading, newJourney } from './journey.ts';

test('numbers of the bank are taken in, and a customer is given the next free one', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Marchetti Tiles' });
  const page = await journey.pageOf('owner', 'settings?tab=companies');
  await page.getByRole('button', { name: 'Numbers for customers' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Numbers').last().fill('DE02 1203 0000 0000 2020 51\nDE02500105170137075030');
  await dialog.getByRole('button', { name: 'Take them in' }).click();
  await page.getByText('2 new, 0 given to customers, 0 known before.').waitFor();

  await page.goto(journey.url(`customers/${customerId}`));
  await heading(page, 'Marchetti Tiles').waitFor();
  await page.getByRole('tab', { name: 'Receipts' }).click();
  await page.getByRole('button', { name: 'Give a number' }).click();
  await dialog.getByRole('button', { name: 'Give the next free one' }).click();
  await page.getByText('DE02 1203 0000 0000 2020 51').waitFor();
  await page.getByRole('button', { name: /^Show DE02.* no more$/ }).click();
  await dialog.getByRole('button', { name: 'Show it no more' }).click();
  await page.getByText('shown no more').waitFor();
});
