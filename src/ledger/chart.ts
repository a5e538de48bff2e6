// The accounts that receivables need, by the part they play. A company may rename and renumber them; the parts are fixed,
// because the postings of this program speak of parts.

/** The part an account plays in the books of a company. */
export type Account =
  | 'receivables'
  | 'unapplied-cash'
  | 'bank'
  | 'bank-transfers'
  | 'bank-other'
  | 'bank-charges'
  | 'bank-interest'
  | 'due-from-companies'
  | 'due-to-companies'
  | 'revenue'
  | 'late-fees'
  | 'interest-income'
  | 'tax'
  | 'input-tax'
  | 'tax-relief'
  | 'discounts'
  | 'small-differences'
  | 'collection-costs'
  | 'bad-debt'
  | 'bad-debt-recovered'
  | 'fx-differences'
  | 'opening';

/** Control accounts are kept item by item: invoices and credit notes in one, money not yet applied in the other. */
export type ControlAccount = Extract<Account, 'receivables' | 'unapplied-cash'>;

export type ChartRow = {
  readonly account: Account;
  readonly code: string;
  readonly name: string;
  readonly kind: 'asset' | 'liability' | 'income' | 'expense';
  readonly control: boolean;
};

/** The chart a new company starts with. */
export const CHART: readonly ChartRow[] = [
  { account: 'bank', code: '1000', name: 'Bank', kind: 'asset', control: false },
  {
    account: 'bank-transfers',
    code: '1080',
    name: 'Transfers between bank accounts',
    kind: 'asset',
    control: false,
  },
  { account: 'bank-other', code: '1085', name: 'Bank lines of other books', kind: 'asset', control: false },
  { account: 'receivables', code: '1200', name: 'Trade receivables', kind: 'asset', control: true },
  {
    account: 'unapplied-cash',
    code: '1290',
    name: 'Payments received, not yet applied',
    kind: 'liability',
    control: true,
  },
  {
    account: 'due-from-companies',
    code: '1360',
    name: 'Money other companies received for us',
    kind: 'asset',
    control: false,
  },
  { account: 'input-tax', code: '1570', name: 'Input tax', kind: 'asset', control: false },
  { account: 'tax', code: '1700', name: 'Output tax', kind: 'liability', control: false },
  {
    account: 'tax-relief',
    code: '1710',
    name: 'Output tax relief for bad debts',
    kind: 'liability',
    control: false,
  },
  {
    account: 'due-to-companies',
    code: '1760',
    name: 'Money received for other companies',
    kind: 'liability',
    control: false,
  },
  { account: 'opening', code: '3900', name: 'Opening balances', kind: 'liability', control: false },
  { account: 'revenue', code: '4000', name: 'Revenue', kind: 'income', control: false },
  {
    account: 'discounts',
    code: '4700',
    name: 'Early-payment discounts given',
    kind: 'income',
    control: false,
  },
  { account: 'late-fees', code: '4800', name: 'Late payment fees', kind: 'income', control: false },
  {
    account: 'small-differences',
    code: '6800',
    name: 'Small differences written off',
    kind: 'expense',
    control: false,
  },
  {
    account: 'collection-costs',
    code: '6850',
    name: 'Fees of collection agencies',
    kind: 'expense',
    control: false,
  },
  { account: 'bad-debt', code: '6900', name: 'Receivables written off', kind: 'expense', control: false },
  {
    account: 'bad-debt-recovered',
    code: '6910',
    name: 'Written off and recovered',
    kind: 'income',
    control: false,
  },
  {
    account: 'fx-differences',
    code: '6950',
    name: 'Realised exchange differences',
    kind: 'expense',
    control: false,
  },
  {
    account: 'interest-income',
    code: '7100',
    name: 'Interest for late payment',
    kind: 'income',
    control: false,
  },
  { account: 'bank-charges', code: '6970', name: 'Bank charges', kind: 'expense', control: false },
  { account: 'bank-interest', code: '7110', name: 'Bank interest', kind: 'income', control: false },
];
