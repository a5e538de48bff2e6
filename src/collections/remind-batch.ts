// Reminding some customers at once: in one short transaction their plans are made afresh, steps are claimed, and messages are
// queued. The claim is what keeps a step from being said twice, whoever else runs at the same moment.

import type { Act, Command } from '#command/command.ts';
import { queueMessages } from '#delivery/queue-message.ts';
import { recordEntries } from '#experiments/record-entries.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany } from '#parties/take-party.ts';
import { leadOf } from '#policies/reminder.ts';
import { type LivePolicy, takePolicies } from '#policies/take-policies.ts';
import { messagesIn, type PlannedMessage, type PlannedReminder, planFor } from './plan-reminders.ts';
import { seenLine } from './seen-line.ts';
import { insertClaims, lockCustomers } from './store.ts';
import { findLines } from './store-runs.ts';

export type RemindBatch = {
  readonly runId: string;
  readonly companyId: CompanyId;
  readonly customerIds: readonly CustomerId[];
  readonly on: PlainDate;
  /** A person has looked at it: steps that wait for one are said too. */
  readonly approved?: boolean | undefined;
  /** The set they looked at, which must be in force still; left out, whatever is. */
  readonly approvedSetId?: string | undefined;
  /** Each is told what was seen for the run, see `seenLine`, or nothing. */
  readonly lookedAt?: boolean | undefined;
};

/** What was left unsaid to customers that were looked at. */
export type LeftOut = {
  readonly items: number;
  readonly itemsForPerson: number;
  readonly customersWithoutEmail: number;
};

export type RemindedBatch = {
  readonly messages: number;
  readonly left: LeftOut;
  /** Customers that have something to hear which nobody saw, of a run that was looked at. */
  readonly appeared: number;
};

/** A message that was just queued, whose steps are to be claimed. */
type Queued = PlannedMessage & {
  readonly messageId: MessageId;
  readonly customerId: CustomerId;
  readonly policy: LivePolicy;
};

/**
 * Queues what some customers should hear on a day: to each one message about every item that is due to be said, or one about
 * each invoice where the customer's policy says so. Who has nothing to hear is passed over, and of a run that was looked at whoever
 * would hear something else than was seen. All of it is queued, or nothing.
 *
 * Refuses: `company_not_found`, `nothing_to_say` (another run claimed all of what a message was to say),
 * `policies_replaced` (what was approved is not what is in force).
 */
export const remindBatch: Command<RemindBatch, RemindedBatch> = {
  name: 'remind-batch',
  permission: 'reminder.send',
  async run(act, input) {
    const { companyId, customerIds, on } = input;
    // Before anything is read: what another run says to these customers at the same moment is then seen.
    await lockCustomers(act, customerIds);
    const [live, company] = await Promise.all([takePolicies(act), takeCompany(act, companyId)]);
    if (input.approvedSetId !== undefined && input.approvedSetId !== live.setId)
      throw new Refusal('policies_replaced', { setId: live.setId });
    const what = { company, policies: live.policies, on, now: act.now, approved: input.approved };
    const planned = await planFor(act, what, customerIds);
    const seen = input.lookedAt ? await findLines(act, input.runId, customerIds) : undefined;
    const same = planned.filter((one) => isAsSeen(one, seen));
    const queued = queueAll(act, company, same, input);
    await recordEntries(
      act,
      same.flatMap(({ entries }) => entries),
    );
    const claimed = await claim(act, input, queued);
    for (const one of queued) noteQueued(act, input, one, claimed);
    const appeared = planned.filter(
      ({ customer, plan }) => seen && plan.items.length > 0 && !seen.has(customer.id),
    );
    return { messages: queued.length, left: leftOutOf(planned), appeared: appeared.length };
  },
};

/** Whether a customer would be told what was seen for the run; of one that was not looked at, and to whom nothing is said, always. */
function isAsSeen(planned: PlannedReminder, seen: ReadonlyMap<CustomerId, string> | undefined): boolean {
  const messages = messagesIn(planned);
  return !seen || messages.length === 0 || seenLine(messages) === seen.get(planned.customer.id);
}

/** Queues the messages of plans. */
function queueAll(
  act: Act,
  company: Company,
  planned: readonly PlannedReminder<LivePolicy>[],
  { runId, on }: RemindBatch,
): readonly Queued[] {
  const all = planned.flatMap((one) =>
    messagesIn(one).map((message) => ({ message, policy: one.policy, customer: one.customer })),
  );
  const ids = queueMessages(
    act,
    all.map(({ customer, message: { reader } }) => {
      const { recipient, channel, language } = reader;
      return {
        company,
        customer,
        purpose: 'reminder',
        recipient,
        channel,
        language,
        runOn: on,
        runId,
      } as const;
    }),
  );
  return all.map(({ message, policy, customer }, index) => ({
    ...message,
    policy,
    customerId: customer.id,
    messageId: present(ids[index], 'each message was queued'),
  }));
}

function claim(act: Act, { on }: RemindBatch, queued: readonly Queued[]): Promise<ReadonlySet<ItemId>> {
  const claims = queued.flatMap(({ messageId, customerId, policy, items }) =>
    items.map(({ item, step }) => ({
      messageId,
      customerId,
      itemId: item.id,
      policyId: policy.id,
      step,
      dueOn: item.dueOn,
    })),
  );
  return insertClaims(act, on, claims);
}

function noteQueued(
  act: Act,
  { runId, on }: RemindBatch,
  { messageId, customerId, policy, items }: Queued,
  claimed: ReadonlySet<ItemId>,
): void {
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

function leftOutOf(planned: readonly PlannedReminder[]): LeftOut {
  const left = planned.flatMap(({ plan }) => plan.leftOut);
  const without = planned.filter(({ plan }) => plan.leftOut.some(({ reason }) => reason === 'no_email'));
  return {
    items: left.length,
    itemsForPerson: left.filter(({ reason }) => reason === 'for_person').length,
    customersWithoutEmail: without.length,
  };
}
