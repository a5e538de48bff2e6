// Public invoices against figures read from them by other programs (expect.json beside the samples): each is read, written in
// each syntax and read again, and has to mean the same.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readXmlTree } from '#formats/xml-tree.ts';
import { Refusal } from '#kernel/refusal.ts';
import { facturXErrors } from './factur-x-schema-for-tests.ts';
import type { EInvoice } from './model.ts';
import { documentKindOf, readEInvoiceFile, readEInvoiceOf } from './read.ts';
import { sameMeaning } from './same-meaning.ts';
import { termsLost, writeEInvoice } from './write.ts';
import { withProfile } from './written-profile.ts';

const shared = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const folder = join(shared, 'e-invoices');
const isThere = existsSync(join(folder, 'expect.json'));
const skip = isThere ? false : 'the public samples are not on this machine';

type Sample = {
  file: string;
  expect: {
    syntax?: string;
    embeddedName?: string;
    embedded?: null;
    number?: string;
    currency?: string;
    grandTotal?: string;
    amountDue?: string;
    lines?: number;
  };
};

const SYNTAXES = ['ubl_invoice', 'ubl_credit_note', 'cii'] as const;
const KIND_NAMES = {
  ubl_invoice: 'UBL Invoice',
  ubl_credit_note: 'UBL CreditNote',
  cii: 'CII',
  zugferd_1: 'ZUGFeRD1-CID',
};

const samples: Sample[] = isThere ? JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) : [];
const bytesOf = (file: string) => readFileSync(join(folder, file));
const invoices = samples.filter(({ expect }) => expect.number !== undefined);

/** Terms that a syntax has no place for; there is one, in one of the samples. */
function isNoRoom(invoice: EInvoice, syntax: string, id: string): boolean {
  return id === 'BT-9' && syntax === 'ubl_credit_note' && invoice.paymentMeans.length === 0;
}

test('each sample is read with the figures that other programs read', { skip }, async () => {
  for (const { file, expect } of invoices) {
    const { kind, invoice, embedded } = await readEInvoiceFile(bytesOf(file));
    assert.deepEqual(
      {
        syntax: KIND_NAMES[kind],
        number: invoice.number,
        currency: invoice.currency,
        grandTotal: invoice.totals?.withVat?.value,
        amountDue: invoice.totals?.due?.value,
        lines: invoice.lines.length,
        ...(embedded && { embeddedName: embedded.name }),
      },
      {
        syntax: expect.syntax,
        number: expect.number,
        currency: expect.currency,
        grandTotal: expect.grandTotal,
        amountDue: expect.amountDue,
        lines: expect.lines,
        ...(expect.embeddedName !== undefined && { embeddedName: expect.embeddedName }),
      },
      file,
    );
  }
  assert.ok(invoices.length >= 15);
});

test('a PDF without an invoice is told as such', { skip }, async () => {
  for (const { file } of samples.filter(({ expect }) => expect.embedded === null)) {
    await assert.rejects(
      readEInvoiceFile(bytesOf(file)),
      (error) => error instanceof Refusal && error.code === 'pdf_without_invoice',
    );
  }
});

test('each sample means the same after it was written in its own syntax, and in each other', {
  skip,
}, async () => {
  for (const { file } of invoices) {
    const { invoice } = await readEInvoiceFile(bytesOf(file));
    for (const syntax of SYNTAXES) {
      const lost = await termsLost({ ...invoice, syntax });
      assert.deepEqual(
        lost.filter(({ id }) => !isNoRoom(invoice, syntax, id)),
        [],
        `${file} as ${syntax}`,
      );
    }
  }
});

test('each sample, whatever it was written in, keeps to the schema of Factur-X when written as such', {
  skip,
}, async () => {
  const broken: string[] = [];
  for (const { file } of invoices) {
    const { invoice } = await readEInvoiceFile(bytesOf(file));
    const errors = facturXErrors(writeEInvoice(withProfile(invoice, 'factur_x')));
    broken.push(...errors.map((error) => `${file}: ${error}`));
  }
  assert.deepEqual(broken, []);
});

test('nothing of a sample is left behind but what is known', { skip }, async () => {
  const left: string[] = [];
  for (const { file } of invoices) {
    const { notCarriedOver } = await readEInvoiceFile(bytesOf(file));
    left.push(...notCarriedOver.map(({ path, value }) => `${path.split('/').slice(-2).join('/')}: ${value}`));
  }
  assert.deepEqual(left.sort(), [
    'GrossPriceProductTradePrice/BasisQuantity: 1.1',
    'HeaderExchangedDocument/Name: RECHNUNG',
    'TestIndicator/Indicator: true',
  ]);
});

test('one invoice told in both syntaxes by its authors reads the same, but for what they wrote differently', {
  skip,
}, async () => {
  const of = async (file: string) => (await readEInvoiceFile(bytesOf(file))).invoice;
  const differences = sameMeaning(
    await of('eInvoicing-EN16931__ubl-tc434-example5.xml'),
    await of('eInvoicing-EN16931__CII_example5.xml'),
  );
  const same = [
    'BT-1',
    'BT-2',
    'BT-5',
    'BT-9',
    'BT-31',
    'BT-109',
    'BT-110',
    'BT-111',
    'BT-112',
    'BT-113',
    'BT-115',
  ];
  assert.deepEqual(
    differences.filter(({ id }) => same.includes(id)),
    [],
  );
});

test('every document of the unit sets is read, and means the same after it was written', {
  skip,
}, async () => {
  let count = 0;
  for (const file of readdirSync(join(folder, 'cen-units'))) {
    const root = await readXmlTree(bytesOf(join('cen-units', file)), {
      elementsMax: 100_000,
      charactersMax: 100_000,
    });
    for (const node of root.children.flatMap((child) => child.children)) {
      if (documentKindOf(node) === undefined) continue;
      const { invoice } = readEInvoiceOf(node);
      const lost = await termsLost(invoice);
      assert.deepEqual(lost, [], `${file}, line ${node.line}`);
      count += 1;
    }
  }
  assert.ok(count >= 700, String(count));
});
