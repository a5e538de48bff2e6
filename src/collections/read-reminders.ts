// What is left to say of reminders in the moment they leave: read for some at a time, each to another customer, in as many questions
// as for one.

import { askingOnce } from '#db/ask-once.ts';
import type { Tx } from '#db/transaction.ts';
import type { Reading } from '#delivery/begin-sending.ts';
import type { Message } from '#delivery/message.ts';
import type { Reach } from '#delivery/preference.ts';
import { readHearsOtherWords } from '#experiments/record-entries.ts';
import { type GateFacts, type GateResult, judge } from '#gate/gate.ts';
import { askGateAhead, readGateFactsTogether } from '#gate/read-gate.ts';
import { assert, present } from '#kernel/assert.ts';
import { type Instant, later, type PlainDate } from '#kernel/calendar.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { readCustomers, takeCompany } from '#parties/take-party.ts';
import { lastDueSpokenOf, type Step, wayOf } from '#policies/cadence.ts';
import { type Policy, planRulesOf } from '#policies/policy.ts';
import { readRates } from '#policies/read-accounts.ts';
import { leadOf, type Review, reviewClaims, type Situation } from '#policies/reminder.ts';
import { readPolicyOf } from '#policies/take-policies.ts';
import { LANGUAGE_DEFAULT } from '#printing/language.ts';
import { readAccountsByCustomer } from '#receiving/read-receiving.ts';
import { holdsOn, readReminderReach } from './plan-reminders.ts';
import { readBesides } from './read-besides.ts';
import { feesOf, letterOf, type ReminderFee } from './read-letter.ts';
import { readSituations } from './read-situations.ts';
import {
  letterDay,
  type Reader,
  type ReminderLetter,
  readerBy,
  reminderChannelOf,
} from './reminder-letter.ts';
import { findClaims, lockCustomers, type SaidStep } from './store.ts';

/** A reminder as read in the moment of sending: the letter, if anything is left to say, and what it says or leaves out. */
export type ReminderContent = {
  readonly letter: ReminderLetter | undefined;
  readonly review: Review;
  readonly claims: readonly SaidStep[];
  /** What the terms for late payment ask for the reminder itself; zero where nothing. */
  readonly fee: ReminderFee | undefined;
  /** What the send gate saw and said. */
  readonly gate: GateResult;
};

/** A reminder that is read, as far as it is known before what its customer owes. */
type Known = {
  readonly message: Message;
  readonly claims: readonly SaidStep[];
  readonly company: Company;
  readonly customer: Customer;
  readonly day: PlainDate;
  readonly realOn: PlainDate;
  readonly policy: Policy;
  readonly dueUpTo: PlainDate;
};

/** The same with what is left to say, before the send gate was asked. */
type Reviewed = Known & {
  readonly review: Review;
  /** To whom it goes where such a step leads it; of nothing that is said, to whom what was claimed would have gone. */
  readonly readerFor: (lead: Step | undefined) => Reader | undefined;
};

/** The same with what the gate let through. */
type Passed = Reviewed & {
  readonly gate: GateResult;
  readonly lead: Step | undefined;
  readonly reader: Reader | undefined;
};

/**
 * Reads what is left to say of queued reminders, each to another customer, and locks the items they are about. What is read of
 * several is what is read of each.
 */
export async function readReminders(
  tx: Tx,
  messages: readonly Message[],
  now: Instant,
): Promise<ReadonlyMap<MessageId, Reading<ReminderContent>>> {
  const customerIds = messages.map(({ customerId }) => customerId);
  assert(new Set(customerIds).size === customerIds.length, 'each reminder is to another customer', messages);
  // Nothing is changed here, so that what all of them ask for is asked once. The lock is sent first, and questions after it are
  // answered once it is held.
  const once = askingOnce(tx);
  const [, known] = await Promise.all([
    lockCustomers(tx, customerIds),
    readKnown(once, messages, now),
    askAhead(once, messages),
  ]);
  const reviewed = await inGroups(known, alikeIn, (alike) => reviewAlike(once, alike));
  const passed = await inGroups(
    reviewed,
    ({ company }) => company.id,
    (of) => passGate(once, of, now),
  );
  const read = await inGroups(
    passed,
    ({ company }) => company.id,
    (of) => readLetters(once, of),
  );
  return new Map(read);
}

