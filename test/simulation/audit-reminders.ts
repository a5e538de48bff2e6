// The auditor of reminders: each one that left is compared with what was so in that moment, by plain loops over facts. It uses
// nothing of the send gate, of planning, or of what reads disputes and promises; where both are silent, nobody was chased wrongly.

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { daysBetween, type Instant, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';

type Left = {
  readonly id: string;
  readonly customer: string;
  readonly at: Instant;
  readonly day: PlainDate;
  readonly run_on: PlainDate;
  /** Times a server took it, and times it was handed over without a result of the gate. */
  readonly taken: number;
  readonly unjudged: number;
  readonly gap_days: number;
  readonly promises_pause: boolean;
  readonly disputes_pause: boolean;
};
type Said = {
  readonly message: string;
  readonly item: string;
  readonly offset_days: number;
  readonly said: bigint;
  readonly amount: bigint;
  readonly currency: string;
  readonly reference: string;
};
/** Amounts of facts are without sign. `undone`: when it was taken back. */
type Settled = {
  readonly item: string;
  readonly minor: bigint;
  readonly at: Instant;
  readonly undone: Instant | null;
  /** The dispute that the credit was made for, and since when that is known. */
  readonly dispute: string | null;
  readonly said_at: Instant | null;
};
type Disputed = {
  readonly kind: 'opened' | 'released' | 'closed';
  readonly dispute: string;
  readonly item: string;
  readonly minor: bigint;
  readonly at: Instant;
  readonly undone: Instant | null;
};
type Promised = {
  readonly promise: string;
  readonly item: string;
  readonly minor: bigint;
  readonly on: PlainDate;
  readonly at: Instant;
  readonly ended: Instant | null;
};
type Held = {
  readonly item: string | null;
  readonly customer: string | null;
  readonly at: Instant;
  readonly ended: Instant | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
};
/** Money not applied yet, and what moved on it, by the customer it was said to be of then. */
type Moved = {
  readonly item: string;
  readonly customer: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly at: Instant;
  readonly text: string;
  readonly kept: Instant | null;
  readonly kept_until: Instant | null;
};
type Cap = { readonly at: Instant; readonly max: number | null; readonly days: number | null };

type Facts = {
  readonly left: readonly Left[];
  readonly said: readonly Said[];
  readonly settled: readonly Settled[];
  readonly disputed: readonly Disputed[];
  readonly promised: readonly Promised[];
  readonly held: readonly Held[];
  readonly moved: readonly Moved[];
  readonly caps: readonly Cap[];
};

const upTo = (moment: Instant, limit: Instant): boolean => Temporal.Instant.compare(moment, limit) <= 0;
/** Known at a moment and not taken back by then. */
const stood = (fact: { readonly at: Instant; readonly undone: Instant | null }, moment: Instant): boolean =>
  upTo(fact.at, moment) && (fact.undone === null || !upTo(fact.undone, moment));

/**
 * Fails where a reminder that left should not have. `isAlone`: one command followed the other, so that the moments of facts tell
 * what each saw; else only what no order of moments changes is looked at.
 */
export async function auditReminders(tx: Tx, note: string, isAlone: boolean): Promise<void> {
  const facts = await readFacts(tx);
  const wrong: string[] = [];
  for (const left of facts.left) {
    wrong.push(...wrongInItself(facts, left));
    if (isAlone)
      for (const said of facts.said.filter(({ message }) => message === left.id))
        for (const what of wrongAbout(facts, left, said))
          wrong.push(`${what}: ${said.reference} ${said.said} in ${left.id} on ${left.day}`);
  }
  assert.deepEqual(wrong.slice(0, 3), [], `nobody is chased wrongly (${note})`);
}

/** What is wrong with a message, whatever it says. */
function wrongInItself(facts: Facts, left: Left): readonly string[] {
  const wrong: string[] = [];
  const { id } = left;
  if (left.unjudged > 0) wrong.push(`a reminder left without a result of the gate: ${id}`);
  if (left.taken > 1) wrong.push(`a reminder was taken twice: ${id}`);
  const before = facts.left.filter(
    (one) => one.customer === left.customer && one.id !== id && upTo(one.at, left.at),
  );
  for (const one of before)
    if (daysBetween(one.day, left.day) < left.gap_days && !one.run_on.equals(left.run_on))
      wrong.push(`a reminder left within the gap: ${id} on ${left.day}, after ${one.id} on ${one.day}`);
  const cap = facts.caps.filter(({ at }) => upTo(at, left.at)).at(-1);
  if (cap && cap.max !== null && cap.days !== null) {
    const from = left.at.subtract({ hours: cap.days * 24 });
    const contacts = before.filter(({ at }) => !upTo(at, from)).length;
    if (contacts >= cap.max) wrong.push(`a customer had too many contacts: ${id}, after ${contacts}`);
  }
  for (const said of facts.said.filter(({ message }) => message === id))
    for (const other of facts.said)
      if (
        other.item === said.item &&
        other.offset_days >= said.offset_days &&
        before.some((one) => one.id === other.message)
      )
        wrong.push(
          `a step was said again, or a milder one: ${said.reference} in ${id}, after ${other.message}`,
        );
  return wrong;
}

/** What speaks against having named an item, by what was known when the message left. */
function wrongAbout(facts: Facts, left: Left, said: Said): readonly string[] {
  const wrong: string[] = [];
  const { at, day } = left;
  const settled = facts.settled.filter((one) => one.item === said.item && stood(one, at));
  const open = said.amount - sum(settled);
  if (open <= 0n) wrong.push('an item that was paid was asked for');
  else if (said.said > open) wrong.push(`more was asked for than ${open}, which was open`);
  const disputed = left.disputes_pause ? disputedOf(facts, said, settled, at) : 0n;
  if (said.said > open - disputed) wrong.push('what was disputed was asked for');
  if (
    said.said < open - disputed &&
    !facts.promised.some((one) => one.item === said.item && upTo(one.at, at))
  )
    wrong.push('less was asked for than was open and neither disputed nor promised');
  if (left.promises_pause && said.said > open - promisedOf(facts, said, settled, left))
    wrong.push('what was promised was asked for');
  for (const hold of facts.held)
    if (
      upTo(hold.at, at) &&
      (hold.ended === null || !upTo(hold.ended, at)) &&
      !isAfter(hold.from, day) &&
      !isBefore(hold.to, day) &&
      (hold.item === null
        ? hold.customer === null || hold.customer === left.customer
        : hold.item === said.item)
    )
      wrong.push('an item on hold was asked for');
  let own = 0n;
  for (const money of moneyAt(facts, said.currency, at)) {
    if (money.customer === left.customer) own += money.minor;
    if (money.customer === null && money.minor === said.said)
      wrong.push('money of nobody waited that is exactly what was asked for');
    if ((money.customer === null || money.customer === left.customer) && names(money.text, said.reference))
      wrong.push('money waited that names the item');
  }
  if (own >= said.said) wrong.push('money of the customer waited that pays the item');
  return wrong;
}

function names(text: string, reference: string): boolean {
  return reference !== '' && text.split(/\s+/).includes(reference);
}

function sum(amounts: readonly { readonly minor: bigint }[]): bigint {
  return amounts.reduce((total, { minor }) => total + minor, 0n);
}

const ORDER = ['settled', 'opened', 'released', 'closed'];

/**
 * What of an item was in dispute at a moment: money takes what nobody disputes first, then the oldest dispute; a credit that was
 * made for a dispute takes that one first.
 */
function disputedOf(facts: Facts, said: Said, settled: readonly Settled[], at: Instant): bigint {
  const happened = [
    ...settled.map((one) => ({
      ...one,
      kind: 'settled' as const,
      dispute: one.said_at !== null && upTo(one.said_at, at) ? one.dispute : null,
    })),
    ...facts.disputed.filter((one) => one.item === said.item && stood(one, at)),
  ].sort((a, b) => Temporal.Instant.compare(a.at, b.at) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const disputes = new Map<string, bigint>();
  const take = (dispute: string, most: bigint): bigint => {
    const there = disputes.get(dispute) ?? 0n;
    const part = there < most ? there : most;
    disputes.set(dispute, there - part);
    return part;
  };
  const all = (): bigint => [...disputes.values()].reduce((total, minor) => total + minor, 0n);
  let open = said.amount;
  for (const one of happened) {
    const free = open - all();
    if (one.kind === 'opened') disputes.set(one.dispute, one.minor < free ? one.minor : free);
    else if (one.kind === 'released') take(one.dispute, one.minor);
    else if (one.kind === 'closed') disputes.set(one.dispute, 0n);
    else {
      let rest = one.minor - (one.dispute === null ? 0n : take(one.dispute, one.minor));
      rest -= rest < free ? rest : free;
      for (const dispute of disputes.keys()) rest -= take(dispute, rest);
      open -= one.minor;
    }
  }
  return all();
}

/** What of an item was promised for a day to come, at least: of what was said of promises none of whose days had passed. */
function promisedOf(facts: Facts, said: Said, settled: readonly Settled[], { at, day }: Left): bigint {
  const stands = facts.promised.filter(
    (part) => upTo(part.at, at) && (part.ended === null || !upTo(part.ended, at)),
  );
  let most = 0n;
  for (const parts of Map.groupBy(stands, ({ promise }) => promise).values()) {
    const own = parts.filter(({ item }) => item === said.item);
    const [first] = own;
    if (!first || parts.some(({ on }) => isBefore(on, day))) continue;
    const rest = sum(own) - sum(settled.filter((one) => !upTo(one.at, first.at)));
    if (rest > most) most = rest;
  }
  return most;
}

type Money = { minor: bigint; readonly customer: string | null; readonly text: string };

/** Money of a currency that was received, not applied and not kept on account at a moment. */
function moneyAt(facts: Facts, currency: string, at: Instant): readonly Money[] {
  const found = new Map<string, Money>();
  for (const move of facts.moved) {
    const { item, customer, text, kept, kept_until: until } = move;
    if (move.currency !== currency || !upTo(move.at, at)) continue;
    if (kept !== null && upTo(kept, at) && (until === null || !upTo(until, at))) continue;
    const key = `${item} ${customer}`;
    const money = found.get(key) ?? { minor: 0n, customer, text };
    money.minor += move.minor;
    found.set(key, money);
  }
  return [...found.values()].filter(({ minor }) => minor > 0n);
}

async function readFacts(tx: Tx): Promise<Facts> {
  const t = tx.tenantId;
  const fresh = { plan: 'fresh' } as const;
  return {
    left: await tx.run(
      sql<Left>`
      select m.id, m.customer_id as customer, a.at, (a.at at time zone o.time_zone)::date as day, m.run_on, a.taken, a.unjudged,
        coalesce((f.rules ->> 'minimumGapDays')::int, 0) as gap_days,
        f.rules ->> 'promisePauses' is distinct from 'nothing' as promises_pause,
        f.rules ->> 'disputePauses' is distinct from 'nothing' as disputes_pause
      from message m join company o on o.tenant_id = m.tenant_id and o.id = m.company_id
      cross join lateral (select min(x.started_at) as at, (count(*) filter (where x.outcome = 'sent'))::int as taken,
          (count(*) filter (where not exists (select from gate_result g where g.tenant_id = x.tenant_id
            and g.message_id = x.message_id and g.attempt_no = x.attempt_no and g.verdict = 'passed')))::int as unjudged
        from message_attempt x where x.tenant_id = m.tenant_id and x.message_id = m.id
          and (x.outcome is null or x.outcome in ('sent', 'unknown'))) a
      left join lateral (select s.file -> 'policies' -> (p.place - 1) as rules from reminder_item r
        join policy p on p.tenant_id = r.tenant_id and p.id = r.policy_id
        join policy_set s on s.tenant_id = p.tenant_id and s.id = p.set_id
        where r.tenant_id = m.tenant_id and r.message_id = m.id limit 1) f on true
      where m.tenant_id = ${t} and m.purpose = 'reminder' and m.state <> 'dropped' and a.at is not null order by a.at, m.id`,
      fresh,
    ),
    said: await tx.run(
      sql<Said>`
      select r.message_id as message, r.item_id as item, r.offset_days, coalesce(r.open_minor, 0) as said,
        i.amount_minor as amount, i.currency, i.reference
      from reminder_item r join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
      where r.tenant_id = ${t} and not exists (select from reminder_left_out l where l.tenant_id = r.tenant_id
        and l.message_id = r.message_id and l.item_id = r.item_id)`,
      fresh,
    ),
    settled: await tx.run(
      sql<Settled>`
      select a.debit_item_id as item, a.amount_minor + a.discount_minor + a.difference_minor as minor, a.recorded_at as at,
        b.recorded_at as undone, r.dispute_id as dispute, r.recorded_at as said_at
      from application a join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
      left join application b on b.tenant_id = a.tenant_id and b.reverses_id = a.id
      left join dispute_remedy r on r.tenant_id = c.tenant_id and r.document_id = c.document_id
      where a.tenant_id = ${t} and a.reverses_id is null`,
      fresh,
    ),
    disputed: await tx.run(
      sql<Disputed>`
      select 'opened' as kind, d.id as dispute, i.item_id as item, i.amount_minor as minor, d.recorded_at as at,
        null::timestamptz as undone
      from dispute_item i join dispute d on d.tenant_id = i.tenant_id and d.id = i.dispute_id where i.tenant_id = ${t}
      union all select 'released', r.dispute_id, r.item_id, r.amount_minor, r.recorded_at, null
      from dispute_release r where r.tenant_id = ${t}
      union all select 'closed', c.dispute_id, i.item_id, 0, c.recorded_at, c.reopened_at
      from dispute_closing c join dispute_item i on i.tenant_id = c.tenant_id and i.dispute_id = c.dispute_id
      where c.tenant_id = ${t}`,
      fresh,
    ),
    promised: await tx.run(
      sql<Promised>`
      select r.id as promise, p.item_id as item, p.amount_minor as minor, p.promised_for as on, r.recorded_at as at,
        least(e.recorded_at, x.recorded_at) as ended
      from promise_part p join promise r on r.tenant_id = p.tenant_id and r.id = p.promise_id
      left join promise_end e on e.tenant_id = r.tenant_id and e.promise_id = r.id
      left join promise_item_end x on x.tenant_id = p.tenant_id and x.promise_id = p.promise_id and x.item_id = p.item_id
      where p.tenant_id = ${t}`,
      fresh,
    ),
    held: await tx.run(
      sql<Held>`
      select item_id as item, customer_id as customer, recorded_at as at, released_at as ended, starts_on as "from",
        ends_on as "to" from hold where tenant_id = ${t} and contact_id is null`,
      fresh,
    ),
    moved: await tx.run(
      sql<Moved>`
      select l.item_id as item, l.customer_id as customer, l.currency, -l.amount_minor as minor, l.recorded_at as at,
        coalesce(p.reference, '') || ' ' || coalesce(s.remittance, '') as text, k.marked_at as kept, k.ended_at as kept_until
      from journal_line l join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
      join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id and p.direction = 'received'
      left join statement_line s on s.tenant_id = p.tenant_id and s.id = p.statement_line_id
      left join receipt_mark k on k.tenant_id = p.tenant_id and k.payment_id = p.id and k.kind = 'kept'
      where l.tenant_id = ${t} and l.account = 'unapplied-cash'`,
      fresh,
    ),
    caps: await tx.run(
      sql<Cap>`select recorded_at as at, contacts_max as max, contacts_days as days from gate_setting
      where tenant_id = ${t} order by recorded_at, id`,
      fresh,
    ),
  };
}
