import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readBankFile } from './bank-file.ts';
import type { StatementEvent } from './bank-statement-shape.ts';
import { type PayoutColumns, payoutHeadingsKey } from './payout-columns.ts';

const HEADINGS = ['Batch', 'Sent on', 'Ref', 'Day', 'What', 'Brutto', 'Gebühr', 'Netto', 'Who', 'Invoice'];
const WORDS = {
  charge: 'Verkauf',
  refund: 'Erstattung',
  dispute: 'Rücklastschrift',
  reversal: 'Gutschrift',
  fee: 'Monatsgebühr',
  carried: 'Übertrag',
  other: 'Sonstiges',
  payout: 'Auszahlung',
} as const;
type Kind = keyof typeof WORDS;

const columnsWith = (isFeeNegative: boolean, isTakenPositive?: boolean): PayoutColumns => ({
  payout: 'Batch',
  payoutOn: 'Sent on',
  id: 'Ref',
  on: 'Day',
  type: 'What',
  gross: 'Brutto',
  fee: 'Gebühr',
  net: 'Netto',
  payer: 'Who',
  texts: ['Invoice'],
  currency: { fixed: 'EUR' },
  dateOrder: 'day_month_year',
  decimalMark: ',',
  isFeeNegative,
  isTakenPositive,
  words: Object.entries(WORDS).map(([kind, word]) => ({ word, kind: kind as Kind })),
});

async function eventsOf(
  bytes: Buffer,
  isFeeNegative = false,
  isTakenPositive?: boolean,
): Promise<readonly StatementEvent[]> {
  const columns = columnsWith(isFeeNegative, isTakenPositive);
  const payoutColumns = [{ key: payoutHeadingsKey(HEADINGS), columns }];
  // What was said of the columns of the account as a bank's must not be what a payout report is read by.
  const csvProfile = {
    hasHeader: true,
    dateOrder: 'day_month_year',
    decimalMark: ',',
    amount: { kind: 'signed', column: 'Netto' },
    currency: { fixed: 'EUR' },
    bookingDate: 'Day',
    text: [],
  } as const;
  return Array.fromAsync(readBankFile({ name: 'report.csv', bytes }, { payoutColumns, csvProfile }));
}

test('what was said of columns reads the same payouts as our own columns do, to the cent and whichever sign fees have', async () => {
  const amount = fc.integer({ min: -9_999_999, max: 9_999_999 });
  const kind = fc.constantFrom<Kind>('charge', 'refund', 'dispute', 'reversal', 'fee', 'carried', 'other');
  const rows = fc.array(fc.tuple(fc.constantFrom('A', 'B'), kind, amount, amount), {
    minLength: 1,
    maxLength: 12,
  });
  const written = (cents: number, mark: '.' | ','): string => {
    const whole = String(Math.trunc(Math.abs(cents) / 100));
    const grouped = mark === ',' ? whole.replace(/\B(?=(\d{3})+$)/g, '.') : whole;
    return `${cents < 0 ? '-' : ''}${grouped}${mark}${String(Math.abs(cents) % 100).padStart(2, '0')}`;
  };
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), fc.boolean(), async (any, isFeeNegative, isStated) => {
      // What takes money stands with a minus, and a payout is no more than there is.
      const given = any.map(
        ([payout, type, gross, fee]) =>
          [payout, type, ['refund', 'dispute'].includes(type) ? -Math.abs(gross) : gross, fee] as const,
      );
      const sums = new Map<string, number>();
      for (const [payout, , gross, fee] of given) sums.set(payout, (sums.get(payout) ?? 0) + gross - fee);
      const sent = [...sums].map(
        ([payout, sum]) => [payout, sum < 0 ? 'carried' : 'payout', -sum, 0] as const,
      );
      const all = isStated ? [...given, ...sent] : given;
      const own = all.map(([payout, type, gross, fee], at) => {
        const amounts = [gross, fee, gross - fee].map((cents) => written(cents, '.'));
        return [
          payout,
          '2026-03-05',
          `t${at}`,
          '2026-03-01',
          type,
          ...amounts,
          'EUR',
          'Ada',
          `INV-${at}`,
        ].join(',');
      });
      const said = all.map(([payout, type, gross, fee], at) => {
        const amounts = [gross, isFeeNegative ? -fee : fee, gross - fee].map((cents) => written(cents, ','));
        return [
          payout,
          '05.03.2026',
          `t${at}`,
          '01.03.2026',
          WORDS[type],
          ...amounts,
          'Ada',
          `INV-${at}`,
        ].join(';');
      });
      const ownText = ['payout,payout_date,id,date,type,gross,fee,net,currency,payer,reference', ...own].join(
        '\n',
      );
      const [, ...expected] = await eventsOf(Buffer.from(ownText));
      const [file, ...found] = await eventsOf(
        Buffer.from([HEADINGS.join(';'), ...said].join('\n')),
        isFeeNegative,
      );
      assert.equal(file?.kind === 'file' && file.file.version, 'payout_columns');
      assert.deepEqual(found, expected);
    }),
    { numRuns: 60 },
  );
});

