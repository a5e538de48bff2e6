// Every public sample of MT940, MT942, BAI2, OFX, lockbox, ACH and 820 against figures computed by independent readers.

import assert from 'node:assert/strict';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createGunzip } from 'node:zlib';
import { type AchEntry, type AchEvent, readAch } from './ach.ts';
import { readBai2 } from './bai2.ts';
import type {
  StatementEntry,
  StatementEvent,
  StatementHead,
  StatementSummary,
} from './bank-statement-shape.ts';
import { readLockbox } from './lockbox.ts';
import { readMt940 } from './mt940.ts';
import { readOfx } from './ofx.ts';
import { advicesOf, read820 } from './remittance-820.ts';

const shared = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const folder = join(shared, 'bank');
const isThere = existsSync(join(folder, 'expect.json'));
const skip = isThere ? false : `no samples at ${folder}`;

type Sample = { file: string; format: string; expect: Record<string, unknown> };
const samples: Sample[] = isThere
  ? (JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Sample[])
  : [];

function samplesOf(formats: RegExp): Sample[] {
  return samples.filter(({ format }) => formats.test(format));
}

type Seen = { head: StatementHead; entries: StatementEntry[]; summary: StatementSummary };

function statementsOf(events: readonly StatementEvent[]): Seen[] {
  const seen: Seen[] = [];
  let head: StatementHead | undefined;
  let entries: StatementEntry[] = [];
  for (const event of events) {
    if (event.kind === 'statement') [head, entries] = [event.statement, []];
    if (event.kind === 'entry') entries.push(event.entry);
    if (event.kind === 'summary' && head) seen.push({ head, entries, summary: event.summary });
  }
  return seen;
}

/** Hundredths and finer as one exact whole number: the figures are compared as amounts, not as text. */
function exact(text: string): bigint {
  const [, sign = '', whole = '', fraction = ''] =
    /^(-?)(\d+)(?:[.,](\d*))?$/.exec(text) ?? assert.fail(text);
  return BigInt(`${sign}${whole}${fraction.padEnd(6, '0')}`);
}

function sumOf(entries: readonly StatementEntry[], isCredit: boolean): bigint {
  return entries
    .map(({ amount }) => exact(amount.decimal))
    .filter((value) => value > 0n === isCredit)
    .reduce((a, b) => a + (b < 0n ? -b : b), 0n);
}

/** Messages that are pages of one statement (62M, then 60M) are one statement here and several there. */
const PAGED = new Map([['mt940__raphaelm.sta', ['agrees', 'agrees']]]);
/** Text of an entry stands in a second :25: there; it is told and the account stays that of the first. */
const MISPLACED = 'mt940__sepa_snippet_broken.sta';

test('public samples of MT940 and MT942 are all read with the figures an independent reader gives', {
  skip,
}, async (context) => {
  const found = samplesOf(/^MT94/);
  assert.ok(found.length >= 28, `only ${found.length} samples`);
  for (const { file, format, expect } of found) {
    await context.test(file, async () => {
      const events = await Array.fromAsync(readMt940(createReadStream(join(folder, file))));
      const seen = statementsOf(events);
      const entries = seen.flatMap((statement) => statement.entries);
      assert.equal(entries.length, expect.lines);
      assert.equal(sumOf(entries, true), exact(String(expect.totalCredit)));
      assert.equal(sumOf(entries, false), exact(String(expect.totalDebit)));
      assert.ok(events.every((event) => event.kind !== 'problem'));
      assert.ok(entries.every((entry) => entry.mayBook === (format === 'MT940')));
      const paged = PAGED.get(file);
      if (paged !== undefined) {
        assert.deepEqual(
          seen.map(({ summary }) => summary.check),
          paged,
        );
        return;
      }
      const details = expect.detail as Record<string, unknown>[];
      assert.equal(seen.length, expect.statements);
      for (const [index, { head, summary, entries }] of seen.entries()) {
        const detail = details[index];
        if (detail === undefined) continue;
        assert.equal(head.id, String(detail.ref).trim());
        if (file === MISPLACED) {
          assert.deepEqual(
            summary.problems.map(({ code }) => code),
            ['mt940_field_misplaced'],
          );
        } else {
          assert.equal(head.account.iban ?? head.account.otherId, String(detail.account).trim());
        }
        assert.equal(entries.length, detail.lines);
        assert.equal(sumOf(entries, true), exact(String(detail.creditSum)));
        assert.equal(sumOf(entries, false), exact(String(detail.debitSum)));
        const agrees = summary.check === 'no_balances' ? undefined : summary.check === 'agrees';
        assert.equal(agrees, detail.openPlusLinesEqualsClose, `${file} ${index}`);
        for (const [tag, balance] of [
          ['60F', summary.opening],
          ['60M', summary.opening],
          ['62F', summary.closing],
          ['62M', summary.closing],
        ] as const) {
          const stated = /^([CD])(\S+) ([A-Z]{3})/.exec(String(detail[tag] ?? ''));
          if (stated === null) continue;
          assert.equal(
            exact(balance?.amount.decimal ?? ''),
            exact(`${stated[1] === 'D' ? '-' : ''}${stated[2]}`),
          );
          assert.equal(balance?.amount.currency, stated[3]);
        }
      }
    });
  }
});

