import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { readBankFile } from './bank-file.ts';
import type { StatementEvent } from './bank-statement-shape.ts';

const OWN = 'payout,payout_date,id,date,type,gross,fee,net,currency,payer,charge,reference';

async function eventsOf(text: string): Promise<readonly StatementEvent[]> {
  const events: StatementEvent[] = [];
  for await (const event of readBankFile({ name: 'report.csv', bytes: Buffer.from(text) }))
    events.push(event);
  return events;
}

/** What comes out, one line for each entry and summary. */
async function read(text: string): Promise<readonly string[]> {
  return (await eventsOf(text)).flatMap((event) => {
    if (event.kind === 'statement') return [`# ${event.statement.id} ${event.statement.to ?? ''}`.trim()];
    if (event.kind === 'summary') return [`= ${event.summary.check}`];
    if (event.kind !== 'entry') return [];
    const { amount, payoutKind, status, bookingDate, valueDate, details } = event.entry;
    const [detail] = details;
    const named = detail?.endToEndId === undefined ? '' : ` ${detail.endToEndId}`;
    return [
      `${status} ${payoutKind} ${amount.decimal} ${bookingDate} ${valueDate}${named} "${detail?.text}"`,
    ];
  });
}

const refusal = (text: string): Promise<unknown> =>
  read(text).then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? [error.code, error.facts] : error),
  );

test('our own columns: payments gross, one entry of fees, what is taken back, and the payout; it begins and ends at nothing', async () => {
  const text = [
    OWN,
    'P-1,2026-03-05,t1,2026-03-02,charge,100.00,3.00,97.00,EUR,Acme GmbH,ch1,INV-1',
    'P-1,2026-03-05,t2,2026-03-03,charge,50.00,1.50,48.50,EUR,Beta,ch2,INV-2',
    'P-1,2026-03-05,t3,2026-03-04,refund,-50.00,0,-50.00,EUR,Beta,ch2,INV-2',
  ].join('\n');
  assert.deepEqual(await read(text), [
    '# P-1 2026-03-05',
    'BOOK charge 100.00 2026-03-05 2026-03-02 ch1 "INV-1"',
    'BOOK charge 50.00 2026-03-05 2026-03-03 ch2 "INV-2"',
    'BOOK refund -50.00 2026-03-05 2026-03-04 ch2 "INV-2"',
    'BOOK fee -4.50 2026-03-05 2026-03-05 "Fees of 2 rows of payout P-1"',
    'BOOK payout -95.50 2026-03-05 2026-03-05 "Payout P-1"',
    '= agrees',
  ]);
});

test('Stripe, payout reconciliation: the payout is what its rows come to; what has none waits and is not booked', async () => {
  const text = [
    'automatic_payout_id,automatic_payout_effective_at_utc,balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,description,charge_id,customer_name',
    'po_1,2026-03-05 00:00:00,txn_1,2026-03-02 09:10:11,usd,200.00,6.10,193.90,charge,ch_1,Invoice 7,ch_1,Acme Inc',
    'po_1,2026-03-05 00:00:00,txn_2,2026-03-03 09:10:11,usd,-80.00,15.00,-95.00,dispute,dp_1,Chargeback,ch_0,',
    ',,txn_3,2026-03-06 09:10:11,usd,10.00,0.59,9.41,charge,ch_3,Invoice 8,ch_3,',
  ].join('\r\n');
  assert.deepEqual(await read(text), [
    '# po_1 2026-03-05',
    'BOOK charge 200.00 2026-03-05 2026-03-02 ch_1 "Invoice 7"',
    'BOOK dispute -80.00 2026-03-05 2026-03-03 ch_0 "Chargeback"',
    'BOOK fee -21.10 2026-03-05 2026-03-05 "Fees of 2 rows of payout po_1"',
    'BOOK payout -98.90 2026-03-05 2026-03-05 "Payout po_1"',
    '= agrees',
    '# undefined',
    'PDNG charge 10.00 2026-03-06 2026-03-06 ch_3 "Invoice 8"',
    '= no_balances',
  ]);
});

const HISTORY =
  'id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Transfer,Transfer Date (UTC)';

