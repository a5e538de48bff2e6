// Registering an experiment with a step, and stopping it: what was said stays, and everybody hears the step again.

import { test } from 'node:test';
import { done, heading, newJourney } from './journey.ts';

test('a controller registers an experiment, which cannot overlap another, and stops it with a reason', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('controller', 'experiments');
  await heading(page, 'Experiments').waitFor();
  await page.getByText('No experiments yet').waitFor();
  const dialog = page.getByRole('dialog');
  const register = async () => {
    await page.getByRole('button', { name: 'New experiment' }).click();
    await dialog.getByLabel('Name').fill('Is the first reminder worth it?');
    await dialog.getByLabel('What is expected, and why').fill('Who forgot pays when reminded');
    await dialog.getByRole('combobox', { name: 'Step' }).click();
    await page.getByRole('option', { name: /7 days after the due date/ }).click();
    await dialog.getByLabel('Takes customers in until').fill('2026-06-30');
    await dialog.getByRole('button', { name: 'Register it' }).click();
  };
  await register();
  const panel = page.getByRole('region', { name: '1 · Is the first reminder worth it?' });
  await panel.getByText('to come').waitFor();
  await panel.getByText('not told, with 20 % of customers').waitFor();
  await panel.getByText('too few customers yet').waitFor();
  await register();
  await dialog.getByText(/Another experiment is about this step/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByRole('button', { name: 'Stop' }).click();
  await dialog.getByLabel('Why').fill('We changed our minds');
  await dialog.getByRole('button', { name: 'Stop it' }).click();
  await panel.getByText('We changed our minds').waitFor();
  await done(page);
});