/** What the trailers of a sample get wrong, by code; samples were anonymised. */
const BAI_FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'bai2__sample4-continuations-newline-delimited.txt': [
    'bai_total_differs',
    'bai_records_differs',
    'bai_parts_differs',
  ],
};

test('public samples of BAI2 are all read with the figures an independent reader gives', {
  skip,
}, async (context) => {
  const found = samplesOf(/^BAI2/);
  assert.ok(found.length >= 5, `only ${found.length} samples`);
  for (const { file, expect } of found) {
    await context.test(file, async () => {
      const events = await Array.fromAsync(readBai2(createReadStream(join(folder, file))));
      const seen = statementsOf(events);
      const entries = seen.flatMap((statement) => statement.entries);
      const codes = seen.flatMap(({ summary }) => summary.problems.map(({ code }) => code));
      assert.ok(events.every((event) => event.kind !== 'problem'));
      if (expect.accounts !== undefined) assert.equal(seen.length, expect.accounts);
      if (expect.transactions !== undefined) assert.equal(entries.length, expect.transactions);
      if (expect.credit !== undefined) assert.equal(sumOf(entries, true), exact(String(expect.credit)));
      const credits = expect.creditsPerAccount as string[] | undefined;
      for (const [index, sum] of (credits ?? []).entries()) {
        assert.equal(sumOf(seen[index]?.entries ?? [], true), exact(sum));
        assert.equal(sumOf(seen[index]?.entries ?? [], false), exact(sum));
      }
      const currency = expect.currency;
      if (currency !== undefined) assert.ok(seen.every(({ head }) => head.account.currency === currency));
      assert.deepEqual([...new Set(codes)], BAI_FINDINGS[file] ?? []);
    });
  }
});

test('public samples of OFX are all read with the figures an independent reader gives', {
  skip,
}, async (context) => {
  const found = samplesOf(/^OFX/);
  assert.ok(found.length >= 9, `only ${found.length} samples`);
  for (const { file, expect } of found) {
    await context.test(file, async () => {
      const read = () => Array.fromAsync(readOfx(createReadStream(join(folder, file))));
      const statements = expect.statements as Record<string, string | number | null>[];
      if (statements.length === 0) {
        await assert.rejects(read(), { code: 'ofx_without_statement' });
        return;
      }
      const seen = statementsOf(await read());
      assert.equal(seen.length, statements.length);
      for (const [index, { head, entries, summary }] of seen.entries()) {
        const expected = statements[index] ?? {};
        assert.equal(head.account.otherId, expected.account);
        assert.equal(head.account.currency ?? '', expected.currency);
        assert.equal(entries.length, expected.transactions);
        assert.equal(sumOf(entries, true) - sumOf(entries, false), exact(String(expected.sum)));
        const ledger = expected.ledgerBalance;
        if (ledger) assert.equal(exact(summary.closing?.amount.decimal ?? ''), exact(String(ledger)));
        else assert.equal(summary.closing, undefined);
      }
    });
  }
});

