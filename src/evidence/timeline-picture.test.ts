import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { formatDate } from '#printing/print-format.ts';
import { timelinePicture } from './timeline-picture.ts';

const at = (on: string, kind: string) => ({ on: parseDate(on), kind });
const END = parseDate('2026-03-12');

test('happenings stand on lines of their sort, from the first day to the day of the report', () => {
  const picture = timelinePicture(
    [
      at('2026-01-01', 'invoice'),
      at('2026-02-05', 'message'),
      at('2026-02-05', 'message'),
      at('2026-03-12', 'event'),
    ],
    END,
  );
  assert.deepEqual(picture?.lanes, [
    { label: 'Invoices and credits (1)', marks: [0] },
    { label: 'Messages (2)', marks: [0.5] },
    { label: 'Other (1)', marks: [1] },
  ]);
  assert.deepEqual(
    [picture?.ticks.length, picture?.ticks[0], picture?.ticks.at(-1)?.at],
    [5, { at: 0, label: formatDate(parseDate('2026-01-01'), 'en') }, 1],
  );
});

test('nothing, or all of it on the day of the report, makes no picture', () => {
  assert.equal(timelinePicture([], END), undefined);
  assert.equal(timelinePicture([at('2026-03-12', 'invoice')], END), undefined);
});

test('whatever happened and when, each mark lies within the picture and days rise', () => {
  const some = fc.record({
    on: fc.integer({ min: 0, max: 3_000 }).map((days) => parseDate('2020-01-01').add({ days })),
    kind: fc.constantFrom('invoice', 'payment', 'call', 'event', 'news'),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 50 }), (happenings) => {
      const picture = timelinePicture(happenings, END);
      for (const place of [
        ...(picture?.lanes.flatMap(({ marks }) => marks) ?? []),
        ...(picture?.ticks ?? []).map((t) => t.at),
      ])
        assert.ok(place >= 0 && place <= 1);
      const ticks = picture?.ticks.map((tick) => tick.at) ?? [];
      assert.deepEqual(
        ticks,
        ticks.toSorted((a, b) => a - b),
      );
    }),
  );
});
