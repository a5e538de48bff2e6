// Statements in the formats that banks hand out beside camt: what they bring in is applied alike, once, whatever the file.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompanyId } from '#kernel/id.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addBankAccount } from './add-bank-account.ts';
import { importBankFile } from './import-bank-file.ts';

async function setUp(account: string, currency: string) {
  const tenant = await newTenant({ on: '2026-02-10' });
  const companyId = await aCompany(tenant, { currency });
  await tenant.act('owner', addBankAccount, { companyId, name: 'Main', account, currency });
  return { tenant, companyId };
}

async function load(tenant: TestTenant, name: string, text: string) {
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const { statements } = await importBankFile(
    at,
    { name, bytes: Buffer.from(text, 'latin1') },
    { apply: true },
  );
  return statements.map(({ payments, applied, knownLines }) => ({ payments, applied, known: knownLines }));
}

const owed = (tenant: TestTenant, companyId: CompanyId, minor: bigint, currency: string) =>
  anInvoice(tenant, { companyId, minor, currency });

test('MT940: a receipt that names its invoice is applied, a reversal is not one, and the file again brings nothing', async () => {
  const { tenant, companyId } = await setUp('DE89370400440532013000', 'EUR');
  const invoice = await owed(tenant, companyId, 100_00n, 'EUR');
  const text = [
    ':20:RUN1',
    ':25:DE89370400440532013000',
    ':28C:00007/001',
    ':60F:C260201EUR500,00',
    ':61:2602030203C100,NTRFNONREF//B-1',
    `:86:166?00GUTSCHRIFT?20SVWZ+Rechnung ${invoice.number}?31DE02120300000000202051?32ACME GMBH`,
    ':61:2602040204RC20,NRTINONREF//B-2',
    ':86:159?00RUECKRECHNUNG?20SVWZ+zurueck',
    ':62F:C260204EUR580,00',
    '-',
  ].join('\r\n');
  assert.deepEqual(await load(tenant, 'statement.sta', text), [{ payments: 1, applied: 1, known: 0 }]);
  assert.deepEqual(await load(tenant, 'again.txt', text), [{ payments: 0, applied: 0, known: 2 }]);
  await checkBooks(tenant);
});

test('BAI2 and OFX: amounts in the account’s currency, once each', async () => {
  const { tenant, companyId } = await setUp('123456789', 'USD');
  const first = await owed(tenant, companyId, 25_00n, 'USD');
  const second = await owed(tenant, companyId, 31_50n, 'USD');
  const bai = [
    '01,BANK,US,260205,0700,1,,,2/',
    '02,US,BANK,1,260204,2359,USD,2/',
    '03,123456789,USD,010,10000,,,015,12500,,/',
    `16,195,2500,Z,B1,C1,${first.number}/`,
    '49,25000,3/',
    '98,25000,1,5/',
    '99,25000,1,7/',
  ].join('\n');
  assert.deepEqual(await load(tenant, 'day.bai', bai), [{ payments: 1, applied: 1, known: 0 }]);
  const ofx = `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS>
<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>9<ACCTID>123456789</BANKACCTFROM><BANKTRANLIST>
<DTSTART>20260205<DTEND>20260206<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260206<TRNAMT>31.50<FITID>F1<NAME>ACME<MEMO>${second.number}</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>156.50<DTASOF>20260206</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
  assert.deepEqual(await load(tenant, 'week.ofx', ofx), [{ payments: 1, applied: 1, known: 0 }]);
  assert.deepEqual(await load(tenant, 'week.ofx', ofx), [{ payments: 0, applied: 0, known: 1 }]);
  await checkBooks(tenant);
});
