// The thread in which a file with a certificate and its key is opened: whatever it asks for, the process goes on and the thread is
// ended. Keys are handed on as they are, of whatever kind.

import { parentPort, workerData } from 'node:worker_threads';
import forge from 'node-forge';
import type { OpenedFile } from './open-pkcs12.ts';

const bytesOf = (value: forge.asn1.Asn1): Uint8Array =>
  new Uint8Array(Buffer.from(forge.asn1.toDer(value).getBytes(), 'latin1'));

/** The keys of a file as PKCS#8, and its certificates, both as DER. */
function openFile(file: Uint8Array, password: string): OpenedFile {
  const parsed = forge.asn1.fromDer(Buffer.from(file).toString('latin1'), true);
  const { safeContents } = forge.pkcs12.pkcs12FromAsn1(parsed, false, password);
  const bags = safeContents.flatMap(({ safeBags }) => safeBags);
  const keys = bags.flatMap((bag) => {
    if (bag.type !== forge.pki.oids.keyBag && bag.type !== forge.pki.oids.pkcs8ShroudedKeyBag) return [];
    if (bag.key) return [bytesOf(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)))];
    return bag.asn1 ? [bytesOf(bag.asn1)] : [];
  });
  const certificates = bags.flatMap((bag) => {
    if (bag.type !== forge.pki.oids.certBag) return [];
    if (bag.cert) return [bytesOf(forge.pki.certificateToAsn1(bag.cert))];
    return bag.asn1 ? [bytesOf(bag.asn1)] : [];
  });
  return { keys, certificates };
}

/** What the library says where the password does not fit. */
const WRONG_PASSWORD = /invalid password|MAC could not be verified|decrypt/i;

const { file, password } = workerData as { readonly file: Uint8Array; readonly password: string };
try {
  parentPort?.postMessage(openFile(file, password));
} catch (error) {
  const said = error instanceof Error ? error.message : String(error);
  parentPort?.postMessage({
    refused: WRONG_PASSWORD.test(said) ? 'certificate_password_wrong' : 'certificate_file_not_readable',
  });
}
