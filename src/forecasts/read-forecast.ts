// What an account would hear over months, under policies that are in force, stored, or not even saved.

import type { z } from 'zod';
import { planDays } from '#collections/plan-ahead.ts';
import { isStepForPerson, messagesIn, type PlannedReminder } from '#collections/plan-reminders.ts';
import type { Tx } from '#db/transaction.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, takeCustomer } from '#parties/take-party.ts';
import { OWNER, type StepWay, wayOf } from '#policies/cadence.ts';
import type { Policy } from '#policies/policy.ts';
import { totalsOf } from '#policies/reminder.ts';
import type * as contract from './contract.ts';

type Forecast = z.input<typeof contract.forecastAccount.reply>;
type OfCompany = Forecast['companies'][number];

/**
 * Day by day what each company would tell a customer, if nothing is paid and steps for a person are said on their day; companies
 * with nothing to say, and nothing that stops it, are left out. Refuses: `customer_not_found`.
 */
export async function readForecast(
  tx: Tx,
  what: {
    readonly customerId: CustomerId;
    readonly policies: readonly Policy[];
    readonly months: number;
    readonly now: Instant;
  },
): Promise<Forecast> {
  const { id } = await takeCustomer(tx, what.customerId);
  const companies = [];
  for (const company of await listCompanies(tx))
    companies.push(await forecastOf(tx, company, { ...what, id }));
  return { companies: companies.filter(({ messages, leftOut }) => messages.length + leftOut.length > 0) };
}

async function forecastOf(
  tx: Tx,
  company: Company,
  what: {
    readonly id: CustomerId;
    readonly policies: readonly Policy[];
    readonly months: number;
    readonly now: Instant;
  },
): Promise<OfCompany> {
  const { policies, now } = what;
  const from = dayIn(company.timeZone, now);
  const to = from.add({ months: what.months });
  const messages: OfCompany['messages'][number][] = [];
  const leftOut = new Map<string, OfCompany['leftOut'][number]>();
  for await (const { on, planned } of planDays(tx, { company, policies, from, to, now, approved: true }, [
    what.id,
  ]))
    for (const one of planned) {
      messages.push(...toldBy(one, on));
      for (const { item, step, reason } of one.plan.leftOut) {
        const key = `${item.id} ${step.offsetDays} ${reason}`;
        const row = { on: on.toString(), reference: item.reference, offsetDays: step.offsetDays, reason };
        if (!leftOut.has(key)) leftOut.set(key, row);
      }
    }
  return {
    companyId: company.id,
    companyName: company.name,
    from: from.toString(),
    to: to.toString(),
    messages,
    leftOut: [...leftOut.values()],
  };
}

function toldBy(planned: PlannedReminder, on: PlainDate): OfCompany['messages'] {
  const { policy } = planned;
  return messagesIn(planned).map(({ lead, reader, items }) => ({
    on: on.toString(),
    policy: { code: policy.code, name: policy.name },
    phase: lead.phase,
    template: lead.template,
    channel: reader.channel,
    recipient: reader.recipient,
    sender: speakerOf(wayOf(policy.steps, lead).sender),
    forPerson: isStepForPerson(policy, lead),
    totals: totalsOf(items.map(({ item }) => item)).map(shownMoney),
    items: items.map(({ item, step }) => ({
      reference: item.reference,
      dueOn: item.dueOn.toString(),
      offsetDays: step.offsetDays,
      open: shownMoney(item.open),
    })),
  }));
}

/** In whose name a step is said, in words; null where it is the company's. */
function speakerOf(sender: StepWay['sender']): string | null {
  if (sender === null) return null;
  return sender === OWNER ? 'whoever the account belongs to' : sender.name;
}
