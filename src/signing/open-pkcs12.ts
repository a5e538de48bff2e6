// Opens a file with a certificate and its key (PKCS#12, RFC 7292), as issuers hand them out.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Instant } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  CERTIFICATE_FILE_BYTES_MAX,
  CERTIFICATE_FILE_SECONDS_MAX,
  CERTIFICATES_MAX,
  checkCertificate,
} from './certificate.ts';
import type { Signer } from './sign-bytes.ts';

/** What was in a file: keys as PKCS#8 and certificates, both as DER. */
export type OpenedFile = {
  readonly keys: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
};

/** What a certificate says of itself. */
export type CertificateFacts = {
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
};

/**
 * Opens a file and finds the certificate that its key belongs to; others in it are those it was issued by.
 *
 * Refuses: `certificate_file_too_large`, `certificate_file_not_readable`, `certificate_file_too_slow`, `certificate_password_wrong`,
 * `certificate_missing`, `certificate_key_missing` (no key, or one of another certificate), what `checkCertificate` refuses.
 */
export async function openPkcs12(file: Uint8Array, password: string, now: Instant): Promise<Signer> {
  if (file.length > CERTIFICATE_FILE_BYTES_MAX)
    throw new Refusal('certificate_file_too_large', {
      bytes: file.length,
      bytesMax: CERTIFICATE_FILE_BYTES_MAX,
    });
  const opened = await inThread(file, password);
  const certificates = opened.certificates.slice(0, CERTIFICATES_MAX).flatMap((der) => certificateOf(der));
  if (certificates.length === 0) throw new Refusal('certificate_missing');
  const keys = opened.keys.flatMap((der) => keyOf(der));
  const pairs = keys.flatMap((key) =>
    certificates.filter((one) => one.checkPrivateKey(key)).map((certificate) => ({ key, certificate })),
  );
  const [pair] = pairs;
  if (!pair) throw new Refusal('certificate_key_missing');
  const { key, certificate } = pair;
  const { validFrom, validUntil } = factsOf(certificate.raw);
  const { modulusLength: bits, namedCurve: curve } = key.asymmetricKeyDetails ?? {};
  checkCertificate({ validFrom, validUntil, key: { kind: key.asymmetricKeyType ?? '', bits, curve } }, now);
  return {
    certificate: new Uint8Array(certificate.raw),
    chain: certificates.filter((one) => one !== certificate).map(({ raw }) => new Uint8Array(raw)),
    key: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
  };
}

/** What stands in a certificate that can be read. */
export function factsOf(der: Uint8Array): CertificateFacts {
  const certificate = new X509Certificate(der);
  const line = (lines: string): string => lines.trim().replaceAll('\n', ', ').slice(0, 2_000) || '-';
  const moment = (date: Date): Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());
  return {
    subject: line(certificate.subject),
    issuer: line(certificate.issuer),
    serialNumber: certificate.serialNumber,
    validFrom: moment(certificate.validFromDate),
    validUntil: moment(certificate.validToDate),
  };
}

/** A certificate, where it is one. */
function certificateOf(der: Uint8Array): readonly X509Certificate[] {
  try {
    return [new X509Certificate(der)];
  } catch {
    return [];
  }
}

/** A key, where it is one of a kind that is known. */
function keyOf(der: Uint8Array): readonly KeyObject[] {
  try {
    return [createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })];
  } catch {
    return [];
  }
}

/** Opens a file in a thread of its own, within the time it may take. */
function inThread(file: Uint8Array, password: string): Promise<OpenedFile> {
  const thread = new Worker(new URL('./open-pkcs12-worker.ts', import.meta.url), {
    workerData: { file: new Uint8Array(file), password },
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    const end = (done: () => void): void => {
      clearTimeout(clock);
      thread.removeAllListeners();
      // It may fail once more while it is being ended.
      thread.on('error', () => {});
      void thread.terminate();
      done();
    };
    const tooSlow = () =>
      end(() =>
        reject(new Refusal('certificate_file_too_slow', { secondsMax: CERTIFICATE_FILE_SECONDS_MAX })),
      );
    const clock = setTimeout(tooSlow, CERTIFICATE_FILE_SECONDS_MAX * 1000);
    thread.on('error', tooSlow).on('exit', tooSlow);
    thread.on('message', (said: OpenedFile | { readonly refused: string }) =>
      end(() => ('refused' in said ? reject(new Refusal(said.refused)) : resolve(said))),
    );
  });
}
