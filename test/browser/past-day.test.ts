// A past day on the page of reminders: what would have gone out by what was known then, beside what did.

import { test } from 'node:test';
import { aCustomer, anInvoice, holds, newJourney, sent, stage } from './journey.ts';

test('a past day is shown by what was known then, beside what was told, and what would still be said is one step away', async () => {
  const journey = await newJourney();
  const { setClock } = await stage();
  const { owner } = journey;
  setClock('2026-03-09T08:00:00Z');
  const named = async (number: string, name: string) => {
    const customerId = await aCustomer(journey, { number, name, email: `${number}@reader.example` });
    await anInvoice(journey, { customerId, amount: '480.00', issuedOn: '2026-02-01', dueOn: '2026-03-02' });
    return customerId;
  };
  const moved = await named('K1', 'Hollenstein Machinery');
  await named('K2', 'Westerholt Pumps');
  setClock('2026-03-09T09:00:00Z');
  await sent(owner, 'POST', '/api/v1/reminder-runs', { on: '2026-03-09' });
  const held = await named('K3', 'Late To Be Known');
  setClock('2026-03-10T09:00:00Z');
  await sent(owner, 'PATCH', `/api/v1/customers/${moved}`, { name: 'Hollenstein Group' });
  await sent(owner, 'POST', '/api/v1/holds', {
    customerId: held,
    reason: 'other',
    note: 'Wait',
    until: '2026-03-31',
  });
  setClock(undefined);
  const page = await journey.pageOf('collector', 'reminders?on=2026-03-09');
  await page.getByText('By what was known right before the first run of that day began').waitFor();
  await page.getByText('2 messages', { exact: true }).waitFor();
  const was = page.getByRole('button', { name: /Hollenstein Machinery/ });
  await was.click();
  // The clock of the worker stands a week later: the message told nobody anything on that day.
  await page.getByText('told otherwise').first().waitFor();
  await page
    .getByText(/the message left only when the day was over/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: /by mail to K1@reader.example/ }).waitFor();
  await page.getByRole('button', { name: 'See the message' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'As it would have been sent' });
  await drawer.frameLocator('iframe').getByText('480.00').first().waitFor();
  await page.keyboard.press('Escape');
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await holds(page, 'document.documentElement.scrollWidth <= innerWidth');
  await page.setViewportSize(wide ?? { width: 1280, height: 800 });
  await page.getByText('Still to be said').click();
  await page.getByText('left out', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: /Late To Be Known/ }).waitFor();
});
