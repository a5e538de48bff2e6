// A PDF says what a payment is for: read, looked at where its numbers stand, joined and applied; one from a scanner is typed in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberWidth, type PrintedText, pdfOfPages } from '#formats/pdf-pages-for-tests.ts';
import { aCustomer, anInvoice, barriers, heading, newJourney, quiet, sent } from './journey.ts';

const pdf = (name: string, texts: readonly PrintedText[]) => ({
  name,
  mimeType: 'application/pdf',
  buffer: pdfOfPages([texts]),
});

test('a PDF is read with its numbers marked, joined and applied by itself; a scanned one is typed in beside it', async () => {
  const journey = await newJourney();
  const { owner, companyId } = journey;
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const issued = { customerId, issuedOn: '2026-03-01', dueOn: '2026-03-31' };
  const first = await anInvoice(journey, { ...issued, amount: '1000.00' });
  const second = await anInvoice(journey, { ...issued, amount: '250.00' });
  await sent(owner, 'POST', '/api/v1/payments', {
    companyId,
    customerId,
    receivedOn: '2026-03-11',
    amount: { amount: '1250.00', currency: 'EUR' },
    method: 'transfer',
  });
  const line = (y: number, number: string, amount: string): readonly PrintedText[] => [
    { text: number, x: 50, y },
    { text: amount, x: 300 - numberWidth(amount), y },
  ];
  const page = await journey.pageOf('owner', 'remittances');
  await page.getByRole('button', { name: 'Choose a file' }).and(page.locator(':enabled')).waitFor();
  await quiet(page);
  const hand = page.locator('input[type="file"]');
  await hand.setInputFiles(
    pdf('advice.pdf', [
      { text: 'Invoice', x: 50, y: 60 },
      { text: 'Amount paid', x: 245, y: 60 },
      ...line(80, first.number, '1,000.00'),
      ...line(94, second.number, '250.00'),
      ...line(120, 'Total', '1,250.00'),
    ]),
  );
  await heading(page, 'advice.pdf').waitFor();
  await page.getByText('The lines make exactly that.').waitFor();
  await page.getByRole('button', { name: second.number }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: 'Page 1; marked: document, paid' }).waitFor();
  await quiet(page);
  assert.deepEqual(await barriers(page), []);
  // The worker joins and applies it, as all of it agrees to the cent.
  const joined = page.getByText('joined by payer, amount and day');
  const settled = page.getByText('settled').first();
  for (let turn = 0; turn < 60 && !((await joined.isVisible()) && (await settled.isVisible())); turn += 1) {
    await page.reload();
    await quiet(page);
  }
  await joined.waitFor();
  await settled.waitFor();

  await page.goto(journey.url('remittances'));
  await heading(page, 'Remittances').waitFor();
  await quiet(page);
  await hand.setInputFiles(pdf('scan.pdf', []));
  await page.getByText('The PDF is a picture without text').waitFor();
  await page.getByRole('button', { name: 'Type it in with the file beside' }).click();
  await page.getByLabel('Payer').fill('Hollenstein Machinery');
  await page.getByLabel('Document 1').first().fill('INV-77');
  await page.getByLabel('Paid, document 1').fill('12.50');
  await page.keyboard.press('Enter');
  await heading(page, 'Remittance typed in').waitFor();
  await page.getByText('INV-77').waitFor();
});
