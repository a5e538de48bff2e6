import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import {
  type ClaimItem,
  CONDITION_CODES,
  type ConditionCode,
  checkConditions,
  conditionsOf,
  limitationDay,
  type Notice,
  phaseOf,
  ripeOn,
} from './condition.ts';
import { CAUTIOUS_PACK, LEGAL_PACKS, legalPackOf } from './legal-pack.ts';

const day = parseDate;
const DE = legalPackOf('DE');

const notice = (phase: string, sentOn: string, proof: string | null = 'delivered'): Notice => ({
  messageId: `${phase} ${sentOn}`,
  phase,
  sentOn: day(sentOn),
  proof,
});
const NOTICES = [notice('reminder', '2026-02-08'), notice('final_notice', '2026-02-22')];

const item = (given: Partial<ClaimItem> = {}): ClaimItem => ({
  id: 'a' as ItemId,
  reference: 'INV-1',
  dueOn: day('2026-02-01'),
  notices: NOTICES,
  isDisputed: false,
  isPromised: false,
  isOnHold: false,
  standing: null,
  ...given,
});

const look = (items: readonly ClaimItem[], on = '2026-03-08', address = ['Firm', 'Street 1', 'Town']) =>
  conditionsOf({ items, address, today: day(on) }, DE);
const unmet = (...given: Parameters<typeof look>): readonly ConditionCode[] =>
  look(...given)
    .filter(({ isMet }) => !isMet)
    .map(({ code }) => code);

test('a claim with two notices, the last of them final, proven, and old enough is ripe', () => {
  assert.deepEqual(unmet([item()]), []);
  assert.deepEqual(
    look([item()]).map(({ code }) => code),
    CONDITION_CODES,
  );
});

test('each condition fails by itself and says what was found', () => {
  assert.deepEqual(unmet([item()], '2026-03-07'), ['days_waited']);
  assert.deepEqual(unmet([item({ notices: [notice('final_notice', '2026-02-22')] })]), ['notices_sent']);
  assert.deepEqual(
    unmet([
      item({ notices: [notice('reminder', '2026-02-08'), notice('final_notice', '2026-02-22', null)] }),
    ]),
    ['notice_provable'],
  );
  assert.deepEqual(unmet([item()], '2026-03-08', ['Firm']), ['address_known']);
  assert.deepEqual(unmet([item({ isDisputed: true })]), ['not_disputed']);
  assert.deepEqual(unmet([item({ isPromised: true })]), ['not_promised']);
  assert.deepEqual(unmet([item({ isOnHold: true })]), ['not_on_hold']);
  assert.deepEqual(unmet([item({ standing: 'legal' })]), ['not_elsewhere']);
  assert.deepEqual(unmet([item({ dueOn: day('2026-03-08') })]), ['overdue']);
  const waited = look([item()], '2026-03-01').find(({ code }) => code === 'days_waited');
  assert.deepEqual([waited?.needed, waited?.found, waited?.failing], ['14', '7', ['INV-1']]);
  const final = look([item()]).find(({ code }) => code === 'final_notice_sent');
  assert.deepEqual([final?.found, final?.messageIds], ['2026-02-22', ['final_notice 2026-02-22']]);
});

test('nothing to hand over is not ripe', () => {
  assert.equal(
    look([]).some(({ isMet }) => isMet),
    false,
  );
});

test('limitation in Germany runs from the end of the year, elsewhere from the day it was due; the last day still counts', () => {
  assert.equal(limitationDay(day('2023-01-15'), DE.limitation).toString(), '2026-12-31');
  assert.equal(limitationDay(day('2024-02-29'), legalPackOf('AT').limitation).toString(), '2027-02-28');
  const old = item({ dueOn: day('2022-05-01') });
  assert.deepEqual(unmet([old], '2025-12-31').includes('not_time_barred'), false);
  assert.deepEqual(unmet([old], '2026-03-08'), ['not_time_barred']);
});

test('a country without figures goes by the shortest limitation and the longest wait we know', () => {
  const years = Math.min(...LEGAL_PACKS.map(({ limitation }) => limitation.years));
  assert.ok(CAUTIOUS_PACK.limitation.years <= years && CAUTIOUS_PACK.limitation.from === 'due');
  assert.ok(LEGAL_PACKS.every(({ waitDays }) => waitDays <= CAUTIOUS_PACK.waitDays));
  assert.equal(legalPackOf('ZZ').country, 'ZZ');
  assert.equal(new Set(LEGAL_PACKS.map(({ country }) => country)).size, LEGAL_PACKS.length);
});

test('what is not firm is passed over by name and with a note; what is firm never is', () => {
  const soft = look([item()], '2026-03-01');
  assert.throws(() => checkConditions(soft, [], 'why'), { code: 'hand_over_not_ripe' });
  assert.throws(() => checkConditions(soft, ['days_waited'], undefined), { code: 'hand_over_note_missing' });
  checkConditions(soft, ['days_waited'], 'They are moving abroad');
  const firm = look([item({ isDisputed: true })]);
  assert.throws(() => checkConditions(firm, [...CONDITION_CODES], 'why'), { code: 'hand_over_not_ripe' });
});

test('an account is as far as the firmest of its items, and ripe once the last final notice is old enough', () => {
  const mild = item({ notices: [notice('reminder', '2026-02-08')] });
  assert.equal(phaseOf([]), 'not_chased');
  assert.equal(phaseOf([mild]), 'reminder');
  assert.equal(phaseOf([mild, item()]), 'final_notice');
  assert.equal(phaseOf([item(), item({ standing: 'agency' })]), 'agency');
  assert.equal(ripeOn([item()], DE)?.toString(), '2026-03-08');
  assert.equal(ripeOn([item(), mild], DE), undefined);
});

test('waiting longer never makes a claim less ripe, until time bars it', () => {
  fc.assert(
    fc.property(fc.nat(900), fc.nat(300), (first, more) => {
      const barred = limitationDay(day('2026-02-01'), DE.limitation);
      const one = addDays(day('2026-02-22'), first);
      const other = addDays(one, more);
      if (Temporal.PlainDate.compare(other, barred) > 0) return;
      const before = unmet([item()], one.toString());
      for (const code of unmet([item()], other.toString())) assert.ok(before.includes(code));
    }),
  );
});
