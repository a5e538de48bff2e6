import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NO_PREFERENCE } from '#delivery/preference.ts';
import { DEFAULT_SETTING } from '#delivery/sender.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { Customer } from '#parties/customer.ts';
import { checkRules, fitsPattern, rulesFor, START_RULES, type StatedRules } from './check-rules.ts';
import { type CheckedInvoice, checkInvoice } from './invoice-checks.ts';
import { makeFindings } from './make-findings.ts';
import { decideVerdict } from './verdict.ts';

const customer = { id: 'c1' as CustomerId, name: 'Buyer', country: 'DE', taxId: 'DE136695976' } as Customer;

const reach = {
  customer,
  contacts: [
    {
      id: 'k',
      customerId: customer.id,
      name: 'Ann',
      role: 'billing' as const,
      email: 'ann@buyer.example',
      phone: null,
      language: null,
    },
  ],
  addresses: [],
  setting: DEFAULT_SETTING,
  preference: NO_PREFERENCE,
  suppressed: new Set<string>(),
  byPortal: null,
};

/** An invoice nothing can be said against. */
const sound: CheckedInvoice = {
  company: {
    name: 'Seller',
    country: 'AT',
    taxId: 'ATU13585627',
    iban: 'DE89370400440532013000',
    accountNumber: null,
    referenceScheme: null,
  },
  customer,
  reach,
  purchaseOrder: 'PO-1',
  buyerReference: 'R-1',
  paymentReference: undefined,
  total: money(100_00n, 'EUR'),
  tax: money(20_00n, 'EUR'),
  taxCategories: ['S'],
  dueOn: parseDate('2026-03-31'),
  today: parseDate('2026-03-01'),
  duplicates: [],
  alike: [],
  draftsAlike: 0,
  usualMinor: [90_00n, 100_00n, 110_00n],
};

const said = (given: Partial<CheckedInvoice>, stated: StatedRules = {}): readonly string[] =>
  checkInvoice({ ...sound, ...given }, rulesFor(stated, {})).map((f) => `${f.check} ${f.mode} ${f.field}`);

const earlier = { number: 'INV-1', issuedOn: parseDate('2026-02-20') };

test('nothing is said against a sound invoice', () => {
  const all = Object.fromEntries(
    Object.keys(START_RULES).map((code) => [
      code,
      { ...START_RULES[code as 'amount'], mode: 'warn' as const },
    ]),
  );
  assert.deepEqual(said({}, all), []);
});

test('each check finds what it is for, beside its field', () => {
  const { company } = sound;
  const qr = { ...company, iban: 'CH4431999123000889012' };
  const cases: readonly (readonly [Partial<CheckedInvoice>, StatedRules, string])[] = [
    [
      { purchaseOrder: undefined },
      { purchase_order: { mode: 'refuse' } },
      'purchase_order refuse purchaseOrder',
    ],
    [
      { purchaseOrder: 'PO1' },
      { purchase_order: { mode: 'warn', pattern: 'PO-#*' } },
      'purchase_order warn purchaseOrder',
    ],
    [
      { buyerReference: undefined },
      { buyer_reference: { mode: 'warn' } },
      'buyer_reference warn references/buyerReference',
    ],
    [{ customer: { ...customer, taxId: 'DE136695970' } }, {}, 'buyer_tax_id warn customerId'],
    [{ customer: { ...customer, taxId: 'DE13' } }, {}, 'buyer_tax_id warn customerId'],
    [{ customer: { ...customer, taxId: null }, taxCategories: ['K'] }, {}, 'buyer_tax_id warn customerId'],
    [{ company: { ...company, taxId: null } }, {}, 'own_tax_id warn companyId'],
    [{ company: { ...company, taxId: 'ATU13585628' } }, {}, 'own_tax_id warn companyId'],
    [{ duplicates: [earlier] }, {}, 'duplicate refuse purchaseOrder'],
    [{ alike: [earlier] }, {}, 'alike warn lines'],
    [{ draftsAlike: 1 }, {}, 'alike warn lines'],
    [{ company: { ...company, iban: 'DE89370400440532013001' } }, {}, 'bank_account refuse companyId'],
    [{ company: qr, total: money(1n, 'USD') }, {}, 'bank_account refuse currency'],
    [{ company: qr, paymentReference: 'X1' }, {}, 'bank_account refuse paymentReference'],
    [{ company: { ...company, iban: null } }, {}, 'no_bank_account warn companyId'],
    [{ reach: { ...reach, contacts: [] } }, {}, 'recipient warn customerId'],
    [{ reach: { ...reach, suppressed: new Set(['ann@buyer.example']) } }, {}, 'recipient warn customerId'],
    [{ dueOn: parseDate('2026-02-28') }, {}, 'due_date warn dueOn'],
    [{ total: money(1_000_01n, 'EUR') }, {}, 'amount warn lines'],
  ];
  for (const [given, stated, expected] of cases) assert.deepEqual(said(given, stated), [expected], expected);
});