test('Stripe, balance history: the payout stands as a row, and rows that do not come to it are refused with the difference', async () => {
  const rows = [
    HISTORY,
    'txn_9,payout,po_9,-95.00,0.00,-95.00,eur,2026-03-04 08:00,2026-03-05 00:00,STRIPE PAYOUT,po_9,2026-03-05 00:00',
    'txn_8,charge,ch_8,100.00,3.00,97.00,eur,2026-03-01 08:00,2026-03-04 00:00,INV-8,po_9,2026-03-05 00:00',
    'txn_7,stripe_fee,,-2.00,0.00,-2.00,eur,2026-03-01 08:00,2026-03-04 00:00,Billing,po_9,2026-03-05 00:00',
  ];
  assert.deepEqual(await read(rows.join('\n')), [
    '# po_9 2026-03-05',
    'BOOK payout -95.00 2026-03-05 2026-03-04 "Payout po_9"',
    'BOOK charge 100.00 2026-03-05 2026-03-01 ch_8 "INV-8"',
    'BOOK fee -2.00 2026-03-05 2026-03-01 "Billing"',
    'BOOK fee -3.00 2026-03-05 2026-03-05 "Fees of 1 rows of payout po_9"',
    '= agrees',
  ]);
  assert.deepEqual(await refusal(rows.slice(0, 3).join('\n')), [
    'payout_differs',
    { payout: 'po_9', difference: '2.00', currency: 'EUR', sent: ['95.00'] },
  ]);
});

const ADYEN =
  'Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,Creation Date,TimeZone,Type,Modification Reference,Gross Currency,Gross Debit (GC),Gross Credit (GC),Exchange Rate,Net Currency,Net Debit (NC),Net Credit (NC),Commission (NC),Markup (NC),Scheme Fees (NC),Interchange (NC),Payment Method Variant,Modification Merchant Reference,Batch Number';

test('Adyen, settlement details: costs in their columns, refunds name the payment, the batch comes to nothing', async () => {
  const rows = [
    ADYEN,
    'Acme,AcmeECOM,PSP1,INV-1,visa,2026-03-02 10:00:00,CET,Settled,MOD1,EUR,,100.00,1,EUR,,98.90,,0.60,0.20,0.30,visa,,214',
    'Acme,AcmeECOM,PSP0,INV-0,visa,2026-03-03 10:00:00,CET,Refunded,MOD2,EUR,20.00,,1,EUR,20.10,,0.10,,,,visa,INV-0-R,214',
    'Acme,AcmeECOM,,,,2026-03-04 10:00:00,CET,Fee,Transaction Fees,EUR,,,1,EUR,1.00,,,,,,,,214',
    'Acme,AcmeECOM,,,,2026-03-05 10:00:00,CET,MerchantPayout,TX77XT,EUR,,,1,EUR,77.80,,,,,,,,214',
  ];
  assert.deepEqual(await read(rows.join('\n')), [
    '# 214 2026-03-05',
    'BOOK charge 100.00 2026-03-05 2026-03-02 PSP1 "INV-1 visa"',
    'BOOK refund -20.00 2026-03-05 2026-03-03 PSP0 "INV-0 INV-0-R visa"',
    'BOOK fee -1.00 2026-03-05 2026-03-04 ""',
    'BOOK payout -77.80 2026-03-05 2026-03-05 "Payout 214"',
    'BOOK fee -1.20 2026-03-05 2026-03-05 "Fees of 2 rows of payout 214"',
    '= agrees',
  ]);
  const [first] = (await eventsOf(rows.join('\n'))).filter((event) => event.kind === 'statement');
  assert.equal(first?.statement.account.otherId, 'AcmeECOM');
  const wrong = rows.map((row) => row.replace(',100.00,1,EUR', ',101.00,1,EUR'));
  assert.deepEqual(await refusal(wrong.join('\n')), [
    'payout_row_differs',
    { line: 2, gross: '101.00', fee: '1.10', net: '98.90', difference: '1.00' },
  ]);
});

