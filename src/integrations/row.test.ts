import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import type { Field } from './mapping.ts';
import { type Judged, judgeInvoiceRow, judgePaymentRow, type Writing } from './row.ts';

const WRITING: Writing = {
  decimalMark: '.',
  dateOrder: 'year_month_day',
  currency: 'EUR',
  rounds: false,
  today: parseDate('2026-03-01'),
};

type Cells = { readonly [F in Field]?: string };

const INVOICE: Cells = {
  document_number: 'R-1',
  customer_number: 'K1',
  issue_date: '2026-01-15',
  due_date: '2026-02-14',
  amount: '119.00',
};
const PAYMENT: Cells = { customer_number: 'K1', paid_date: '2026-02-01', amount: '119.00' };

const reader = (cells: Cells) => (field: Field) => ({ column: field, text: cells[field] ?? '' });
const invoice = (cells: Cells, writing: Partial<Writing> = {}) =>
  judgeInvoiceRow(7, reader({ ...INVOICE, ...cells }), { ...WRITING, ...writing });
const payment = (cells: Cells, writing: Partial<Writing> = {}) =>
  judgePaymentRow(7, reader({ ...PAYMENT, ...cells }), { ...WRITING, ...writing });

function rowOf<T>(judged: Judged<T>): T {
  assert.ok('row' in judged, 'problems' in judged ? judged.problems.map((p) => p.message).join() : '');
  return judged.row;
}

/** Code and column of each problem. */
function problemsOf(judged: Judged<unknown>): readonly string[] {
  assert.ok('problems' in judged, 'the row was taken');
  for (const problem of judged.problems) {
    assert.equal(problem.line, 7);
    assert.ok(problem.message.length > 10);
  }
  return judged.problems.map((p) => `${p.code} ${p.column}`);
}

test('a plain row is an invoice of the file’s currency', () => {
  const row = rowOf(invoice({}));
  assert.deepEqual([row.kind, row.number, row.externalId], ['invoice', 'R-1', 'R-1']);
  assert.deepEqual([row.customerNumber, row.customerName], ['K1', 'K1']);
  assert.deepEqual([row.issuedOn.toString(), row.dueOn.toString()], ['2026-01-15', '2026-02-14']);
  assert.deepEqual([row.total, row.tax], [money(11900n, 'EUR'), undefined]);
});

test('all that a row can say is read', () => {
  const row = rowOf(
    invoice({
      customer_name: 'Müller & Söhne',
      customer_email: 'ap@mueller.example',
      tax_amount: '19.00',
      currency: 'usd',
      purchase_order: 'PO-9',
      payment_reference: 'RF18',
      external_id: 'erp-77',
    }),
  );
  assert.equal(row.customerName, 'Müller & Söhne');
  assert.equal(row.customerEmail, 'ap@mueller.example');
  assert.deepEqual([row.total, row.tax], [money(11900n, 'USD'), money(1900n, 'USD')]);
  assert.deepEqual([row.purchaseOrder, row.paymentReference, row.externalId], ['PO-9', 'RF18', 'erp-77']);
});

test('credit notes are known by their type, whichever sign they have, or else by their sign', () => {
  for (const cells of [
    { document_type: 'CN', amount: '-119.00' },
    { document_type: 'CN', amount: '119.00' },
    { document_type: 'Gutschrift', amount: '119.00' },
    { document_type: 'Nota de crédito', amount: '119.00' },
    { amount: '-119.00' },
    { amount: '(119.00)' },
  ]) {
    const row = rowOf(invoice({ ...cells, tax_amount: '-19.00' }));
    assert.deepEqual(
      [row.kind, row.total, row.tax],
      ['credit_note', money(11900n, 'EUR'), money(1900n, 'EUR')],
    );
  }
});

test('an invoice is not negative, and what is neither invoice nor credit note is asked about', () => {
  assert.deepEqual(problemsOf(invoice({ document_type: 'INV', amount: '-1.00' })), [
    'invoice_is_negative amount',
  ]);
  assert.deepEqual(problemsOf(invoice({ document_type: 'Storno' })), ['document_type_unknown document_type']);
});

test('everything that is wrong with a row is said at once', () => {
  const empty = { document_number: '', customer_number: '', issue_date: '', due_date: '', amount: '' };
  assert.deepEqual(problemsOf(invoice(empty)), [
    'value_missing document_number',
    'value_missing customer_number',
    'value_missing issue_date',
    'value_missing due_date',
    'value_missing amount',
  ]);
  const wrong = { issue_date: '2026-02-30', due_date: 'soon', amount: 'a lot', currency: 'XYZ' };
  assert.deepEqual(problemsOf(invoice(wrong)), [
    'date_not_valid issue_date',
    'date_not_understood due_date',
    'unknown_currency currency',
  ]);
});

