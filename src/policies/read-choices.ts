// Why a customer has the policy it has, with each company it owes: every policy up to the one that counts, with what was seen.

import type { Tx } from '#db/transaction.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, takeCustomer } from '#parties/take-party.ts';
import { explainChoice, type Policy } from './policy.ts';
import { readAccounts } from './read-accounts.ts';
import { type Explained, linesOf } from './segment.ts';
import { findCreditors } from './store-accounts.ts';
import { readLiveSet, readPolicies } from './take-policies.ts';

/**
 * The policy of a customer today, with each company that it owes something, and why. Of a customer that owes nothing there is
 * none to tell. Refuses: `customer_not_found`.
 */
export async function readChoices(tx: Tx, customerId: CustomerId, now: Instant) {
  const customer = await takeCustomer(tx, customerId);
  const live = await readLiveSet(tx);
  const { policies } = live?.file ?? (await readPolicies(tx));
  const owed = new Set(await findCreditors(tx, customer.id));
  const rows = [];
  for (const company of await listCompanies(tx))
    if (owed.has(company.id)) rows.push(...(await choiceWith(tx, company, policies, { customerId, now })));
  return { set: live ? { setId: live.id, number: live.number, name: live.name } : null, rows };
}

async function choiceWith(
  tx: Tx,
  company: Company,
  policies: readonly Policy[],
  { customerId, now }: { readonly customerId: CustomerId; readonly now: Instant },
) {
  const on = dayIn(company.timeZone, now);
  const { accounts, rates } = await readAccounts(tx, company, policies, { customerIds: [customerId], on });
  const account = accounts.get(customerId);
  if (!account) return [];
  return [
    {
      company: { id: company.id, code: company.code, name: company.name },
      on: on.toString(),
      policies: explainChoice(policies, account, rates).map(({ code, name, explained }) => ({
        code,
        name,
        counts: explained.holds === true,
        lines: linesOf(explained).map(describeLine),
      })),
    },
  ];
}

function describeLine({ depth, part }: { readonly depth: number; readonly part: Explained }) {
  const { says, holds } = part;
  if (part.says !== 'leaf') return { depth, says, holds, rule: null, seen: null };
  return { depth, says, holds, rule: { ...part.leaf }, seen: part.seen };
}
