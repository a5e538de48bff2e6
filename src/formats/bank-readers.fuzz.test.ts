// Whatever happens to a bank's file on its way, reading it ends with events or with a refusal, never with an error of
// another kind and never not at all; and how the bytes are cut into pieces changes nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { readAch } from './ach.ts';
import { readBai2 } from './bai2.ts';
import { readCamt } from './camt053.ts';
import { readLockbox } from './lockbox.ts';
import { readMt940 } from './mt940.ts';
import { readOfx } from './ofx.ts';
import { shapeOfColumns } from './payout-columns.ts';
import { readPayoutReport } from './payout-report.ts';
import { read820 } from './remittance-820.ts';
import type { ByteSource } from './text-encoding.ts';

type Reader = (source: ByteSource) => AsyncGenerator<unknown>;

const MT940 = `:20:A\r\n:25:DE02120300000000202051\r\n:28C:1/1\r\n:60F:C240101EUR100,00\r\n:61:2401020102CR50,5NTRFINV-7//B1
:86:166?00GUTSCHRIFT?20EREF+A?21SVWZ+Rechnung 7?30COBADEFFXXX?31DE89370400440532013000?32Müller\r\n:61:240103RD5,NCHGNONREF
:86:/REMI/USTD//Factuur/NAME/Vos\r\n:62M:C240105EUR155,5\r\n-\r\n:20:B\r\n:25:DE02120300000000202051\r\n:60M:C240105EUR155,5
:61:240103D5,NCHGNONREF\r\n:NS:01Text\r\n:62F:C240105EUR150,5\r\n:64:C240105EUR1,\r\n:86:end\r\n-\r\n`;
const BAI2 = `01,BANK,US,240105,0700,1,,,2/\n02,US,BANK,1,240104,2359,USD,2/\n03,123,USD,010,10000,,,015,12050,2,D,1,0,5/
16,195,2500,V,240104,,B1,C1,WIRE, FROM ACME / NY/\n88,EREF: 77\n16,495,450,S,1,2,3,,,OUT/\n49,25000,4/\n98,25000,1,6/\n99,25000,1,8/`;
const OFX = `OFXHEADER:100\nCHARSET:1252\n\n<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST><STMTTRN>
<TRNTYPE>CREDIT<DTPOSTED>20240105<TRNAMT>5,00<FITID>F1<NAME>A &amp; B<MEMO><![CDATA[x < y]]></STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>1<DTASOF>20240131</LEDGERBAL></STMTRS></OFX>`;
const CAMT = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt>
<Id>A</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy="EUR">5.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2024-01-02</Dt></BookgDt><NtryDtls><TxDtls><RmtInf>
<Ustrd>x</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;
const LOCKBOX = `100BANKBANKBA12345678902401020700\n50000000011111240102BANKBANKBA1234567890
6001001000001234509100001900000001230000004567010324JANE\n40010016019INV-1\n700100000111112401020010000012345\n9000006`;
const X820 = `ISA*00**00**ZZ*A*ZZ*B*240102*1200*U*00401*1*0*P*>~ST*820*1~BPR*C*90.00*C*ACH*CTX~TRN*1*T~ENT*1~RMR*IV*A**95.00~ADX*-5*01~SE*7*1~`;
const ACH = [
  `101 091000019 1234567890${'2401020700A094101'}BANK`,
  `5200US${' '.repeat(34)}1234567890PPDPAY${' '.repeat(13)}240102   1091000010000001`,
  `626091000019${'12345'.padEnd(17)}0000012354${' '.repeat(15)}${'ACME'.padEnd(24)}1091000010000001`,
  `799R01991000010000007240101091000010${' '.repeat(43)}091000010000001`,
  `82000000020009100001000000012354000000000000${' '.repeat(43)}0000001`,
  `9000001000001000000020009100001000000012354000000000000`,
].join('\n');
const PAYOUTS = `Batch;Sent on;Ref;Day;What;Brutto;Costs;Netto;Ccy;Who;Text
B-1;05.03.2026;t1;02.03.2026;Sale;1.100,00;-3,00;1.097,00;EUR;Müller;INV-1
B-1;05.03.2026;t2;03.03.2026;Refund;-50,00;0,00;-50,00;EUR;"B; C";INV-2\nB-1;05.03.2026;t3;05.03.2026;Sent;-1.047,00;;-1.047,00;EUR;;
B-2;06.03.2026;t4;04.03.2026;Sale;20,00;-1,00;19,00;EUR;D;INV-4\n;;t5;06.03.2026;Sale;10,00;-0,59;9,41;EUR;E;INV-5`;
const SAID = shapeOfColumns({
  ...{
    payout: 'Batch',
    payoutOn: 'Sent on',
    id: 'Ref',
    on: 'Day',
    type: 'What',
    gross: 'Brutto',
    fee: 'Costs',
  },
  ...{ net: 'Netto', payer: 'Who', texts: ['Text'], currency: { column: 'Ccy' } },
  dateOrder: 'day_month_year',
  decimalMark: ',',
  isFeeNegative: true,
  words: [
    { word: 'Sale', kind: 'charge' },
    { word: 'Refund', kind: 'refund' },
    { word: 'Sent', kind: 'payout' },
  ],
});

