// Statements that are signed with the certificate of their company: set up, sent, saved, and what happens where there is none.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { getMessage } from '#delivery/contract.ts';
import { readAttachment } from '#delivery/read-message.ts';
import { routes as messageRoutes } from '#delivery/routes.ts';
import { signedOf } from '#delivery/write-letter.ts';
import { deliverInvoices } from '#invoicing/deliver-invoices.ts';
import { invoiceSource } from '#invoicing/write-invoice.ts';
import { present } from '#kernel/assert.ts';
import { type CompanyId, type CustomerId, type MessageId, newId } from '#kernel/id.ts';
import { ATTACHMENT_BYTES_MAX } from '#kernel/limits.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { keepSigningCertificate } from '#signing/change-certificate.ts';
import * as signing from '#signing/contract.ts';
import { openPkcs12 } from '#signing/open-pkcs12.ts';
import { readSignedWith } from '#signing/read-signature.ts';
import { routes as signingRoutes } from '#signing/routes.ts';
import { readCertificate } from '#signing/sign-files.ts';
import { serveTo, TEST_SECRET } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { doSendingJobs, mailToolsOf, messagesOf } from '../../test/support/mail.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { aReader } from '../../test/support/reminders.ts';
import {
  CERTIFICATE_FILE,
  CURVE_FILE,
  ROOT_CERTIFICATE,
  RSA_FILE,
} from '../../test/support/signing-files.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { isSignedBy, NO_OPENSSL, signatureOf } from '../../test/support/verify-signature.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';
import { sendStatement } from './send-statement.ts';
import { statementSource } from './write-statement.ts';

after(closePdf);

async function aWorld() {
  const tenant = await newTenant({ on: '2027-03-02' });
  const companyId: CompanyId = await aCompany(tenant, { name: 'Seller', email: 'ar@seller.example' });
  const customerId: CustomerId = await aReader(tenant, { number: 'K-7', name: 'Čapek' });
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId, minor: 120_00n });
  const ask = await serveTo(tenant, [...routes, ...signingRoutes]);
  const keep = (file: Uint8Array, more: object = {}) =>
    ask('owner', signing.keepSigningCertificate, {
      params: { companyId },
      body: { file: Buffer.from(file).toString('base64'), password: 'right', ...more },
    });
  const save = async () =>
    (
      await ask('viewer', contract.printCustomerStatement, {
        params: { customerId },
        query: { kind: 'open_item' },
      })
    ).bytes;
  const tools = mailToolsOf(tenant, [statementSource, invoiceSource]);
  /** The first file of the mail that was sent last. */
  const mailed = async () => {
    const states = await doSendingJobs(tenant, tools);
    assert.deepEqual(states, ['sent']);
    const { id } = present((await messagesOf(tenant)).at(-1), 'a message was sent');
    const file = await inTenant(tenant.pool, tenant.tenantId, (tx) => readAttachment(tx, id as MessageId, 1));
    return file.content;
  };
  const send = async () => {
    await tenant.act('owner', sendStatement, { customerId, companyId, kind: 'open_item' });
    return mailed();
  };
  const sendInvoice = async () => {
    await tenant.act('owner', deliverInvoices, { invoiceIds: [invoiceId] });
    return mailed();
  };
  const shown = async () => (await ask('viewer', signing.listSigning, {})).reply.rows[0]?.certificate;
  return { tenant, companyId, ask, tools, keep, save, send, sendInvoice, shown };
}

test('statements are sent and saved unsigned, then signed once there is a certificate, then unsigned again', {
  skip: NO_OPENSSL,
}, async () => {
  const { tenant, companyId, ask, keep, save, send, shown } = await aWorld();
  assert.equal(await shown(), null);
  assert.equal(signatureOf(await send()), undefined);
  assert.equal(signatureOf(await save()), undefined);
  assert.equal((await keep(RSA_FILE)).status, 200);
  const certificate = await shown();
  assert.deepEqual(
    [certificate?.name, certificate?.issuerName, certificate?.state, certificate?.validUntil.slice(0, 4)],
    ['Seller GmbH, accounts', 'Test Root', 'signs', '2126'],
  );
  assert.ok(isSignedBy(await send(), ROOT_CERTIFICATE));
  assert.ok(isSignedBy(await save(), ROOT_CERTIFICATE));
  const removed = await ask('owner', signing.removeSigningCertificate, { params: { companyId } });
  assert.equal(removed.status, 200);
  assert.equal(signatureOf(await send()), undefined);
  const keys = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        bytes: number;
      }>`select length(sealed_key) bytes from signing_certificate where tenant_id = ${tx.tenantId}`,
    ),
  );
  assert.deepEqual(keys, [{ bytes: 0 }]);
  const again = await ask('owner', signing.removeSigningCertificate, { params: { companyId } });
  assert.equal(again.code, 'certificate_not_found');
});

