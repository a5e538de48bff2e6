import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentState } from './invoice-state.ts';

const none = { byPayment: 0n, byCredit: 0n, byWriteOff: 0n };
const state = (open: bigint, settled = none, more: { kind?: 'credit_note'; voided?: boolean } = {}) =>
  documentState({ kind: more.kind ?? 'invoice', voided: more.voided ?? false, total: 100n, open, settled });

test('an invoice is issued, partly paid, and then named after what settled the most of it', () => {
  assert.equal(state(100n), 'issued');
  assert.equal(state(1n, { ...none, byPayment: 99n }), 'partly_paid');
  assert.equal(state(0n, { ...none, byPayment: 100n }), 'paid');
  assert.equal(state(0n, { ...none, byCredit: 100n }), 'credited');
  assert.equal(state(0n, { ...none, byWriteOff: 100n }), 'written_off');
  assert.equal(state(0n, { byPayment: 99n, byCredit: 0n, byWriteOff: 1n }), 'paid');
  assert.equal(state(0n, { byPayment: 1n, byCredit: 0n, byWriteOff: 99n }), 'written_off');
  assert.equal(state(0n, { byPayment: 50n, byCredit: 50n, byWriteOff: 0n }), 'paid');
  assert.equal(state(0n, { byPayment: 0n, byCredit: 50n, byWriteOff: 50n }), 'credited');
});

test('a credit note is applied rather than paid, and what is voided is voided', () => {
  assert.equal(state(100n, none, { kind: 'credit_note' }), 'issued');
  assert.equal(state(40n, none, { kind: 'credit_note' }), 'partly_applied');
  assert.equal(state(0n, { ...none, byPayment: 100n }, { kind: 'credit_note' }), 'applied');
  assert.equal(state(0n, none, { voided: true }), 'voided');
});