test('what takes money and stands without a minus is refused, or read by its type where that was said, with the fee kept or given back', async () => {
  const row = (id: string, type: Kind, amounts: string): string =>
    `B-1;05.03.2026;${id};01.03.2026;${WORDS[type]};${amounts};Ada;INV-1`;
  const report = (...rows: readonly string[]): Buffer =>
    Buffer.from([HEADINGS.join(';'), ...rows].join('\n'));
  const plus = report(
    row('t1', 'charge', '500,00;10,00;490,00'),
    row('t2', 'refund', '100,00;0,00;100,00'),
    row('t3', 'refund', '50,00;2,00;52,00'),
    row('t4', 'refund', '50,00;2,00;48,00'),
    row('t5', 'dispute', '10,00;15,00;25,00'),
    row('t6', 'fee', '0,00;5,00;5,00'),
    row('t7', 'fee', '-3,00;0,00;-3,00'),
    row('t8', 'payout', '257,00;0,00;257,00'),
  );
  await assert.rejects(eventsOf(plus), {
    code: 'payout_sign_differs',
    facts: { line: 3, type: 'refund', gross: '100.00' },
  });
  const read = (await eventsOf(plus, false, true)).flatMap((event) =>
    event.kind === 'entry' ? [`${event.entry.payoutKind} ${event.entry.amount.decimal}`] : [],
  );
  assert.deepEqual(read, [
    'charge 500.00',
    'refund -100.00',
    'refund -50.00',
    'refund -50.00',
    'dispute -10.00',
    'fee -3.00',
    'payout -257.00',
    'fee -30.00',
  ]);
  // 2.00 of a fee cannot be told from 1.00: no sign makes gross less fee the net.
  const untold = report(row('t2', 'refund', '50,00;2,00;49,00'));
  await assert.rejects(eventsOf(untold, false, true), { code: 'payout_row_differs' });
  await assert.rejects(eventsOf(report(row('t8', 'payout', '97,00;0,00;97,00'))), {
    code: 'payout_sign_differs',
  });
});

test('a report is known by its headings whichever character its first 4,096 bytes cut', async () => {
  const begin = `${HEADINGS.join(';')}\nB-1;05.03.2026;t1;01.03.2026;Verkauf;100,00;3,00;97,00;`;
  for (const before of ['', 'ü'.repeat(20)]) {
    const pad = 'x'.repeat(4095 - Buffer.byteLength(begin + before));
    const text = `${begin}${pad}${before}ü;INV-1\n`;
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      const events = await eventsOf(bytes);
      const read = events.flatMap((event) => {
        if (event.kind === 'file') return [event.file.format];
        return event.kind === 'entry' ? [`${event.entry.payoutKind} ${event.entry.amount.decimal}`] : [];
      });
      assert.deepEqual(read, ['payout', 'charge 100.00', 'fee -3.00', 'payout -97.00']);
    }
  }
});
