// What will not be paid: written off with its tax, money that comes after all, and who may do it alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, aPayment, barriers, done, heading, newJourney, row, sent } from './journey.ts';

test('a bad debt is written off with its tax, money comes after all, and the tax goes back in proportion', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Vltava Packaging' });
  const { invoiceId, number } = (await sent(journey.owner, 'POST', '/api/v1/invoices', {
    companyId: journey.companyId,
    customerId,
    issuedOn: '2026-01-05',
    dueOn: '2026-02-04',
    currency: 'EUR',
    lines: [{ description: 'Goods', quantity: '1', unitPrice: '100', taxCategory: 'S', taxPercent: '19' }],
  })) as { invoiceId: string; number: string };

  const page = await journey.pageOf('owner', `invoices/${invoiceId}`);
  await page.getByRole('button', { name: 'Write off' }).click();
  const dialog = page.getByRole('dialog', { name: `Write off ${number}` });
  await dialog.getByText(/DE asks for an insolvency/).waitFor();
  await dialog.getByLabel(/Insolvency proceedings/).check();
  await dialog.getByText(/Tax taken back of/).waitFor();
  assert.match(await dialog.getByRole('status').innerText(), /19\.00.*§ 17 Abs\. 2/s);
  await dialog.getByLabel('Why').fill('Insolvent');
  await dialog.getByRole('button', { name: 'Write off', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });

  const paymentId = await aPayment(journey, { customerId, amount: '59.50', on: '2026-03-10' });
  await page.goto(journey.url(`payments/${paymentId}`));
  await page.getByRole('button', { name: 'For a write-off' }).click();
  const recovering = page.getByRole('dialog', { name: 'For what was written off' });
  await recovering.getByLabel(new RegExp(`${number}, written off`)).check();
  await recovering.getByLabel(`Amount for ${number}`).fill('59.50');
  await recovering.getByRole('button', { name: 'Book as recovered' }).click();
  await recovering.waitFor({ state: 'hidden' });

  await page.goto(journey.url('write-offs'));
  await heading(page, 'Write-offs').waitFor();
  await row(page, 'Vltava Packaging').click();
  await page.getByText('Owed again for what came').waitFor();
  assert.deepEqual(await barriers(page), []);
  await done(page);
});

test('a limit is stated for a role, and shown', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'settings?tab=write-offs');
  await page.getByRole('button', { name: 'State a limit' }).click();
  const dialog = page.getByRole('dialog', { name: 'How much may be written off alone' });
  await dialog.getByRole('textbox', { name: 'From', exact: true }).fill('600');
  await dialog.getByRole('textbox', { name: 'Up to' }).fill('500');
  await dialog.getByRole('button', { name: 'State it' }).click();
  await dialog.getByText('The least is above the most.').waitFor();
  await dialog.getByRole('textbox', { name: 'From', exact: true }).fill('');
  await dialog.getByRole('button', { name: 'State it' }).click();
  await row(page, '500.00').waitFor();
  assert.deepEqual(await barriers(page), []);
  await done(page);
});

test('small balances are looked at and written off together, one that is disputed is left out, and all are taken back', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Vltava Packaging' });
  const invoices: { invoiceId: string; number: string }[] = [];
  for (const unitPrice of ['3', '4', '5', '600'])
    invoices.push(
      (await sent(journey.owner, 'POST', '/api/v1/invoices', {
        companyId: journey.companyId,
        customerId,
        issuedOn: '2026-01-05',
        dueOn: '2026-02-04',
        currency: 'EUR',
        lines: [{ description: 'Goods', quantity: '1', unitPrice, taxCategory: 'Z', taxPercent: '0' }],
      })) as { invoiceId: string; number: string },
    );
  const { items } = (await sent(
    journey.owner,
    'GET',
    `/api/v1/invoices/${invoices[0]?.invoiceId}`,
    undefined,
  )) as { items: { id: string }[] };
  await sent(journey.owner, 'POST', '/api/v1/disputes', {
    items: [{ itemId: items[0]?.id }],
    reason: 'quality',
  });

  const page = await journey.pageOf('owner', 'write-offs');
  await page.getByRole('button', { name: 'Write many off' }).click();
  await heading(page, 'Write many off').waitFor();
  await page.getByRole('textbox', { name: 'Overdue at least' }).fill('30');
  await page.getByRole('textbox', { name: 'Open up to, in EUR' }).fill('5');
  await page.getByText(/2 items chosen of 2: 9\.00/).waitFor();
  assert.match(await page.getByRole('status').first().innerText(), /Left out: 1 disputed/);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('checkbox', { name: `Write off ${invoices[1]?.number}` }).press('Space');
  await page.getByText(/1 item chosen of 2: 5\.00/).waitFor();
  await page.getByRole('button', { name: 'Choose all' }).click();
  await page.getByRole('button', { name: 'Write off…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Write 2 items off' });
  await dialog.getByLabel('Why').fill('Not worth a letter');
  assert.deepEqual(await barriers(page), []);
  await dialog.getByRole('button', { name: 'Write off', exact: true }).click();

  await heading(page, '2 items written off together').waitFor();
  await page.getByText(/2 written off: 9\.00/).waitFor();
  await row(page, invoices[1]?.number ?? '', 'WO-2026').click();
  await page.getByRole('dialog', { name: 'Write-off' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Take all back' }).click();
  const undoing = page.getByRole('dialog', { name: 'Take 2 back' });
  await undoing.getByLabel('Why').fill('Wrong rule');
  await undoing.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('2 taken back').waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.goto(journey.url('write-offs'));
  await page.getByRole('link', { name: /2 items, small balance/ }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await done(page);
});