test('a letter needs a whole address; a way that falls back is told', () => {
  const address = {
    id: 'a',
    customerId: customer.id,
    kind: 'billing' as const,
    street: 'Road 1',
    postalCode: '',
    city: '',
    region: null,
    country: 'DE',
  };
  const byPost = { ...reach, contacts: [], addresses: [address] };
  assert.deepEqual(said({ reach: byPost }), ['recipient warn customerId', 'address warn customerId']);
  const irish = {
    ...byPost,
    addresses: [{ ...address, city: 'Cork', country: 'IE' }],
    preference: { ...NO_PREFERENCE, channels: ['post' as const] },
  };
  assert.deepEqual(said({ reach: irish }), []);
});

test('what is due today is not late, what is exactly so many times usual is not odd, and two invoices make no habit', () => {
  assert.deepEqual(said({ dueOn: sound.today }), []);
  assert.deepEqual(said({ total: money(1_000_00n, 'EUR') }), []);
  assert.deepEqual(said({ total: money(9_999_00n, 'EUR'), usualMinor: [1_00n, 1_00n] }), []);
});

test('a check that is off says nothing, and the customer’s word counts before the company’s', () => {
  assert.deepEqual(said({ duplicates: [earlier] }, { duplicate: { mode: 'off' } }), []);
  const rules = rulesFor(
    { purchase_order: { mode: 'refuse', pattern: 'A*' } },
    { purchase_order: { mode: 'warn' } },
  );
  assert.deepEqual(rules.purchase_order, { mode: 'warn', pattern: 'A*' });
  assert.deepEqual(rules.duplicate, START_RULES.duplicate);
});

test('consent is to exactly what was found: another amount, another finding', () => {
  const rules = rulesFor({}, {});
  const of = (given: Partial<CheckedInvoice>) =>
    makeFindings({ ...sound, alike: [earlier], ...given }, rules);
  const [first] = of({});
  assert.ok(first);
  assert.deepEqual(
    decideVerdict(of({}), [first.id]).map((f) => f.isAccepted),
    [true],
  );
  assert.deepEqual(
    decideVerdict(of({}), undefined).map((f) => f.isAccepted),
    [false],
  );
  assert.throws(() => decideVerdict(of({}), []), { code: 'checks_not_accepted' });
  const other = of({ alike: [{ ...earlier, number: 'INV-2' }] });
  assert.throws(() => decideVerdict(other, [first.id]), { code: 'checks_not_accepted' });
  const elsewhere = of({ customer: { ...customer, id: 'c2' as CustomerId } });
  assert.throws(() => decideVerdict(elsewhere, [first.id]), { code: 'checks_not_accepted' });
  const worse = of({ duplicates: [earlier] });
  assert.throws(
    () =>
      decideVerdict(
        worse,
        worse.map((f) => f.id),
      ),
    { code: 'checks_refused' },
  );
});

test('rules that cannot be gone by are refused', () => {
  assert.throws(() => checkRules({ recipient: { mode: 'warn', days: 3 } }), {
    code: 'check_measure_not_known',
  });
  assert.throws(() => checkRules({ amount: { mode: 'refuse', factor: 3 } }), { code: 'check_only_warns' });
  assert.throws(() => checkRules({ purchase_order: { mode: 'warn', pattern: '--' } }), {
    code: 'purchase_order_pattern_not_valid',
  });
});

test('a pattern is read sign by sign', () => {
  for (const [pattern, text, is] of [
    ['PO-####', 'PO-1234', true],
    ['po-####', 'PO-1234', true],
    ['PO-####', 'PO-123', false],
    ['@@#', 'ab1', true],
    ['@@#', 'a11', false],
    ['45*', '45', true],
    ['*/26', '1234/26', true],
    ['*/26', '1234/27', false],
    ['*a*b', 'xaxaxb', true],
    ['a?c', 'abc', true],
  ] as const)
    assert.equal(fitsPattern(pattern, text), is, `${pattern} ${text}`);
});

test('a pattern fits as the regular expression that means the same', () => {
  const sign = fc.constantFrom('#', '@', '?', '*', 'A', '1', '-');
  const meaning: Record<string, string> = { '#': '\\d', '@': '\\p{L}', '?': '.', '*': '.*' };
  fc.assert(
    fc.property(
      fc.array(sign, { maxLength: 7 }),
      fc.array(fc.constantFrom('A', 'B', '1', '2', '-'), { maxLength: 9 }),
      (signs, text) => {
        const same = new RegExp(`^${signs.map((s) => meaning[s] ?? s).join('')}$`, 'u');
        assert.equal(fitsPattern(signs.join(''), text.join('')), same.test(text.join('')));
      },
    ),
  );
});
