import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { inTenant } from '#db/transaction.ts';
import { pdfOfPages } from '#formats/pdf-pages-for-tests.ts';
import { newId } from '#kernel/id.ts';
import { toDecimal } from '#kernel/money.ts';
import { aCompany } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { rowsOfHtml, rowsOfText } from './mail-rows.ts';
import { readMailPage } from './read-mails.ts';
import { receiveMailUpload } from './receive-mail.ts';
import { readRows } from './table-reading.ts';
import { takeRemittance } from './take-remittance.ts';

const CSV = 'Invoice,Amount\nINV-1,10.00\nINV-2,5.50\nTotal,15.50\n';

type Mail = {
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly { readonly filename: string; readonly content: string | Buffer }[];
  readonly messageId?: string;
};

/** A mail as a mail program writes it. */
async function bytesOf(mail: Mail): Promise<Buffer> {
  const sent = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: 'pay@miller.example',
    to: 'remittance@seller.example',
    subject: 'Remittance',
    ...mail,
    attachments: [...(mail.attachments ?? [])],
  });
  return sent.message as Buffer;
}

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const take = async (mail: Mail) =>
    receiveMailUpload(at, { stream: Readable.from([await bytesOf(mail)]) }, companyId);
  const linesOf = async (remittanceId: string | null | undefined) =>
    (await inTenant(tenant.pool, tenant.tenantId, (tx) => takeRemittance(tx, remittanceId ?? ''))).lines.map(
      (l) => [l.document, toDecimal(l.amount)],
    );
  return { tenant, take, linesOf };
}

const LINES = [
  ['INV-1', '10.00'],
  ['INV-2', '5.50'],
];

test('the files of a mail are remittances; others are noted with why, and the mail is kept', async () => {
  const { tenant, take, linesOf } = await setting();
  const pdf = pdfOfPages([
    [
      { text: 'Invoice', x: 50, y: 60 },
      { text: 'Amount paid', x: 200, y: 60 },
      { text: 'INV-9', x: 50, y: 80 },
      { text: '7.00', x: 220, y: 80 },
    ],
  ]);
  const taken = await take({
    text: 'See the attached files.',
    attachments: [
      { filename: 'remittance.csv', content: CSV },
      { filename: 'advice.pdf', content: pdf },
      { filename: 'logo.png', content: Buffer.from('\x89PNG\r\n\x1a\nxxxx', 'latin1') },
    ],
  });
  const [csv, advice, logo] = taken.parts;
  assert.deepEqual(await linesOf(csv?.remittanceId), LINES);
  assert.deepEqual(await linesOf(advice?.remittanceId), [['INV-9', '7.00']]);
  assert.equal(logo?.remittanceId, null);
  assert.match(logo?.code ?? '', /^[a-z_]+$/);
  const page = await inTenant(tenant.pool, tenant.tenantId, (tx) => readMailPage(tx, { limit: 10 } as never));
  assert.deepEqual(
    page.rows.map((row) => [row.sender, row.parts.length]),
    [['pay@miller.example', 3]],
  );
});

test('the same bytes, and the same Message-ID, come in once', async () => {
  const { take } = await setting();
  const mail = { attachments: [{ filename: 'r.csv', content: CSV }], messageId: '<a1@miller.example>' };
  const first = await take(mail);
  const again = await take({ ...mail, text: 'sent on by somebody' });
  assert.deepEqual([first.isKnown, again.isKnown, again.mailId], [false, true, first.mailId]);
  assert.deepEqual(again.parts, first.parts);
});

test('the same mail from many at once comes in once', async () => {
  const { tenant, take } = await setting();
  const mail = { attachments: [{ filename: 'r.csv', content: CSV }], messageId: '<b2@miller.example>' };
  const got: string[] = [];
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => async () => {
      got.push((await take(mail)).mailId);
    }),
  );
  assert.deepEqual([won, codes, new Set(got).size], [RACERS, [], 1]);
});

test('the database itself keeps a mail to once, by its bytes and by its Message-ID', async () => {
  const { tenant, take } = await setting();
  const { mailId } = await take({ text: 'Hello', messageId: '<c3@miller.example>' });
  const again = (sha256: string, identifier: string | null) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql`insert into remittance_mail select tenant_id, ${newId()}, company_id, ${sha256}, ${identifier}::text, sender,
        subject, hint_customer_id, raw, received_on, recorded_by, recorded_at from remittance_mail
        where tenant_id = ${tx.tenantId} and id = ${mailId}`),
    );
  const sha256 = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.find(
      sql<{
        sha256: string;
      }>`select sha256 from remittance_mail where tenant_id = ${tx.tenantId} and id = ${mailId}`,
    ),
  );
  await assert.rejects(again(sha256?.sha256 ?? '', null), {
    code: '23505',
    constraint: 'remittance_mail_content',
  });
  await assert.rejects(again('0'.repeat(64), 'c3@miller.example'), {
    code: '23505',
    constraint: 'remittance_mail_identifier',
  });
  await again('0'.repeat(64), null);
});

test('the words of a mail count where no file does: a table in HTML before one in plain text', async () => {
  const { take, linesOf } = await setting();
  const html =
    '<style>td{x}</style><p>Payment date: 2026-03-04</p><table><tr><td><table><tr><th>Invoice</th><th>Amount&nbsp;paid</th></tr>' +
    '<tr><td>INV-1</td><td align="right">10.00</td></tr><tr><td>INV-2</td><td>5.50</td></tr>' +
    '<tr><td>Total</td><td>15.50</td></tr></table></td></tr></table><p>Kind regards<br>Miller</p>';
  const inHtml = await take({ html, text: 'no table here' });
  assert.deepEqual(await linesOf(inHtml.parts.at(-1)?.remittanceId), LINES);
  const inText = await take({
    text: 'Dear all,\n\nwe paid today:\n\nInvoice      Amount paid\nINV-1              10.00\nINV-2               5.50\nTotal              15.50\n\nKind regards\n',
  });
  assert.deepEqual(await linesOf(inText.parts.at(-1)?.remittanceId), LINES);
});

test('two files that claim the same are one remittance, and a mail that says nothing is kept for a person', async () => {
  const { tenant, take } = await setting();
  const taken = await take({
    attachments: [
      { filename: 'a.csv', content: CSV },
      { filename: 'b.csv', content: CSV.replaceAll(',', ';') },
    ],
  });
  assert.equal(taken.parts[1]?.remittanceId, taken.parts[0]?.remittanceId);
  assert.equal(taken.parts[1]?.code, 'remittance_same_as_other_part');
  const nothing = await take({ text: 'Please call me back.' });
  assert.deepEqual(
    nothing.parts.map((part) => [part.remittanceId, part.code]),
    [[null, 'remittance_headings_missing']],
  );
  const page = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readMailPage(tx, { limit: 10, state: 'unread' } as never),
  );
  assert.deepEqual(
    page.rows.map((row) => row.mailId),
    [nothing.mailId],
  );
});

test('hostile words end in rows or a refusal, in time', () => {
  const floods = ['<table>', '<td', '<!--', '<td a="', '&#', '<table><tr><td colspan=99>x', '\t', '> '];
  for (const flood of floods)
    for (const read of [rowsOfHtml, rowsOfText]) {
      const start = performance.now();
      try {
        readRows(read(flood.repeat(100_000)), { currency: 'EUR' });
      } catch (error) {
        assert.match((error as { code?: string }).code ?? String(error), /^[a-z]+(_[a-z]+)+$/, flood);
      }
      assert.ok(performance.now() - start < 5_000, `${flood} takes ${performance.now() - start} ms`);
    }
});
