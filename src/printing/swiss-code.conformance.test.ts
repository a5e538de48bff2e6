// The payloads of a public collection of Swiss QR-bills: taken apart, made again by our own code, and compared.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { money } from '#kernel/money.ts';
import { type CodeAddress, swissCode } from './swiss-code.ts';

const SHARED = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FOLDER = join(SHARED, 'bank');
const files = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((name) => /^php-swiss-qr-bill__.*\.txt$/.test(name))
  : [];

function addressIn(lines: readonly string[]): CodeAddress | undefined {
  const [, name = '', street, houseNumber, postalCode = '', city = '', country = ''] = lines;
  return name === '' ? undefined : { name, street, houseNumber, postalCode, city, country };
}

test('payloads of the collection are made again, line for line', {
  skip: files.length === 0 && 'the collection is not here',
}, () => {
  for (const file of files) {
    const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n');
    const [amount = '', currency = ''] = lines.slice(18, 20);
    const creditor = addressIn(lines.slice(4, 11));
    assert.ok(creditor, file);
    const made = swissCode({
      creditor,
      iban: lines[3] ?? '',
      currency,
      amount: amount === '' ? undefined : money(BigInt(amount.replace('.', '')), currency),
      debtor: addressIn(lines.slice(20, 27)),
      reference: lines[28],
      message: lines[29],
    });
    // Bill information and alternative procedures, which we do not write, come after the end mark.
    assert.deepEqual(made?.payload.split('\n'), lines.slice(0, 31), file);
  }
});