const READERS: readonly (readonly [name: string, reader: Reader, sample: string])[] = [
  ['camt', readCamt, CAMT],
  ['MT940', readMt940, MT940],
  ['BAI2', readBai2, BAI2],
  ['OFX', readOfx, OFX],
  ['ACH', readAch, ACH],
  ['lockbox', readLockbox, LOCKBOX],
  ['820', read820, X820],
  ['payouts by said columns', (source) => readPayoutReport(source, SAID), PAYOUTS],
];

/** What reading ends with: how many events, and the code of a refusal where there is one. */
async function outcome(reader: Reader, source: ByteSource): Promise<string> {
  const seen: string[] = [];
  try {
    for await (const event of reader(source))
      seen.push(JSON.stringify(event, (_, v) => (typeof v === 'bigint' ? `${v}` : v)));
    return seen.join('\n');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${seen.join('\n')}\n${error.code}`;
  }
}

type Damage = (bytes: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (bytes: Buffer, share: number) => Math.floor(share * bytes.length);
const lines = (bytes: Buffer) => bytes.toString('latin1').split('\n');

const damages: fc.Arbitrary<Damage> = fc.oneof(
  place.map(
    (share): Damage =>
      (bytes) =>
        bytes.subarray(0, at(bytes, share)),
  ),
  place.map(
    (share): Damage =>
      (bytes) =>
        bytes.subarray(at(bytes, share)),
  ),
  fc.tuple(place, fc.nat(255)).map(
    ([share, value]): Damage =>
      (bytes) => {
        const copy = Buffer.from(bytes);
        if (copy.length > 0) copy[at(bytes, share)] = value;
        return copy;
      },
  ),
  fc.tuple(place, place).map(
    ([a, b]): Damage =>
      (bytes) => {
        const all = lines(bytes);
        const [i, j] = [Math.floor(a * all.length), Math.floor(b * all.length)];
        [all[i], all[j]] = [all[j] ?? '', all[i] ?? ''];
        return Buffer.from(all.join('\n'), 'latin1');
      },
  ),
  fc
    .tuple(
      place,
      fc.constantFrom('\n', '<', '>', ',', ':', '/', '?', '*', '~', '&#1;', ':20:', '88,', '9'),
      fc.integer({ min: 1, max: 5000 }),
    )
    .map(
      ([share, text, times]): Damage =>
        (bytes) =>
          Buffer.concat([
            bytes.subarray(0, at(bytes, share)),
            Buffer.from(text.repeat(times)),
            bytes.subarray(at(bytes, share)),
          ]),
    ),
  fc.tuple(place, place).map(
    ([a, b]): Damage =>
      (bytes) => {
        const [from, to] = [at(bytes, Math.min(a, b)), at(bytes, Math.max(a, b))];
        return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
      },
  ),
);

for (const [name, reader, sample] of READERS) {
  test(`${name}: a damaged file ends in events or a refusal, and pieces change nothing`, async () => {
    const whole = await outcome(reader, Buffer.from(sample));
    assert.ok(whole.startsWith('{') && whole.endsWith('}'), whole);
    await fc.assert(
      fc.asyncProperty(
        fc.array(damages, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 200 }),
        async (chain, size) => {
          const bytes = chain.reduce<Buffer>((held, damage) => damage(held), Buffer.from(sample));
          const found = await outcome(reader, bytes);
          const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
            bytes.subarray(i * size, (i + 1) * size),
          );
          assert.equal(await outcome(reader, parts), found);
        },
      ),
      { numRuns: Number(process.env.QUITTANCE_FUZZ_RUNS ?? 150) },
    );
  });

  test(`${name}: bytes of chance end in a refusal`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        await outcome(reader, bytes);
      }),
      { numRuns: 50 },
    );
  });
}
