// Roles in words.

import type { listMembers } from '#identity/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Role = Reply<typeof listMembers>['rows'][number]['role'];

export const ROLES: readonly { readonly value: Role; readonly label: string; readonly says: string }[] = [
  { value: 'owner', label: 'Owner', says: 'everything, and who else may do what' },
  { value: 'controller', label: 'Controller', says: 'everything but people and keys' },
  { value: 'collector', label: 'Collector', says: 'customers, reminders and holds' },
  { value: 'cash_applier', label: 'Cash applier', says: 'bank statements and payments' },
  { value: 'commenter', label: 'Commenter', says: 'reads all, and comments' },
  { value: 'viewer', label: 'Viewer', says: 'reads all, changes nothing' },
];

/** The role as people call it. */
export function roleWords(role: string): string {
  return ROLES.find((r) => r.value === role)?.label ?? role;
}

/** Choices for a select, each with what it may. */
export const ROLE_CHOICES = ROLES.map(({ value, label, says }) => ({ value, label: `${label}: ${says}` }));
