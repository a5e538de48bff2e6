// Comparing a set of policies with the one in force on real accounts, and the fingerprint of what was compared.

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  customersToPlan,
  messagesIn,
  type PlannedMessage,
  type PlannedReminder,
  planUnder,
} from '#collections/plan-reminders.ts';
import type { Tx } from '#db/transaction.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { ACCOUNTS_READ, COMPARED_SHOWN_MAX, REMINDER_CUSTOMERS_PLANNED } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, readCustomers, takeCompany } from '#parties/take-party.ts';
import { besidesOf, OWNER, wayOf } from '#policies/cadence.ts';
import { choosePolicy, FIRST_POLICIES, type Policy } from '#policies/policy.ts';
import { type PolicyFile, writePolicyFile } from '#policies/policy-file.ts';
import { listDebtors, readAccounts } from '#policies/read-accounts.ts';
import { totalsOf } from '#policies/reminder.ts';
import { readLiveSet } from '#policies/take-policies.ts';
import {
  countInto,
  DIFFERENCES,
  type Difference,
  differenceOf,
  lineOf,
  loudest,
  newTally,
  type Pair,
  type Tally,
  type Told,
  type ToldMessage,
} from './comparison.ts';
import type * as contract from './contract.ts';

/** What is compared with the set in force, of which company, for which day; left out, all and today. */
export type Compare = {
  readonly file: PolicyFile;
  readonly now: Instant;
  readonly companyId?: CompanyId | undefined;
  readonly on?: PlainDate | undefined;
  /** Which accounts are listed: those that hear something so; left out, all that anything changes for. */
  readonly show?: Difference | undefined;
};

export type Comparison = z.input<typeof contract.comparePolicies.reply>;

/** Two orders of policies: those in force, and those that are compared with them. */
type Sides = { readonly before: readonly Policy[]; readonly after: readonly Policy[] };

/**
 * Compares. Every account that owes something is put to both; of those with a step due under either, what they would hear is
 * planned by the same functions that plan real reminders. Refuses: `company_not_found`.
 */
export async function readComparison(tx: Tx, what: Compare): Promise<Comparison> {
  const live = await readLiveSet(tx);
  const companies =
    what.companyId === undefined ? await listCompanies(tx) : [await takeCompany(tx, what.companyId)];
  const sides: Sides = { before: (live?.file ?? FIRST_POLICIES).policies, after: what.file.policies };
  const tallies = newTallies(sides);
  const hash = createHash('sha256').update(canonicalJson([live?.id ?? null, writePolicyFile(what.file)]));
  const shown: Pair[] = [];
  let differing = 0;
  for (const company of companies) {
    const on = what.on ?? dayIn(company.timeZone, what.now);
    hash.update(`${company.id} ${on}\n`);
    for await (const pair of pairsOf(tx, company, sides, { on, now: what.now })) {
      count(tallies, pair);
      const line = lineOf(pair);
      if (line !== undefined) hash.update(`${line}\n`);
      if (what.show === undefined ? line === undefined : differenceOf(pair) !== what.show) continue;
      differing += 1;
      if (shown.length < COMPARED_SHOWN_MAX) shown.push(pair);
    }
  }
  return {
    on: (what.on ?? dayIn(companies[0]?.timeZone ?? 'UTC', what.now)).toString(),
    live: live ? { setId: live.id, number: live.number, name: live.name } : null,
    fingerprint: hash.digest('hex'),
    ...describe(tallies, sides),
    rows: await describePairs(tx, shown),
    more: differing - shown.length,
  };
}

type Tallies = {
  readonly policies: Map<string, { readonly before: Tally; readonly after: Tally }>;
  readonly moves: Map<string, { readonly from: string; readonly to: string; readonly tally: Tally }>;
  readonly said: ReadonlyMap<Difference, Tally>;
};

function newTallies({ before, after }: Sides): Tallies {
  const codes = new Set([...after, ...before].map(({ code }) => code));
  return {
    policies: new Map([...codes].map((code) => [code, { before: newTally(), after: newTally() }])),
    moves: new Map(),
    said: new Map(DIFFERENCES.map((difference) => [difference, newTally()])),
  };
}

function count({ policies, moves, said }: Tallies, pair: Pair): void {
  const { from, to, open } = pair;
  const [was, is] = [policies.get(from)?.before, policies.get(to)?.after];
  if (was) countInto(was, pair.before?.messages.length ?? 0, open);
  if (is) countInto(is, pair.after?.messages.length ?? 0, open);
  if (from !== to) {
    const key = JSON.stringify([from, to]);
    const move = moves.get(key) ?? { from, to, tally: newTally() };
    moves.set(key, move);
    countInto(move.tally, 0, open);
  }
  const difference = differenceOf(pair);
  const told = loudest(pair);
  const tally = difference && said.get(difference);
  if (tally && told) countInto(tally, told.messages.length, told.totals);
}

