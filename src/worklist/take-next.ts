// Taking the next account in hand: two collectors never have the same one, and whoever is called away leaves it to others after a while.

import { type Act, actorFrom, actorText, type Command } from '#command/command.ts';
import { readActorNames } from '#identity/read-people.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { CLAIM_MINUTES } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { Rank, Whose } from './rank.ts';
import { readOwnersFor } from './read-owners.ts';
import { refreshCustomers } from './refresh-list.ts';
import { CANDIDATES, claimAccount, deleteClaims, findListed } from './store.ts';

export type TakeNext = {
  readonly rank: Rank;
  readonly companyId?: CompanyId | undefined;
  /** `mine`: my accounts and those of whom I stand in for; `unowned`: nobody's. */
  readonly whose: Whose;
  /** Not this one: it was passed over. */
  readonly passed?: readonly { readonly companyId: CompanyId; readonly customerId: CustomerId }[] | undefined;
};

/** An account in hand, and until when. */
export type InHand = { readonly companyId: string; readonly customerId: string; readonly until: string };

/**
 * Takes the first account of the list that nobody has in hand, looked at anew; nothing where there is none. What was
 * in hand before is
 * laid down.
 */
export const takeNext: Command<TakeNext, { readonly next: InHand | null }> = {
  name: 'take-next-account',
  permission: 'call.record',
  async run(act, input) {
    const by = actorText(act.actor);
    const passed = new Set((input.passed ?? []).map((one) => `${one.companyId} ${one.customerId}`));
    deleteClaims(act, by);
    const ownerIds =
      input.whose === 'mine' ? await readOwnersFor(act, actorFrom(by).id, act.today) : undefined;
    const seen = new Set<string>();
    for (let tries = 0; tries < CANDIDATES; tries += 1) {
      const rows = await findListed(act, {
        today: act.today,
        now: act.now,
        rank: input.rank,
        companyId: input.companyId,
        ownerIds,
        unowned: input.whose === 'unowned',
        freeFor: by,
        limit: CANDIDATES + passed.size,
      });
      const row = rows.find((one) => {
        const key = `${one.companyId} ${one.customerId}`;
        return !passed.has(key) && !seen.has(key);
      });
      if (!row) return { next: null };
      seen.add(`${row.companyId} ${row.customerId}`);
      const account = { companyId: row.companyId, customerId: row.customerId };
      const until = act.now.add({ minutes: CLAIM_MINUTES });
      if (!(await claimAccount(act, account, by, until))) continue;
      // Money may have come since the list was made: only what still stands on it is handed out.
      await refreshCustomers(act, [row.customerId], act);
      const still = await findListed(act, {
        today: act.today,
        now: act.now,
        rank: input.rank,
        account,
        limit: 1,
      });
      if (still.length > 0) return { next: { ...account, until: until.toString() } };
      deleteClaims(act, by, account);
    }
    return { next: null };
  },
};

/**
 * Takes one account in hand that was chosen. Refuses: `customer_not_found`, `company_not_found`, `account_in_hand`
 * (with who).
 */
export const takeOne: Command<
  { readonly companyId: CompanyId; readonly customerId: CustomerId },
  { readonly next: InHand | null }
> = {
  name: 'take-account',
  permission: 'call.record',
  async run(act, account) {
    await takeAccount(act, account);
    deleteClaims(act, actorText(act.actor));
    const until = await claimOrRefuse(act, account);
    await refreshCustomers(act, [account.customerId], act);
    return { next: { ...account, until } };
  },
};

/** Makes sure that nobody else has an account in hand. Refuses: `account_in_hand`. */
export async function claimOrRefuse(
  act: Act,
  account: { readonly companyId: CompanyId; readonly customerId: CustomerId },
): Promise<string> {
  const until = act.now.add({ minutes: CLAIM_MINUTES });
  if (await claimAccount(act, account, actorText(act.actor), until)) return until.toString();
  const [row] = await findListed(act, {
    today: act.today,
    now: act.now,
    rank: 'points',
    account,
    withHidden: true,
    limit: 1,
  });
  const names = await readActorNames(act, row?.heldBy ? [row.heldBy] : []);
  throw new Refusal('account_in_hand', { by: (row?.heldBy && names.get(row.heldBy)) || 'somebody else' });
}

/** An account by its two sides. Refuses: `customer_not_found`, `company_not_found`. */
export async function takeAccount(
  act: Act,
  { companyId, customerId }: { readonly companyId: CompanyId; readonly customerId: CustomerId },
): Promise<void> {
  await takeCustomer(act, customerId);
  await takeCompany(act, companyId);
}
