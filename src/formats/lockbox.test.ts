import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LockboxEvent, readLockbox } from './lockbox.ts';

const HEAD = [
  '100BANKBANKBA12345678902401020700',
  '2BANKBANKBA1234567890REFERENCES4000800801',
  '50000000011111240102BANKBANKBA1234567890',
];
const CHECK = `60010010000012345091000019000000012300000045670103${'24'}${'JANE PAYER'.padEnd(30)}US INC`;

function file(...tail: readonly string[]): string {
  return [...HEAD, ...tail].join('\r\n');
}

async function read(text: string): Promise<LockboxEvent[]> {
  return Array.fromAsync(readLockbox(Buffer.from(text)));
}

function problemsOf(events: readonly LockboxEvent[]) {
  return events.flatMap((event) =>
    event.kind === 'summary' ? event.summary.problems.map(({ code, value }) => [code, value]) : [],
  );
}

test('a cheque comes out with what stood on the papers beside it', async () => {
  const events = await read(
    file(
      CHECK,
      '40010016010INV-1',
      '40010016029INV-2',
      '700100000111112401020010000012345',
      '8000000001111124010200010000012345',
      '9000008',
    ),
  );
  const [event] = events;
  assert.ok(event?.kind === 'check');
  const { check } = event;
  assert.deepEqual(
    [
      check.cents,
      check.number,
      check.sender,
      check.recipient,
      check.date?.toString(),
      check.depositedOn?.toString(),
      check.box,
    ],
    [12345n, '4567', 'JANE PAYER', 'US INC', '2024-01-03', '2024-01-02', '0011111'],
  );
  assert.deepEqual(check.remittance, [
    { text: 'INV-1', line: 5 },
    { text: 'INV-2', line: 6 },
  ]);
  assert.deepEqual(problemsOf(events), [['lockbox_records_differs', '1']]);
});

test('totals that do not hold, and an end that is missing, are told', async () => {
  const events = await read(file(CHECK, '700100000111112401020020000012300'));
  assert.deepEqual(problemsOf(events), [
    ['lockbox_count_differs', '-1'],
    ['lockbox_total_differs', '45'],
    ['lockbox_cut_off', ''],
  ]);
});

test('overflow of no cheque and a cheque without amount are told, and the rest is read', async () => {
  const events = await read(
    file('40010016019INV-1', CHECK.replace('0000012345', '00000123x5'), CHECK, '9000007'),
  );
  assert.deepEqual(problemsOf(events), [
    ['lockbox_overflow_of_none', '40010016019INV-1'],
    ['lockbox_amount_wrong', '00000123x5'],
  ]);
  assert.equal(events.filter((event) => event.kind === 'check').length, 1);
});

test('what is no lockbox file says what to do', async () => {
  await assert.rejects(read(''), { code: 'lockbox_not_recognised' });
  await assert.rejects(read('hello'), { code: 'lockbox_not_recognised' });
  await assert.rejects(read(file('X')), { code: 'lockbox_not_recognised' });
});
