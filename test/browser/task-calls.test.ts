// A step that waits for a person is called: two keys note the call, and the next step of the policy is what comes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, barriers, done, newJourney, row, sent } from './journey.ts';

test('a step is called by two keys: the call is noted with the customer, and undone with the task', async () => {
  const journey = await newJourney();
  const { owner } = journey;
  await sent(owner, 'PUT', '/api/v1/cadence', {
    name: 'By hand',
    steps: [{ offsetDays: 7, phase: 'reminder', automatic: false }],
  });
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Arlberg Cableways',
    email: 'pay@arlberg.example',
  });
  await anInvoice(journey, { customerId, amount: '90.00', issuedOn: '2026-02-01', dueOn: '2026-03-07' });
  await sent(owner, 'POST', '/api/v1/tasks/refresh');
  const page = await journey.pageOf('collector', 'tasks?show=team');
  await row(page, 'Arlberg Cableways').waitFor();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('What came of it').waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press('2');
  await page.getByText(/The task closed: called/).waitFor();
  const calls = async () =>
    (await owner(`/api/v1/calls?customerId=${customerId}`)).body.rows as { outcome: string }[];
  assert.deepEqual(
    (await calls()).map(({ outcome }) => outcome),
    ['no_answer'],
  );
  // Until the list is read again it shows the task that was closed, which is not yet the one that came back.
  await row(page, 'Arlberg Cableways').waitFor({ state: 'detached' });
  await page.keyboard.press('u');
  await row(page, 'Arlberg Cableways').waitFor();
  assert.deepEqual(await calls(), []);
  await done(page);
});
