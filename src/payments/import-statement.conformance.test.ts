// Public samples of banks, as far as they carry booked entries: each is imported, every entry is kept, sums and differences
// are what the list beside the samples says. The samples are not part of the repository.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { parseMoney } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aRate } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { importBankFile } from './import-bank-file.ts';

const SHARED = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FOLDER = join(SHARED, 'bank');
const isThere = existsSync(join(FOLDER, 'expect.json'));

type Expected = {
  readonly id: string;
  readonly account: string;
  readonly entries: number;
  readonly creditSum?: Readonly<Record<string, string>>;
  readonly debitSum?: Readonly<Record<string, string>>;
  readonly openPlusEntriesEqualsClose?: boolean;
};
type Sample = {
  readonly file: string;
  readonly format: string;
  readonly expect: { readonly statements?: readonly Expected[] };
};

const samples: readonly Sample[] = isThere
  ? (JSON.parse(readFileSync(join(FOLDER, 'expect.json'), 'utf8')) as Sample[]).filter((s) =>
      s.format.startsWith('camt.'),
    )
  : [];

test('the samples are there', { skip: isThere ? false : `no samples in ${FOLDER}` }, () => {
  assert.ok(samples.length >= 30);
});

for (const sample of samples) {
  test(`${sample.format} ${sample.file}`, async () => {
    const tenant = await newTenant({ on: '2026-01-15' });
    const companyId = await aCompany(tenant);
    for (const base of ['CHF', 'USD', 'SEK'])
      await aRate(tenant, { base, quote: 'EUR', on: '2000-01-01', rate: '1' });
    const load = (apply: boolean) =>
      importBankFile(
        { door: tenant.door, context: tenant.as('cash_applier') },
        { name: sample.file, path: join(FOLDER, sample.file) },
        { apply, addAccountsTo: companyId },
      );
    const expected = sample.expect.statements ?? [];
    if (!sample.format.startsWith('camt.053') || expected.length === 0) {
      const code = sample.format.startsWith('camt.053') ? 'camt_without_statement' : 'not_a_statement';
      await assert.rejects(load(true), (e: unknown) => e instanceof Refusal && e.code === code);
      return;
    }

    const result = await load(true);

    assert.equal(result.statements.length, expected.length);
    for (const [index, want] of expected.entries()) {
      const got = present(result.statements[index], 'a statement for each expected');
      assert.equal(got.statementRef, want.id);
      assert.equal(got.account, want.account);
      assert.ok(got.lines >= want.entries, 'every entry is kept, collective ones taken apart');
      assert.equal(got.newLines, got.lines);
      const { currency } = got;
      const inOther = [want.creditSum, want.debitSum].some(
        (s) => s && Object.keys(s).some((c) => c !== currency),
      );
      if (!inOther) {
        const sum = (s: Expected['creditSum']) => parseMoney(s?.[currency] ?? '0', currency).minor;
        const net = sum(want.creditSum) - sum(want.debitSum);
        assert.equal(parseMoney(got.entries.amount, currency).minor, net);
        const [stored] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
          tx.run(sql<{ lines: bigint; received: bigint; reached: bigint | null }>`
            select (select coalesce(sum(amount_minor), 0)::bigint from statement_line where statement_id = s.id) as lines,
              (select coalesce(sum(p.amount_minor), 0)::bigint from payment p join statement_line l on l.id = p.statement_line_id
                where l.statement_id = s.id) as received,
              s.opening_minor + s.entries_minor - s.closing_minor as reached
            from bank_statement s where s.id = ${got.statementId}`),
        );
        assert.equal(stored?.lines, net, 'the lines are the entries, to the cent');
        assert.equal(stored?.received, sum(want.creditSum), 'all money in is received');
        if (got.difference) assert.equal(stored?.reached, parseMoney(got.difference.amount, currency).minor);
      }
      if (want.openPlusEntriesEqualsClose === true) assert.match(got.difference?.amount ?? 'none', /^0\.00$/);
      if (want.openPlusEntriesEqualsClose === false)
        assert.doesNotMatch(got.difference?.amount ?? 'none', /^0\.00$/);
    }
    const again = await load(true);
    assert.deepEqual(
      again.statements.map((s) => [s.statementId, s.newLines]),
      expected.map(() => [null, 0]),
    );
    await checkBooks(tenant);
  });
}
