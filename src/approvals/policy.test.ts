import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import {
  type Band,
  bandOf,
  checkPolicy,
  DEFAULT_POLICY,
  haveEnoughPeople,
  type Policy,
  type Step,
} from './policy.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const band = (upTo: bigint | null, name: 'owner' | 'controller'): Band => ({
  upTo: upTo === null ? null : eur(upTo),
  alone: [name],
  steps: [{ roles: ['owner'], people: 1 }],
});
const policy = (bands: readonly Band[], currency: string | null = 'EUR'): Policy => ({
  ...DEFAULT_POLICY,
  currency,
  bands,
});

test('an amount falls into the first band whose limit it does not pass; the limit itself is inside', () => {
  const rules = policy([band(500_00n, 'controller'), band(5_000_00n, 'owner'), band(null, 'owner')]);
  checkPolicy(rules);
  const index = (minor: bigint) => rules.bands.indexOf(bandOf(rules, eur(minor)));
  assert.deepEqual([1n, 500_00n, 500_01n, 5_000_00n, 5_000_01n, 10n ** 14n].map(index), [0, 0, 1, 1, 2, 2]);
});

test('where nobody set rules, owners and controllers decide alone whatever the amount', () => {
  checkPolicy(DEFAULT_POLICY);
  assert.deepEqual(bandOf(DEFAULT_POLICY, undefined).alone, ['owner', 'controller']);
});

test('rules with gaps, steps downwards or no end are refused', () => {
  const refused = (bands: readonly Band[], code: string, currency: string | null = 'EUR') =>
    assert.throws(() => checkPolicy(policy(bands, currency)), { code });
  refused([band(500_00n, 'owner'), band(500_00n, 'owner'), band(null, 'owner')], 'bands_not_ascending');
  refused([band(0n, 'owner'), band(null, 'owner')], 'bands_not_ascending');
  refused([band(500_00n, 'owner')], 'last_band_limited');
  refused([band(null, 'owner'), band(null, 'owner')], 'last_band_limited');
  refused([band(500_00n, 'owner'), band(null, 'owner')], 'policy_currency_missing', null);
  refused([band(500_00n, 'owner'), band(null, 'owner')], 'bands_not_ascending', 'USD');
});

/** Gives people to steps one by one, trying everything: what `haveEnoughPeople` says without trying. */
function canBeSeated(steps: readonly Step[], roles: readonly string[]): boolean {
  const seats = steps.flatMap((step) => Array.from({ length: step.people }, () => step));
  const [seat, ...rest] = seats;
  if (!seat) return true;
  return roles.some(
    (role, index) =>
      (seat.roles as readonly string[]).includes(role) &&
      canBeSeated(
        rest.map((step) => ({ ...step, people: 1 })),
        roles.toSpliced(index, 1),
      ),
  );
}

test('there are enough people exactly when each seat can be given to somebody else', () => {
  const role = fc.constantFrom('owner' as const, 'controller' as const);
  const step = fc.record({
    roles: fc.uniqueArray(role, { minLength: 1 }),
    people: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3 }), fc.array(role, { maxLength: 5 }), (steps, roles) => {
      assert.equal(haveEnoughPeople(steps, roles), canBeSeated(steps, roles));
    }),
  );
});