test('a file that cannot sign is refused, and the certificate of before signs on', async () => {
  const { keep, shown } = await aWorld();
  await keep(RSA_FILE);
  assert.equal((await keep(RSA_FILE, { password: 'wrong' })).code, 'certificate_password_wrong');
  assert.equal((await keep(CERTIFICATE_FILE)).code, 'certificate_key_missing');
  assert.equal((await keep(Buffer.from('no file'))).code, 'certificate_file_not_readable');
  assert.equal((await shown())?.name, 'Seller GmbH, accounts');
  assert.equal((await keep(CURVE_FILE)).status, 200);
  assert.equal((await shown())?.name, 'Seller EC');
});

/** A certificate whose key does not open with the secret of the server. */
async function sealedElsewhere(companyId: CompanyId, at: Temporal.Instant) {
  const { certificate } = await openPkcs12(RSA_FILE, 'right', at);
  return {
    companyId,
    certificate: Buffer.from(certificate).toString('base64'),
    chain: '',
    sealedKey: Buffer.from('sealed').toString('base64'),
    signsInvoices: false,
  };
}

test('of several who give a certificate at the same time one does, and the others are told', async () => {
  const { tenant, companyId, shown } = await aWorld();
  const wanted = await sealedElsewhere(companyId, tenant.clock());
  const { won, codes } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => () => tenant.act('owner', keepSigningCertificate, wanted)),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['certificate_changed_meanwhile'])]);
  assert.equal((await shown())?.name, 'Seller GmbH, accounts');
});

test('a certificate that ended is warned of before, then signs nothing, and statements go out all the same', async () => {
  const { tenant, keep, send, shown } = await aWorld();
  await keep(RSA_FILE);
  tenant.on('2126-10-20');
  assert.equal((await shown())?.state, 'ends_soon');
  assert.ok(signatureOf(await send()));
  tenant.on('2126-11-10');
  assert.equal((await shown())?.state, 'ended');
  assert.equal(signatureOf(await send()), undefined);
});

test('a key that was sealed with another secret signs nothing, which is said', async () => {
  const { tenant, companyId, send, shown } = await aWorld();
  await tenant.act('owner', keepSigningCertificate, await sealedElsewhere(companyId, tenant.clock()));
  assert.equal((await shown())?.state, 'key_sealed_elsewhere');
  assert.equal(signatureOf(await send()), undefined);
});

test('a mail without room for its signatures goes out unsigned, which the log says', async () => {
  const { tenant, companyId, tools, keep, save } = await aWorld();
  const pdf = new Uint8Array(await save());
  await keep(RSA_FILE);
  const certificate = await inTenant(tenant.pool, tenant.tenantId, (tx) => readCertificate(tx, companyId));
  const warned: string[] = [];
  const log = { ...tools.log, warn: (_: object, message: string) => warned.push(message) };
  const signedBeside = async (bytes: number) => {
    const files = [
      { name: 'statement.pdf', mediaType: 'application/pdf', content: pdf, signedAs: 'statement' as const },
      { name: 'scan.bin', mediaType: 'application/octet-stream', content: new Uint8Array(bytes) },
    ];
    const draft = { message: { id: newId<'message'>() }, certificate };
    const given = await signedOf({ ...tools, log }, tenant.tenantId, draft, { files, now: tenant.clock() });
    return given.map(({ content }) => signatureOf(content) !== undefined);
  };
  assert.deepEqual(await signedBeside(1_000), [true, false]);
  assert.deepEqual(warned, []);
  assert.deepEqual(await signedBeside(ATTACHMENT_BYTES_MAX - pdf.length), [false, false]);
  assert.deepEqual(warned, ['a mail has no room for its signatures and goes out unsigned']);
});

test('invoices are signed where the company wants that, and only then', async () => {
  const { ask, companyId, keep, sendInvoice } = await aWorld();
  await keep(RSA_FILE);
  assert.equal(signatureOf(await sendInvoice()), undefined);
  const changed = await ask('owner', signing.changeSigning, {
    params: { companyId },
    body: { signsInvoices: true },
  });
  assert.equal(changed.status, 200);
  assert.ok(signatureOf(await sendInvoice()));
});

