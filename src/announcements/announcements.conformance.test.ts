// Public samples of banks that announce: each entry is kept with its payments, and a Swiss statement and its notification are
// known for one. The samples are not part of the repository.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { aCompany, aRate } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readAnnouncingFile } from './read-announcing-file.ts';
import { receiveAnnouncingFile } from './receive-announcements.ts';

const SHARED = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FOLDER = join(SHARED, 'bank');
const isThere = existsSync(join(FOLDER, 'expect.json'));
const skip = isThere ? false : `no samples in ${FOLDER}`;

type Sample = {
  readonly file: string;
  readonly format: string;
  readonly expect: {
    readonly lines?: number;
    readonly statements?: readonly { readonly entries: number }[] | number;
  };
};

const samples: readonly Sample[] = isThere
  ? (JSON.parse(readFileSync(join(FOLDER, 'expect.json'), 'utf8')) as Sample[]).filter((s) =>
      /^(camt\.05[24]|MT942)/.test(s.format),
    )
  : [];

const sourceOf = (file: string) => ({ name: file, path: join(FOLDER, file) });

test('every public sample that announces is read, each entry with payments that are its amount', {
  skip,
}, async () => {
  assert.ok(samples.length >= 14, `only ${samples.length} samples`);
  for (const { file, expect } of samples) {
    const parts = await readAnnouncingFile(sourceOf(file));
    const entries = parts.flatMap((part) => part.entries);
    const wanted = Array.isArray(expect.statements)
      ? expect.statements.reduce((count, statement) => count + statement.entries, 0)
      : expect.lines;
    assert.equal(entries.length, wanted, file);
    for (const entry of entries)
      assert.equal(
        entry.parts.reduce((sum, part) => sum + part.amount.minor, 0n),
        entry.amount.minor,
        file,
      );
  }
});

async function states(tenant: TestTenant): Promise<readonly { readonly same: boolean }[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{
      same: boolean;
    }>`select exists (select from jsonb_array_elements(l.details->'entry'->'batches') b
      where b->>'paymentInformationId' = a.batch_payment_id and a.part_count = 8 and a.amount_minor = l.amount_minor) as same
      from announcement a join statement_line l on l.bank_account_id = a.bank_account_id`),
  );
}

test('a Swiss collective order and the notification with its eight payments are known for one by the batch', {
  skip,
}, async () => {
  const twins = ['C053_001_04', 'C054_001_08'].map(
    (kind) => `Universal__2023-02-01_${kind}_CH2801234000123456789_CHF_001.xml`,
  );
  for (const [first, second] of [twins, twins.toReversed()]) {
    const tenant = await newTenant({ on: '2026-01-15' });
    const addAccountsTo = await aCompany(tenant);
    await aRate(tenant, { base: 'CHF', quote: 'EUR', on: '2000-01-01', rate: '1' });
    const at = { door: tenant.door, context: tenant.as('cash_applier') };
    for (const file of [first ?? '', second ?? '']) {
      if (file.includes('C053')) await importBankFile(at, sourceOf(file), { apply: true, addAccountsTo });
      else await receiveAnnouncingFile(at, sourceOf(file), { addAccountsTo });
    }
    assert.deepEqual(await states(tenant), [{ same: true }]);
  }
});