test('what cannot be is refused by name: a row that does not add up, two currencies, a cell, a kind, a payout of no day', async () => {
  const row = (changed: Partial<Record<string, string>>): string => {
    const cells: Record<string, string> = {
      payout: 'P',
      payout_date: '2026-03-05',
      id: 't',
      date: '2026-03-02',
      type: 'charge',
      gross: '10.00',
      fee: '1.00',
      net: '9.00',
      currency: 'EUR',
      ...changed,
    };
    return OWN.split(',')
      .map((name) => cells[name] ?? '')
      .join(',');
  };
  const code = async (...rows: readonly string[]): Promise<unknown> =>
    ((await refusal([OWN, ...rows].join('\n'))) as readonly unknown[] | undefined)?.[0];
  assert.equal(await code(row({})), undefined);
  assert.equal(await code(row({ net: '9.01' })), 'payout_row_differs');
  assert.equal(await code(row({}), row({ id: 'u', currency: 'USD' })), 'payout_currencies_mixed');
  for (const type of ['refund', 'dispute', 'payout'])
    assert.equal(await code(row({ type })), 'payout_sign_differs', `${type} with a plus`);
  assert.equal(await code(row({ gross: 'ten' })), 'payout_row_unreadable');
  assert.equal(await code(row({ type: 'gift' })), 'payout_row_unreadable');
  assert.equal(await code(row({ date: '2026-02-30' })), 'payout_row_unreadable');
  assert.equal(await code(row({ payout_date: '' })), 'payout_without_day');
});

test('whatever rows are in a report, each payout comes out whole: its entries come to nothing, to the cent', async () => {
  const amount = fc.integer({ min: -99_999, max: 99_999 });
  const cents = (minor: number): string =>
    `${minor < 0 ? '-' : ''}${Math.trunc(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
  const kind = fc.constantFrom('charge', 'refund', 'dispute', 'reversal', 'fee', 'carried', 'other');
  const rows = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), kind, amount, amount), {
    minLength: 1,
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      const signed = all.map(
        ([payout, type, gross, fee]) =>
          [payout, type, ['refund', 'dispute'].includes(type) ? -Math.abs(gross) : gross, fee] as const,
      );
      const lines = signed.map(
        ([payout, type, gross, fee], index) =>
          `${payout},2026-03-05,t${index},2026-03-01,${type},${cents(gross)},${cents(fee)},${cents(gross - fee)},EUR,,,`,
      );
      const events = await eventsOf([OWN, ...lines].join('\n'));
      const checks = events.flatMap((event) => (event.kind === 'summary' ? [event.summary.check] : []));
      assert.equal(checks.length, new Set(all.map(([payout]) => payout)).size);
      assert.ok(checks.every((check) => check === 'agrees'));
    }),
    { numRuns: 100 },
  );
});

test('a damaged report ends in rows or a refusal', async () => {
  const good = `${OWN}\nP-1,2026-03-05,t1,2026-03-02,charge,100.00,3.00,97.00,EUR,Acme GmbH,ch1,INV-1\n`;
  const damage = fc.tuple(fc.nat(good.length), fc.nat(6), fc.string({ maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (cuts) => {
      const text = cuts.reduce(
        (all, [at, length, put]) => all.slice(0, at) + put + all.slice(at + length),
        good,
      );
      try {
        await eventsOf(text);
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error));
      }
    }),
    { numRuns: 300 },
  );
});

test('a payout report is one whatever was said of the columns of its account: read as plain rows it would be booked less its fees', async () => {
  const text = [OWN, 'po_1,2026-03-10,ch_1,2026-03-09,charge,100.00,2.00,98.00,EUR,Ada,ch_1,INV-1', ''].join(
    '\n',
  );
  const csvProfile = {
    delimiter: ',',
    decimalMark: '.',
    dateOrder: 'ymd',
    hasHeader: true,
    skipLines: 0,
    amount: { column: 'net' },
    bookingDate: { column: 'payout_date' },
  } as never;
  const kinds: string[] = [];
  for await (const event of readBankFile({ name: 'report.csv', bytes: Buffer.from(text) }, { csvProfile }))
    if (event.kind === 'file') kinds.push(event.file.format);
    else if (event.kind === 'entry') kinds.push(`${event.entry.payoutKind} ${event.entry.amount.decimal}`);
  assert.deepEqual(kinds.slice(0, 2), ['payout', 'charge 100.00']);
});
