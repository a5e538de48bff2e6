// What the accounting system has of receipts: handed out as a file, answered by a file, seen on the payment.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { aCustomer, aPayment, barriers, done, heading, newJourney } from './journey.ts';

test('receipts are handed out to the accounting system, and what it answers stands on each', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Marchetti Tiles' });
  const paymentId = await aPayment(journey, { customerId, amount: '61.50', on: '2026-03-10' });
  await aPayment(journey, { customerId, amount: '20.00', on: '2026-03-11' });
  const page = await journey.pageOf('owner', 'postings');
  await heading(page, 'Postings').waitFor();
  await page.getByLabel('Value date from which on').fill('1 Mar 2026');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Post from this day' }).click();
  const receipts = page.getByRole('region', { name: 'Receipts' });
  await receipts.getByText('61.50').waitFor();
  assert.deepEqual(await barriers(page), []);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Hand out what is to post' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  const handedOut = page.getByRole('region', { name: 'Handed out' });
  await handedOut.getByText('2 of 2 without an answer').waitFor();
  const savedAgain = page.waitForEvent('download');
  await handedOut.getByRole('button', { name: /^Save it again: the file of/ }).click();
  assert.equal(await readFile(await (await savedAgain).path(), 'utf8'), text, 'a lost file is had again');
  const [head = '', ...lines] = text.replace('\ufeff', '').trim().split('\r\n');
  const at = (column: string): number => head.split(',').indexOf(column);
  const answered = lines.map((line, index) => {
    const cells = line.split(',');
    cells[at('state')] = index === 0 ? 'posted' : 'refused';
    cells[at('reference')] = index === 0 ? 'GL-4711' : '';
    cells[at('reason')] = index === 0 ? '' : 'Period closed';
    return cells.join(',');
  });
  await page.locator('input[type="file"]').setInputFiles({
    name: 'answers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([head, ...answered].join('\r\n')),
  });
  await page.getByText('1 posted, 1 refused, 0 known.').waitFor();
  await handedOut.getByText('all 2 answered').waitFor();
  await page.getByText('Refused 1').click();
  await receipts.getByText('20.00').waitFor();
  await page.goto(journey.url(`payments/${paymentId}`));
  await page.getByRole('region', { name: 'Accounting system' }).getByText('GL-4711').waitFor();
  assert.deepEqual(await barriers(page), []);
  await done(page);
});
