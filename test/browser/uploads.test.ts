// A customer wants its invoices in a portal: they are posted there together, one comes back, is posted anew and is accepted.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { readZip } from '../support/zip.ts';
import { aCustomer, anInvoice, done, heading, type Journey, newJourney, row } from './journey.ts';

const LOOKS_MAX = 150;
const LOOK_MS = 100;

/** Waits until the worker has made so many uploads. */
async function made(journey: Journey, uploads: number): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { body } = await journey.owner('/api/v1/portal-uploads/count');
    if (body.waiting === uploads) return;
    await setTimeout(LOOK_MS);
  }
  assert.fail('the worker made no uploads');
}

test('documents are posted in a portal together, one is rejected, posted anew with a proof, and accepted', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const page = await journey.pageOf('collector', `customers/${customerId}?tab=delivery`);
  await page.getByRole('button', { name: 'The customer wants a portal' }).click();
  const panel = page.getByRole('region', { name: 'Portal of the customer' });
  await panel.getByRole('combobox', { name: 'Portal' }).fill('SAP Ariba');
  await panel.getByLabel('Our number there').fill('AN01012345678');
  await panel.getByLabel('Address').fill('http://portal.example/');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/begins with https/).waitFor();
  await panel.getByLabel('Address').fill('https://portal.example/');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'No portal any more' }).waitFor();

  const days = { issuedOn: '2026-03-16', dueOn: '2026-04-15' };
  const first = await anInvoice(journey, { customerId, amount: '100.00', ...days });
  await anInvoice(journey, { customerId, amount: '250.00', ...days });
  await made(journey, 2);
  await page.goto(journey.url('portal-uploads'));
  await page.getByText('To post 2', { exact: true }).waitFor();
  await page.getByLabel('2 to post, 0 of them late').waitFor();

  // By keys: the first row is chosen, then the second, and both are marked.
  await row(page, '100.00').focus();
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
  await page.getByText('2 chosen').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Files (.zip)' }).click(),
  ]);
  const names = [...(await readZip(await readFile(await download.path()))).keys()];
  assert.deepEqual(
    names.map((name) => name.split('.').at(-1)),
    ['pdf', 'pdf'],
  );
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(first.number).fill('AR-1');
  await dialog.getByRole('button', { name: 'Mark as posted' }).click();
  await page.getByText('Nothing waits to be posted').waitFor();

  await page.goto(journey.url('portal-uploads?show=uploaded'));
  await page.getByRole('checkbox', { name: `Choose ${first.number}` }).click();
  await page.getByRole('button', { name: 'Rejected' }).click();
  await dialog.getByLabel('Why').click();
  await page.getByRole('option', { name: 'Order number or reference' }).click();
  await dialog.getByLabel('What the portal said').fill('The order is closed');
  await dialog.getByRole('button', { name: 'Note the rejection' }).click();
  await page.getByText('Rejected 1', { exact: true }).click();
  await row(page, 'The order is closed').click();

  await heading(page, /^Invoice/).waitFor();
  await page.getByRole('button', { name: 'Mark as posted' }).click();
  await dialog.getByLabel('What SAP Ariba calls it').fill('AR-2');
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'receipt.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Received'),
  });
  await dialog.getByRole('button', { name: 'Mark as posted' }).click();
  await page.getByRole('button', { name: 'Save the proof receipt.txt' }).waitFor();
  await page.getByRole('button', { name: 'Accepted' }).click();
  await page.getByText('Accepted by the portal').waitFor();
  await page.getByRole('button', { name: 'Take back' }).click();
  await dialog.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Accepted by the portal (taken back)').waitFor();
  await done(page);
});
