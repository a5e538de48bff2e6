// Policies from a ready-made set to being in force: a draft is made, a step is moved by the keyboard and another by dragging, what that
// changes is looked at before it is saved, the draft is planned in the shadow, and put in force.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row } from './journey.ts';

test('a draft is made, its steps are moved, what it changes is looked at, and it is put in force', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Vltava Packaging',
    email: 'pay@vltava.example',
  });
  // Due ten days ago: the steps that come with the program speak of it on the seventh day.
  await anInvoice(journey, { customerId, amount: '1000.00', issuedOn: '2026-02-04', dueOn: '2026-03-06' });
  const page = await journey.pageOf('controller', 'policies');
  await page.getByText('No set of your own yet').waitFor();
  await page.getByRole('button', { name: 'New draft' }).click();
  await page.getByRole('menuitem', { name: 'Courteous' }).click();
  await heading(page, /^1\. Courteous/).waitFor();

  const step = page.getByRole('slider', { name: /step 3:/ }).first();
  const before = Number(await step.getAttribute('aria-valuenow'));
  await step.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  assert.equal(Number(await step.getAttribute('aria-valuenow')), before + 8);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const box = await step.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  assert.ok(Number(await step.getAttribute('aria-valuenow')) > before);

  await page.getByRole('tab', { name: 'What it changes' }).click();
  await page.getByText('Who has which policy').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('tab', { name: 'Policies' }).click();
  await step.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /^Change step 3 of/ }).click();
  await page.getByRole('group', { name: 'Step 3' }).getByLabel('Goes out by itself').uncheck();
  await row(page, 'waits for a person').waitFor();
  await page.getByRole('button', { name: 'Add a policy' }).click();
  await page.getByText(/^For oldest days overdue at least 30$/).waitFor();
  await page.getByRole('tab', { name: 'One account' }).click();
  await page.getByText('for a person', { exact: true }).first().waitFor();
  await page.getByRole('tab', { name: 'Policies' }).click();
  await page.getByRole('button', { name: 'Remove Policy 1' }).click();
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByRole('button', { name: 'Into the shadow' }).click();
  await page.getByText('in the shadow', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Put in force' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It is your first set.').waitFor();
  await dialog.getByRole('row').filter({ hasText: 'Vltava Packaging' }).waitFor();
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await page.getByText('in force', { exact: true }).first().waitFor();
  await page.goto(journey.url('policies'));
  await row(page, 'Courteous', 'in force').waitFor();
  await page.goto(journey.url(`customers/${customerId}?tab=escalation`));
  await page.getByText('The first policy whose rule is true counts.').waitFor();
  await page.getByText('counts', { exact: true }).waitFor();
  await done(page);
});