/** Does work on those that have the same key, together; gives what comes of all. */
async function inGroups<T, R>(
  all: readonly T[],
  keyOf: (one: T) => string,
  work: (group: readonly [T, ...T[]]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const groups = Map.groupBy(all, keyOf).values();
  return (await Promise.all([...groups].map((group) => work(group as [T, ...T[]])))).flat();
}

/** Asks with the first questions what is asked later whatever their answers are: one wait less for each. */
async function askAhead(once: Tx, messages: readonly Message[]): Promise<void> {
  const companyIds = new Set(messages.map(({ companyId }) => companyId));
  await Promise.all([...companyIds].flatMap((id) => [takeCompany(once, id), askGateAhead(once, id)]));
}

async function readKnown(tx: Tx, messages: readonly Message[], now: Instant): Promise<readonly Known[]> {
  const [claimsOf, customers] = await Promise.all([
    findClaims(
      tx,
      messages.map(({ id }) => id),
      'lock',
    ),
    readCustomers(
      tx,
      messages.map(({ customerId }) => customerId),
    ),
  ]);
  return Promise.all(
    messages.map(async (message) => {
      const { customerId } = message;
      const customer = customers.get(customerId);
      if (!customer) throw new Refusal('customer_not_found', { customerId });
      const claims = claimsOf.get(message.id) ?? [];
      const [company, policy] = await Promise.all([
        takeCompany(tx, message.companyId),
        readPolicyOf(tx, claims[0]?.policyId),
      ]);
      const day = letterDay({ on: message.runOn, at: message.createdAt }, now, company.timeZone);
      const realOn = holdsOn(company, day, now);
      const dueUpTo = claims.map((claim) => claim.dueOn).reduce(later, lastDueSpokenOf(policy.steps, day));
      return { message, claims, company, customer, day, realOn, policy, dueUpTo };
    }),
  );
}

/** What has to be the same for the situations of customers to be read together. */
function alikeIn({ company, message, realOn, dueUpTo }: Known): string {
  return [company.id, message.runOn, realOn, dueUpTo].join(' ');
}

async function reviewAlike(tx: Tx, alike: readonly [Known, ...Known[]]): Promise<readonly Reviewed[]> {
  const [{ company, message, realOn, dueUpTo }] = alike;
  const customerIds = alike.map(({ customer }) => customer.id);
  const messageIds = alike.map((one) => one.message.id);
  const { runOn } = message;
  const days = { said: runOn, on: realOn, dueUpTo, sending: { messageIds, runOn } };
  const [reaches, situations] = await Promise.all([
    readReminderReach(tx, company.id, customerIds, realOn),
    readSituations(tx, company.id, customerIds, days),
  ]);
  return Promise.all(
    alike.map((known) => {
      const { id } = known.customer;
      const situation = present(situations.get(id), 'a customer that was asked for has a situation');
      const reach = present(reaches.get(id), 'a customer that was taken can be asked for its ways');
      return reviewOne(tx, known, situation, reach);
    }),
  );
}

async function reviewOne(tx: Tx, known: Known, situation: Situation, reach: Reach): Promise<Reviewed> {
  const { message, claims, company, day, realOn, policy } = known;
  const channel = reminderChannelOf(message);
  const readerBySteps = (step: Step | undefined) =>
    readerBy(channel, reach, company, step && wayOf(policy.steps, step).recipient);
  const claimed = readerBySteps(leadOf(claims.map(({ step }) => step)));
  const currencies = situation.items.map((item) => item.open.currency);
  const rates = await readRates(tx, currencies, [policy], day);
  const when = { on: day, realOn, recipient: claimed?.recipient, rates };
  const review = reviewClaims(claims, situation, planRulesOf(policy), when);
  return { ...known, review, readerFor: (lead) => (lead ? readerBySteps(lead) : claimed) };
}

/** What the send gate says of what is left to say, what is left then, and to whom it goes: the gate judges that very address. */
async function passGate(
  tx: Tx,
  all: readonly [Reviewed, ...Reviewed[]],
  now: Instant,
): Promise<readonly Passed[]> {
  const [{ company }] = all;
  const [facts] = await Promise.all([
    readGateFactsTogether(
      tx,
      { company, now },
      all.map(({ customer, message, review }) => ({
        customer,
        messageId: message.id,
        items: review.items.map(({ item }) => item),
      })),
    ),
    // Asked again once the gate has spoken, mostly of the same; then it is known.
    readFeesAndAccounts(
      tx,
      company,
      all.map((one) => ({ ...one, lead: leadOf(one.review.items.map(({ step }) => step)) })),
    ),
  ]);
  return all.map((one, index) => passOne(one, present(facts[index], 'the gate looks at each'), now));
}

function passOne(reviewed: Reviewed, facts: GateFacts, now: Instant): Passed {
  const { message, review: before, readerFor } = reviewed;
  const items = before.items.map(({ item }) => item);
  const asked = { items, leftOut: before.leftOut, channel: message.channel };
  const leadIn = (review: Review) => leadOf(review.items.map(({ step }) => step));
  const judgeFor = (lead: Step | undefined) =>
    judge(facts, { ...asked, recipient: readerFor(lead)?.recipient }, now);
  const gate = judgeFor(leadIn(before));
  const review = gate.waits ? before : withoutCovered(before, gate.covered);
  const lead = leadIn(review);
  // What is taken out can be what led the message; another role may then be written to.
  return {
    ...reviewed,
    gate: review === before ? gate : judgeFor(lead),
    review,
    lead,
    reader: readerFor(lead),
  };
}

/** What is left to say without items that money which waits could pay. */
function withoutCovered(review: Review, covers: GateResult['covered']): Review {
  const covered = new Set(covers.map(({ itemId }) => itemId));
  if (covered.size === 0) return review;
  const out = review.items.filter(({ item }) => covered.has(item.id));
  return {
    items: review.items.filter(({ item }) => !covered.has(item.id)),
    leftOut: [
      ...review.leftOut,
      ...out.map(({ item, step }) => ({
        itemId: item.id,
        step,
        openMinor: item.open.minor,
        reason: 'money_waits' as const,
      })),
    ],
  };
}

/** The fees of reminders of a company, and the accounts their customers pay to. */
function readFeesAndAccounts(
  tx: Tx,
  company: Company,
  all: readonly Pick<Passed, 'customer' | 'lead' | 'review'>[],
) {
  const said = all.map(({ customer, lead, review }) => ({
    companyId: company.id,
    customerId: customer.id,
    lead,
    items: review.items.map(({ item }) => item),
  }));
  return Promise.all([
    feesOf(tx, company.id, said),
    readAccountsByCustomer(
      tx,
      [company],
      all.map(({ customer }) => customer.id),
    ),
  ]);
}

async function readLetters(
  tx: Tx,
  all: readonly [Passed, ...Passed[]],
): Promise<readonly (readonly [MessageId, Reading<ReminderContent>])[]> {
  const [{ company }] = all;
  const [fees, accounts] = await readFeesAndAccounts(tx, company, all);
  return Promise.all(
    all.map(async (one, index) => {
      const { message, lead, reader, review, claims, gate, policy, realOn, day, customer } = one;
      const fee = fees[index];
      const about = { day, company, customer, items: review.items.map(({ item }) => item) };
      const write = async (lead: Step, reader: Reader): Promise<ReminderLetter> => {
        const [besides, inOtherWords] = await Promise.all([
          readBesides(tx, about, { policy, lead, fee: fee?.amount }),
          readHearsOtherWords(tx, customer.id, { policy, step: lead, on: realOn }),
        ]);
        return letterOf(
          tx,
          { ...about, reader, ...besides },
          {
            named: lead.template,
            inOtherWords,
            accounts: present(accounts.get(customer.id), 'every customer asked for has accounts'),
          },
        );
      };
      const letter = lead && reader && (await write(lead, reader));
      const reading: Reading<ReminderContent> = {
        recipient: reader?.recipient,
        language: reader?.language ?? LANGUAGE_DEFAULT,
        content: { letter, review, claims, fee, gate },
        silent: letter ? undefined : reader ? 'nothing_left_to_say' : 'no_email',
        waits: letter ? gate.waits : undefined,
      };
      return [message.id, reading] as const;
    }),
  );
}
