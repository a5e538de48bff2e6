// Reminding one customer: in one short transaction the plan is made afresh, its steps are claimed, and a message is queued.
// The claim is what keeps a step from being said twice, whoever else runs at the same moment.

import type { Act, Command } from '#command/command.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { Grouping } from '#policies/policy.ts';
import { leadOf, type SaidItem } from '#policies/reminder.ts';
import { type LivePolicy, takePolicies } from '#policies/take-policies.ts';
import { type PlannedReminder, planFor } from './plan-reminders.ts';
import type { Reader } from './reminder-letter.ts';
import { insertClaims, lockCustomer } from './store.ts';

export type RemindCustomer = {
  readonly runId: string;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly on: PlainDate;
  /** A person has looked at it: steps that wait for one are said too. */
  readonly approved?: boolean | undefined;
};

export type Reminded = { readonly messages: number; readonly items: number };

/**
 * Queues what a customer should hear on a day: one message about every item that is due to be said, or one about each invoice
 * where the customer's policy says so.
 *
 * Refuses: `company_not_found`, `nothing_to_say` (nothing is due, all is left out, or another run said all of it).
 */
export const remindCustomer: Command<RemindCustomer, Reminded> = {
  name: 'remind-customer',
  permission: 'reminder.send',
  async run(act, input) {
    const { companyId, customerId, on } = input;
    // Before anything is read: what another run says to this customer at the same moment is then seen.
    await lockCustomer(act, customerId);
    const [live, company] = await Promise.all([takePolicies(act), takeCompany(act, companyId)]);
    const what = { company, policies: live.policies, on, now: act.now, approved: input.approved };
    const [planned] = await planFor(act, what, [customerId]);
    const groups = planned ? groupsOf(planned.policy.grouping, planned.plan.items) : [];
    if (!planned?.reader || groups.length === 0) throw new Refusal('nothing_to_say', { customerId });

    const ways = { ...planned, reader: planned.reader };
    for (const items of groups) await remindOf(act, input, { company, ways, items });
    return { messages: groups.length, items: planned.plan.items.length };
  },
};

/** What goes into one message each. */
function groupsOf(grouping: Grouping, items: readonly SaidItem[]): readonly (readonly SaidItem[])[] {
  if (grouping === 'invoice') return [...Map.groupBy(items, ({ item }) => item.documentId).values()];
  return items.length > 0 ? [items] : [];
}

async function remindOf(
  act: Act,
  { runId, customerId, on }: RemindCustomer,
  about: {
    readonly company: Company;
    readonly ways: PlannedReminder<LivePolicy> & { readonly reader: Reader };
    readonly items: readonly SaidItem[];
  },
): Promise<void> {
  const { company, ways, items } = about;
  const { customer, policy, reader } = ways;
  const messageId = queueMessage(act, {
    company,
    customer,
    purpose: 'reminder',
    recipient: reader.recipient,
    channel: reader.channel,
    language: reader.language,
    runOn: on,
  });
  const claimed = await insertClaims(
    act,
    customerId,
    on,
    items.map(({ item, step }) => ({
      messageId,
      itemId: item.id,
      policyId: policy.id,
      runId,
      step,
      dueOn: item.dueOn,
    })),
  );
  const said = items.filter(({ item }) => claimed.has(item.id));
  const lead = leadOf(said.map(({ step }) => step));
  // Another run was quicker with all of it: the messages that were just made are taken back with the transaction.
  if (!lead) throw new Refusal('nothing_to_say', { customerId });
  act.record({
    type: 'reminder.queued',
    subjectId: messageId,
    customerId,
    data: {
      runId,
      on: on.toString(),
      policy: policy.code,
      phase: lead.phase,
      items: said.map(({ item, step }) => ({
        itemId: item.id,
        reference: item.reference,
        phase: step.phase,
      })),
    },
  });
}
