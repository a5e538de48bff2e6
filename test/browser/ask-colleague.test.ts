// A colleague who is asked about a receipt finds it, with the question, and answers by applying it or by keeping it on account.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, aPayment, barriers, done, heading, newJourney, sent } from './journey.ts';

test('a colleague who is asked finds receipt and question, applies the one and keeps the other on account', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'Q1', name: 'Granath Printing' });
  await anInvoice(journey, { customerId, amount: '97.00', issuedOn: '2026-02-01', dueOn: '2026-03-03' });
  const first = await aPayment(journey, { customerId, amount: '97.00', on: '2026-03-10' });
  const second = await aPayment(journey, { customerId, amount: '42.00', on: '2026-03-11' });
  const page = await journey.pageOf('cash_applier', 'workbench?part=mine');
  await page.getByText('Nothing waits here').waitFor();
  const { body: people } = await journey.owner('/api/v1/workbench/colleagues');
  const rows = people.rows as { userId: string; role: string }[];
  const colleague = rows.find((one) => one.role === 'cash_applier');
  for (const [paymentId, note] of [
    [first, 'Is this for the fair?'],
    [second, 'Whose is this?'],
  ] as const)
    await sent(journey.owner, 'PUT', `/api/v1/workbench/receipts/${paymentId}/mark`, {
      kind: 'asked',
      userId: colleague?.userId,
      note,
    });
  await page.reload();
  await heading(page, 'Workbench').waitFor();
  await page.getByText('Is this for the fair?').first().waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press('1');
  await page.getByRole('status').filter({ hasText: 'Exact' }).waitFor();
  await page.keyboard.press('a');
  await page.getByText('Whose is this?').first().waitFor();
  await page.keyboard.press('o');
  await page.getByText('Nothing waits here').waitFor();
  const partOf = async (part: string) => {
    const { body } = await journey.owner(`/api/v1/workbench/receipts?part=${part}`);
    return (body.rows as { paymentId: string }[]).map(({ paymentId }) => paymentId);
  };
  assert.deepEqual(await partOf('asked'), []);
  assert.deepEqual(await partOf('kept'), [second]);
  await done(page);
});
