import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, PaymentId, StatementLineId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { RETURN_REASONS } from './code-table.ts';
import { codeInWords, reasonOf } from './known-reasons.ts';
import { noticeOfLine, type ReturnLine } from './notice.ts';
import { type Candidate, findOriginal, type Told } from './original.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

const told = (given: Partial<Told> = {}): Told => ({
  amount: eur(100_00n),
  returnedOn: parseDate('2026-03-10'),
  endToEndId: null,
  references: [],
  payerName: 'Payer SA',
  payerAccount: 'FR1',
  said: '',
  isLine: true,
  ...given,
});

let made = 0;
const candidate = (given: Partial<Candidate> = {}): Candidate => {
  made += 1;
  return {
    paymentId: `p${made}` as PaymentId,
    number: `PAY-2026-${10_000 + made}`,
    customerId: null,
    amount: eur(100_00n),
    receivedOn: parseDate('2026-03-01'),
    isReturned: false,
    hasReturnLine: false,
    endToEndId: null,
    references: [],
    payerName: 'Payer SA',
    payerAccount: 'FR1',
    ...given,
  };
};

const found = (one: Told, candidates: readonly Candidate[]) => {
  const { decision, rule, fitting } = findOriginal(one, candidates);
  return [decision, rule, fitting.map((f) => f.candidate.paymentId)];
};

test('the payment that the bank names is meant, whoever else fits', () => {
  const [named, other] = [candidate({ endToEndId: 'E2E-7' }), candidate()];
  const wanted = ['act', 'reference', [named.paymentId, other.paymentId]];
  assert.deepEqual(found(told({ endToEndId: 'E2E-7' }), [other, named]), wanted);
  const byReference = { ...named, endToEndId: null, references: ['TX-77'] };
  assert.deepEqual(found(told({ references: ['TX-77'] }), [other, byReference]), wanted);
  const inWords = told({ said: `RETURNED, ${named.number} closed` });
  assert.deepEqual(found(inWords, [other, { ...named, endToEndId: null }]), wanted);
});

test('a name within a longer one names nothing', () => {
  const one = candidate({ number: 'PAY-2026-1' });
  const other = candidate({ number: 'PAY-2026-12' });
  const { fitting, decision } = findOriginal(told({ said: 'PAY-2026-12 back' }), [one, other]);
  assert.deepEqual([decision, fitting[0]?.candidate.number], ['act', 'PAY-2026-12']);
});

test('two that fit are never told apart by chance', () => {
  const named = [candidate({ endToEndId: 'E' }), candidate({ endToEndId: 'E' })];
  assert.equal(findOriginal(told({ endToEndId: 'E' }), named).decision, 'propose');
  assert.equal(findOriginal(told(), [candidate(), candidate()]).decision, 'propose');
  const withoutAccount = candidate({ payerAccount: null });
  assert.equal(findOriginal(told(), [candidate(), withoutAccount]).decision, 'propose');
});

test('the only one of account and amount of the last weeks is meant; one longer ago is shown', () => {
  const one = candidate();
  assert.deepEqual(found(told(), [one]), ['act', 'account', [one.paymentId]]);
  const longAgo = candidate({ receivedOn: parseDate('2025-11-01') });
  assert.deepEqual(found(told(), [longAgo]), ['propose', null, [longAgo.paymentId]]);
  assert.deepEqual(found(told({ payerAccount: null }), [one]), ['propose', null, [one.paymentId]]);
});

test('another amount, another name or a later day is another payment', () => {
  assert.deepEqual(found(told(), [candidate({ amount: eur(99_99n) })]), ['nothing', null, []]);
  const differs = candidate({ endToEndId: 'E2E-8' });
  assert.deepEqual(found(told({ endToEndId: 'E2E-7' }), [differs]), ['nothing', null, []]);
  const later = candidate({ receivedOn: parseDate('2026-03-11') });
  assert.deepEqual(found(told(), [later]), ['nothing', null, []]);
});

test('what the bank took beyond a payment it names is proposed as its fee, never booked by itself', () => {
  const one = candidate({ endToEndId: 'E2E-7', amount: eur(96_50n) });
  const { decision, fitting } = findOriginal(told({ endToEndId: 'E2E-7' }), [one]);
  assert.deepEqual([decision, fitting[0]?.feeMinor], ['propose', 3_50n]);
});

test('a payment whose return a line shows is not taken back by another line', () => {
  const shownOnce = candidate({ endToEndId: 'E', isReturned: true, hasReturnLine: true });
  assert.equal(findOriginal(told({ endToEndId: 'E' }), [shownOnce]).decision, 'nothing');
  assert.equal(findOriginal(told({ endToEndId: 'E', isLine: false }), [shownOnce]).decision, 'act');
  const byHand = { ...shownOnce, hasReturnLine: false };
  assert.equal(findOriginal(told({ endToEndId: 'E' }), [byHand]).decision, 'act');
});

