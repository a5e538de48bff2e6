// Letters that lie ready: put together, saved to be printed, looked at one by one, and noted as posted.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { aCustomer, anInvoice, barriers, done, newJourney, quiet, row, sent } from './journey.ts';

test('letters are made a batch, saved to be printed, looked at, and said to be in the post by who may', async () => {
  const journey = await newJourney();
  const { owner, companyId } = journey;
  const path = `/api/v1/companies/${companyId}/delivery`;
  const { may: _, ...setting } = (await owner(path)).body;
  await sent(owner, 'PUT', path, { ...setting, channels: ['post'] });
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Stadtwerke Ulm' });
  const address = { kind: 'billing', street: 'Markt 1', postalCode: '89073', city: 'Ulm', country: 'DE' };
  await sent(owner, 'POST', `/api/v1/customers/${customerId}/addresses`, address);
  const days = { issuedOn: '2026-02-01', dueOn: '2026-03-07' };
  const { invoiceId, number } = await anInvoice(journey, { customerId, amount: '480.00', ...days });
  await sent(owner, 'POST', '/api/v1/invoice-deliveries', { invoiceIds: [invoiceId] });

  const page = await journey.pageOf('owner', 'letters');
  await page.getByRole('heading', { level: 1, name: 'Letters' }).waitFor();
  const ready = page.getByText('1 letter of Main Company');
  for (let looks = 1; !(await ready.isVisible()); looks += 1) {
    assert.ok(looks < 20, 'the worker writes the letter');
    await page.waitForTimeout(500);
    await page.reload();
    await quiet(page);
  }
  await page.getByRole('button', { name: 'Make a batch' }).click();
  const save = page.getByRole('button', { name: 'Save to print (.pdf)' });
  await save.waitFor();
  assert.equal(
    await page.getByRole('button', { name: /It is in the post/ }).count(),
    0,
    'it is not printed yet',
  );
  const [file] = await Promise.all([page.waitForEvent('download'), save.click()]);
  assert.match((await readFile(await file.path())).subarray(0, 5).toString(), /%PDF-/);
  await page.getByRole('button', { name: 'Save again (.pdf)' }).waitFor();
  assert.deepEqual(await barriers(page), []);

  const looker = await journey.pageOf('viewer', 'letters');
  await looker.getByRole('button', { name: /^Letters of the batch/ }).click();
  await row(looker, number, 'Stadtwerke Ulm, Markt 1, 89073 Ulm, DE').waitFor();
  assert.deepEqual(await barriers(looker), []);
  assert.equal(await looker.getByRole('button', { name: /It is in the post/ }).count(), 0);
  await done(looker);

  await page.getByRole('button', { name: /It is in the post/ }).click();
  await page.getByRole('button', { name: 'Yes, posted today' }).click();
  await row(page, '16 Mar 2026, ', 'Save again').filter({ hasNotText: 'It is in the post' }).waitFor();
  await done(page);
});
