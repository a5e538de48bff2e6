import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cast } from './cast.ts';

/** Numbers that authorities keep for fiction, as they publish them. */
const KEPT = [/^\+493023125\d{3}$/, /^\+331990\d{5}$/, /^\+3532091\d{5}$/, /^\+441632960\d{3}$/];

test('whoever plays in the demo can be reached by nobody: numbers and addresses are kept for fiction, each of one customer', () => {
  const players = cast(1);
  const phones = players.flatMap(({ phone }) => (phone === undefined ? [] : [phone.replaceAll(' ', '')]));
  assert.ok(phones.length > players.length / 2 && phones.length < players.length);
  assert.equal(new Set(phones).size, phones.length);
  for (const phone of phones)
    assert.ok(
      KEPT.some((kept) => kept.test(phone)),
      phone,
    );
  for (const { email } of players) assert.match(email ?? 'x@y.example', /\.example$/);
});
