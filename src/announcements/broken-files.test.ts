// Files of banks that were damaged on their way: taken in whole or refused with a reason, nothing of them left behind, and never
// an error of another kind. What a database cannot hold (a NUL in a text) is among what happens to them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, countRows } from '../../test/support/books.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { receiveAnnouncingFile } from './receive-announcements.ts';

const entries = [
  { amount: '10.00', text: 'rent', payer: 'One', bankReference: 'A' },
  {
    amount: '30.00',
    bankReference: 'B',
    details: [
      { amount: '10.00', text: 'x', endToEndId: 'E1' },
      { amount: '20.00', text: 'y', structured: 'RF18539007547034' },
    ],
  },
];
const MT = `:20:A\r\n:25:${TEST_IBAN}\r\n:28C:1/1\r\n:60F:C260101EUR100,00\r\n:61:2601050105CR50,5NTRFINV-7//B1
:86:166?00GUTSCHRIFT?20EREF+A?21SVWZ+Invoice 7?30COBADEFFXXX?31DE89370400440532013000?32One\r\n:61:260105RD5,NCHGNONREF
:86:fee\r\n:62F:C260105EUR155,5\r\n-\r\n`;
const SAMPLES: readonly Buffer[] = [
  aCamt053([{ entries }]),
  aCamt053([{ entries }], '054'),
  Buffer.from(MT),
  Buffer.from(
    MT.replace(':60F:C260101EUR100,00', ':34F:EUR0,\r\n:13D:2601051200+0100').replace(/:62F.*\r\n/, ''),
  ),
  Buffer.from('Date,Amount,Text\n2026-01-05,10.00,rent\n2026-01-05,-3.00,fee\n'),
  Buffer.from(
    [
      '100BANKBANKBA12345678902601050700',
      '2BANKBANKBA1234567890REFERENCES4000800801',
      '50000000011111260105BANKBANKBA1234567890',
      `60010010000010000091000019000000012300000045670103${'26'}${'ONE PAYER'.padEnd(30)}US INC`,
      '40010016019INV-1',
      '700100000111112601050010000010000',
      '8000000001111126010500010000010000',
      '9000007',
    ].join('\n'),
  ),
];

/** What happens to a file: bytes changed, cut out, or put in. */
const damage = fc.array(
  fc.record({
    at: fc.nat(4_000),
    kind: fc.constantFrom('change', 'cut', 'put'),
    byte: fc.oneof(fc.constantFrom(0, 9, 10, 13, 34, 44, 58, 60, 255), fc.nat(255)),
    count: fc.nat(12),
  }),
  { minLength: 1, maxLength: 4 },
);

type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;

function damaged(sample: Buffer, hurts: Damage): Buffer {
  let bytes = sample;
  for (const { at, kind, byte, count } of hurts) {
    const place = at % (bytes.length + 1);
    const put = kind === 'cut' ? Buffer.alloc(0) : Buffer.from([byte]);
    const rest = place + (kind === 'cut' ? count : kind === 'change' ? 1 : 0);
    bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(rest)]);
  }
  return bytes;
}

test('a damaged file comes in whole or is refused for a reason, and leaves nothing behind then', async () => {
  const tenant = await newTenant({ on: '2026-01-06' });
  const companyId = await aCompany(tenant);
  const account = { companyId, name: 'House bank', account: TEST_IBAN, currency: 'EUR' };
  const { bankAccountId } = await tenant.act('owner', addBankAccount, account);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const arbitrary = fc.tuple(fc.constantFrom(...SAMPLES), damage);
  const tries = fc.asyncProperty(arbitrary, async ([sample, hurts]) => {
    const file = { name: 'file', bytes: damaged(sample, hurts) };
    const ways = [
      () => importBankFile(at, file, { apply: true, bankAccountId }),
      () => receiveAnnouncingFile(at, file, { bankAccountId }),
    ];
    for (const take of ways) {
      const before = await countRows(tenant);
      try {
        await take();
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error));
        assert.deepEqual(await countRows(tenant), before);
      }
    }
  });
  await fc.assert(tries, { numRuns: Number(process.env.FUZZ_RUNS ?? 60) });
  await checkBooks(tenant);
});
