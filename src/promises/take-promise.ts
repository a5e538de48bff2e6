// Taking a promise to pay: which amounts, by which days, who said so. Until its day, and the days of tolerance, what is
// promised is not asked for; what is owed does not change.

import { actorText, type Command } from '#command/command.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { PROMISES_LOOKED_AT_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { isDebit } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { readContacts } from '#parties/take-party.ts';
import { decidePromise, nextLevel, type PromiseWay, type PromiseWish } from './promise.ts';
import { readStandings } from './read-standings.ts';
import { insertEnds, insertPromise } from './store.ts';

export type TakePromise = {
  /** Amounts of items by days; several of one item are instalments. */
  readonly items?: readonly PromiseWish[] | undefined;
  /** Everything that is open and not disputed of a customer in a company, by one day. */
  readonly account?:
    | { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly on: PlainDate }
    | undefined;
  readonly contactId?: string | undefined;
  /** Who promised, where it is no contact. */
  readonly saidBy?: string | undefined;
  readonly way: PromiseWay;
  readonly note?: string | undefined;
};

export type PromiseTaken = {
  readonly promiseId: string;
  readonly amount: ShownMoney;
  readonly level: number;
  /** Promises about the same items that it takes the place of. */
  readonly replaces: readonly string[];
};

/**
 * Takes a promise. It takes the place of those that stand about any of the same items, and counts the level up unless they
 * were kept.
 *
 * Refuses: `contact_not_found`, what `takeItems` and `decidePromise` refuse.
 */
export const takePromise: Command<TakePromise, PromiseTaken> = {
  name: 'take-promise',
  permission: 'hold.place',
  async run(act, input) {
    const named = input.items ?? (await wholeAccount(act, input.account));
    const itemIds = [...new Set(named.map((wish) => wish.itemId))];
    const items = await takeItems(act, itemIds);
    const open = new Map(items.map((item) => [item.id, item]));
    // Of a whole account only what is still open once it is locked.
    const wishes = input.items ?? named.filter(({ itemId }) => (open.get(itemId)?.open.minor ?? 0n) > 0n);
    const disputed = await readDisputed(act, itemIds);
    const decided = decidePromise(
      items.filter((item) => wishes.some((wish) => wish.itemId === item.id)),
      wishes,
      new Map([...disputed].map(([id, amount]) => [id, amount.minor])),
      act.today,
    );
    if (input.contactId !== undefined) {
      const contacts = await readContacts(act, [decided.customerId]);
      if (!contacts.some((contact) => contact.id === input.contactId))
        throw new Refusal('contact_not_found', { contactId: input.contactId });
    }
    const filter = { itemIds, isStanding: true, limit: PROMISES_LOOKED_AT_MAX };
    const earlier = await readStandings(act, filter, act.today);
    const level = nextLevel(
      earlier.map(({ row, standing }) => ({ level: row.level, state: standing.state })),
    );
    return save(act, input, decided, { level, replaces: earlier.map(({ row }) => row.id) });
  },
};

type Act = Parameters<typeof takePromise.run>[0];

/** Everything of a customer that can be promised. Refuses: `nothing_promised`. */
async function wholeAccount(act: Act, account: TakePromise['account']): Promise<readonly PromiseWish[]> {
  if (!account) throw new Refusal('nothing_promised');
  const items = await readOpenItems(act, account.customerId);
  const own = items.filter((item) => isDebit(item) && item.companyId === account.companyId);
  const disputed = await readDisputed(
    act,
    own.map((item) => item.id),
  );
  const free = own.filter((item) => item.open.minor > (disputed.get(item.id)?.minor ?? 0n));
  if (free.length === 0) throw new Refusal('nothing_promised');
  return free.map((item) => ({ itemId: item.id as ItemId, on: account.on }));
}

function save(
  act: Act,
  input: TakePromise,
  decided: ReturnType<typeof decidePromise>,
  place: { readonly level: number; readonly replaces: readonly string[] },
): PromiseTaken {
  const promiseId = newId<'promise'>();
  const by = actorText(act.actor);
  const { companyId, customerId, currency, parts } = decided;
  insertPromise(
    act,
    {
      id: promiseId,
      company_id: companyId,
      customer_id: customerId,
      currency,
      promised_on: act.today,
      level: place.level,
      contact_id: input.contactId ?? null,
      said_by: input.saidBy ?? null,
      way: input.way,
      note: input.note ?? null,
      taken_by: by,
      recorded_at: act.now,
    },
    parts,
  );
  insertEnds(
    act,
    place.replaces.map((id) => ({
      promise_id: id,
      kind: 'replaced',
      replaced_by: promiseId,
      ended_on: act.today,
      note: null,
      ended_by: by,
      recorded_at: act.now,
    })),
  );
  const amount = shownMoney(
    money(
      parts.reduce((sum, part) => sum + part.minor, 0n),
      currency,
    ),
  );
  const taken: PromiseTaken = { promiseId, amount, level: place.level, replaces: [...place.replaces] };
  act.record({
    type: 'promise.taken',
    subjectId: promiseId,
    customerId,
    data: { ...taken, way: input.way, days: [...new Set(parts.map((part) => part.on.toString()))].sort() },
  });
  return taken;
}
