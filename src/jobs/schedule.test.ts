import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { commandIdOf } from './job.ts';
import { dueJobs, type Schedule } from './schedule.ts';

const berlin = { id: newId<'tenant'>(), timeZone: 'Europe/Berlin' };
const auckland = { id: newId<'tenant'>(), timeZone: 'Pacific/Auckland' };
const at = (text: string) => Temporal.Instant.from(text);
const morning: Schedule = { queue: 'remind', every: { dayAt: '07:00' } };

test('a time of the day is that of the tenant', () => {
  const due = (moment: string) =>
    dueJobs([morning], [berlin, auckland], at(moment)).map((job) => job.tenantId);
  assert.deepEqual(due('2026-03-01T05:59:00Z'), [auckland.id]);
  assert.deepEqual(due('2026-03-01T06:00:00Z'), [berlin.id, auckland.id]);
  assert.deepEqual(due('2026-03-01T17:59:00Z'), [berlin.id], 'in Auckland it is the next day, before seven');
});

test('a day makes one job however often the clock is looked at', () => {
  const id = (moment: string) => dueJobs([morning], [berlin], at(moment))[0]?.id;
  assert.equal(id('2026-03-01T06:00:00Z'), id('2026-03-01T22:59:59Z'));
  assert.notEqual(id('2026-03-01T06:00:00Z'), id('2026-03-02T06:00:00Z'));
});

test('the hour that summer time skips is not skipped', () => {
  const early: Schedule = { queue: 'early', every: { dayAt: '02:30' } };
  assert.equal(dueJobs([early], [berlin], at('2026-03-29T00:59:00Z')).length, 0);
  assert.equal(dueJobs([early], [berlin], at('2026-03-29T01:00:00Z')).length, 1);
});

test('every so many minutes is one job for each such time, of each queue and tenant', () => {
  const often: Schedule = { queue: 'poll', every: { minutes: 15 } };
  const id = (moment: string) => dueJobs([often], [berlin], at(moment))[0]?.id;
  assert.equal(id('2026-03-01T06:00:00Z'), id('2026-03-01T06:14:59Z'));
  assert.notEqual(id('2026-03-01T06:14:59Z'), id('2026-03-01T06:15:00Z'));
  const ids = dueJobs([often, { ...often, queue: 'other' }], [berlin, auckland], at('2026-03-01T06:00:00Z'));
  assert.equal(new Set(ids.map((job) => job.id)).size, 4);
});

test('a job carries out its command under one id, and each of several under another', () => {
  const job = { jobId: newId() };
  assert.equal(commandIdOf(job), commandIdOf({ ...job }));
  assert.notEqual(commandIdOf(job), commandIdOf(job, 'second'));
  assert.notEqual(commandIdOf(job), commandIdOf({ jobId: newId() }));
  assert.match(commandIdOf(job), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});
