import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { ROOT_CERTIFICATE } from '../../test/support/signing-files.ts';
import { derName, derOctets, derSequence, derSet, issuerAndNumber, readDer } from './der.ts';

test('what was written is read again, whatever its length', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70_000, size: 'max' }), { maxLength: 4 }), (contents) => {
      const [whole, ...more] = readDer(derSequence(...contents.map(derOctets))) ?? [];
      assert.equal(more.length, 0);
      const read = readDer(whole?.content ?? new Uint8Array()) ?? [];
      assert.deepEqual(
        read.map(({ content }) => Buffer.from(content).toString('hex')),
        contents.map((content) => Buffer.from(content).toString('hex')),
      );
    }),
    { numRuns: 30 },
  );
});

test('names are written as the standard has them', () => {
  assert.equal(derName('1.2.840.113549.1.7.2').toString('hex'), '06092a864886f70d010702');
  assert.equal(derName('2.16.840.1.101.3.4.2.1').toString('hex'), '0609608648016503040201');
});

test('the values of a set stand in the order of their bytes', () => {
  const values = [derOctets(Buffer.from([2])), derOctets(Buffer.from([1, 0])), derOctets(Buffer.from([1]))];
  assert.equal(derSet(...values).toString('hex'), '310a' + '040101' + '040102' + '04020100');
});

test('bytes that do not come out even are nothing', () => {
  for (const hex of ['04', '0480', '040201', '30820100'])
    assert.equal(readDer(Buffer.from(hex, 'hex')), undefined, hex);
});

test('a certificate tells who issued it and its number', () => {
  const certificate = new X509Certificate(ROOT_CERTIFICATE);
  const [issuer, number] = issuerAndNumber(certificate.raw) ?? [];
  assert.ok(Buffer.from(issuer ?? []).includes('Test Root'));
  assert.equal(
    Buffer.from(number?.subarray(2) ?? [])
      .toString('hex')
      .toUpperCase(),
    certificate.serialNumber,
  );
  assert.equal(issuerAndNumber(Buffer.from('no certificate')), undefined);
});
