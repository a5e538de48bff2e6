// A channel of a chat service is added under settings, its address is shown to nobody, and it is changed without giving it again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, done, heading, newJourney, row } from './journey.ts';

test('a chat channel is added, and changed without giving its address again', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'settings?tab=chat');
  await heading(page, 'Settings').waitFor();
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Receivables');
  await dialog.getByLabel('Address').fill('https://chat.example/services/T1/only-ours');
  await dialog.getByLabel('Tasks that nobody has').uncheck();
  assert.deepEqual(await barriers(page), []);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row(page, 'Receivables', 'chat.example', 'nothing yet').waitFor();
  assert.ok(!(await page.content()).includes('only-ours'));
  await page.getByRole('button', { name: 'Change Receivables' }).click();
  assert.equal(await dialog.getByLabel('Tasks that nobody has').isChecked(), false);
  await dialog.getByLabel('Name').fill('Money');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row(page, 'Money', 'chat.example').waitFor();
  assert.deepEqual(await barriers(page), []);
  await done(page);
});
