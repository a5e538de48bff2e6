import assert from 'node:assert/strict';
import { test } from 'node:test';
import { severityOf, statusIn } from './bounce-severity.ts';

test('a status that says enough decides: a dead address is hard, a full or slow one soft, what was not wanted is policy', () => {
  for (const [status, severity] of [
    ['5.1.1', 'hard'],
    ['5.1.2', 'hard'],
    ['5.2.1', 'hard'],
    ['5.4.1', 'hard'],
    ['5.2.2', 'soft'],
    ['4.2.2', 'soft'],
    ['4.4.7', 'soft'],
    ['5.7.1', 'policy'],
    ['5.7.26', 'policy'],
    ['5.2.3', 'policy'],
    ['5.3.4', 'policy'],
    ['5.6.0', 'policy'],
  ] as const)
    assert.equal(severityOf(status, ''), severity, status);
});

test('a status that says nothing leaves it to the words, then to its class', () => {
  for (const [status, words, severity] of [
    ['5.0.0', '554 rejected for policy reasons', 'policy'],
    ['5.0.0', '550 5.1.1 user unknown', 'hard'],
    ['5.5.0', '550 Unknown user', 'hard'],
    ['5.0.0', '552 mailbox is full', 'soft'],
    ['5.0.0', '', 'hard'],
    [undefined, '550 blocked using a blocklist', 'policy'],
    [undefined, '451 greylisted', 'soft'],
    [undefined, '550 no such user here', 'hard'],
    [undefined, 'something happened', 'soft'],
    ['4.0.0', '450 user unknown, perhaps', 'soft'],
  ] as const)
    assert.equal(severityOf(status, words), severity, `${status} ${words}`);
});

test('spam words never make an address dead, whatever the reply code', () => {
  assert.equal(severityOf('5.0.0', '550 Message rejected as spam'), 'policy');
  assert.equal(severityOf(undefined, '550 5.7.1 <anna@x.example>: Recipient address rejected'), 'policy');
});

test('the most telling status of a text is found, and an IP address is none', () => {
  assert.equal(statusIn('5.0.0 then 550 5.1.1 gone'), '5.1.1');
  assert.equal(statusIn('host 5.1.1.20 said no'), undefined);
  assert.equal(statusIn('(#5.5.0)'), '5.5.0');
});