const line = (given: Partial<ReturnLine>): ReturnLine => ({
  id: 'l1' as StatementLineId,
  companyId: 'c1' as CompanyId,
  ownAccount: 'DE1',
  bookedOn: parseDate('2026-03-10'),
  amount: eur(-103_50n),
  payerName: null,
  payerAccount: null,
  endToEndId: null,
  remittance: '',
  details: [],
  ...given,
});

const detail = (given: Partial<ReturnLine['details'][number]>): ReturnLine['details'][number] => ({
  amounts: {},
  structured: [],
  documents: [],
  unstructured: [],
  text: '',
  charges: [],
  ...given,
});

test('the fee is what the bank states: beside the amount that was paid, or as a charge within the line', () => {
  const parts = (given: Partial<ReturnLine['details'][number]>) => {
    const { amount, fee } = noticeOfLine(line({ details: [detail(given)] }));
    return [amount.minor, fee.minor];
  };
  const paid = { decimal: '-100', currency: 'EUR' };
  const charge = { amount: { decimal: '-3.5', currency: 'EUR' } };
  assert.deepEqual(parts({ amounts: { instructed: paid } }), [100_00n, 3_50n]);
  assert.deepEqual(parts({ charges: [{ ...charge, isIncluded: true }] }), [100_00n, 3_50n]);
  assert.deepEqual(parts({ charges: [{ ...charge, isIncluded: false }] }), [103_50n, 0n]);
  assert.deepEqual(parts({ charges: [charge] }), [103_50n, 0n]);
  assert.deepEqual(parts({ amounts: { instructed: { decimal: '-90', currency: 'USD' } } }), [103_50n, 0n]);
  // What cannot be read as money says nothing, and stops no other line.
  const unreadable = { decimal: '-100.005', currency: 'EUR' };
  assert.deepEqual(parts({ amounts: { instructed: unreadable } }), [103_50n, 0n]);
  assert.deepEqual(parts({ charges: [{ amount: unreadable, isIncluded: true }] }), [103_50n, 0n]);
  const several = noticeOfLine(line({ details: [detail({ amounts: { instructed: paid } }), detail({})] }));
  assert.equal(several.fee.minor, 0n);
});

test('whoever of the parties is not us had paid', () => {
  const us = { name: 'Main Company', iban: 'DE1' };
  const them = { name: 'Payer SA', iban: 'FR 1' };
  for (const parties of [
    { debtor: them, creditor: us },
    { debtor: us, creditor: them },
  ]) {
    const { payerName, payerAccount } = noticeOfLine(line({ details: [detail(parties)] }));
    assert.deepEqual([payerName, payerAccount], ['Payer SA', 'FR1']);
  }
  assert.equal(noticeOfLine(line({ payerAccount: 'DE1', payerName: 'us' })).payerAccount, null);
});

test('a code is taken from what the bank wrote only where one alone is named', () => {
  assert.equal(codeInWords(['RUECKLASTSCHRIFT AC04 KONTO ERLOSCHEN']), 'AC04');
  assert.equal(codeInWords(['ACH RETURN R01']), 'R01');
  assert.equal(codeInWords(['SEPA-DD SOLL RUECKBEL. CORE', 'reason 912']), 'MD06');
  assert.equal(codeInWords(['AC04 or MD07']), null);
  assert.equal(codeInWords(['INVOICE RE99 OF TECH WORLD']), null);
  const { code } = noticeOfLine(line({ details: [detail({ returned: { code: 'MS03', info: ['AC04'] } })] }));
  assert.equal(code, 'MS03');
});

test('every code says what it means and what follows, once', () => {
  const codes = RETURN_REASONS.map((reason) => reason.code);
  assert.equal(new Set(codes).size, codes.length);
  for (const wanted of 'AC01 AC04 AC06 AC13 AG01 AM04 AM05 BE05 FF01 MD01 MD02 MD06 MD07 MS02 MS03 RC01 SL01'.split(
    ' ',
  ))
    assert.ok(codes.includes(wanted), wanted);
  const gaps = new Set([48, 49, 54, 55, 56, 57, 58, 59, 60, 63, 64, 65, 66, 78, 79]);
  for (let number = 1; number <= 85; number += 1)
    if (!gaps.has(number)) assert.ok(codes.includes(`R${String(number).padStart(2, '0')}`), `R${number}`);
  assert.deepEqual(
    [reasonOf('R99').next, reasonOf(null).isTheirDoing, reasonOf('R99').meaning],
    ['ask_customer', false, 'A reason that is not known here'],
  );
});
