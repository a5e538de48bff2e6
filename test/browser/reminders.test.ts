// Reminding: the plan says who would hear what, a run sends it, and the outbox shows it exactly as it went out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, aPayment, done, heading, holds, newJourney, row, sent } from './journey.ts';

test('a reminder is planned, looked at, sent, and read in the outbox with its attachment', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Hollenstein Machinery',
    email: 'pay@hollenstein.example',
  });
  const { number } = await anInvoice(journey, {
    customerId,
    amount: '480.00',
    issuedOn: '2026-02-01',
    dueOn: '2026-03-07',
  });
  const quiet = await aCustomer(journey, { number: 'K2', name: 'Nobody To Write To' });
  await anInvoice(journey, {
    customerId: quiet,
    amount: '10.00',
    issuedOn: '2026-02-01',
    dueOn: '2026-03-07',
  });
  const page = await journey.pageOf('collector', 'reminders');
  await page.getByRole('checkbox', { name: 'Choose Hollenstein Machinery' }).waitFor();
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  // It fits a phone, once it is drawn anew.
  await holds(page, 'document.documentElement.scrollWidth <= innerWidth');
  await page.setViewportSize(wide ?? { width: 1280, height: 800 });
  await page.getByRole('button', { name: /Nobody To Write To/ }).click();
  await page.getByText('left out: no address to write to').waitFor();
  await page.getByRole('button', { name: /Hollenstein Machinery/ }).click();
  await row(page, number, '9 days late').waitFor();
  await page.getByRole('button', { name: 'See the message' }).click();
  const drawer = page.getByRole('dialog', { name: 'Exactly as it would be sent' });
  await drawer.getByText('To pay@hollenstein.example').waitFor();
  await drawer.frameLocator('iframe').getByText('480.00').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Skip this customer' }).click();
  const skipping = page.getByRole('dialog', { name: 'Skip Hollenstein Machinery' });
  await skipping.getByLabel('Why').fill('Sales is with them');
  await skipping.getByRole('button', { name: 'Skip', exact: true }).click();
  await page.getByText('“Sales is with them”').waitFor();
  await page.getByRole('button', { name: `Take back the skip of ${number}` }).click();
  await row(page, number, '9 days late').waitFor();
  // What is ticked is skipped by a key wherever one is, but not behind a dialog.
  await page.getByLabel('Choose Hollenstein Machinery').check();
  await page.getByRole('button', { name: 'See the message' }).click();
  await drawer.getByText('To pay@hollenstein.example').waitFor();
  await holds(page, 'document.activeElement.closest("[role=dialog]") !== null');
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  assert.equal(await skipping.count(), 0);
  await page.keyboard.press('s');
  await skipping.locator('input:focus, textarea:focus').waitFor();
  await page.keyboard.press('Escape');
  await skipping.waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Calendar' }).click();
  await page.getByRole('button', { name: /^16 Mar 2026: 1 messages/ }).click();
  await row(page, number, '9 days late')
    .or(page.getByRole('button', { name: /Hollenstein/ }))
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Send what is due' }).click();
  await page.getByText('The run is going on').waitFor();
  await page.goto(journey.url('outbox'));
  await row(page, 'Hollenstein Machinery', 'sent').waitFor();
  assert.equal(await row(page, 'Nobody To Write To').count(), 0);
  await row(page, 'Hollenstein Machinery').click();
  await heading(page, new RegExp(number)).waitFor();
  await page.frameLocator('iframe').getByText('480.00').first().waitFor();
  await page.getByRole('button', { name: new RegExp(`${number}\\.pdf`) }).waitFor();
  await page.getByRole('tab', { name: 'Headers' }).click();
  await row(page, 'To', 'pay@hollenstein.example').waitFor();
  await page.goto(journey.url('reminders'));
  await page.getByRole('button', { name: /Nobody To Write To/ }).waitFor();
  assert.equal(await page.getByText('Hollenstein').count(), 0, 'the same step is not said twice');
  await done(page);
});

test('who has paid by the day of the plan does not hear anything', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Silvretta Logistics',
    email: 'pay@silvretta.example',
  });
  const { number } = await anInvoice(journey, {
    customerId,
    amount: '50.00',
    issuedOn: '2026-02-01',
    dueOn: '2026-03-07',
  });
  const paymentId = await aPayment(journey, { customerId, amount: '50.00', on: '2026-03-12' });
  const page = await journey.pageOf('owner', 'reminders');
  await page.getByRole('button', { name: /Silvretta Logistics/ }).waitFor();
  await page.goto(journey.url(`payments/${paymentId}`));
  await page.getByLabel(`Apply to ${number}`).check();
  await page.getByRole('button', { name: 'Show what would happen' }).click();
  await page.getByRole('button', { name: 'Apply it' }).click();
  await page.getByText('Applied to 1 item').waitFor();
  await page.goto(journey.url('reminders'));
  await page.getByText('Nothing is to be said on 16 Mar 2026').waitFor();
  await done(page);
});

test('a step that waits for a person is looked at, ticked, and sent with what is due', async () => {
  const journey = await newJourney();
  await sent(journey.owner, 'PUT', '/api/v1/cadence', {
    name: 'By hand',
    steps: [{ offsetDays: 7, phase: 'reminder', automatic: false }],
  });
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Arlberg Cableways',
    email: 'pay@arlberg.example',
  });
  await anInvoice(journey, { customerId, amount: '90.00', issuedOn: '2026-02-01', dueOn: '2026-03-07' });
  const page = await journey.pageOf('collector', 'reminders');
  await page.getByRole('button', { name: /Arlberg Cableways.*left out/ }).click();
  await page.getByText('left out: waits for a person').waitFor();
  await page.getByLabel('Also send what waits for a person (1)').check();
  await page.getByRole('button', { name: /Arlberg Cableways.*Reminder/ }).waitFor();
  await page.getByRole('button', { name: 'Send what is due' }).click();
  await page.getByText('with steps for a person').waitFor();
  await page.goto(journey.url('outbox'));
  await row(page, 'Arlberg Cableways', 'sent').waitFor();
  await page.goto(journey.url('reminders'));
  await page.getByText('Nothing is to be said on 16 Mar 2026').waitFor();
  assert.equal(await page.getByLabel(/waits for a person/).count(), 0);
  await done(page);
});
