// E-invoices as they leave the house, byte for byte, in each profile we write. A change shows here before a customer's system refuses
// it; when it is meant, judge the file by the published rules, then write the files anew: `GOLDEN=write npm test -- test/golden`.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readEInvoice } from '#einvoice/read.ts';
import { sameMeaning } from '#einvoice/same-meaning.ts';
import { validate } from '#einvoice/validate.ts';
import { writeEInvoice } from '#einvoice/write.ts';
import { rulesOf, WRITTEN_PROFILES, type WrittenProfile } from '#einvoice/written-profile.ts';
import { addUpLines } from '#invoicing/document.ts';
import { eInvoiceAs, type IssuedWhole } from '#invoicing/e-invoice-of.ts';
import { parseDate } from '#kernel/calendar.ts';
import { parseDecimal } from '#kernel/percent.ts';

const dec = parseDecimal;

/** Prices of four decimals, a price for a hundred, allowances and charges, two rates, references, a file, a delivery. */
function anInvoice(): IssuedWhole {
  const standard = { taxCategory: 'S', taxPercent: dec('19') };
  return {
    kind: 'invoice',
    number: 'INV-2026-00031',
    issuedOn: parseDate('2026-03-01'),
    dueOn: parseDate('2026-03-31'),
    purchaseOrder: 'PO-4711',
    paymentReference: 'RF18539007547034',
    note: 'Delivered with thanks – <please> check & sign',
    reason: null,
    ownReasons: [],
    files: [
      { name: 'timesheet.csv', mediaType: 'text/csv', content: new TextEncoder().encode('day;hours\n1;8\n') },
    ],
    reversal: undefined,
    corrected: undefined,
    taxInFunctional: undefined,
    priced: addUpLines(
      [
        {
          description: 'Calibration of a spectrometer\nincluding travel',
          quantity: dec('3'),
          unit: 'h',
          unitPrice: dec('33.3333'),
          ...standard,
        },
        {
          description: 'Screws M4',
          quantity: dec('250'),
          unit: 'pcs',
          unitPrice: dec('1.995'),
          baseQuantity: dec('100'),
          ...standard,
          allowances: [{ kind: 'allowance', percent: dec('2.5'), reason: 'Loyal customer' }],
        },
        {
          description: 'Manual, printed',
          quantity: dec('1'),
          unit: 'pcs',
          unitPrice: dec('12.15'),
          taxCategory: 'S',
          taxPercent: dec('7'),
        },
      ],
      'EUR',
      { allowances: [{ kind: 'charge', amount: dec('7.50'), reason: 'Freight', ...standard }] },
    ),
    content: {
      references: {
        buyerReference: '04011000-12345-34',
        contract: 'C-77',
        project: 'P-9',
        despatchAdvice: 'DN-5',
      },
      delivery: { deliveredOn: parseDate('2026-02-27') },
      footnotes: ['Goods remain ours until paid in full.'],
      footnotesChosen: false,
      seller: {
        name: 'Nordwind Instrumente GmbH',
        street: 'Hafenstraße 12',
        postalCode: '20457',
        city: 'Hamburg',
        country: 'DE',
        language: 'de',
        taxId: 'DE123456789',
        registrationNo: 'HRB 7',
        email: 'billing@nordwind.example',
        phone: '+49 40 123456',
        bankName: 'Beispielbank',
        iban: 'DE89370400440532013000',
        bic: 'COBADEFFXXX',
        networkAddress: '9930:DE123456789',
      },
      buyer: {
        number: 'K-10443',
        name: 'Käufer & Söhne AG',
        taxId: 'DE987654321',
        country: 'DE',
        language: 'de',
        address: {
          street: 'Lange Straße 5',
          postalCode: '10115',
          city: 'Berlin',
          region: null,
          country: 'DE',
        },
        networkAddress: '0204:04011000-12345-34',
      },
    },
  };
}

/** What takes it back in part, and names it. */
function aCreditNote(): IssuedWhole {
  return {
    ...anInvoice(),
    kind: 'credit_note',
    number: 'CN-2026-00002',
    issuedOn: parseDate('2026-03-20'),
    dueOn: parseDate('2026-03-20'),
    files: [],
    reason: { code: 'quality', note: 'Two screws bent' },
    corrected: { number: 'INV-2026-00031', issuedOn: parseDate('2026-03-01') },
  };
}

const DOCUMENTS = { invoice: anInvoice, 'credit-note': aCreditNote } as const;

/** The golden file of a document in a profile. */
const goldenOf = (document: string, profile: WrittenProfile) =>
  join(import.meta.dirname, `e-invoice-${document}-${profile.replaceAll('_', '-')}.xml`);

for (const [name, make] of Object.entries(DOCUMENTS))
  for (const profile of WRITTEN_PROFILES)
    test(`it is written as it was written: ${name}, ${profile}`, async () => {
      const invoice = eInvoiceAs(make(), profile);
      const broken = validate(invoice, rulesOf(profile)).filter(({ severity }) => severity === 'fatal');
      assert.deepEqual(broken, [], 'what is kept as an example breaks no rule');
      const xml = writeEInvoice(invoice);
      const file = goldenOf(name, profile);
      if (process.env.GOLDEN === 'write') writeFileSync(file, xml);
      assert.ok(existsSync(file), `${file} is there`);
      const golden = readFileSync(file);
      assert.equal(xml, golden.toString());
      const read = await readEInvoice(golden);
      assert.deepEqual(read.notCarriedOver, [], 'nothing of it is left behind');
      assert.deepEqual(sameMeaning(invoice, read.invoice), []);
    });
