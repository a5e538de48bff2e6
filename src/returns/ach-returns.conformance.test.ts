// Files of the ACH network as others publish them for tests, taken in whole.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { receiveAchFile } from './receive-ach-returns.ts';

const FOLDER = join(process.env.QUITTANCE_SHARED_DATA ?? '../shared/data', 'bank');
const skip = existsSync(FOLDER) ? false : `the sample files are not here: ${FOLDER}`;

/** Returns, dishonoured, contested, notices of change, and what came back: counted by hand from the files. */
const KNOWN: Readonly<Record<string, readonly [number, number, number, number, string]>> = {
  'ach__return-WEB.ach': [2, 0, 0, 0, '169.19'],
  'ach__return-PPD-custom-reason-code.ach': [1, 0, 0, 0, '1061.61'],
  'ach__dishonored-return.ach': [0, 2, 0, 0, '0.00'],
  'ach__contested-return.ach': [1, 1, 1, 0, '1000000.00'],
};

test('sample files of returns come in with what they hold, and twice add nothing', { skip }, async () => {
  for (const [name, [returns, dishonoured, contested, corrections, cameBack]] of Object.entries(KNOWN)) {
    const tenant = await newTenant({ on: '2026-02-20' });
    const companyId = await aCompany(tenant, { currency: 'USD', country: 'US' });
    const file = { name, bytes: readFileSync(join(FOLDER, name)) };
    const at = { door: tenant.door, context: tenant.as('owner') };
    const done = await receiveAchFile(at, file, { companyId });
    assert.deepEqual(
      [done.returns, done.dishonoured, done.contested, done.corrections, done.cameBack.amount],
      [returns, dishonoured, contested, corrections, cameBack],
      name,
    );
    const again = await receiveAchFile({ ...at, context: tenant.as('owner') }, file, { companyId });
    assert.equal(again.newlyKept, 0, name);
  }
});
