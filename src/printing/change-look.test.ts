import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { newId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { changeLook } from './change-look.ts';
import * as contract from './contract.ts';
import { contrastToWhite, type PrintStyle, usualStyle } from './print-style.ts';
import { readLooks } from './read-looks.ts';
import { routes } from './routes.ts';

const STYLE: PrintStyle = {
  paper: 'us_letter',
  window: 'us',
  accent: '#aa0000',
  font: 'noto_serif',
  marks: false,
};
const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>',
).toString('base64');

async function setting() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const look = () =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const company = await takeCompany(tx, companyId);
      return (await readLooks(tx, [company])).get(companyId);
    });
  return { tenant, companyId, look };
}

test('a company that has chosen nothing writes as is usual in its country', async () => {
  const { look } = await setting();
  assert.deepEqual((await look())?.logo, null);
  assert.deepEqual(
    ['DE', 'US', 'CH', undefined]
      .map((country) => usualStyle(country))
      .map(({ paper, window }) => [paper, window]),
    [
      ['a4', 'din_b'],
      ['us_letter', 'us'],
      ['a4', 'ch_right'],
      ['a4', 'din_b'],
    ],
  );
});

test('a look is kept; the picture stays until it is replaced or taken away', async () => {
  const { tenant, companyId, look } = await setting();
  await tenant.act('owner', changeLook, { companyId, style: STYLE, logo: SVG });
  assert.deepEqual((await look())?.style, STYLE);
  await tenant.act('owner', changeLook, { companyId, style: { ...STYLE, font: 'noto_sans' } });
  const kept = await look();
  assert.equal(kept?.style.font, 'noto_sans');
  assert.equal(Buffer.from(kept?.logo ?? []).toString('base64'), SVG);
  await tenant.act('owner', changeLook, { companyId, style: STYLE, logo: null });
  assert.equal((await look())?.logo, null);
});

test('a colour too light to be read and a file that is no picture are refused, and nothing is kept', async () => {
  const { tenant, companyId, look } = await setting();
  const light = { companyId, style: { ...STYLE, accent: '#ffee88' } };
  await assert.rejects(tenant.act('owner', changeLook, light), { code: 'accent_too_light' });
  const noPicture = { companyId, style: STYLE, logo: Buffer.from('hello').toString('base64') };
  await assert.rejects(tenant.act('owner', changeLook, noPicture), { code: 'logo_not_readable' });
  assert.notDeepEqual((await look())?.style, STYLE);
  assert.deepEqual(['#000000', '#ffffff'].map(contrastToWhite), [21, 1]);
});

test('over HTTP the look is read by all and changed by those who manage the company', async () => {
  const { tenant, companyId } = await setting();
  const ask = await serveTo(tenant, routes);
  const body = { style: STYLE, logo: SVG };
  const changed = await ask('owner', contract.changeLook, { params: { companyId }, body });
  assert.equal(changed.status, 200);
  const read = await ask('viewer', contract.readLook, { params: { companyId } });
  assert.equal(read.status, 200);
  assert.deepEqual(read.reply.style, STYLE);
  assert.equal(read.reply.logo, `data:image/svg+xml;base64,${SVG}`);
  const refused = await ask('viewer', contract.changeLook, { params: { companyId }, body });
  assert.equal(refused.status, 403);
});

test('what a company adds to its documents is kept when it is left out; the usual look comes back without it', async () => {
  const { tenant, companyId, look } = await setting();
  const extras = {
    secondLanguage: 'english',
    payLink: 'https://pay.example/{number}',
    upiId: 'shop@bank',
  } as const;
  await tenant.act('owner', changeLook, { companyId, style: STYLE, logo: SVG, extras });
  await tenant.act('owner', changeLook, { companyId, style: null });
  const now = await look();
  const { country } = await inTenant(tenant.pool, tenant.tenantId, (tx) => takeCompany(tx, companyId));
  assert.deepEqual(now, {
    style: usualStyle(country),
    logo: null,
    extras,
    letterheads: { texts: [], ownLanguage: 'en' },
  });
  for (const [wrong, code] of [
    [{ payLink: 'ftp://pay.example' }, 'pay_link_not_valid'],
    [{ upiId: 'nobody' }, 'upi_id_not_valid'],
  ] as const) {
    const input = { companyId, style: STYLE, extras: { ...extras, ...wrong } };
    await assert.rejects(tenant.act('owner', changeLook, input), { code });
  }
  assert.deepEqual(await look(), now);
});

test('over HTTP the second language of a customer is read by all and changed by those who edit customers', async () => {
  const { tenant } = await setting();
  const customerId = await aCustomer(tenant);
  const ask = await serveTo(tenant, routes);
  const params = { customerId };
  const second = async () => (await ask('viewer', contract.readCustomerPrint, { params })).reply;
  assert.deepEqual(await second(), { secondLanguage: null, may: { change: 'not_permitted' } });
  const wish = { params, body: { secondLanguage: 'company' } } as const;
  assert.equal((await ask('viewer', contract.changeCustomerPrint, wish)).status, 403);
  assert.equal((await ask('owner', contract.changeCustomerPrint, wish)).status, 200);
  assert.equal((await second())?.secondLanguage, 'company');
  const missing = { params: { customerId: newId() } };
  assert.equal((await ask('viewer', contract.readCustomerPrint, missing)).code, 'customer_not_found');
});
