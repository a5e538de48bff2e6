// The public unit tests of the EN 16931 rules and the sample invoices: what must be found is found, what must not is not. They
// are not part of the repository.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { XmlNode } from '#formats/xml-part.ts';
import { readXmlTree } from '#formats/xml-tree.ts';
import { E_INVOICE_BYTES_MAX, E_INVOICE_ELEMENTS_MAX } from '#kernel/limits.ts';
import { readEInvoiceFile, readEInvoiceOf } from './read.ts';
import { isValid, validate } from './validate.ts';

const shared = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const folder = join(shared, 'e-invoices');
const units = join(folder, 'cen-units');
const isThere = existsSync(join(folder, 'expect.json'));
const skip = isThere ? false : `no samples in ${folder}`;

const BOUNDS = { elementsMax: E_INVOICE_ELEMENTS_MAX, charactersMax: E_INVOICE_BYTES_MAX };

/** How the unit tests say what they expect of a rule. */
const EXPECTATIONS: ReadonlySet<string> = new Set(['success', 'error', 'warning', 'fatal']);

/** Rules on the syntax alone are the readers' part. */
const OF_SYNTAX = /^(?:UBL|CII)-/;

test('the unit tests of the rules are there', { skip }, () => {
  assert.ok(readdirSync(units).length >= 170);
});

let met = 0;

for (const file of isThere ? readdirSync(units).sort() : []) {
  test(`the rules of ${file.replace('.xml', '')} agree`, async () => {
    const set = await readXmlTree(readFileSync(join(units, file)), BOUNDS);
    for (const [index, one] of set.children.filter(({ name }) => name === 'test').entries()) {
      const expected = one.children.find(({ name }) => name === 'assert');
      const document = one.children.find(({ name }) => name !== 'assert');
      assert.ok(expected && document, `test ${index + 1} has a document`);
      agree(expected, document, `test ${index + 1}`);
    }
  });
}

function agree(expected: XmlNode, document: XmlNode, where: string): void {
  const found = new Set(validate(readEInvoiceOf(document).invoice, 'en16931').map(({ rule }) => rule));
  for (const { name, text } of expected.children) {
    if (!EXPECTATIONS.has(name) || OF_SYNTAX.test(text)) continue;
    assert.equal(found.has(text), name !== 'success', `${where}: ${name} ${text}`);
    met += 1;
  }
}

test('the unit tests expect something of a rule more than six hundred times', { skip }, (context) => {
  context.diagnostic(`${met} expectations met`);
  assert.ok(met > 600, `${met}`);
});

type Sample = {
  readonly file: string;
  readonly expect: {
    readonly cenFatal?: readonly string[];
    readonly cenWarn?: readonly string[];
    readonly xrechnungErrors?: readonly string[];
  };
};

const samples = isThere ? (JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Sample[]) : [];

for (const { file, expect } of samples) {
  if (expect.cenFatal === undefined) continue;
  test(`the findings in ${file} are those of the published rules`, async () => {
    const { invoice } = await readEInvoiceFile(readFileSync(join(folder, file)));
    const findings = validate(invoice, 'en16931');
    const rulesOf = (severity: string) =>
      [
        ...new Set(findings.filter((finding) => finding.severity === severity).map(({ rule }) => rule)),
      ].sort();
    assert.deepEqual(rulesOf('fatal'), [...(expect.cenFatal ?? [])].sort());
    assert.deepEqual(rulesOf('warning'), [...(expect.cenWarn ?? [])].sort());
    if (expect.xrechnungErrors !== undefined) {
      assert.deepEqual(expect.xrechnungErrors, []);
      const own = validate(invoice);
      assert.ok(isValid(own), JSON.stringify(own));
    }
  });
}
