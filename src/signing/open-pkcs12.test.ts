import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#kernel/refusal.ts';
import {
  CERTIFICATE_FILE,
  CURVE_FILE,
  OLD_FILE,
  ROOT_CERTIFICATE,
  RSA_FILE,
} from '../../test/support/signing-files.ts';
import { certificateState, checkCertificate, nameIn } from './certificate.ts';
import { factsOf, openPkcs12 } from './open-pkcs12.ts';

const NOW = Temporal.Instant.from('2027-03-02T12:00Z');

const codeOf = (file: Uint8Array, password = 'right', now = NOW): Promise<string> =>
  openPkcs12(file, password, now).then(
    () => 'opened',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

test('a file is opened whichever program sealed it, and says whose it is and who issued it', async () => {
  const [rsa, old, curve] = await Promise.all(
    [RSA_FILE, OLD_FILE, CURVE_FILE].map((file) => openPkcs12(file, 'right', NOW)),
  );
  assert.ok(rsa && old && curve);
  assert.deepEqual([rsa.chain.length, curve.chain.length], [1, 0]);
  assert.deepEqual(Buffer.from(old.key), Buffer.from(rsa.key));
  assert.deepEqual(Buffer.from(old.certificate), Buffer.from(rsa.certificate));
  const facts = factsOf(rsa.certificate);
  assert.equal(nameIn(facts.subject), 'Seller GmbH, accounts');
  assert.equal(nameIn(facts.issuer), 'Test Root');
  assert.equal(facts.validUntil.toString().slice(0, 4), '2126');
});

test('what cannot sign is refused, each with its reason', async () => {
  const day = (text: string) => Temporal.Instant.from(`${text}T12:00Z`);
  assert.deepEqual(
    await Promise.all([
      codeOf(RSA_FILE, 'wrong'),
      codeOf(OLD_FILE, 'wrong'),
      codeOf(CERTIFICATE_FILE),
      codeOf(Buffer.from(ROOT_CERTIFICATE)),
      codeOf(RSA_FILE.subarray(0, 900)),
      codeOf(Buffer.alloc(70_000)),
      codeOf(RSA_FILE, 'right', day('2127-01-01')),
      codeOf(RSA_FILE, 'right', day('2026-01-01')),
    ]),
    [
      'certificate_password_wrong',
      'certificate_password_wrong',
      'certificate_key_missing',
      'certificate_file_not_readable',
      'certificate_file_not_readable',
      'certificate_file_too_large',
      'certificate_ended',
      'certificate_not_begun',
    ],
  );
});

test('keys that nobody would believe are refused', () => {
  const check = (kind: string, bits: number | undefined, curve: string | undefined) => () =>
    checkCertificate({ validFrom: NOW, validUntil: NOW.add({ hours: 1 }), key: { kind, bits, curve } }, NOW);
  for (const weak of [
    check('rsa', 1_024, undefined),
    check('ec', undefined, 'secp256k1'),
    check('ed25519', undefined, undefined),
  ])
    assert.throws(weak, { code: 'certificate_key_not_fit' });
  check('rsa', 2_048, undefined)();
  check('ec', undefined, 'prime256v1')();
});

test('a certificate is warned of 45 days before its end, and signs until its last second', () => {
  const end = Temporal.Instant.from('2027-06-01T00:00Z');
  const state = (text: string) => certificateState(end, Temporal.Instant.from(text));
  assert.equal(state('2027-04-17T00:00Z'), 'signs');
  assert.equal(state('2027-04-17T00:00:01Z'), 'ends_soon');
  assert.equal(state('2027-06-01T00:00Z'), 'ends_soon');
  assert.equal(state('2027-06-01T00:00:01Z'), 'ended');
});

test('a name is read out of what a certificate says', () => {
  assert.equal(nameIn('C=DE, O=Seller GmbH, CN=Seller GmbH\\, accounts'), 'Seller GmbH, accounts');
  assert.equal(nameIn('CN=Seller, O=Seller GmbH'), 'Seller');
  assert.equal(nameIn('O=Seller GmbH, C=DE'), 'Seller GmbH');
  assert.equal(nameIn('-'), '-');
});
