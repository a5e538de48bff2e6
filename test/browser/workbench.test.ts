// The workbench by keyboard alone: ten receipts, one after the other, and what was learnt of a payer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
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

const DAYS = { issuedOn: '2026-02-01', dueOn: '2026-03-03' };

const footer = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words });

test('ten receipts are applied by keyboard alone, more than two hundred an hour', async () => {
  const journey = await newJourney();
  const count = 10;
  for (let n = 1; n <= count; n += 1) {
    const customerId = await aCustomer(journey, { number: `W${n}`, name: `Customer ${n}` });
    await anInvoice(journey, { customerId, amount: `${100 + n}.00`, ...DAYS });
    await anInvoice(journey, { customerId, amount: `${300 + n}.00`, ...DAYS });
    await aPayment(journey, {
      customerId,
      amount: `${100 + n}.00`,
      on: `2026-03-${String(n).padStart(2, '0')}`,
    });
  }
  const page = await journey.pageOf('cash_applier', 'workbench');
  await heading(page, 'Workbench').waitFor();
  let keys = 0;
  const press = async (key: string): Promise<void> => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const began = performance.now();
  for (let n = 1; n <= count; n += 1) {
    await page.getByRole('heading', { level: 2, name: new RegExp(`, ${n} Mar`) }).waitFor();
    await press('1');
    await footer(page, 'Exact').waitFor();
    await press('a');
  }
  await page.getByText('Nothing waits here').waitFor();
  const seconds = (performance.now() - began) / 1000;
  // What is on its way to the books arrives there.
  await quiet(page);
  console.log(
    `workbench: ${keys / count} keystrokes and ${(seconds / count).toFixed(2)} s a receipt, ${Math.round((count * 3600) / seconds)} an hour`,
  );
  assert.ok((count * 3600) / seconds > 200);
  const { body } = await journey.owner('/api/v1/payments?state=unapplied');
  assert.deepEqual(body.rows, []);
  await done(page);
});

test('a receipt is split over two items by keys, and nothing bars anybody from the page', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'S1', name: 'Granath Printing' });
  await anInvoice(journey, { customerId, amount: '80.00', ...DAYS });
  await anInvoice(journey, { customerId, amount: '50.00', ...DAYS });
  const paymentId = await aPayment(journey, { customerId, amount: '100.00', on: '2026-03-10' });
  const page = await journey.pageOf('cash_applier', 'workbench');
  await page
    .getByLabel(/^Amount for/)
    .nth(1)
    .waitFor();
  await page.keyboard.press('Space');
  // What is there is typed over.
  await page.keyboard.press('s');
  await page.keyboard.type('30,-');
  await footer(page, 'What is typed is no amount').waitFor();
  await page.getByText('no amount', { exact: true }).waitFor();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await footer(page, 'stays open').waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press('a');
  await page.getByText('Nothing waits here').or(footer(page, 'applied to')).first().waitFor();
  await quiet(page);
  const { body } = await journey.owner(`/api/v1/payments/${paymentId}`);
  assert.equal((body.applications as unknown[]).length, 2);
  await done(page);
});

test('whose money it is, said once, is proposed with how often it was right, and remembered', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'L1', name: 'Ostrava Foods' });
  const { paymentId } = await sent(journey.owner, 'POST', '/api/v1/payments', {
    companyId: journey.companyId,
    receivedOn: '2026-03-10',
    amount: { amount: '10.00', currency: 'EUR' },
    payerName: 'Holding Nord SE',
  });
  const page = await journey.pageOf('cash_applier', 'workbench');
  await page.getByRole('heading', { level: 2, name: /10 Mar/ }).waitFor();
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByLabel('Customer').fill('Ostrava');
  await page.getByRole('option', { name: /Ostrava Foods/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'It is theirs' }).click();
  await page.getByText('right on 1 of 1 past receipt').waitFor();
  await page.keyboard.press('y');
  await page.getByText('right on 1 of 1 past receipt').waitFor({ state: 'detached' });
  await page.goto(journey.url('workbench/learnt'));
  await page.getByRole('link', { name: 'Holding Nord SE' }).waitFor();
  const { body } = await journey.owner(`/api/v1/payments/${paymentId}`);
  assert.equal((body.customer as { id: string }).id, customerId);
  await done(page);
});

