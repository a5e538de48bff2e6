// A collector's morning: the list with its reasons, then one account after the other by keys; what was promised is on its page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row } from './journey.ts';

/** Customers dealt with in the morning that is measured, and the outcomes, each by a key and Enter. */
const OUTCOMES = ['2', '3', '1', '5', 'p'] as const;

test('a collector works through the worklist, two keys for each customer', async (t) => {
  const journey = await newJourney();
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  for (const [index, key] of OUTCOMES.entries()) {
    const customerId = await aCustomer(journey, { number: `K${index}`, name: `Customer ${key}` });
    await anInvoice(journey, { customerId, amount: `${9 - index}0000.00`, ...days });
  }
  const page = await journey.pageOf('collector', 'worklist');
  await page.getByRole('button', { name: 'Bring up to date' }).click();
  for (const key of OUTCOMES) await row(page, `Customer ${key}`, '10,000 or more overdue').waitFor();
  await page.getByRole('button', { name: 'Start' }).click();
  await heading(page, 'Next account').waitFor();
  const began = performance.now();
  for (const key of OUTCOMES) {
    await page.getByRole('heading', { level: 2, name: `Customer ${key}` }).waitFor();
    await page.getByText('INV-2026').first().waitFor();
    await page.keyboard.press(key);
    await page.getByRole('dialog').getByRole('button', { name: 'Note it, next' }).waitFor();
    await page.getByRole('dialog').locator(':focus').waitFor();
    await page.keyboard.press('Enter');
  }
  await page.getByText('Nothing is left for today').waitFor();
  const seconds = (performance.now() - began) / 1000 / OUTCOMES.length;
  t.diagnostic(`2 keys and ${seconds.toFixed(1)} s of the program for each customer`);
  await page.goto(journey.url('promises'));
  await row(page, 'Customer p', 'open').waitFor();
  const { body } = await journey.owner('/api/v1/calls');
  assert.deepEqual(
    (body.rows as readonly { outcome: string }[]).map((call) => call.outcome),
    ['promised', 'refused', 'reached', 'voicemail', 'no_answer'],
  );
  await done(page);
});