/** What the controls of a sample get wrong: one says five batches, one is anonymised and counts no addenda. */
const ACH_FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'ach__20110805A.ach': ['ach_batches_differs'],
  'ach__nonascii-utf8.ach': ['ach_count_differs'],
};

test('public samples of ACH are all read with the figures an independent reader gives', {
  skip,
}, async (context) => {
  const found = samplesOf(/^NACHA/);
  assert.ok(found.length >= 14, `only ${found.length} samples`);
  for (const { file, expect } of found) {
    await context.test(file, async () => {
      const stream = createReadStream(join(folder, file));
      const source = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
      const entries: AchEntry[] = [];
      let last: AchEvent | undefined;
      const read = async () => {
        for await (const event of readAch(source)) {
          if (event.kind === 'entry') entries.push(event.entry);
          last = event;
        }
      };
      if (expect.valid === false) {
        await assert.rejects(read(), { code: 'ach_columns_shifted' });
        return;
      }
      await read();
      assert.ok(last?.kind === 'summary');
      const { batches, addenda, creditCents, debitCents, problems } = last.summary;
      assert.deepEqual(
        { batches, entries: last.summary.entries, addenda, creditCents, debitCents },
        {
          batches: expect.batches,
          entries: expect.entries,
          addenda: expect.addenda,
          creditCents: BigInt(expect.creditCents as number),
          debitCents: BigInt(expect.debitCents as number),
        },
      );
      const codes = (expect.detail as { codes?: string[] }[] | undefined)?.flatMap(
        (batch) => batch.codes ?? [],
      );
      assert.deepEqual(
        entries.flatMap((entry) => entry.notices.map((notice) => notice.code)),
        codes ?? [],
      );
      assert.deepEqual([...new Set(problems.map(({ code }) => code))], ACH_FINDINGS[file] ?? []);
      const embedded = expect.embedded820 as { BPR02: string; payer: string; RMR: number } | undefined;
      const [advice] = entries.flatMap(advicesOf);
      if (embedded === undefined) return;
      assert.deepEqual(
        [advice?.amount, advice?.payer, advice?.lines.length, advice?.format],
        [embedded.BPR02, embedded.payer, embedded.RMR, 'CTX'],
      );
    });
  }
});

test('the public samples of lockbox files and of 820 agree', { skip }, async () => {
  const [full, empty] = samplesOf(/^lockbox/);
  const read = async (file: string) => Array.fromAsync(readLockbox(createReadStream(join(folder, file))));
  const [event, summary] = await read(full?.file ?? '');
  assert.ok(event?.kind === 'check' && summary?.kind === 'summary');
  const { check } = event;
  assert.deepEqual(
    [
      check.cents,
      check.number,
      check.sender,
      check.recipient,
      check.date?.toString(),
      check.remittance[0]?.text,
    ],
    [700_000n, '180', 'BOB E SMITH', 'MY BUSINESS COMPANY', '2016-05-16', 'CE554'],
  );
  assert.deepEqual([summary.summary.records, summary.summary.problems], [8, []]);
  const [none] = await read(empty?.file ?? '');
  assert.ok(none?.kind === 'summary');
  assert.deepEqual([none.summary.checks, none.summary.records, none.summary.problems], [0, 6, []]);

  const [sample] = samplesOf(/^X12/);
  const advices = await Array.fromAsync(read820(createReadStream(join(folder, sample?.file ?? ''))));
  assert.deepEqual(
    advices.map((advice) => [advice.amount, advice.trace, advice.payer, advice.payee, advice.problems]),
    [['7989.73', '12053011440000192', 'YOUR COMPANY', 'WALMART', []]],
  );
  assert.deepEqual(
    advices[0]?.lines.map(({ number, paid, references }) => [number, paid, references[0]?.number]),
    [
      ['7321239', '953.19', '24305'],
      ['7321511', '7036.54', '24333'],
    ],
  );
});
