// A customer of several companies of ours that wants another portal with one of them, or none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { readReach } from '#delivery/read-reach.ts';
import { deliverInvoices } from '#invoicing/deliver-invoices.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type InvoiceId, newId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { aReader } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { alignUploads } from './align-uploads.ts';
import * as contract from './contract.ts';
import type { Portal } from './portal.ts';
import { endPortal, followPortal, putPortal } from './put-portal.ts';
import { readUnposted } from './read-unposted.ts';
import { readUpload, readUploadCounts } from './read-uploads.ts';
import { recordUploaded } from './record-upload.ts';
import { routes } from './routes.ts';
import { findStated } from './store.ts';

const wish = (portal: string, more: Partial<Portal> = {}): Portal => ({
  portal,
  address: null,
  supplierNumber: `${portal}-1`,
  userId: null,
  withinDays: 1,
  uploads: ['pdf'],
  from: parseDate('2026-03-01'),
  instead: true,
  chasesUnposted: false,
  ...more,
});

/** A customer of two companies, with an invoice of each, that wants Ariba with all. */
async function twoCompanies() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const north = await aCompany(tenant, { name: 'North', email: 'ar@north.example' });
  const south = await aCompany(tenant, { name: 'South', email: 'ar@south.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG' });
  const put = (portal: Portal, companyId?: CompanyId) =>
    tenant.act('collector', putPortal, { customerId, companyId, ...portal });
  await put(wish('Ariba'));
  const days = { issuedOn: '2026-03-10', dueOn: '2026-03-20' };
  const ofNorth = await anInvoice(tenant, { companyId: north, customerId, ...days });
  const ofSouth = await anInvoice(tenant, { companyId: south, customerId, ...days });
  const align = () => tenant.act('owner', alignUploads, {});
  const stands = async ({ invoiceId }: { readonly invoiceId: InvoiceId }) => {
    await align();
    const { upload } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readUpload(tx, tenant.as('collector'), invoiceId),
    );
    return upload && `${upload.portal} ${upload.state}`;
  };
  /** Why it is not sent by itself; null where it is. */
  const sentBy = async ({ invoiceId }: { readonly invoiceId: InvoiceId }) =>
    (await tenant.act('collector', deliverInvoices, { invoiceIds: [invoiceId] })).results[0]?.reason ?? null;
  return { tenant, north, south, customerId, ofNorth, ofSouth, put, align, stands, sentBy };
}

test('what is stated for one company counts before what is stated for all, for uploads, sending and reminding', async () => {
  const { tenant, south, customerId, ofNorth, ofSouth, put, stands, sentBy } = await twoCompanies();
  assert.equal(await stands(ofSouth), 'Ariba waiting');
  await put(wish('Coupa', { instead: false, chasesUnposted: true }), south);
  assert.deepEqual([await stands(ofNorth), await stands(ofSouth)], ['Ariba waiting', 'Coupa waiting']);
  const unposted = await inTenant(tenant.pool, tenant.tenantId, (tx) => readUnposted(tx, [customerId]));
  assert.deepEqual([...unposted], [ofNorth.invoiceId], 'South asks for what is not posted, too');
  const counts = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readUploadCounts(tx, tenant.as('viewer')),
  );
  assert.deepEqual(counts.portals.map(({ portal, waiting }) => `${portal} ${waiting}`).sort(), [
    'Ariba 1',
    'Coupa 1',
  ]);
  const uploads = [ofNorth, ofSouth].map(({ invoiceId }) => ({ documentId: invoiceId }));
  await tenant.act('collector', recordUploaded, { uploads });
  assert.deepEqual([await sentBy(ofNorth), await sentBy(ofSouth)], ['by_portal', null]);
});

test('with one company there is no portal, though there is one with all, until that is taken back', async () => {
  const { tenant, south, customerId, ofNorth, ofSouth, stands, sentBy } = await twoCompanies();
  assert.equal(await stands(ofSouth), 'Ariba waiting');
  await tenant.act('collector', endPortal, { customerId, companyId: south });
  assert.deepEqual([await stands(ofNorth), await stands(ofSouth)], ['Ariba waiting', 'Ariba closed']);
  assert.equal(await sentBy(ofNorth), 'by_portal');
  await assert.rejects(tenant.act('collector', endPortal, { customerId, companyId: south }), {
    code: 'portal_not_in_use',
  });
  await tenant.act('collector', followPortal, { customerId, companyId: south });
  assert.equal(await stands(ofSouth), 'Ariba waiting');
  assert.equal(await sentBy(ofSouth), 'by_portal');
  await assert.rejects(tenant.act('collector', followPortal, { customerId, companyId: south }), {
    code: 'portal_not_its_own',
  });
});

test('a portal with one company alone makes uploads of its documents alone, and taken back it closes them', async () => {
  const { tenant, south, customerId, ofNorth, ofSouth, put, stands } = await twoCompanies();
  await tenant.act('collector', endPortal, { customerId });
  await put(wish('Coupa'), south);
  assert.deepEqual([await stands(ofNorth), await stands(ofSouth)], [null, 'Coupa waiting']);
  await tenant.act('collector', followPortal, { customerId, companyId: south });
  assert.equal(await stands(ofSouth), 'Ariba closed');
});

test('of several who state something at once the last one counts for uploads and sending alike, and one can end it', async () => {
  const { tenant, customerId, put } = await twoCompanies();
  const all = Array.from({ length: RACERS }, (_, n) => `Portal ${n}`);
  const stated = await raceHeld(
    tenant,
    all.map((portal) => () => put(wish(portal))),
  );
  assert.equal(stated.won, RACERS);
  const [counts, instead] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    Promise.all([findStated(tx, customerId), readReach(tx, null, [customerId], 'invoice')]),
  );
  assert.equal(counts.get(null)?.portal, instead.get(customerId)?.byPortal?.portal);
  const ended = await raceHeld(
    tenant,
    all.map(() => () => tenant.act('collector', endPortal, { customerId })),
  );
  assert.deepEqual([ended.won, new Set(ended.codes)], [1, new Set(['portal_not_in_use'])]);
});

test('what is stated is read for all and for each company of its own, and a company has to be there', async () => {
  const { tenant, south, customerId, put } = await twoCompanies();
  const ask = await serveTo(tenant, routes);
  const params = { customerId };
  const body = { ...wish('Coupa'), from: '2026-03-01', companyId: south, uploads: [...wish('').uploads] };
  assert.equal((await ask('collector', contract.putPortal, { params, body })).status, 200);
  const read = async () => (await ask('viewer', contract.readPortal, { params })).reply;
  assert.equal((await read()).setting?.portal, 'Ariba');
  assert.deepEqual(
    (await read()).own.map(({ companyId, setting }) => [companyId, setting?.portal]),
    [[south, 'Coupa']],
  );
  const query = { companyId: south };
  assert.equal((await ask('collector', contract.endPortal, { params, query })).status, 200);
  assert.deepEqual((await read()).own, [{ companyId: south, setting: null }]);
  const own = { customerId, companyId: south };
  assert.equal((await ask('viewer', contract.followPortal, { params: own })).code, 'not_permitted');
  assert.equal((await ask('collector', contract.followPortal, { params: own })).status, 200);
  assert.deepEqual((await read()).own, []);
  await assert.rejects(put(wish('Coupa'), newId<'company'>()), { code: 'company_not_found' });
});