test('how a customer writes numbers is proposed with its past, shown number by number, and accepted', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'L2', name: 'Kranbau Ost' });
  for (const [at, order] of ['B-1001', 'B-1002'].entries()) {
    await anInvoice(journey, { customerId, amount: `${200 + at}.00`, ...DAYS, purchaseOrder: order });
    const paymentId = await aPayment(journey, {
      customerId,
      amount: `${200 + at}.00`,
      on: '2026-03-10',
      reference: `order ${order}`,
    });
    const { body } = await journey.owner(`/api/v1/payments/${paymentId}`);
    const [best] = (body.match as { suggestions: readonly { allocations: readonly { itemId: string }[] }[] })
      .suggestions;
    await sent(journey.owner, 'POST', `/api/v1/payments/${paymentId}/applications`, {
      allocations: [
        { itemId: best?.allocations[0]?.itemId, amount: { amount: `${200 + at}.00`, currency: 'EUR' } },
      ],
    });
  }
  const page = await journey.pageOf('cash_applier', 'workbench/learnt');
  const list = page.getByRole('list', { name: 'Numbers written in other ways' });
  await list.getByText('right 2 times, wrong never').waitFor();
  await list.getByRole('button', { name: /^See the past of/ }).click();
  const past = page.getByRole('dialog');
  await past.getByRole('cell', { name: 'B1002' }).waitFor();
  assert.equal(await past.getByText('right', { exact: true }).count(), 2);
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press('Escape');
  await past.waitFor({ state: 'detached' });
  await list.getByRole('button', { name: /^Accept/ }).click();
  await page.getByRole('link', { name: 'its purchase orders in place of our numbers' }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await done(page);
});

test('what was always right often enough is accepted at once, the rest one by one', async () => {
  const journey = await newJourney();
  const said = async (name: string, times: number): Promise<void> => {
    const customerId = await aCustomer(journey, { number: name.slice(0, 2), name: `Customer of ${name}` });
    for (let n = 1; n <= times; n += 1) {
      const { paymentId } = await sent(journey.owner, 'POST', '/api/v1/payments', {
        companyId: journey.companyId,
        receivedOn: `2026-03-0${n}`,
        amount: { amount: `1${n}.00`, currency: 'EUR' },
        payerName: name,
      });
      await sent(journey.owner, 'PUT', `/api/v1/payments/${paymentId}/customer`, { customerId });
    }
  };
  await said('Holding Nord SE', 5);
  await said('Beteiligung West AG', 5);
  await said('Treuhand Ost KG', 2);
  const page = await journey.pageOf('cash_applier', 'workbench/learnt');
  await page.getByRole('button', { name: 'Accept 2 that were always right' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Accept them' }).click();
  await page.getByRole('link', { name: 'Holding Nord SE', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Beteiligung West AG', exact: true }).waitFor();
  await page.getByRole('button', { name: /^Accept Treuhand Ost KG/ }).waitFor();
  await done(page);
});

test('what is short is asked once, rehearsed, and dropped or deducted, by keys', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'D1', name: 'Granath Printing' });
  await aCustomer(journey, { number: 'D2', name: 'Ostrava Foods' });
  await anInvoice(journey, { customerId, amount: '100.00', ...DAYS });
  const paymentId = await aPayment(journey, { customerId, amount: '97.00', on: '2026-03-10' });
  const page = await journey.pageOf('cash_applier', 'workbench');
  await page
    .getByLabel(/^Amount for/)
    .first()
    .waitFor();
  const press = (key: string) => page.keyboard.press(key);
  await press('?');
  await page.getByRole('dialog').getByText('What an item is short by is dropped').waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press('Space');
  await footer(page, /3\.00 EUR of .* stays open/).waitFor();
  await press('a');
  await page.getByRole('dialog').getByText('is short by').waitFor();
  assert.deepEqual(await barriers(page), []);
  await press('w');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await footer(page, '3.00 EUR small difference dropped within your limit').waitFor();
  await press('d');
  await page.getByRole('button', { name: /Bank charges kept back/ }).waitFor();
  await page.getByRole('button', { name: /Bank charges kept back/ }).click();
  await footer(page, 'deduction 3.00 EUR (bank charges)').waitFor();
  await press('w');
  await footer(page, '3.00 EUR small difference dropped within your limit').waitFor();
  assert.deepEqual(await barriers(page), []);
  await press('a');
  await footer(page, 'applied to').or(page.getByText('Nothing waits here')).first().waitFor();
  await quiet(page);
  const { body } = await journey.owner(`/api/v1/payments/${paymentId}`);
  assert.deepEqual(
    (body.applications as { difference: { amount: string } }[]).map((one) => one.difference.amount),
    ['3.00'],
  );
  await done(page);
});

test('moving a receipt, asking about it and keeping it are undone by one key', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'D1', name: 'Granath Printing' });
  await aCustomer(journey, { number: 'D2', name: 'Ostrava Foods' });
  await aPayment(journey, { customerId, amount: '97.00', on: '2026-03-10' });
  await aPayment(journey, { customerId, amount: '42.00', on: '2026-03-11' });
  const page = await journey.pageOf('cash_applier', 'workbench');
  const inHand = (name: RegExp) => page.getByRole('heading', { level: 2, name }).waitFor();
  const press = (key: string) => page.keyboard.press(key);
  const facts = page.getByRole('cell', { name: 'Ostrava Foods' });
  await inHand(/10 Mar/);
  await press('m');
  // One types at once: the field of the dialog is where one is.
  await page.getByRole('dialog').locator('input:focus').fill('Ostrava');
  await page.getByRole('option', { name: /Ostrava Foods/ }).waitFor();
  await press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'It is theirs' }).click();
  await footer(page, 'moved to another customer').waitFor();
  await facts.first().waitFor();
  await press('u');
  await facts.first().waitFor({ state: 'detached' });
  await press('o');
  await inHand(/11 Mar/);
  await press('u');
  await inHand(/10 Mar/);
  await press('q');
  await page.getByRole('dialog').getByLabel('Colleague').click();
  await page.getByRole('option').first().click();
  await page.getByLabel('What should they know?').fill('Is this for the fair?');
  await page.getByRole('dialog').getByRole('button', { name: 'Ask' }).click();
  await inHand(/11 Mar/);
  await press('u');
  await inHand(/10 Mar/);
  await done(page);
});