test('accounts are put off together with a reason, and a number that was wrong is marked on the desk', async () => {
  const journey = await newJourney();
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const first = await aCustomer(journey, { number: 'K1', name: 'Hollenstein' });
  await journey.owner(`/api/v1/customers/${first}/contacts`, {
    method: 'POST',
    body: { name: 'Ann', role: 'billing', phone: '+49 89 1234' },
  });
  const second = await aCustomer(journey, { number: 'K2', name: 'Muster' });
  await anInvoice(journey, { customerId: first, amount: '1000.00', ...days });
  await anInvoice(journey, { customerId: second, amount: '250.00', ...days });
  const page = await journey.pageOf('collector', 'worklist');
  await page.getByRole('button', { name: 'Bring up to date' }).click();
  await page.getByRole('checkbox', { name: 'Choose Muster' }).check();
  await page.getByRole('button', { name: 'Put off' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('Payment run on Friday');
  await dialog.getByLabel('Until').fill('2026-03-24');
  await dialog.getByRole('button', { name: 'Put off' }).click();
  await page.getByRole('link', { name: 'Muster' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Hollenstein' }).click();
  const dial = page.getByRole('link', { name: 'Call Ann at +49 89 1234' });
  assert.equal(await dial.getAttribute('href'), 'tel:+49891234');
  await page.getByRole('button', { name: 'Wrong number' }).click();
  await dialog.getByRole('button', { name: 'Note it, next' }).click();
  await page.getByText('Nothing is left for today').waitFor();
  await page.goto(journey.url(`customers/${first}?tab=calls`));
  await page.getByText('Wrong number').waitFor();
  await page.goto(journey.url(`worklist/next?company=${journey.companyId}&customer=${first}`));
  await page.getByText('wrong number', { exact: true }).waitFor();
  await page.getByText('Find a number to call').waitFor();
  await done(page);
});

test('an account opened by hand is nobody else’s meanwhile; a number that was wrong is noted of a contact without one', async () => {
  const journey = await newJourney();
  const customer = await aCustomer(journey, { number: 'K1', name: 'Muster' });
  await journey.owner(`/api/v1/customers/${customer}/contacts`, {
    method: 'POST',
    body: { name: 'Bob', role: 'billing' },
  });
  await anInvoice(journey, {
    customerId: customer,
    amount: '250.00',
    issuedOn: '2026-01-02',
    dueOn: '2026-01-31',
  });
  const page = await journey.pageOf('collector', 'worklist');
  await page.getByRole('button', { name: 'Bring up to date' }).click();
  await page.getByRole('link', { name: 'Muster' }).click();
  await page.getByRole('heading', { level: 2, name: 'Muster' }).waitFor();
  const path = `worklist/next?company=${journey.companyId}&customer=${customer}`;
  const other = await journey.pageOf('controller', path);
  await other.getByText('Somebody else has this account in hand').waitFor();
  await other.context().close();
  await page.getByText('INV-2026').first().waitFor();
  await page.keyboard.press('m');
  const send = page.getByRole('dialog', { name: 'Send Muster a statement of account?' });
  await send.locator('button:focus').filter({ hasText: 'Send' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const sent = await journey.owner(`/api/v1/customers/${customer}/statements`);
  assert.deepEqual(sent.body.rows, []);
  await page.keyboard.press('4');
  await page.getByRole('dialog').getByLabel('Number that was wrong').fill('+49 89 77');
  await page.getByRole('dialog').getByRole('button', { name: 'Note it, next' }).click();
  await page.getByText('Nothing is left for today').waitFor();
  const { body } = await journey.owner('/api/v1/calls');
  assert.deepEqual(
    (body.rows as readonly { number: string; with: string }[]).map((call) => [call.with, call.number]),
    [['Bob', '+49 89 77']],
  );
  await done(page);
});

test('rules are changed with the list beside them, and what a click on a number opens is chosen', async () => {
  const journey = await newJourney();
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const small = await aCustomer(journey, { number: 'K1', name: 'Small and old' });
  const large = await aCustomer(journey, { number: 'K2', name: 'Large and new' });
  await anInvoice(journey, { customerId: small, amount: '250.00', ...days });
  await anInvoice(journey, {
    customerId: large,
    amount: '30000.00',
    issuedOn: '2026-02-10',
    dueOn: '2026-03-10',
  });
  const page = await journey.pageOf('owner', 'worklist');
  await page.getByRole('button', { name: 'Bring up to date' }).click();
  await row(page, 'Large and new').waitFor();
  await page.getByRole('button', { name: 'Rules' }).click();
  await heading(page, 'Rules of the worklist').waitFor();
  const first = page.getByRole('list', { name: 'Who comes first' }).getByRole('listitem').first();
  await first.getByText('Large and new').waitFor();
  await page.getByText('Of 2 accounts, none moves.').waitFor();
  await page.getByLabel('Points of: Overdue for 30 days').fill('500');
  await first.getByText('Small and old').waitFor();
  await page.getByText('Of 2 accounts, 1 moves up and 1 down.').waitFor();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'When' }).click();
  await page.getByRole('option', { name: 'Nobody was spoken to for so long' }).click();
  await dialog.getByLabel('For at least so many days').fill('90');
  await dialog.getByLabel('Name').fill('Not spoken to for a quarter');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('nobody was spoken to for 90 days, or ever').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 2, name: /Set 1, stated/ }).waitFor();
  await page.goto(journey.url('settings?tab=calling'));
  await page.getByRole('combobox', { name: 'Telephone' }).click();
  await page.getByRole('option', { name: 'Another: an address of my own' }).click();
  await page.getByLabel('Address').fill('https://phone.example/call?to={number}');
  await page.getByText('https://phone.example/call?to=%2B442079460000').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  await done(page);
});

test('rules that are changed stay on the page when somebody else states some, until one shows theirs', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'worklist/rules');
  await page.getByLabel('Points of: Overdue for 30 days').fill('500');
  const theirs = [{ name: 'Anything overdue', when: 'overdue', amount: 1, points: 10 }];
  await journey.owner('/api/v1/worklist-rules', { method: 'PUT', body: { rules: theirs } });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Others are in force meanwhile').waitFor();
  assert.equal(await page.getByLabel('Points of: Overdue for 30 days').inputValue(), '+500');
  await page.getByRole('button', { name: 'Show theirs' }).click();
  await page.getByLabel('Points of: Anything overdue').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true);
  await done(page);
});