/** Every account of a company that owes something, under both sets; a fixed number of statements for each page. */
async function* pairsOf(
  tx: Tx,
  company: Company,
  sides: Sides,
  when: { readonly on: PlainDate; readonly now: Instant },
): AsyncGenerator<Pair> {
  const what = { company, ...when, approved: true };
  const both = [...sides.before, ...sides.after];
  for (let after: CustomerId | undefined; ; ) {
    const ids = await listDebtors(tx, company.id, { after, limit: ACCOUNTS_READ });
    const last = ids.at(-1);
    if (last === undefined) return;
    const { accounts, rates } = await readAccounts(tx, company, both, { customerIds: ids, on: when.on });
    const due = await customersToPlan(tx, { ...what, policies: both }, { after, limit: ACCOUNTS_READ });
    const told = await toldOf(
      tx,
      what,
      sides,
      due.filter((id) => id <= last),
    );
    for (const id of ids) {
      const account = accounts.get(id);
      if (!account) continue;
      const [before, later] = told.get(id) ?? [undefined, undefined];
      yield {
        companyId: company.id,
        customerId: id,
        from: choosePolicy(sides.before, account, rates).code,
        to: choosePolicy(sides.after, account, rates).code,
        open: account.open,
        before,
        after: later,
      };
    }
    after = last;
  }
}

async function toldOf(
  tx: Tx,
  what: Parameters<typeof planUnder>[1],
  { before, after }: Sides,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly [Told | undefined, Told | undefined]>> {
  const told = new Map<CustomerId, readonly [Told | undefined, Told | undefined]>();
  for (let start = 0; start < ids.length; start += REMINDER_CUSTOMERS_PLANNED) {
    const some = ids.slice(start, start + REMINDER_CUSTOMERS_PLANNED);
    const [was = [], is = []] = await planUnder(tx, what, [before, after], some);
    const later = new Map(is.map((one) => [one.customer.id, one]));
    for (const one of was) told.set(one.customer.id, [toldIn(one), toldIn(later.get(one.customer.id))]);
  }
  return told;
}

/** What a plan comes to, as far as it can be compared. */
function toldIn(planned: PlannedReminder | undefined): Told | undefined {
  if (!planned) return undefined;
  const { policy, plan } = planned;
  const [first, ...others] = messagesIn(planned)
    .toSorted((a, b) => b.lead.offsetDays - a.lead.offsetDays)
    .map((one) => toldBy(policy, one));
  if (!first) return undefined;
  return { messages: [first, ...others], totals: totalsOf(plan.items.map(({ item }) => item)) };
}

function toldBy({ steps }: Policy, { lead, reader, items }: PlannedMessage): ToldMessage {
  const { sender } = wayOf(steps, lead);
  const { showsCosts, showsPenalties, attaches } = besidesOf(steps, lead);
  return {
    phase: lead.phase,
    template: lead.template,
    channel: reader.channel,
    recipient: reader.recipient,
    sender: sender === null ? [] : sender === OWNER ? [OWNER] : [sender.name, sender.address],
    besides: { showsCosts, showsPenalties, attaches },
    steps: items.map(({ item, step }) => `${item.id} ${step.offsetDays}`),
  };
}

const amountsOf = (sums: readonly Money[]) =>
  sums.toSorted((a, b) => (a.currency < b.currency ? -1 : 1)).map(shownMoney);

function describe({ policies, moves, said }: Tallies, { before, after }: Sides) {
  const shown = (tally: Tally) => ({ accounts: tally.accounts, sums: amountsOf([...tally.sums.values()]) });
  const nameOf = (code: string) => [...after, ...before].find((one) => one.code === code)?.name ?? code;
  return {
    policies: [...policies].map(([code, tally]) => ({
      code,
      name: nameOf(code),
      before: shown(tally.before),
      after: shown(tally.after),
    })),
    moves: [...moves.values()].map(({ from, to, tally }) => ({ from, to, ...shown(tally) })),
    said: DIFFERENCES.map((difference) => {
      const tally = said.get(difference) ?? newTally();
      return { difference, messages: tally.messages, ...shown(tally) };
    }),
  };
}

async function describePairs(tx: Tx, pairs: readonly Pair[]): Promise<Comparison['rows']> {
  const customers = await readCustomers(tx, [...new Set(pairs.map(({ customerId }) => customerId))]);
  const shown = (told: Told | undefined) =>
    told
      ? {
          phase: told.messages[0].phase,
          channel: told.messages[0].channel,
          recipient: told.messages[0].recipient,
          messages: told.messages.length,
          items: told.messages.reduce((sum, one) => sum + one.steps.length, 0),
          totals: amountsOf(told.totals),
        }
      : null;
  return pairs.map((pair) => {
    const customer = customers.get(pair.customerId);
    return {
      companyId: pair.companyId,
      customerId: pair.customerId,
      customerNumber: customer?.number ?? '',
      customerName: customer?.name ?? '',
      from: pair.from,
      to: pair.to,
      open: amountsOf(pair.open),
      difference: differenceOf(pair) ?? null,
      before: shown(pair.before),
      after: shown(pair.after),
    };
  });
}
