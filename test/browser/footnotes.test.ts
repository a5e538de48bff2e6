// Footnotes chosen for one invoice: one of the company's left out, one's own added, kept with the draft.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, done, newJourney } from './journey.ts';

test('an invoice is given footnotes of its own, which stand in its draft when one comes back', async () => {
  const journey = await newJourney();
  await aCustomer(journey, { number: 'K1', name: 'Hollenstein', email: 'pay@hollenstein.example' });
  const page = await journey.pageOf('owner', 'settings?tab=footnotes');
  for (const text of ['Thank you.', 'Goods stay ours until paid.']) {
    await page.getByRole('button', { name: 'Add a footnote' }).click();
    await page
      .getByRole('textbox', { name: /^Text of footnote/ })
      .last()
      .fill(text);
  }
  await page.getByRole('button', { name: 'Save' }).click();

  await page.goto(page.url().replace(/settings.*/, 'invoices/new'));
  await page.getByLabel('Customer').first().fill('Hollenstein');
  await page.getByRole('option').first().click();
  await page.getByLabel('Description of line 1').fill('Goods');
  await page.getByLabel('Price of line 1').fill('100');
  await page.getByLabel('Tax per cent of line 1').fill('21');
  await page.getByLabel('Due', { exact: true }).fill('1 Dec 2027');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: /^More.*discounts/ }).click();
  await page.getByLabel('Thank you.').uncheck();
  await page.getByRole('button', { name: 'Add a footnote of its own' }).click();
  await page.getByRole('textbox', { name: 'Footnote of this invoice 1' }).fill('Only this once.');
  await page.getByText('Saved as a draft').waitFor();
  await page.keyboard.press('Control+s');
  await page.reload();
  await page.getByLabel('Goods stay ours until paid.').waitFor();
  assert.equal(
    await page.getByRole('textbox', { name: 'Footnote of this invoice 1' }).inputValue(),
    'Only this once.',
  );
  assert.equal(await page.getByLabel('Thank you.').isChecked(), false);
  assert.equal(await page.getByLabel('Goods stay ours until paid.').isChecked(), true);
  await done(page);
});
