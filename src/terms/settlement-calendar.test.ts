import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBusinessDay, parseDate, shiftToBusinessDay } from '#kernel/calendar.ts';
import { findHolidays } from './find-holidays.ts';
import { easterSunday, type SettlementCalendar, settlementCalendar } from './settlement-calendar.ts';

const days = (name: SettlementCalendar, year: number): readonly string[] =>
  [...settlementCalendar(name, [year]).holidays].sort();

test('Easter falls where the church has it', () => {
  assert.deepEqual(
    [2000, 2008, 2019, 2024, 2026, 2038].map((year) => easterSunday(year).toString()),
    ['2000-04-23', '2008-03-23', '2019-04-21', '2024-03-31', '2026-04-05', '2038-04-25'],
  );
});

test('T2 is closed on six days of the year', () => {
  assert.deepEqual(days('t2', 2026), [
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-01',
    '2026-12-25',
    '2026-12-26',
  ]);
});

test('a holiday on a Saturday is a day off in the United States and a day of business for the Fed', async () => {
  // 4 July 2026 is a Saturday: the law gives the Friday before, the Federal Reserve banks stay open on it.
  assert.ok((await findHolidays('US', null, 2026)).has('2026-07-03'));
  assert.ok(isBusinessDay(parseDate('2026-07-03'), settlementCalendar('fed', [2026])));
  assert.ok(!days('fed', 2026).includes('2026-07-03'));
  // On a Sunday both keep the Monday: 4 July 2027.
  assert.ok(days('fed', 2027).includes('2027-07-05'));
});

test('the Fed keeps eleven holidays, Juneteenth since 2022', () => {
  assert.deepEqual(days('fed', 2025), [
    '2025-01-01',
    '2025-01-20',
    '2025-02-17',
    '2025-05-26',
    '2025-06-19',
    '2025-07-04',
    '2025-09-01',
    '2025-10-13',
    '2025-11-11',
    '2025-11-27',
    '2025-12-25',
  ]);
  assert.ok(!days('fed', 2021).some((day) => day.startsWith('2021-06')));
});

test('bank holidays of England and Wales move off weekends, and were moved by proclamation', () => {
  assert.deepEqual(days('bacs', 2026), [
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-05-25',
    '2026-08-31',
    '2026-12-25',
    '2026-12-28',
  ]);
  assert.deepEqual(
    days('bacs', 2022).filter((day) => day > '2022-05-03' && day < '2022-12-31'),
    ['2022-06-02', '2022-06-03', '2022-08-29', '2022-09-19', '2022-12-26', '2022-12-27'],
  );
  assert.deepEqual(
    [2021, 2022, 2023, 2027].map((year) =>
      days('bacs', year)
        .filter((day) => day.slice(5) > '12-01')
        .join(' '),
    ),
    ['2021-12-27 2021-12-28', '2022-12-26 2022-12-27', '2023-12-25 2023-12-26', '2027-12-27 2027-12-28'],
  );
  assert.ok(days('bacs', 2023).includes('2023-01-02'));
});

test('SIC keeps ten days', () => {
  assert.deepEqual(days('sic', 2026), [
    '2026-01-01',
    '2026-01-02',
    '2026-04-03',
    '2026-04-06',
    '2026-05-01',
    '2026-05-14',
    '2026-05-25',
    '2026-08-01',
    '2026-12-25',
    '2026-12-26',
  ]);
});

test('states have holidays of their own, and optional days are none', async () => {
  const [germany, bavaria] = [await findHolidays('DE', null, 2026), await findHolidays('DE', 'BY', 2026)];
  assert.ok(bavaria.has('2026-01-06') && !germany.has('2026-01-06'));
  assert.ok(germany.has('2026-10-03'));
  assert.ok(!germany.has('2026-12-24'));
});

test('a date moves to a business day in four ways', () => {
  const calendar = settlementCalendar('t2', [2026]);
  const shifted = (day: string) =>
    (['none', 'following', 'modified_following', 'preceding'] as const).map((shift) =>
      shiftToBusinessDay(parseDate(day), shift, calendar).toString(),
    );
  // Good Friday to Easter Monday; the 31st of May is a Sunday.
  assert.deepEqual(shifted('2026-04-03'), ['2026-04-03', '2026-04-07', '2026-04-07', '2026-04-02']);
  assert.deepEqual(shifted('2026-05-31'), ['2026-05-31', '2026-06-01', '2026-05-29', '2026-05-29']);
});
