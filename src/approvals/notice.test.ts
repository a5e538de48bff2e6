import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Concern, noticeMail, noticesFor, type ToldRequest } from './notice.ts';

const now = Temporal.Instant.from('2026-03-02T08:00:00Z');
const concern = (given: Partial<Concern> = {}): Concern => ({
  approvalId: 'a',
  version: 1,
  expiresAt: now.add({ hours: 14 * 24 }),
  mayDecide: true,
  told: [],
  ...given,
});
const about = (mode: 'each' | 'daily' | 'off', given: Partial<Concern>, isDailyHour = false) =>
  noticesFor(mode, [concern(given)], { now, isDailyHour }).map((notice) => notice.about);
const hours = (count: number) => ({ expiresAt: now.add({ hours: count }) });

test('what is new is told at once, or at the hour of the day, or never, as one wants it', () => {
  assert.deepEqual(about('each', {}), ['waits']);
  assert.deepEqual(about('daily', {}), []);
  assert.deepEqual(about('daily', {}, true), ['waits']);
  assert.deepEqual(about('off', {}, true), []);
});

test('nothing is told twice, and a last word comes a day before it lapses, even to those with one mail a day', () => {
  assert.deepEqual(about('each', { told: ['waits'] }), []);
  assert.deepEqual(about('each', { told: ['waits'], ...hours(25) }), []);
  assert.deepEqual(about('daily', { told: ['waits'], ...hours(24) }), ['expires']);
  assert.deepEqual(about('each', { told: ['waits', 'expires'], ...hours(2) }), []);
  assert.deepEqual(about('off', { told: [], ...hours(2) }), []);
  assert.deepEqual(about('each', hours(2)), ['expires'], 'new and about to lapse is one word');
  assert.deepEqual(about('each', hours(0)), [], 'what has lapsed is past telling');
});

test('who asked is not told that it waits, but that it lapses', () => {
  assert.deepEqual(about('each', { mayDecide: false }), []);
  assert.deepEqual(about('each', { mayDecide: false, ...hours(3) }), ['expires']);
});

test('one mail tells of all, those that lapse first on top, with where to decide', () => {
  const request = (given: Partial<ToldRequest>): ToldRequest => ({
    approvalId: 'x',
    about: 'waits',
    mayDecide: true,
    title: 'Credit notes',
    amount: '800.00 EUR',
    labels: ['INV-1'],
    requestedBy: 'Clara',
    reason: 'Damaged',
    expiresAt: '2026-03-16T08:00:00Z',
    ...given,
  });
  const mail = noticeMail(
    'Olga',
    [request({}), request({ approvalId: 'y', about: 'expires', expiresAt: '2026-03-02T20:00:00Z' })],
    (id) => `https://q.example/t/approvals/${id}`,
  );
  assert.equal(mail.subject, '2 decisions wait for you, 1 lapses soon');
  assert.ok(mail.text.indexOf('LAPSES SOON') < mail.text.indexOf('waits until'));
  assert.match(mail.text, /https:\/\/q\.example\/t\/approvals\/x/);
  const own = noticeMail('Clara', [request({ about: 'expires', mayDecide: false })], () => undefined);
  assert.equal(own.subject, 'What you asked for lapses soon');
});
