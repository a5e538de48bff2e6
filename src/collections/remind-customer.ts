// Reminding one customer: in one short transaction the plan is made afresh, its steps are claimed, and a message is queued.
// The claim is what keeps a step from being said twice, whoever else runs at the same moment.

import type { Command } from '#command/command.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { planFor } from './plan-reminders.ts';
import { leadOf } from './reminder.ts';
import { insertClaims } from './store.ts';
import { takeCadence } from './take-cadence.ts';

export type RemindCustomer = {
  readonly runId: string;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly on: PlainDate;
};

export type Reminded = { readonly messageId: string; readonly items: number };

/**
 * Queues the reminder a customer should get on a day: one message about every item that is due to be said.
 *
 * Refuses: `company_not_found`, `nothing_to_say` (nothing is due, all is left out, or another run said all of it).
 */
export const remindCustomer: Command<RemindCustomer, Reminded> = {
  name: 'remind-customer',
  permission: 'reminder.send',
  async run(act, { runId, companyId, customerId, on }) {
    const [cadence, company] = await Promise.all([takeCadence(act), takeCompany(act, companyId)]);
    const [planned] = await planFor(act, { company, steps: cadence.steps, on, now: act.now }, [customerId]);
    if (!planned?.reader || planned.plan.items.length === 0)
      throw new Refusal('nothing_to_say', { customerId });

    const { customer, reader, plan } = planned;
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
      plan.items.map(({ item, step }) => ({
        messageId,
        itemId: item.id,
        cadenceId: cadence.id,
        runId,
        step,
        dueOn: item.dueOn,
      })),
    );
    const said = plan.items.filter(({ item }) => claimed.has(item.id));
    const lead = leadOf(said.map(({ step }) => step));
    // Another run was quicker with all of it: the message that was just made is taken back with the transaction.
    if (!lead) throw new Refusal('nothing_to_say', { customerId });
    act.record({
      type: 'reminder.queued',
      subjectId: messageId,
      customerId,
      data: {
        runId,
        on: on.toString(),
        phase: lead.phase,
        items: said.map(({ item, step }) => ({
          itemId: item.id,
          reference: item.reference,
          phase: step.phase,
        })),
      },
    });
    return { messageId, items: said.length };
  },
};
