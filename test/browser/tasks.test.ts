// A collector's tasks: worked through by keys, many at once, given away, and taken back; what makes them is set on a page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row, sent } from './journey.ts';

test('tasks are made, put off, given to nobody and done by keys, each taken back by one', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein' });
  await anInvoice(journey, { customerId, amount: '60000.00', issuedOn: '2026-02-01', dueOn: '2026-03-18' });
  await anInvoice(journey, { customerId, amount: '20000.00', issuedOn: '2026-02-01', dueOn: '2026-03-16' });
  await sent(journey.owner, 'POST', '/api/v1/tasks/refresh');
  const page = await journey.pageOf('collector', 'tasks?show=team');
  await row(page, 'A large item falls due', '60,000.00').waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is to be done').fill('Ask for the new address');
  await dialog.getByLabel(/^By/).fill('2026-03-17');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await row(page, 'Ask for the new address', 'given by hand').waitFor();

  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
  await page.getByText('3 chosen').waitFor();
  await page.keyboard.press('s');
  await dialog.getByLabel('Until').fill('2026-03-24');
  await dialog.getByRole('button', { name: 'Put off' }).click();
  await page.getByText('3 tasks put off').waitFor();
  await page.getByText('Nothing to do here').waitFor();
  await page.keyboard.press('u');
  await row(page, 'Ask for the new address').waitFor();
  await page.getByText('3 tasks put off').waitFor({ state: 'detached' });

  await page.getByRole('checkbox', { name: 'Choose Ask for the new address' }).check();
  await page.keyboard.press('a');
  await dialog.getByRole('button', { name: 'Give' }).click();
  await row(page, 'Ask for the new address', 'for whoever has time').waitFor();
  await page.keyboard.press('u');
  await row(page, 'Ask for the new address', 'given by hand').waitFor();

  await page.getByRole('button', { name: /^Mine/ }).click();
  await page.getByLabel(/^1 task of mine/).waitFor();
  await row(page, 'A large item').waitFor({ state: 'detached' });
  await page.keyboard.press('d');
  await page.getByText('The task closed').waitFor();
  await page.getByText('Nothing to do here').waitFor();
  await page.keyboard.press('u');
  await row(page, 'Ask for the new address').waitFor();

  await page.goto(journey.url(`customers/${customerId}`));
  await page.getByRole('region', { name: 'Tasks' }).getByText('A large item falls due').waitFor();
  await done(page);
});

test('what is asked about a task stays about that task, whatever the list shows meanwhile', async () => {
  const journey = await newJourney();
  const add = async (title: string, dueOn: string) =>
    (await sent(journey.owner, 'POST', '/api/v1/tasks', { title, dueOn, userId: null })).taskId;
  const first = await add('Ask for the address', '2026-03-17');
  await add('Prepare the meeting', '2026-03-18');
  const page = await journey.pageOf('collector', 'tasks?show=team');
  await row(page, 'Ask for the address').waitFor();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Until').fill('2026-03-24');
  await sent(journey.owner, 'POST', '/api/v1/tasks/done', { taskIds: [first] });
  // A minute later the collector comes back to the window, and the list is read again.
  await page.evaluate(
    "const { now } = Date; Date.now = () => now() + 60000; dispatchEvent(new Event('visibilitychange'))",
  );
  await page.getByText('Ask for the address', { exact: true }).waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Put off' }).click();
  await dialog.getByText(/closed already/).waitFor();
  const { body } = await journey.owner('/api/v1/tasks?show=team');
  const rows = body.rows as { title: string; snoozedUntil: string | null }[];
  assert.deepEqual(
    rows.map(({ title, snoozedUntil }) => [title, snoozedUntil]),
    [['Prepare the meeting', null]],
  );
  await done(page);
});

test('a cause that makes tasks is switched off', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'tasks/rules');
  await heading(page, 'Tasks: rules and skills').waitFor();
  await page.getByLabel('An item of so much falls due within so many days').click();
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Save' }).click();
  await saved;
  const { body } = await journey.owner('/api/v1/task-rules');
  const off = (body.rules as { kind: string; isOn: boolean }[]).filter(({ isOn }) => !isOn);
  assert.deepEqual(
    off.map(({ kind }) => kind),
    ['high_due'],
  );
  await done(page);
});
