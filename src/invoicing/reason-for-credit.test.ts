import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { type OwnReason, reasonText } from './reason-for-credit.ts';
import { CREDIT_REASON_NAMES } from './reason-names.ts';
import { routes } from './routes.ts';

test('a reason is printed in the language of the document, with the words beside it; other says nothing but its words', () => {
  const own = [{ code: 'bonus', label: 'Yearly bonus' }];
  assert.equal(reasonText({ code: 'price', note: null }, own, 'de'), 'Preiskorrektur');
  assert.equal(reasonText({ code: 'price', note: 'agreed' }, own, 'en'), 'Price corrected: agreed');
  assert.equal(reasonText({ code: 'bonus', note: null }, own, 'fr'), 'Yearly bonus');
  const named = [{ code: 'bonus', label: 'Yearly bonus', names: { pl: 'Premia roczna' } }];
  assert.equal(reasonText({ code: 'bonus', note: null }, named, 'pl'), 'Premia roczna');
  assert.equal(reasonText({ code: 'bonus', note: null }, named, 'it'), 'Yearly bonus');
  assert.equal(reasonText({ code: 'price', note: null }, own, 'ja'), '価格の訂正');
  assert.equal(reasonText({ code: 'gone', note: null }, [], 'en'), 'gone');
  assert.equal(reasonText({ code: 'other', note: 'Because' }, own, 'cs'), 'Because');
});

test('no two reasons are called the same in a language, and none is English elsewhere', () => {
  for (const [language, names] of Object.entries(CREDIT_REASON_NAMES)) {
    assert.equal(new Set(Object.values(names)).size, Object.keys(CREDIT_REASON_NAMES.en).length, language);
    if (language === 'en') continue;
    for (const [code, name] of Object.entries(names))
      assert.notEqual(name, CREDIT_REASON_NAMES.en[code as 'price'], `${code} in ${language}`);
  }
});

test('a credit note needs a reason that is known, and other needs words; a tenant adds reasons of its own', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId });
  const ask = await serveTo(tenant, routes);
  const line = { description: 'Less', quantity: '1', unitPrice: '10', taxPercent: '0' };
  const credit = (body: { readonly reason: string; readonly reasonNote?: string }) =>
    ask('controller', contract.creditInvoice, { params: { invoiceId }, body: { ...body, lines: [line] } });
  assert.equal((await credit({ reason: 'bonus' })).code, 'credit_reason_unknown');
  assert.equal((await credit({ reason: 'other' })).code, 'credit_reason_without_words');
  assert.equal((await credit({ reason: 'Damaged goods' })).status, 400);
  const replace = (reasons: readonly OwnReason[]) =>
    ask('owner', contract.replaceCreditReasons, {
      body: { reasons: reasons.map(({ names, ...reason }) => ({ ...reason, ...(names ? { names } : {}) })) },
    });
  const bonus = { code: 'bonus', label: 'Yearly bonus', names: { de: 'Jahresbonus', fr: 'Prime annuelle' } };
  assert.equal((await replace([bonus, bonus])).code, 'credit_reason_twice');
  assert.equal((await replace([{ code: 'price', label: 'Price' }])).code, 'credit_reason_twice');
  assert.equal((await replace([bonus])).status, 200);
  const { reply } = await ask('viewer', contract.readCreditReasons, {});
  assert.deepEqual(reply.reasons.at(-1), { ...bonus, own: true });
  const issued = await credit({ reason: 'bonus', reasonNote: 'for 2025' });
  const read = await ask('viewer', contract.readInvoice, {
    params: { invoiceId: issued.reply.creditNoteId },
  });
  assert.deepEqual(
    [read.reply.reasonCode, read.reply.reasonLabel, read.reply.reason],
    ['bonus', 'Yearly bonus', 'for 2025'],
  );
  // Taken off the list, it is offered no more; what was issued keeps its code.
  await replace([]);
  assert.equal((await credit({ reason: 'bonus' })).code, 'credit_reason_unknown');
});

test('a credit note is drawn before it is issued, with the invoice it corrects and without one', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId });
  const ask = await serveTo(tenant, routes);
  const common = { companyId, customerId, currency: 'EUR', reason: 'price' };
  const line = { description: 'Bonus', quantity: '1', unitPrice: '10', taxPercent: '0' };
  const of = await ask('controller', contract.previewCreditNote, { body: { ...common, invoiceId } });
  const own = await ask('controller', contract.previewCreditNote, { body: { ...common, lines: [line] } });
  for (const drawn of [of, own])
    assert.deepEqual([drawn.status, drawn.bytes.subarray(0, 5).toString()], [200, '%PDF-']);
  const nothing = await ask('controller', contract.previewCreditNote, { body: common });
  assert.equal(nothing.code, 'no_lines');
});