test('neither key nor password are in the database or told to anybody', async () => {
  const { tenant, ask, keep } = await aWorld();
  const kept = await keep(RSA_FILE);
  const told = await ask('owner', signing.listSigning, {});
  const events = JSON.stringify(await tenant.events());
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{
      row: string;
    }>`select row_to_json(c)::text row from signing_certificate c where tenant_id = ${tx.tenantId}
      union all select row_to_json(l)::text from command_log l where tenant_id = ${tx.tenantId}`),
  );
  const said = [kept.bytes.toString(), told.bytes.toString(), events, ...rows.map(({ row }) => row)].join(
    '\n',
  );
  const { key } = await openPkcs12(RSA_FILE, 'right', tenant.clock());
  for (const digits of ['hex', 'base64'] as const)
    assert.ok(!said.includes(Buffer.from(key.subarray(0, 300)).toString(digits)), digits);
  assert.ok(!said.includes('right') && !said.includes(TEST_SECRET));
});

test('what a certificate says never changes, nor anything of one that was taken away', async () => {
  const { tenant, companyId, ask, keep } = await aWorld();
  await keep(RSA_FILE);
  const refused = (change: ReturnType<typeof sql>) =>
    assert.rejects(
      inTenant(tenant.pool, tenant.tenantId, (tx) =>
        tx.run(sql`update signing_certificate set ${change} where tenant_id = ${tx.tenantId}`),
      ),
      { code: '23001' },
    );
  const changes = [
    sql`subject = 'CN=Somebody else'`,
    sql`valid_until = valid_until + interval '1 day'`,
    sql`certificate = 'other'`,
    sql`chain = ''`,
    sql`kept_by = 'user:other'`,
    sql`company_id = company_id, kept_at = kept_at - interval '1 day'`,
    sql`sealed_key = 'other'`,
    sql`sealed_key = 'other', removed_by = 'user:other', removed_at = kept_at`,
  ];
  for (const change of changes) await refused(change);
  await ask('owner', signing.removeSigningCertificate, { params: { companyId } });
  for (const change of [sql`signs_invoices = not signs_invoices`, sql`removed_by = null, removed_at = null`])
    await refused(change);
});

test('the page of a message says of each file whether it was signed, as whom and until when, also once that certificate is gone', async () => {
  const { tenant, companyId, ask, keep, send } = await aWorld();
  const asks = await serveTo(tenant, messageRoutes);
  const said = async () => {
    const { id } = present((await messagesOf(tenant)).at(-1), 'a message was sent');
    const { reply } = await asks('viewer', getMessage, { params: { messageId: id } });
    return reply.attachments.map(({ signedWith }) => signedWith);
  };
  await send();
  assert.deepEqual(await said(), [null]);
  for (const [file, name, issuerName] of [
    [RSA_FILE, 'Seller GmbH, accounts', 'Test Root'],
    [CURVE_FILE, 'Seller EC', 'Seller EC'],
  ] as const) {
    await keep(file);
    await send();
    const [signedWith] = await said();
    assert.deepEqual([signedWith?.name, signedWith?.issuerName], [name, issuerName]);
    assert.match(signedWith?.validUntil ?? '', /^2126-11-0/);
  }
  await ask('owner', signing.removeSigningCertificate, { params: { companyId } });
  assert.equal((await said())[0]?.name, 'Seller EC');
});

test('a signature of somebody else, or over less than the file, is not taken for that of the company', async () => {
  const { tenant, companyId, keep, send } = await aWorld();
  const read = (files: readonly Uint8Array[]) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readSignedWith(tx, companyId, files));
  await keep(RSA_FILE);
  const signed = await send();
  const longer = Buffer.concat([signed, Buffer.from('\n% more')]);
  const broken = Buffer.from(signed);
  const at = broken.lastIndexOf('/Contents <') + '/Contents <'.length;
  broken.write('00'.repeat(40), at, 'latin1');
  const [whole, ...others] = await read([signed, longer, broken, Buffer.from('%PDF /ByteRange [')]);
  assert.equal(whole?.name, 'Seller GmbH, accounts');
  assert.deepEqual(others, [null, null, null]);
  const elsewhere = await aWorld();
  const foreign = await inTenant(elsewhere.tenant.pool, elsewhere.tenant.tenantId, (tx) =>
    readSignedWith(tx, elsewhere.companyId, [signed]),
  );
  assert.deepEqual(foreign, [null]);
});
