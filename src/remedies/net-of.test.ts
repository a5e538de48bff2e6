import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { parseDecimal, percentOf } from '#kernel/percent.ts';
import { netOf } from './net-of.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

test('what is disputed with tax in it is credited without', () => {
  assert.equal(netOf(eur(119_00n), parseDecimal('19')).minor, 100_00n);
  assert.equal(netOf(eur(107_00n), parseDecimal('7')).minor, 100_00n);
  assert.equal(netOf(eur(100_00n), parseDecimal('0')).minor, 100_00n);
  assert.equal(netOf(eur(3n), parseDecimal('19')).minor, 2n);
});

test('net and tax come as near to the disputed amount as whole cents can, and never above it', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10_000_000n), fc.integer({ min: 0, max: 2_700 }), (minor, basis) => {
      const percent = { digits: BigInt(basis), scale: 2 };
      const grossOf = (net: bigint): bigint => net + percentOf(eur(net), percent).minor;
      const net = netOf(eur(minor), percent).minor;
      assert.ok(grossOf(net) <= minor);
      assert.ok(grossOf(net + 1n) > minor);
    }),
  );
});
