import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { CALL_OUTCOMES, type CallSaid, checkCall, isSpoken } from './call.ts';
import { checkDialTemplate, dialLink, dialled } from './phone.ts';

const today = parseDate('2026-03-02');
const said = (given: Partial<CallSaid>): CallSaid => ({
  outcome: 'reached',
  number: undefined,
  nextOn: undefined,
  on: today,
  takesPromise: false,
  opensDispute: false,
  ...given,
});
const refuses = (given: Partial<CallSaid>, code: string) =>
  assert.throws(() => checkCall(said(given), today), { code });

test('what is said of a call fits together', () => {
  checkCall(said({}), today);
  checkCall(said({ outcome: 'promised', takesPromise: true, nextOn: today }), today);
  refuses({ outcome: 'promised' }, 'promise_missing');
  refuses({ outcome: 'disputed' }, 'dispute_missing');
  refuses({ takesPromise: true }, 'promise_not_outcome');
  refuses({ outcome: 'promised', takesPromise: true, opensDispute: true }, 'dispute_not_outcome');
  refuses({ outcome: 'wrong_number' }, 'number_missing');
  refuses({ outcome: 'call_back' }, 'next_day_missing');
  refuses({ nextOn: parseDate('2026-03-01') }, 'next_day_past');
  refuses({ nextOn: parseDate('2027-03-04') }, 'next_day_too_far');
  checkCall(said({ nextOn: parseDate('2027-03-03') }), today);
  refuses({ on: parseDate('2026-03-03') }, 'call_in_future');
});

test('three outcomes spoke to nobody', () => {
  assert.deepEqual(
    CALL_OUTCOMES.filter((outcome) => !isSpoken(outcome)),
    ['no_answer', 'voicemail', 'wrong_number'],
  );
});

test('a number is dialled as figures, with its country', () => {
  assert.equal(dialled('+49 (0)89 / 12-34'), '+49891234');
  assert.equal(dialled('0044 (0) 20 7946 0018'), '+442079460018');
  assert.equal(dialled('089 12 34'), '0891234');
  assert.equal(dialLink('tel:{number}', '+49 89 1234'), 'tel:+49891234');
  assert.equal(
    dialLink('https://phone.example/dial?to={number}', '+49 89'),
    'https://phone.example/dial?to=%2B4989',
  );
  assert.equal(dialLink('tel:{number}', 'ask for Ann'), undefined);
});

test('a template dials and does nothing else', () => {
  for (const template of [
    'tel:{number}',
    'sip:{number}@pbx.example',
    'https://phone.example/dial?to={number}',
  ])
    checkDialTemplate(template);
  for (const template of [
    'javascript:alert({number})',
    'tel:',
    'tel:{number}{number}',
    'https://{number}/',
    'https://a@{number}.example/',
    'https:{number}',
    'http://phone.example/{number}',
    'tel:{number}" onclick="',
  ])
    assert.throws(() => checkDialTemplate(template), { code: 'dial_template_not_valid' }, template);
});

test('whatever a number is, its link begins as the template does and holds only figures of it', () => {
  fc.assert(
    fc.property(fc.string(), (number) => {
      const link = dialLink('tel:{number}', number);
      assert.match(link ?? 'tel:0', /^tel:\+?\d+$/);
    }),
  );
});
