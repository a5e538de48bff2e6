// What the demo's people ask each other: rules for write-offs and credit notes, and two requests that wait.

import { changePolicy } from '#approvals/change-policy.ts';
import type { Policy } from '#approvals/policy.ts';
import { requestApproval } from '#approvals/request-approval.ts';
import type { Context, Door } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { permissionsOf } from '#identity/permission.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { APPROVABLES } from '../src/approvables.ts';
import type { Tell } from './story.ts';

const EITHER = { roles: ['owner', 'controller'], people: 1 } as const;

/** A few hundred euros controllers and owners decide alone, up to five thousand one other has to, beyond that both. */
const RULES: Policy = {
  currency: 'EUR',
  order: 'serial',
  expiryDays: 14,
  bands: [
    { upTo: money(250_00n, 'EUR'), alone: ['owner', 'controller'], steps: [EITHER] },
    { upTo: money(5_000_00n, 'EUR'), alone: [], steps: [EITHER] },
    {
      upTo: null,
      alone: [],
      steps: [
        { roles: ['controller'], people: 1 },
        { roles: ['owner'], people: 1 },
      ],
    },
  ],
};

const REASONS = [
  'The administrator wrote that unsecured creditors get nothing',
  'Disputed since spring; a court would cost more than it brings',
];
/** Invoices as late as this are asked to be written off. */
const HOPELESS_DAYS = 90;

/** Sets the rules, and lets the collector ask to write off the two invoices that wait longest. */
export async function askForDecisions(
  door: Door,
  asking: { readonly tell: Tell; readonly tenantId: Context['tenantId']; readonly today: PlainDate },
  collector: { readonly userId: string; readonly name: string },
): Promise<void> {
  const { tell, tenantId, today } = asking;
  for (const kind of ['write_off', 'credit_note'])
    await tell(today, 6, changePolicy(APPROVABLES), { kind, version: 0, policy: RULES });
  const items = await inTenant(door.pool, tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('open_item')
        .select(['id'])
        .where('tenant_id', '=', tenantId)
        .where('kind', '=', 'invoice')
        .where('open_minor', '>', 250_00n)
        .where('open_minor', '<=', 5_000_00n)
        .where('due_on', '<', addDays(today, -HOPELESS_DAYS))
        .orderBy('due_on')
        .orderBy('id')
        .limit(REASONS.length),
    ),
  );
  const context: Context = {
    tenantId,
    actor: { kind: 'user', id: collector.userId, name: collector.name },
    role: 'collector',
    permissions: permissionsOf('collector'),
    now: Temporal.Now.instant(),
    today,
  };
  for (const [index, { id }] of items.entries()) {
    const reason = REASONS[index] ?? '';
    const body = { kind: index === 0 ? 'bad_debt' : 'dispute', reason, items: [{ itemId: id }] };
    const asked = { operation: 'write-off-items', params: {}, body, reason };
    await requestApproval(door, context, APPROVABLES, asked, {});
  }
}
