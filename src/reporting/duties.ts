// Duties that should not lie in one hand, by what one hand could do with both. What is allowed follows from roles and keys;
// what happened is told by the log of events. Small firms cannot part all of them: then somebody has to look, which this helps.

import { type Permission, permissionsOf, type Role } from '#identity/permission.ts';

/** One side of a pair: a permission that gives it, and the events that show it was used. */
export type Side = { readonly permissions: readonly Permission[]; readonly events: readonly string[] };

export type DutyPair = {
  readonly code: string;
  readonly title: string;
  /** What somebody with both could do. */
  readonly risk: string;
  readonly one: Side;
  readonly other: Side;
  /** Whether both sides have to be about the same customer to be a conflict. */
  readonly sameCustomer: boolean;
  /** The kind of decision whose rules can ask a second person for the other side. */
  readonly guardedBy: string | null;
};

const APPLY: Side = { permissions: ['payment.apply'], events: ['payment.applied', 'payment.handed_over'] };
const RECORD: Side = { permissions: ['payment.record'], events: ['payment.received', 'payment.identified'] };
const CREDIT: Side = { permissions: ['invoice.credit'], events: ['credit_note.issued'] };
const WRITE_OFF: Side = { permissions: ['write_off.post'], events: ['write_off.posted'] };
const DECIDE: Side = { permissions: ['approval.decide'], events: ['approval.approved'] };

/** The pairs looked at, the gravest first. */
export const DUTY_PAIRS: readonly DutyPair[] = [
  {
    code: 'rules_and_decisions',
    title: 'Sets the rules and decides by them',
    risk: 'Could lower the bar, decide, and raise it again.',
    one: { permissions: ['approval.manage'], events: ['approval_policy.changed'] },
    other: DECIDE,
    sameCustomer: false,
    guardedBy: null,
  },
  {
    code: 'rights_and_decisions',
    title: 'Gives rights and decides',
    risk: 'Could make a second person who asks what they approve.',
    one: {
      permissions: ['member.manage', 'api_key.manage'],
      events: ['member.added', 'member.role_changed', 'api_key.made'],
    },
    other: DECIDE,
    sameCustomer: false,
    guardedBy: null,
  },
  {
    code: 'bank_details_and_returns',
    title: 'Changes bank details and gives money back',
    risk: 'Could send what a customer has paid to an account of their own.',
    one: {
      permissions: ['customer.edit'],
      events: ['customer_bank_account.added', 'customer_bank_account.archived'],
    },
    other: { permissions: ['payment.return'], events: ['payment.returned'] },
    sameCustomer: true,
    guardedBy: null,
  },
  {
    code: 'receipts_and_write_offs',
    title: 'Records receipts and writes off',
    risk: 'Could keep what a customer paid and write the invoice off.',
    one: RECORD,
    other: WRITE_OFF,
    sameCustomer: true,
    guardedBy: 'write_off',
  },
  {
    code: 'cash_and_write_offs',
    title: 'Applies cash and writes off',
    risk: 'Could hide a payment that was kept behind a write-off.',
    one: APPLY,
    other: WRITE_OFF,
    sameCustomer: true,
    guardedBy: 'write_off',
  },
  {
    code: 'cash_and_credits',
    title: 'Applies cash and credits',
    risk: 'Could hide a payment that was kept behind a credit note.',
    one: APPLY,
    other: CREDIT,
    sameCustomer: true,
    guardedBy: 'credit_note',
  },
  {
    code: 'invoices_and_credits',
    title: 'Issues invoices and credits them',
    risk: 'Could invent sales before the end of a period and take them back after it.',
    one: { permissions: ['invoice.issue'], events: ['invoice.issued'] },
    other: CREDIT,
    sameCustomer: true,
    guardedBy: 'credit_note',
  },
  {
    code: 'charges_and_waivers',
    title: 'Charges interest and waives it',
    risk: 'Could let off whom they like.',
    one: { permissions: ['charge.post'], events: ['charge.posted'] },
    other: { permissions: ['charge.waive'], events: ['charge.waived'] },
    sameCustomer: true,
    guardedBy: null,
  },
  {
    code: 'requests_and_decisions',
    title: 'Asks and decides',
    risk: 'Nobody decides what they asked for; two who do it for each other in turn still could.',
    one: { permissions: ['approval.request'], events: ['approval.requested'] },
    other: DECIDE,
    sameCustomer: true,
    guardedBy: null,
  },
];

/** A member or a key by name. */
export type Holder = {
  readonly kind: 'member' | 'api_key';
  readonly id: string;
  readonly name: string;
  readonly role: Role;
};

/** Who can do both sides of a pair, as roles and keys are. */
export function holdersOf(pair: DutyPair, everybody: readonly Holder[]): readonly Holder[] {
  const can = (holder: Holder, side: Side): boolean =>
    side.permissions.some((permission) => permissionsOf(holder.role).has(permission));
  return everybody.filter((holder) => can(holder, pair.one) && can(holder, pair.other));
}

/** How far apart the two sides of a conflict can lie at most, and how far back one can look, in days. */
export const APART_DAYS_MAX = 366;