test('amounts are neither rounded nor taken in another currency unless somebody says so', () => {
  assert.deepEqual(problemsOf(invoice({ amount: '10.005' })), ['amount_too_many_decimals amount']);
  assert.deepEqual(problemsOf(invoice({ amount: '10.5', currency: 'JPY' })), [
    'amount_too_many_decimals amount',
  ]);
  assert.deepEqual(problemsOf(invoice({ amount: '$ 10 USD' })), ['amount_not_understood amount']);
  assert.deepEqual(problemsOf(invoice({ amount: '10.00 USD' })), ['currency_contradicts amount']);
  assert.deepEqual(problemsOf(invoice({ amount: '99999999999999.00' })), ['amount_too_large amount']);
  assert.deepEqual(problemsOf(invoice({ amount: '0.00' })), ['total_is_zero amount']);
  assert.deepEqual(rowOf(invoice({ amount: '10.000' })).total, money(1000n, 'EUR'));
  assert.deepEqual(
    rowOf(invoice({ amount: '€ 1.234,50' }, { decimalMark: ',' })).total,
    money(123450n, 'EUR'),
  );
});

test('rounding that a person asked for is half up and told of each row', () => {
  const judged = invoice({ amount: '-107665752.5', currency: 'JPY' }, { rounds: true });
  assert.deepEqual(rowOf(judged).total, money(107665753n, 'JPY'));
  assert.ok('warnings' in judged);
  assert.deepEqual(
    judged.warnings.map((w) => [w.code, w.line, w.value]),
    [['amount_rounded', 7, '-107665752.5']],
  );
  assert.deepEqual(problemsOf(invoice({ amount: '0.001' }, { rounds: true })), ['total_is_zero amount']);
});

test('tax is part of the total', () => {
  assert.deepEqual(problemsOf(invoice({ tax_amount: '119.01' })), ['tax_exceeds_total tax_amount']);
  assert.deepEqual(rowOf(invoice({ tax_amount: '119.00' })).tax, money(11900n, 'EUR'));
});

test('texts that are no texts are refused', () => {
  assert.deepEqual(problemsOf(invoice({ document_number: 'x'.repeat(65) })), [
    'text_too_long document_number',
  ]);
  assert.deepEqual(problemsOf(invoice({ customer_name: 'a\u0007b' })), [
    'text_has_control_characters customer_name',
  ]);
  assert.deepEqual(problemsOf(invoice({ customer_email: 'nobody' })), ['email_not_valid customer_email']);
});

test('days that are too far ahead are a slip of the pen', () => {
  assert.equal(rowOf(invoice({ issue_date: '2027-03-02' })).issuedOn.toString(), '2027-03-02');
  assert.deepEqual(problemsOf(invoice({ issue_date: '2027-03-03' })), ['date_too_far_ahead issue_date']);
  assert.equal(rowOf(payment({ paid_date: '2026-03-01' })).paidOn.toString(), '2026-03-01');
  assert.deepEqual(problemsOf(payment({ paid_date: '2026-03-02' })), ['date_too_far_ahead paid_date']);
});

test('a document may be due before it was issued, as real ones are', () => {
  assert.equal(rowOf(invoice({ due_date: '2025-12-31' })).dueOn.toString(), '2025-12-31');
});

test('a payment says who paid how much when, and perhaps for what', () => {
  const row = rowOf(
    payment({ document_number: 'R-1', payment_id: 'T-5', payment_reference: 'R-1', payer_account: 'DE00' }),
  );
  assert.deepEqual(
    [row.customerNumber, row.paidOn.toString(), row.amount, row.documentNumber],
    ['K1', '2026-02-01', money(11900n, 'EUR'), 'R-1'],
  );
  assert.deepEqual([row.paymentId, row.reference, row.payerAccount], ['T-5', 'R-1', 'DE00']);
  assert.deepEqual(rowOf(payment({ amount: '-5.00' })).amount, money(-500n, 'EUR'));
  assert.deepEqual(problemsOf(payment({ amount: '0' })), ['amount_is_zero amount']);
  assert.deepEqual(problemsOf(payment({ paid_date: '', amount: '' })), [
    'value_missing paid_date',
    'value_missing amount',
  ]);
});
