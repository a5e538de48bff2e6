// Approvals: an owner sets rules, a controller asks for a write-off above the limit, the owner approves it without a mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  aCustomer,
  anInvoice,
  barriers,
  done,
  heading,
  type Journey,
  newJourney,
  quiet,
  row,
  sent,
} from './journey.ts';

const PHONE = { viewport: { width: 390, height: 844 } };
const DAYS = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };

async function rules({ owner }: Journey): Promise<void> {
  const step = { roles: ['owner', 'controller'], people: 1 };
  await sent(owner, 'PUT', '/api/v1/approval-policies/write_off', {
    version: 0,
    currency: 'EUR',
    order: 'serial',
    expiryDays: 14,
    bands: [
      { upTo: { amount: '500', currency: 'EUR' }, alone: ['owner', 'controller'], steps: [step] },
      { upTo: { amount: '5000', currency: 'EUR' }, alone: [], steps: [step] },
      {
        upTo: null,
        alone: [],
        steps: [
          { roles: ['controller'], people: 1 },
          { roles: ['owner'], people: 1 },
        ],
      },
    ],
  });
}

/** A controller asks to write an invoice off, by the form. */
async function askToWriteOff(page: Page, number: string, why: string): Promise<void> {
  await page.getByRole('button', { name: 'Write off' }).click();
  const dialog = page.getByRole('dialog', { name: `Write off ${number}` });
  await dialog.getByText('Others decide about this').waitFor();
  await dialog.getByLabel('Why').fill(why);
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await heading(page, 'Write-offs: bad debt').waitFor();
}

test('a controller asks, the owner approves by keyboard, and the invoice is written off', async () => {
  const journey = await newJourney();
  await rules(journey);
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const first = await anInvoice(journey, { customerId, amount: '1200.00', ...DAYS });
  const second = await anInvoice(journey, { customerId, amount: '900.00', ...DAYS });
  const asking = await journey.pageOf('controller', `invoices/${first.invoiceId}`);
  await askToWriteOff(asking, first.number, 'Insolvent since February');
  await asking.getByText('waits for a decision').waitFor();
  await asking.goto(journey.url(`invoices/${second.invoiceId}`));
  await askToWriteOff(asking, second.number, 'The same');

  const page = await journey.pageOf('owner', 'dashboard');
  await page.getByLabel('2 wait for you').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await heading(page, 'Approvals').waitFor();
  await row(page, 'Hollenstein Machinery', '1,200.00').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Approve' });
  await dialog.getByText('1,200.00').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Approved and carried out.').waitFor();
  await row(page, '1,200.00').waitFor({ state: 'detached' });

  await row(page, '900.00').focus();
  await page.keyboard.press('Enter');
  await heading(page, 'Write-offs: bad debt').waitFor();
  await page.keyboard.press('r');
  await page.getByRole('dialog', { name: 'Reject' }).getByLabel('Why').fill('They still trade');
  await page.keyboard.press('Enter');
  await page.getByText('They still trade').first().waitFor();
  await page.goto(journey.url(`invoices/${first.invoiceId}`));
  await page.getByText('written off').first().waitFor();
  await asking.goto(journey.url('approvals?view=requested'));
  await row(asking, '1,200.00', 'carried out').waitFor();
  await row(asking, '900.00', 'rejected').waitFor();
  await done(asking);
  await done(page);
});

test('who looks at a request that changes meanwhile has to look again before they decide', async () => {
  const journey = await newJourney();
  await rules(journey);
  const controller = await journey.tenant.as('controller');
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const issued = await anInvoice(journey, { customerId, amount: '1200.00', ...DAYS });
  const invoice = await sent(journey.owner, 'GET', `/api/v1/invoices/${issued.invoiceId}`);
  const [item] = invoice.items as { id: string }[];
  const asked = (amount: string) => ({
    operation: 'write-off-items',
    params: {},
    body: {
      kind: 'bad_debt',
      reason: 'Insolvent',
      items: [{ itemId: item?.id, amount: { amount, currency: 'EUR' } }],
    },
    reason: 'Insolvent',
  });
  const { approvalId } = await sent(controller, 'POST', '/api/v1/approvals', asked('800'));
  const page = await journey.pageOf('owner', `approvals/${approvalId}`);
  await page.getByText('800.00').first().waitFor();
  await sent(controller, 'PUT', `/api/v1/approvals/${approvalId}`, asked('1000'));
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Approve' }).getByLabel('Note').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('The request was changed meanwhile').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Changed while you looked').waitFor();
  await page.getByRole('button', { name: 'I have looked at it again' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('dialog', { name: 'Approve' }).getByText('1,000.00').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Approved and carried out.').waitFor();
  await done(page);
});

test('rules are drawn as a staircase while they are written, and say who would decide about an amount', async () => {
  const journey = await newJourney();
  await journey.tenant.as('controller');
  const page = await journey.pageOf('owner', 'settings?tab=approvals');
  await page.getByRole('button', { name: 'Set rules: Credit notes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who decides: Credit notes' });
  await dialog.getByRole('button', { name: 'Add a band' }).click();
  await dialog.getByLabel('Up to (EUR)').fill('250');
  await dialog.getByLabel('An amount to try (EUR)').fill('250.01');
  await dialog.getByText('Whoever wants this has to ask').waitFor();
  assert.deepEqual(await barriers(page), []);
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await page.getByText('The rules hold for requests to come.').waitFor();
  await page.getByText('Version 1, set by').waitFor();
  await done(page);
});

test('somebody stands in for an owner who is away, and that is ended again', async () => {
  const journey = await newJourney();
  await journey.tenant.as('controller');
  const page = await journey.pageOf('owner', 'settings?tab=account', PHONE);
  await page.getByRole('button', { name: 'Let somebody decide for me' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let somebody decide for me' });
  await dialog.getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option').first().click();
  const end = dialog.getByLabel('To, that day included');
  await end.fill('30 Mar 2026');
  await end.press('Tab');
  await dialog.getByLabel('Why').fill('Holidays');
  await dialog.getByRole('button', { name: 'Let them decide' }).click();
  await page.getByText('Holidays').waitFor();
  await quiet(page);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: /^End:/ }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByText('When you are away').waitFor();
  await done(page);
});
