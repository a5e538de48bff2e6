// One receipt pays an invoice of another company: allowed on the page of the companies, used on the payment and on the workbench,
// and undone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aCustomer,
  anInvoice,
  aPayment,
  barriers,
  done,
  heading,
  newJourney,
  quiet,
  sent,
} from './journey.ts';

test('what is left of a receipt pays an invoice of another company, and is taken back', async () => {
  const journey = await newJourney();
  const other = await sent(journey.owner, 'POST', '/api/v1/companies', {
    code: 'NORTH',
    name: 'North Company',
    functionalCurrency: 'EUR',
    country: 'DE',
  });
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Marchetti Tiles' });
  const companyId = String(other.companyId);
  const theirs = await anInvoice(journey, {
    companyId,
    customerId,
    amount: '40.00',
    issuedOn: '2026-02-01',
    dueOn: '2026-03-03',
  });
  const paymentId = await aPayment(journey, { customerId, amount: '100.00', on: '2026-03-10' });

  const companies = await journey.pageOf('owner', 'settings?tab=companies');
  await companies.getByText('No company receives money for another.').waitFor();
  await companies.getByRole('button', { name: 'Allow it for two companies' }).click();
  const allowing = companies.getByRole('dialog');
  await allowing.getByRole('combobox', { name: 'Receives the money' }).click();
  await companies.getByRole('option', { name: 'Main Company' }).click();
  await allowing.getByRole('combobox', { name: 'Whose invoices it may pay' }).click();
  await companies.getByRole('option', { name: 'North Company' }).click();
  await allowing.getByRole('button', { name: 'Allow it for both' }).click();
  const region = companies.getByRole('region', { name: 'Money received for another company' });
  await region.getByRole('button', { name: 'Stop it for North Company' }).waitFor();
  assert.deepEqual(await barriers(companies), []);
  await done(companies);

  const page = await journey.pageOf('cash_applier', `payments/${paymentId}`);
  await page.getByRole('button', { name: 'Use for another company' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: `Use it for all of ${theirs.number}` }).click();
  assert.equal(await dialog.getByLabel(`Amount for ${theirs.number}`).inputValue(), '40.00');
  await dialog.getByRole('status').filter({ hasText: '60.00' }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await dialog.getByRole('button', { name: 'Use it there' }).click();
  const applied = page.getByRole('region', { name: 'Applied to' });
  await applied.getByText('of North Company').waitFor();
  await applied.getByText('40.00').waitFor();
  assert.deepEqual(await barriers(page), []);
  await applied.getByRole('button', { name: 'Take back' }).click();
  await applied.getByText(/taken back/).waitFor();
  await quiet(page);
  await page.goto(journey.url('workbench'));
  await heading(page, 'Workbench').waitFor();
  await page.getByRole('button', { name: 'Use for another company (c)' }).waitFor();
  await page.keyboard.press('c');
  await dialog.getByRole('button', { name: `Use it for all of ${theirs.number}` }).press('Enter');
  await dialog.getByLabel(`Amount for ${theirs.number}`).press('Enter');
  await page
    .getByRole('status')
    .filter({ hasText: `used for ${theirs.number} of another company` })
    .waitFor();
  const open = async () =>
    (await journey.owner(`/api/v1/customers/${customerId}/open-items?companyId=${companyId}`)).body.rows;
  assert.deepEqual(await open(), []);
  await quiet(page);
  await page.keyboard.press('u');
  await page.getByRole('status').filter({ hasText: 'of another company' }).waitFor({ state: 'detached' });
  await quiet(page);
  assert.equal(((await open()) as readonly unknown[]).length, 1);
  await done(page);
});

test('while the items of another company are read, those of the one before are not offered', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Marchetti Tiles' });
  const theirs = async (code: string, amount: string) => {
    const { companyId } = await sent(journey.owner, 'POST', '/api/v1/companies', {
      code,
      name: `${code} Company`,
      functionalCurrency: 'EUR',
      country: 'DE',
    });
    for (const side of ['from', 'to'])
      await sent(
        journey.owner,
        'PUT',
        `/api/v1/companies/${journey.companyId}/handovers/${companyId}/${side}`,
        { allowed: true },
      );
    const days = { issuedOn: '2026-02-01', dueOn: '2026-03-03' };
    await anInvoice(journey, {
      companyId: String(companyId),
      customerId,
      amount,
      ...days,
    });
    return String(companyId);
  };
  await theirs('EAST', '40.00');
  const west = await theirs('WEST', '70.00');
  const paymentId = await aPayment(journey, { customerId, amount: '100.00', on: '2026-03-10' });
  const page = await journey.pageOf('cash_applier', `payments/${paymentId}`);
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(
    (url) => url.searchParams.get('companyId') === west,
    async (route) => {
      await held;
      await route.continue();
    },
  );
  await page.getByRole('button', { name: 'Use for another company' }).click();
  const dialog = page.getByRole('dialog');
  const offered = (amount: string) => dialog.locator('td.hide-narrow').filter({ hasText: amount });
  await offered('40.00').waitFor();
  await dialog.getByRole('combobox', { name: 'Company' }).click();
  await page.getByRole('option', { name: 'WEST Company' }).click();
  await dialog.getByText('Looking …').waitFor();
  assert.equal(await offered('40.00').count(), 0, 'that is owed to the other one');
  answer();
  await offered('70.00').waitFor();
  await done(page);
});
