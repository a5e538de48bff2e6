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
  const address = dialog.getByRole('textbox', { name: 'Address' });
  await address.fill('chat.example');
  await dialog.getByRole('switch', { name: 'Posts are signed' }).check({ force: true });
  const secret = dialog.getByRole('textbox', { name: 'Signed with' });
  await secret.fill('too short');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Write an address that begins with https://.').waitFor();
  await dialog.getByText('At least 16 characters.').waitFor();
  assert.equal(await address.getAttribute('aria-invalid'), 'true');
  assert.equal(await secret.getAttribute('aria-invalid'), 'true');
  assert.equal(await dialog.getByRole('alert').count(), 0, 'nothing is said twice');
  await secret.fill('a secret that both know');
  await address.fill('https://chat.example/services/T1/only-ours');
  await dialog.getByLabel('Tasks that nobody has').uncheck();
  assert.deepEqual(await barriers(page), []);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row(page, 'Receivables', 'chat.example, signed', 'nothing yet').waitFor();
  assert.ok(!(await page.content()).includes('only-ours'));
  await page.getByRole('button', { name: 'Change Receivables' }).click();
  assert.equal(await dialog.getByLabel('Tasks that nobody has').isChecked(), false);
  await dialog.getByLabel('Name').fill('Money');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row(page, 'Money', 'chat.example, signed').waitFor();
  await page.getByRole('button', { name: 'Change Money' }).click();
  await dialog.getByRole('switch', { name: 'Posts are signed' }).uncheck({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('chat.example, signed').first().waitFor({ state: 'detached' });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('button', { name: 'Change Money' }).waitFor();
  await page.getByText('chat.example', { exact: true }).first().waitFor();
  // What has to be moved sideways is a region by itself.
  await page.getByRole('region', { name: 'Channels' }).waitFor({ state: 'detached' });
  assert.deepEqual(await barriers(page), []);
  await done(page);
});
