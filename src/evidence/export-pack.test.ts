import assert from 'node:assert/strict';
import { after, before as beforeAll, test } from 'node:test';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { addComment } from '#comments/add-comment.ts';
import { inTenant } from '#db/transaction.ts';
import { writeZip } from '#formats/zip.ts';
import { placeHold } from '#holds/place-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { DrawnBefore } from '#printing/keep-drawn.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { takePromise } from '#promises/take-promise.ts';
import { aCompany, anInvoice, type BuiltInvoice } from '../../test/support/builders.ts';
import { aReader, goLive, remindOn, sendReminders } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readZip } from '../../test/support/zip.ts';
import { exportPack } from './export-pack.ts';
import { readPack } from './read-pack.ts';
import { verifyPack } from './verify-pack.ts';

let tenant: TestTenant;
let companyId: CompanyId;
let customerId: CustomerId;
let invoice: BuiltInvoice;

after(closePdf);
beforeAll(async () => {
  tenant = await newTenant({ on: '2026-01-02' });
  companyId = await aCompany(tenant, { email: 'ar@creditor.example', country: 'DE' });
  customerId = await aReader(tenant);
  const terms = structuredClone(READY_MADE.find(({ code }) => code === 'de')?.terms) as never;
  await tenant.act('controller', replacePolicy, { companyId, validFrom: parseDate('2026-01-01'), terms });
  invoice = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01', minor: 1_000_00n });
  const steps = [{ offsetDays: 7, phase: 'reminder' }];
  await goLive(tenant, { code: 'all', segment: 'everybody', steps });
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  await tenant.act('collector', takePromise, {
    items: [{ itemId: invoice.itemId, on: parseDate('2026-02-12') }],
    way: 'phone',
  });
  tenant.on('2026-03-01');
});

/** Nothing is kept of what was drawn before: each pack is drawn as a whole. */
const before: DrawnBefore = (work) => inTenant(tenant.pool, tenant.tenantId, work);

const make = async (): Promise<Uint8Array> => {
  const asOf = tenant.as('viewer').today;
  const facts = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readPack(tx, { companyId, customerId, asOf }),
  );
  return (await exportPack(facts, { before })).content;
};

test('a pack has the report, the invoice, the statement, the sheet, what happened, and the bytes of what was sent', async () => {
  const files = await readZip(await make());
  const names = [...files.keys()];
  for (const name of [
    'manifest.json',
    'evidence.pdf',
    'statement.pdf',
    'interest.csv',
    `invoices/${invoice.number}.pdf`,
  ])
    assert.ok(names.includes(name), `${name} in ${names.join()}`);
  assert.equal(names.filter((name) => /^messages\/.*\.eml$/.test(name)).length, 1);
  const chronology = files.get('chronology.csv')?.toString() ?? '';
  for (const said of ['invoice', 'message', ',promise,']) assert.match(chronology, new RegExp(said));
  assert.ok(chronology.indexOf('2026-01-02') < chronology.indexOf('2026-02-08'), 'from the first day on');
  assert.match(files.get('messages.json')?.toString() ?? '', /"sha256"/);
});

test('what is between the customer and another company is in no file that tells what happened', async () => {
  const other = await aCompany(tenant, { country: 'DE' });
  const elsewhere = await anInvoice(tenant, {
    companyId: other,
    customerId,
    dueOn: '2026-02-01',
    minor: 7_77n,
  });
  await tenant.act('collector', takePromise, {
    items: [{ itemId: elsewhere.itemId, on: parseDate('2026-03-10') }],
    way: 'phone',
  });
  const hold = { customerId, reason: 'asked_for_time', until: parseDate('2026-03-20') };
  await tenant.act('collector', placeHold, { ...hold, itemId: elsewhere.itemId, note: 'of the other' });
  await tenant.act('collector', placeHold, { ...hold, note: 'of the customer' });
  await tenant.act('collector', placeHold, { ...hold, itemId: invoice.itemId, note: 'of the claim' });
  await tenant.act('collector', addComment, {
    kind: 'customer',
    subjectId: customerId,
    words: 'Strictly between us',
    mentions: [],
  });
  const chronology = (await readZip(await make())).get('chronology.csv')?.toString() ?? '';
  assert.doesNotMatch(chronology, /comment|between us/, 'what colleagues say is for nobody else');
  assert.deepEqual(
    ['7.77', 'of the other', 'of the customer', 'of the claim'].map((words) => chronology.includes(words)),
    [false, false, true, true],
  );
  assert.equal(chronology.split(',promise,').length - 1, 1, 'the promise to the other company is left out');
});

test('interest that cannot be reckoned is refused, not left out', async () => {
  assert.match((await readZip(await make())).get('interest.csv')?.toString() ?? '', /2026-02-02/);
  tenant.on('2030-01-02');
  await assert.rejects(make(), { code: 'reference_rate_missing' });
  tenant.on('2026-03-01');
});

test('the same facts on the same day give the same bytes', async () => {
  assert.deepEqual(Buffer.from(await make()).equals(Buffer.from(await make())), true);
});

test('a pack is proven; a byte changed, a file left out or added is told', async () => {
  const bytes = await make();
  const proven = await verifyPack({ name: 'pack.zip', bytes });
  assert.deepEqual([proven.problems, proven.manifestSha256.length], [[], 64]);
  const files = [...(await readZip(bytes))].map(([name, content]) => ({
    name,
    content: content as Uint8Array,
  }));
  const verify = async (changed: typeof files) =>
    (await verifyPack({ name: 'pack.zip', bytes: writeZip(changed) })).problems;
  const other = files.map((file) =>
    file.name === 'interest.csv' ? { ...file, content: Buffer.from('0') } : file,
  );
  assert.deepEqual(await verify(other), [{ name: 'interest.csv', problem: 'changed' }]);
  assert.deepEqual(await verify(files.filter(({ name }) => name !== 'statement.pdf')), [
    { name: 'statement.pdf', problem: 'missing' },
  ]);
  assert.deepEqual(await verify([...files, { name: 'x', content: Buffer.from('x') }]), [
    { name: 'x', problem: 'not_listed' },
  ]);
  const none = files.filter(({ name }) => name !== 'manifest.json');
  await assert.rejects(verify(none), { code: 'pack_not_ours' });
});
