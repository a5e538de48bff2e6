import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usualNames } from './field-names.ts';
import {
  cellReader,
  checkMapping,
  doubtfulColumns,
  fieldsOf,
  fitMapping,
  guessMapping,
  type Mapping,
  plainName,
} from './mapping.ts';

test('names of columns are the same whatever case, marks and joints they are written with', () => {
  for (const text of [
    'Document_No.',
    'document no',
    'DOCUMENT-NO',
    'documentNo',
    '  Document  No ',
    'Dócument nó',
  ])
    assert.equal(plainName(text), 'document no');
  assert.equal(plainName('Straße'), 'strasse');
  assert.equal(plainName('Номер документа'), 'номер документа');
});

test('the header of a real ledger is understood', () => {
  const header =
    'customer_id,document_no,payment_reference,issue_date,received_date,due_date,paid_date,amount,currency,document_type';
  assert.deepEqual(guessMapping('invoices', header.split(',')).fields, {
    document_number: ['document_no'],
    customer_number: ['customer_id'],
    issue_date: ['issue_date', 'received_date'],
    due_date: ['due_date'],
    amount: ['amount'],
    currency: ['currency'],
    document_type: ['document_type'],
    payment_reference: ['payment_reference'],
  });
  assert.deepEqual(guessMapping('payments', header.split(',')), {
    fields: {
      customer_number: ['customer_id'],
      paid_date: ['paid_date'],
      amount: ['amount'],
      document_number: ['document_no'],
      currency: ['currency'],
      payment_reference: ['payment_reference'],
    },
    group: 'customer_day',
  });
});

test('headers in other languages are understood', () => {
  const german = [
    'Belegnummer',
    'Kundennummer',
    'Kundenname',
    'Belegdatum',
    'Fälligkeit',
    'Betrag',
    'Währung',
  ];
  assert.deepEqual(guessMapping('invoices', german).fields, {
    document_number: ['Belegnummer'],
    customer_number: ['Kundennummer'],
    customer_name: ['Kundenname'],
    issue_date: ['Belegdatum'],
    due_date: ['Fälligkeit'],
    amount: ['Betrag'],
    currency: ['Währung'],
  });
  const czech = ['Číslo dokladu', 'Číslo zákazníka', 'Datum vystavení', 'Datum splatnosti', 'Částka'];
  assert.deepEqual(Object.keys(guessMapping('invoices', czech).fields).sort(), [
    'amount',
    'customer_number',
    'document_number',
    'due_date',
    'issue_date',
  ]);
});

test('a column serves one field, and the more usual name wins', () => {
  const mapping = guessMapping('invoices', ['Number', 'Invoice no', 'Customer', 'Date', 'Due', 'Total']);
  assert.deepEqual(mapping.fields.document_number, ['Invoice no']);
  const all = Object.values(mapping.fields).flatMap((columns) => columns ?? []);
  assert.equal(new Set(all).size, all.length);
});

test('in a file of payments what was paid counts, not what the invoice was about', () => {
  const header = ['Customer', 'Invoice', 'Amount', 'Paid amount', 'Paid on', 'Payment id'];
  const mapping = guessMapping('payments', header);
  assert.deepEqual(mapping.fields.amount, ['Paid amount']);
  assert.deepEqual(mapping.group, 'payment_id');
  assert.deepEqual(guessMapping('invoices', header).fields.amount, ['Amount']);
});

test('every usual name is written plainly, or no header would ever meet it', () => {
  for (const kind of ['invoices', 'payments'] as const)
    for (const { field } of fieldsOf(kind))
      for (const name of usualNames(kind, field)) assert.equal(plainName(name), name);
});

const HEADER = ['No', 'Customer', 'Date', 'Received', 'Due', 'Amount'];
const MAPPING: Mapping = {
  fields: {
    document_number: ['No'],
    customer_number: ['Customer'],
    issue_date: ['Date', 'Received'],
    due_date: ['Due'],
    amount: ['Amount'],
  },
};

test('the first column that is filled gives the field', () => {
  const read = cellReader(MAPPING, HEADER);
  assert.deepEqual(read(['1', 'A', ' 2026-01-01 ', '2026-01-03', '', ''], 'issue_date'), {
    column: 'Date',
    text: '2026-01-01',
  });
  assert.deepEqual(read(['1', 'A', '', '2026-01-03', '', ''], 'issue_date'), {
    column: 'Received',
    text: '2026-01-03',
  });
  assert.deepEqual(read(['1', 'A', '', '', '', ''], 'issue_date'), { column: 'Date', text: '' });
  assert.deepEqual(read(['1'], 'currency'), { column: '', text: '' });
});

test('a mapping is refused that leaves a needed field open or names what is not there', () => {
  assert.doesNotThrow(() => checkMapping('invoices', MAPPING, HEADER));
  const { amount: _, ...rest } = MAPPING.fields;
  assert.throws(() => checkMapping('invoices', { fields: rest }, HEADER), {
    code: 'mapping_incomplete',
    facts: { fields: ['Total amount'], header: HEADER },
  });
  assert.throws(() => checkMapping('invoices', { fields: { ...rest, amount: [] } }, HEADER), {
    code: 'mapping_incomplete',
  });
  assert.throws(() => checkMapping('invoices', { fields: { ...MAPPING.fields, amount: ['Sum'] } }, HEADER), {
    code: 'mapping_unknown_column',
  });
  assert.throws(
    () => checkMapping('invoices', { fields: { ...MAPPING.fields, paid_date: ['Date'] } }, HEADER),
    {
      code: 'mapping_unknown_field',
    },
  );
});

test('a stored mapping finds its columns when only their writing changed', () => {
  const header = ['no', 'CUSTOMER', 'date', 'received', 'due', 'amount'];
  assert.deepEqual(fitMapping(MAPPING, header).fields.issue_date, ['date', 'received']);
  assert.doesNotThrow(() => checkMapping('invoices', fitMapping(MAPPING, header), header));
  assert.deepEqual(fitMapping(MAPPING, HEADER), MAPPING);
  assert.deepEqual(fitMapping(MAPPING, ['x']).fields.amount, ['Amount']);
});

test('a name that two columns have is doubtful only when it is used', () => {
  assert.deepEqual(doubtfulColumns(MAPPING, HEADER), []);
  assert.deepEqual(doubtfulColumns(MAPPING, [...HEADER, 'Note', 'Note']), []);
  assert.deepEqual(doubtfulColumns(MAPPING, [...HEADER, 'Amount']), ['Amount']);
});
