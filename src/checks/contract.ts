// What the API offers on checks before an invoice is issued: their rules, of a company and of a customer.

import { z } from 'zod';
import { operation, textLine } from '#http/contract.ts';
import { CHECK_DAYS_MAX, CHECK_FACTOR_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { CHECKS, MODES } from './check-rules.ts';

export { CHECKS, type CheckCode, START_RULES } from './check-rules.ts';

const TAG = 'Checks before issue';

const rule = z.object({
  mode: z.enum(MODES),
  /** Of `purchase_order`: `#` is a digit, `@` a letter, `?` one character, `*` any number of them. */
  pattern: textLine(60).optional(),
  /** Of `duplicate` and `alike`: how many days before are looked at. */
  days: z.number().int().min(1).max(CHECK_DAYS_MAX).optional(),
  /** Of `amount`: so many times the usual amount is told. */
  factor: z.number().int().min(2).max(CHECK_FACTOR_MAX).optional(),
});

const stated = z.partialRecord(z.enum(CHECKS), rule);

/** What is doubtful about an invoice that is to be issued. */
export const findingShape = z.object({
  /** To be named in `accept`; another amount, number or customer gives another id. */
  id: z.string(),
  check: z.enum(CHECKS),
  mode: z.enum(['warn', 'refuse']),
  /** The field of the request it is about. */
  field: z.string(),
  message: z.string(),
  hint: z.string(),
});

/** What a finding kept with an issued invoice says. */
export const keptFindingShape = z.object({
  check: z.string(),
  message: z.string(),
  /** Who saw it and issued all the same; null where nobody was asked. */
  acceptedBy: z.string().nullable(),
});

/** Refusals of issuing that come from checks; `findings` in the facts has all of them. */
export const CHECK_REFUSALS = {
  checks_refused: [
    409,
    'Something is wrong with the invoice. Each finding says what and how to mend it; then issue it again.',
  ],
  checks_not_accepted: [
    409,
    'Something is doubtful. Mend it, or name the ids of the findings in accept to issue it all the same.',
  ],
} as const;

const RULE_REFUSALS = {
  check_measure_not_known: [400, 'This check has no such measure. Leave it out.'],
  check_only_warns: [400, 'The usual amount can only be warned of. Use warn or off.'],
  purchase_order_pattern_not_valid: [
    400,
    'The pattern has nothing to compare. Write for example PO-###### or *.',
  ],
} as const;

const rulesReply = z.object({
  /** What is stated here; the rest goes by the company, or by what everybody starts with. */
  stated,
  /** What counts, check by check. */
  rules: z.record(z.enum(CHECKS), rule),
});

export const readCompanyRules = operation({
  id: 'read-company-check-rules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/check-rules',
  summary: 'What a company looks at before it issues an invoice.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: rulesReply,
  refusals: { company_not_found: [404, 'There is no such company. See the list of companies.'] },
});

export const replaceCompanyRules = operation({
  id: 'replace-company-check-rules',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/check-rules',
  summary: 'States what a company looks at before it issues an invoice: off, warn or refuse, check by check.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({ rules: stated }),
  reply: z.object({ rulesId: z.string() }),
  refusals: {
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    ...RULE_REFUSALS,
  },
});

export const readCustomerRules = operation({
  id: 'read-customer-check-rules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/check-rules',
  summary: 'What is looked at otherwise before this customer is invoiced.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: rulesReply.pick({ stated: true }),
  refusals: { customer_not_found: [404, 'There is no such customer. Search by number or name.'] },
});

export const replaceCustomerRules = operation({
  id: 'replace-customer-check-rules',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/check-rules',
  summary: 'States what is looked at otherwise before this customer is invoiced; empty, as for everybody.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({ rules: stated }),
  reply: z.object({ rulesId: z.string() }),
  refusals: {
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
    ...RULE_REFUSALS,
  },
});
