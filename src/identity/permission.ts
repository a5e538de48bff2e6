// Who may do what. A role is a fixed set of permissions; a permission names one kind of change or reading.
// Duties are kept apart: whoever handles money received cannot write off or credit what was to be received.

/** Everything that can be allowed, in the order people read it. */
export const PERMISSIONS = [
  'tenant.manage',
  'member.manage',
  'api_key.manage',
  'approval.manage',
  'approval.decide',
  'approval.request',
  'company.manage',
  'customer.edit',
  'invoice.issue',
  'invoice.credit',
  'invoice.void',
  'write_off.post',
  'charge.post',
  'charge.waive',
  'charge.configure',
  'payment.record',
  'payment.apply',
  'payment.return',
  'refund.pay',
  'bank.import',
  'bank.sign_off',
  'dispute.record',
  'dispute.decide',
  'period.lock',
  'rate.record',
  'import.run',
  'reminder.send',
  'hold.place',
  'claim.hand_over',
  'call.record',
  'call.override',
  'comment.write',
  'cadence.edit',
  'book.read',
  'report.read',
  'collector.review',
  'books.verify',
  'message.read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** What each permission allows, in words for the manual and the API page. */
export const PERMISSION_MEANINGS: Readonly<Record<Permission, string>> = {
  'tenant.manage': 'Change the settings of the tenant',
  'member.manage': 'Add and remove members, and give them roles',
  'api_key.manage': 'Make and revoke API keys',
  'approval.manage': 'Say who decides what at which amount',
  'approval.decide': 'Decide about what others ask for, and delegate that',
  'approval.request': 'Ask others to decide',
  'company.manage': 'Add companies, change their settings, number series and bank accounts',
  'customer.edit': 'Add and change customers, contacts and terms',
  'invoice.issue': 'Issue invoices',
  'invoice.credit': 'Issue credit notes',
  'invoice.void': 'Void an invoice before anything is applied to it',
  'write_off.post': 'Write off what will not be paid',
  'charge.post': 'Charge interest and fees for late payment',
  'charge.waive': 'Waive charges, reinstate them, and leave items out of interest',
  'charge.configure': 'Change what is asked for late payment, and record reference rates',
  'payment.record': 'Record payments received',
  'payment.apply': 'Apply payments and credits to open items, and take applications back',
  'payment.return': 'Record that a payment was returned',
  'refund.pay': 'Grant refunds of credit, and order them at the bank',
  'bank.import': 'Import bank statements, and say what their lines are',
  'bank.sign_off': 'Sign off days of a bank account, and open them again',
  'dispute.record': 'Record disputes and deductions, and what is said about them',
  'dispute.decide': 'Decide disputes, and give up parts of them',
  'period.lock': 'Lock and unlock accounting periods',
  'rate.record': 'Record exchange rates',
  'import.run': 'Import files of customers, invoices and payments, and undo an import',
  'reminder.send': 'Send reminders and statements',
  'hold.place': 'Put customers and items on hold, and release them',
  'call.record': 'Note calls and visits, and work through the worklist',
  'claim.hand_over': 'Hand claims over to agencies and lawyers, and take them back',
  'call.override': 'Note calls that a rule on calls forbids, with the reason',
  'comment.write': 'Comment for colleagues, and mention them',
  'cadence.edit': 'Change when reminders are sent and what they say',
  'book.read': 'Read customers, invoices, payments, messages and what happened to them',
  'report.read': 'Read reports',
  'collector.review': 'See what each collector brought about; everybody sees their own',
  'books.verify': 'Recompute the books and see what does not hold',
  'message.read': 'Read the messages that were sent',
};

/** Roles from the most to the least powerful. */
export const ROLES = ['owner', 'controller', 'collector', 'cash_applier', 'commenter', 'viewer'] as const;

export type Role = (typeof ROLES)[number];

const READING: readonly Permission[] = ['book.read', 'report.read', 'books.verify', 'message.read'];

const OWNER_ONLY: ReadonlySet<Permission> = new Set([
  'tenant.manage',
  'member.manage',
  'api_key.manage',
  'approval.manage',
]);

const GIVEN: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(PERMISSIONS),
  controller: new Set(PERMISSIONS.filter((permission) => !OWNER_ONLY.has(permission))),
  collector: new Set<Permission>([
    ...READING,
    'approval.request',
    'customer.edit',
    'reminder.send',
    'hold.place',
    'call.record',
    'dispute.record',
    'comment.write',
  ]),
  cash_applier: new Set<Permission>([
    ...READING,
    'approval.request',
    'payment.record',
    'payment.apply',
    'payment.return',
    'bank.import',
    'dispute.record',
    'comment.write',
  ]),
  commenter: new Set<Permission>([...READING, 'comment.write']),
  viewer: new Set(READING),
};

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return GIVEN[role];
}

/** Whether a text names a role. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
