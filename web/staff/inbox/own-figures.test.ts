import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownFigures } from './own-figures.ts';

const CITED = ['INV-2026-00012', '16 Mar 2026', 'EUR\u00a01,100.00'];

test('figures that a draft cites are not the writer’s own, however blanks are typed', () => {
  assert.deepEqual(ownFigures('On 16 Mar 2026 INV-2026-00012 is open: EUR 1,100.00.', CITED), []);
});

test('a figure is the writer’s own where it is only a part of one that is cited, or has one in it', () => {
  assert.deepEqual(ownFigures('Pay 100.00 of EUR 1,100.00 within 5 days.', CITED), ['100.00', '5']);
  assert.deepEqual(ownFigures('EUR 1,100.00 and EUR 1,100.005', CITED), ['1,100.005']);
  assert.deepEqual(ownFigures('INV-2026-000123', CITED), ['2026-000123']);
});