test('a payment less a credit note is taken with its credit by one key, undone by one, put together by hand, and told on its page', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'N1', name: 'Granath Printing' });
  const other = await aCustomer(journey, { number: 'N2', name: 'Ostrava Foods' });
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '100.00', ...DAYS });
  await sent(journey.owner, 'POST', '/api/v1/credit-notes', {
    companyId: journey.companyId,
    customerId,
    currency: 'EUR',
    issuedOn: '2026-02-02',
    reason: 'quality',
    lines: [
      { description: 'Returned', quantity: '1', unitPrice: '20.00', taxCategory: 'Z', taxPercent: '0' },
    ],
  });
  const paymentId = await aPayment(journey, { customerId, amount: '80.00', on: '2026-03-10' });
  await aPayment(journey, { customerId: other, amount: '42.00', on: '2026-03-11' });
  const page = await journey.pageOf('cash_applier', 'workbench');
  const inHand = (name: RegExp) => page.getByRole('heading', { level: 2, name }).waitFor();
  const openNow = async () => {
    const { body } = await journey.owner(`/api/v1/invoices/${invoiceId}`);
    return (body.open as { amount: string }).amount;
  };
  await inHand(/10 Mar/);
  await page.getByRole('list', { name: 'Suggestions' }).getByText('less CN').waitFor();
  await page.keyboard.press('1');
  await footer(page, 'credits of 20.00 taken off').waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press('a');
  await inHand(/11 Mar/);
  await page.getByText(/ applied to /).waitFor();
  assert.equal(await openNow(), '0.00');
  await page.keyboard.press('u');
  await inHand(/10 Mar/);
  assert.equal(await openNow(), '100.00');
  await page.getByLabel(/^How much of/).waitFor();
  await page.keyboard.press('Space');
  await footer(page, /20\.00 EUR of .* stays open/).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await footer(page, 'credits of 20.00 taken off').waitFor();
  await page.keyboard.press('a');
  await inHand(/11 Mar/);
  await page.getByText(/ applied to /).waitFor();
  assert.equal(await openNow(), '0.00');
  await page.goto(journey.url(`payments/${paymentId}`));
  const beside = page.getByRole('list', { name: 'Credits taken off beside it' });
  await beside.getByText(/^taken back/).waitFor();
  assert.equal(await beside.getByRole('listitem').count(), 2, 'what was undone, and what stands');
  assert.deepEqual(await barriers(page), []);
  await done(page);
});
