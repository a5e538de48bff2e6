// Reading sets of policies as people see them, and which accounts each policy of a set has.

import { readdir, readFile } from 'node:fs/promises';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { ACCOUNTS_READ } from '#kernel/limits.ts';
import { add, type Currency, type Money, zero } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, readCustomers } from '#parties/take-party.ts';
import { choosePolicy, type Policy } from './policy.ts';
import { readPolicyFile, writePolicyFile } from './policy-file.ts';
import { readAccounts } from './read-accounts.ts';
import { findSets, type PolicySet, type Stage } from './store.ts';
import { findDebtors } from './store-accounts.ts';
import { readPolicies, takeSet } from './take-policies.ts';

/** A set as a row of a list. */
export function describeSet(set: PolicySet, permissions: ReadonlySet<string>) {
  const may = (stages: readonly Stage[], otherwise: string): true | string => {
    if (!permissions.has('cadence.edit')) return 'not_permitted';
    return stages.includes(set.stage) ? true : otherwise;
  };
  const change = may(['draft'], 'not_a_draft');
  return {
    setId: set.id,
    number: set.number,
    name: set.name,
    stage: set.stage,
    revision: set.revision,
    note: set.note,
    policies: set.file.policies.map(({ code, name, steps }) => ({ code, name, steps: steps.length })),
    tests: set.file.tests.length,
    madeBy: set.made_by,
    madeAt: set.made_at.toString(),
    changedAt: set.changed_at.toString(),
    liveBy: set.live_by,
    liveAt: set.live_at?.toString() ?? null,
    retiredAt: set.retired_at?.toString() ?? null,
    may: {
      change,
      drop: change,
      shadow: change,
      unshadow: may(['shadow'], 'not_in_shadow'),
      putLive: may(['draft', 'shadow'], 'not_a_draft'),
    },
  };
}

/** A page of sets, the newest first; the cursor is the number of the last. */
export async function listSets(
  tx: Tx,
  permissions: ReadonlySet<string>,
  page: { readonly before: number | undefined; readonly limit: number },
) {
  const found = await findSets(tx, { ...page, limit: page.limit + 1 });
  const rows = found.slice(0, page.limit);
  return {
    rows: rows.map((set) => describeSet(set, permissions)),
    last: found[page.limit] && rows.at(-1)?.number,
  };
}

/** One set with its file. Refuses: `policy_set_not_found`. */
export async function readSet(tx: Tx, setId: string, permissions: ReadonlySet<string>) {
  const set = await takeSet(tx, setId);
  return { ...describeSet(set, permissions), file: writePolicyFile(set.file) };
}

const READY = new URL('ready-made/', import.meta.url);

/** The sets Quittance comes with, by key. */
export async function readReadyPolicies() {
  const names = (await readdir(READY)).filter((name) => name.endsWith('.json')).sort();
  const rows = names.map(async (name) => {
    const file = JSON.parse(await readFile(new URL(name, READY), 'utf8')) as Record<string, unknown>;
    return { key: name.replace('.json', ''), name: readPolicyFile(file).name, file };
  });
  return { rows: await Promise.all(rows) };
}

type Count = {
  accounts: number;
  moved: number;
  readonly open: Map<Currency, Money>;
  readonly sample: CustomerId[];
};

/** Accounts shown of each policy, so that a rule is seen to mean what it should. */
const SAMPLE = 5;

const newCount = (): Count => ({ accounts: 0, moved: 0, open: new Map(), sample: [] });

/**
 * How many accounts that owe something each policy of a file would have today, and how many of them have a policy of another
 * code now. Refuses: `policies_not_valid`.
 */
export async function countSegments(tx: Tx, given: unknown, { now, today }: Pick<Context, 'now' | 'today'>) {
  // Its tests are asked elsewhere: whoever builds a set sees whom each rule is for while they fail.
  const { policies } = readPolicyFile(given);
  const { policies: present } = await readPolicies(tx);
  const counts = new Map<string, Count>(policies.map(({ code }) => [code, newCount()]));
  for (const company of await listCompanies(tx))
    await countCompany(tx, company, { policies, present, counts, now });
  const shown = await readCustomers(tx, [...new Set([...counts.values()].flatMap(({ sample }) => sample))]);
  return {
    on: today.toString(),
    rows: policies.map(({ code, name }) => {
      const { accounts, moved, open, sample } = counts.get(code) ?? newCount();
      const sums = [...open.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
      const some = sample.map((customerId) => ({
        customerId,
        customerNumber: shown.get(customerId)?.number ?? '',
        customerName: shown.get(customerId)?.name ?? '',
      }));
      return { code, name, accounts, moved, open: sums.map(shownMoney), sample: some };
    }),
  };
}

async function countCompany(
  tx: Tx,
  company: Company,
  to: {
    readonly policies: readonly Policy[];
    readonly present: readonly Policy[];
    readonly counts: ReadonlyMap<string, Count>;
    readonly now: Instant;
  },
): Promise<void> {
  const on = dayIn(company.timeZone, to.now);
  let after: CustomerId | undefined;
  for (;;) {
    const customerIds = await findDebtors(tx, company.id, { after, limit: ACCOUNTS_READ });
    if (customerIds.length === 0) return;
    const both = [...to.policies, ...to.present];
    const { accounts, rates } = await readAccounts(tx, company, both, { customerIds, on });
    for (const [customerId, account] of accounts) {
      const { code } = choosePolicy(to.policies, account, rates);
      const count = to.counts.get(code);
      if (!count) continue;
      count.accounts += 1;
      if (count.sample.length < SAMPLE) count.sample.push(customerId);
      if (choosePolicy(to.present, account, rates).code !== code) count.moved += 1;
      for (const sum of account.open)
        count.open.set(sum.currency, add(count.open.get(sum.currency) ?? zero(sum.currency), sum));
    }
    after = customerIds.at(-1);
  }
}
