import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { likeliestByName, likenessOf, soughtParts, tellingWords } from './match-names.ts';
import { matchToShow } from './match-receipts.ts';

const likeness = (a: string, b: string) => likenessOf(tellingWords(a), tellingWords(b));

test('legal form, accents, spelt-out umlauts, order and alphabet make no difference', () => {
  for (const [a, b] of [
    ['Müller & Söhne GmbH', 'MUELLER UND SOEHNE'],
    ['Vltava Packaging s.r.o.', 'VLTAVA PACKAGING SRO'],
    ['Hollenstein Machinery AG', 'Machinery Hollenstein'],
    ['Société Générale du Bois S.A.', 'SOCIETE GENERALE DU BOIS'],
    ['ООО Волга', 'OOO Volga'],
    ['Łódź Transport Sp. z o.o.', 'Lodz Transport'],
  ] as const)
    assert.ok(likeness(a, b) > 0.9, `${a} / ${b}: ${likeness(a, b)}`);
});

test('a slip of the finger is near, another firm is not', () => {
  assert.ok(likeness('Granath Printing', 'Grantah Printing') > 0.9);
  assert.ok(likeness('Granath Printing', 'Granath Painting') > 0.85);
  assert.ok(likeness('Granath Printing', 'Ostrava Printing') < 0.7);
  assert.equal(likeness('GmbH', 'AG'), 0);
});

const FIRST =
  'Adler Birke Cedar Dunmore Eichen Falken Granat Hollen Istria Jasper Koenig Lindau Marche Nordin Ostrau'.split(
    ' ',
  );
const SECOND =
  'Machinery Packaging Printing Transport Timber Foods Ceramics Textiles Chemicals Instruments'.split(' ');
const NAMES = FIRST.flatMap((first) => SECOND.map((second) => ({ name: `${first} ${second} GmbH` })));

/** Names as payers write them: one letter wrong, swapped, missing or doubled; words turned round; the form left out. */
function written(name: string, n: number): string {
  const bare = name.replace(' GmbH', '');
  const at = 1 + (n % (bare.length - 2));
  const turned = bare.split(' ').toReversed().join(' ');
  return [
    `${bare.slice(0, at)}x${bare.slice(at + 1)}`,
    `${bare.slice(0, at)}${bare.slice(at + 1)}`,
    `${bare.slice(0, at)}${bare[at]}${bare.slice(at)}`,
    turned.toUpperCase(),
    `${bare} Aktiengesellschaft & Co. KG`,
  ][n % 5] as string;
}

test('measured: of a hundred and fifty names written with slips nobody is taken for another, and most are found', () => {
  let found = 0;
  for (const [index, { name }] of NAMES.entries()) {
    const guess = likeliestByName(written(name, index), NAMES);
    if (guess !== undefined) assert.equal(guess.name, name, written(name, index));
    if (guess !== undefined) found += 1;
  }
  assert.ok(found >= 0.7 * NAMES.length, `${found} of ${NAMES.length} found`);
});

test('where two are about as good, nobody is meant', () => {
  const firms = ['Granath Printing North', 'Granath Printing South'].map((name) => ({ name }));
  assert.equal(likeliestByName('Granath Printing', firms), undefined);
  assert.equal(likeliestByName('Granath Printing Nort', firms)?.name, 'Granath Printing North');
});

test('customers are looked up by how the longest words begin and end', () => {
  assert.deepEqual(soughtParts('Granath Printing Ltd'), ['prin', 'ting', 'gran', 'nath']);
  assert.deepEqual(soughtParts('AB & CD'), []);
});

test('a receipt from a name that is nearly a customer’s shows that customer’s debts, and is never applied by it', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { name: 'Granath Printing GmbH' });
  await aCustomer(tenant, { name: 'Ostrava Foods' });
  const { number } = await anInvoice(tenant, { companyId, customerId, minor: 120_00n });
  const look = (payerName: string) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      matchToShow(tx, {
        ...{ companyId, customerId: null, amount: money(70_00n, 'EUR'), paidOn: parseDate('2026-01-10') },
        ...{ texts: ['thanks'], payerName, payerAccount: null, isReturn: false, stated: 0n },
      }),
    );
  const shown = await look('GRANAHT PRINTING');
  assert.equal(shown?.decision, 'wait');
  assert.deepEqual(
    shown?.candidates.map(({ item, reasons }) => [item.reference, reasons]),
    [[number, ['similar_name']]],
  );
  assert.deepEqual((await look('Somebody else'))?.candidates, []);
});
