// SQL of steps that people did in another way than by a message.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, type ItemId, newId } from '#kernel/id.ts';

type StepRow = {
  readonly itemId: ItemId;
  readonly policy: string;
  readonly step: number;
  readonly offsetDays: number;
  readonly phase: string;
};

/** Adds what was done of steps; one that was said or done already is passed over. Gives how many are new. */
export async function insertStepActs(
  act: Act,
  done: {
    readonly customerId: CustomerId;
    readonly way: string;
    readonly actId: string;
    readonly on: PlainDate;
    readonly by: string;
  },
  steps: readonly StepRow[],
): Promise<number> {
  const all = (key: keyof StepRow) => arrayLiteral(steps.map((one) => one[key]));
  const rows = await act.run(sql<{ id: string }>`
    insert into step_act (tenant_id, id, item_id, customer_id, policy, step, offset_days, phase, way, done_on, done_by,
      recorded_at, act_id)
    select ${act.tenantId}, n.id, n.item_id, ${done.customerId}, n.policy, n.step, n.offset_days, n.phase, ${done.way},
      ${done.on},
      ${done.by}, ${act.now}, ${done.actId}::uuid
    from unnest(${arrayLiteral(steps.map(() => newId()))}::uuid[], ${all('itemId')}::uuid[], ${all('policy')}::text[],
      ${all('step')}::smallint[], ${all('offsetDays')}::int[], ${all('phase')}::text[])
      as n(id, item_id, policy, step, offset_days, phase)
    where not exists (select from reminder_item r where r.tenant_id = ${act.tenantId} and r.item_id = n.item_id
      and r.offset_days >= n.offset_days)
    on conflict (tenant_id, item_id, offset_days) where taken_back_at is null do nothing returning id`);
  return rows.length;
}

/** Takes back what an act noted as done of steps of a customer, where it stands. */
export function updateStepsTakenBack(
  act: Act,
  { customerId, actId, by }: { readonly customerId: CustomerId; readonly actId: string; readonly by: string },
): void {
  act.write(sql`
    update step_act set taken_back_at = ${act.now}, taken_back_by = ${by}
    where tenant_id = ${act.tenantId} and customer_id = ${customerId} and act_id = ${actId}::uuid and taken_back_at is null`);
}
