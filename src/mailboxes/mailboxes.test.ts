import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { closeSmtp, openSmtp, sendMail } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { openInbound } from '#delivery/open-inbound.ts';
import { pdfOfPages } from '#formats/pdf-pages-for-tests.ts';
import { present } from '#kernel/assert.ts';
import { INBOUND_MAIL_BYTES_MAX } from '#kernel/limits.ts';
import { toDecimal } from '#kernel/money.ts';
import { readMailPage } from '#remittances/read-mails.ts';
import { takeRemittance } from '#remittances/take-remittance.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { closeMailbox, openMailbox } from './change-mailboxes.ts';
import { readMailboxes } from './read-mailboxes.ts';
import { remittanceMailbox } from './receive-for-mailbox.ts';

const ADDRESS = 'remittance@mail.seller.example';
const NO_TLS = { keyFile: undefined, certificateFile: undefined };
const CSV = 'Invoice,Amount\nINV-1,10.00\nINV-2,5.50\nTotal,15.50\n';

async function bytesOf(mail: object): Promise<Uint8Array> {
  const sent = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: 'pay@miller.example',
    to: 'accounts@seller.example',
    subject: 'Remittance',
    ...mail,
  });
  return sent.message as unknown as Buffer;
}

/** A company with a mailbox, and a mail server of ours that listens. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const open = () => tenant.act('owner', openMailbox, { companyId, address: ADDRESS });
  const { mailboxId, address } = await open();
  const tools = toolsOf(tenant);
  const receiver = present(
    await openInbound('127.0.0.1:0', NO_TLS, tools, [remittanceMailbox(tools)]),
    'it listens',
  );
  const smtp = openSmtp(`smtp://127.0.0.1:${receiver.port}`, { connectMsMax: 2_000, answerMsMax: 20_000 });
  const send = (raw: Uint8Array, to: readonly string[] = [address]) =>
    sendMail(smtp, { from: 'pay@miller.example', to: [...to] }, raw);
  const read = <Reply>(query: (tx: Parameters<Parameters<typeof inTenant>[2]>[0]) => Promise<Reply>) =>
    inTenant(tenant.pool, tenant.tenantId, query);
  const mails = async () => (await read((tx) => readMailPage(tx, { limit: 50 }))).rows;
  const close = async () => {
    closeSmtp(smtp);
    await receiver.close();
  };
  return { tenant, companyId, mailboxId, address, open, send, read, mails, close };
}

test('mail to the address of a company becomes remittances, each file and mail once however often it is sent', async () => {
  const { address, send, read, mails, close } = await setting();
  try {
    assert.match(address, /^remittance\+[a-z2-7]{34}@mail\.seller\.example$/);
    const pdf = pdfOfPages([
      [
        { text: 'Invoice', x: 50, y: 60 },
        { text: 'Amount paid', x: 200, y: 60 },
        { text: 'INV-9', x: 50, y: 80 },
        { text: '7.25', x: 220, y: 80 },
      ],
    ]);
    const raw = await bytesOf({
      text: 'see the files',
      attachments: [
        { filename: 'list.csv', content: CSV },
        { filename: 'list.pdf', content: Buffer.from(pdf) },
        { filename: 'logo.png', content: Buffer.from('not a picture') },
      ],
    });
    assert.equal((await send(raw)).kind, 'accepted');
    // A mail server that did not hear the answer hands it in again; upper case is the same address.
    assert.equal((await send(raw, [address.toUpperCase()])).kind, 'accepted');
    const [mail, ...others] = await mails();
    assert.deepEqual(others, []);
    assert.equal(mail?.sender, 'pay@miller.example');
    const found = (mail?.parts ?? []).filter((part) => part.remittanceId !== null);
    assert.deepEqual(
      found.map((part) => part.name),
      ['list.csv', 'list.pdf'],
    );
    const lines = await read(async (tx) => (await takeRemittance(tx, found[0]?.remittanceId ?? '')).lines);
    assert.deepEqual(
      lines.map((line) => `${line.document} ${toDecimal(line.amount)}`),
      ['INV-1 10.00', 'INV-2 5.50'],
    );
  } finally {
    await close();
  }
});

test('no mail is taken for an address that is guessed, closed or of nobody, nor one that is too large or no mail', async () => {
  const { tenant, mailboxId, address, open, send, read, mails, close } = await setting();
  try {
    const raw = await bytesOf({ text: 'Invoice Amount' });
    const guessed = address.replace(/[a-z2-7](?=@)/, (last) => (last === 'a' ? 'e' : 'a'));
    for (const other of [guessed, ADDRESS, 'x@y.example'])
      assert.equal((await send(raw, [other])).kind, 'refused', other);
    const large = Buffer.concat([raw, Buffer.alloc(INBOUND_MAIL_BYTES_MAX, 'x\r\n')]);
    assert.equal((await send(large)).kind, 'refused');
    assert.equal((await send(Buffer.from('\r\n\r\nno headers at all'))).kind, 'refused');
    assert.deepEqual(await mails(), []);

    const broken = Buffer.from(
      'From: pay@miller.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%',
    );
    assert.equal(
      (await send(broken)).kind,
      'accepted',
      'what is a mail is kept, and a person sees why it says nothing',
    );
    const [kept] = await mails();
    assert.ok(kept?.parts.every((part) => part.remittanceId === null && part.code !== null));

    await tenant.act('owner', closeMailbox, { mailboxId });
    assert.equal((await send(await bytesOf({ text: 'late' }))).kind, 'refused');
    await refusesWithoutTrace(tenant, 'mailbox_closed', () =>
      tenant.act('owner', closeMailbox, { mailboxId }),
    );
    const again = await open();
    assert.notEqual(again.address, address);
    assert.deepEqual(
      (await read(readMailboxes)).rows.map((row) => row.address),
      [again.address],
    );
  } finally {
    await close();
  }
});

test('mail to two companies at once is taken in for each', async () => {
  const { tenant, address, send, mails, close } = await setting();
  try {
    const other = await aCompany(tenant);
    const second = await tenant.act('owner', openMailbox, { companyId: other, address: ADDRESS });
    const raw = await bytesOf({ attachments: [{ filename: 'list.csv', content: CSV }] });
    assert.equal((await send(raw, [address, second.address])).kind, 'accepted');
    assert.equal(new Set((await mails()).map((mail) => mail.companyId)).size, 2);
  } finally {
    await close();
  }
});

test('a mail whose address was closed while it came in is refused rather than said to be taken', async () => {
  const { tenant, mailboxId, address, mails, close } = await setting();
  try {
    const mailbox = remittanceMailbox(toolsOf(tenant));
    assert.ok(await mailbox.accepts(address));
    await tenant.act('owner', closeMailbox, { mailboxId });
    const mail = {
      from: 'pay@miller.example',
      to: [address],
      raw: Buffer.from(await bytesOf({ text: 'late' })),
    };
    await assert.rejects(mailbox.keep(mail), { code: 'mail_not_ours' });
    assert.deepEqual(await mails(), []);
  } finally {
    await close();
  }
});

test('an address that cannot be marked is refused, and a company has one mailbox', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const open = (address: string) => tenant.act('owner', openMailbox, { companyId, address });
  for (const [address, code] of [
    ['nobody', 'mailbox_address_not_valid'],
    ['a+b@c.example', 'mailbox_address_not_valid'],
    [`${'a'.repeat(30)}@c.example`, 'mailbox_address_too_long'],
    [
      `a@${'c'.repeat(60)}.${'c'.repeat(60)}.${'c'.repeat(60)}.${'c'.repeat(50)}.example`,
      'mailbox_address_too_long',
    ],
  ] as const)
    await refusesWithoutTrace(tenant, code, () => open(address));
  const racers = Array.from({ length: RACERS }, () => () => open(ADDRESS));
  const { won, codes } = await race(tenant, racers);
  assert.deepEqual([won, new Set(codes)], [1, new Set(['mailbox_open'])]);
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ data: object }>`select data from event where type = 'remittance_mailbox.opened'`),
  );
  assert.deepEqual(rows[0]?.data, { companyId, address: ADDRESS }, 'the token stands in no log');
});
