// Taking a promise to pay: which amounts, by which days, who said so. Until its day, and the days of tolerance, what is
// promised is not asked for; what is owed does not change.

import { actorText, type Command } from '#command/command.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { isDebit } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { readContacts } from '#parties/take-party.ts';
import {
  decidePromise,
  nextLevel,
  type PromiseState,
  type PromiseWay,
  type PromiseWish,
  promiseStanding,
} from './promise.ts';
import { everyStanding } from './read-standings.ts';
import { insertEnds, insertItemEnds, insertPromise, type PromiseRow } from './store.ts';

/** What is promised of an account: all of it, or what is overdue, or in one currency. */
export type PromisedAccount = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly on: PlainDate;
  readonly onlyOverdue?: boolean | undefined;
  readonly currency?: string | undefined;
};

export type TakePromise = {
  /** Amounts of items by days; several of one item are instalments. */
  readonly items?: readonly PromiseWish[] | undefined;
  /** Everything that is open and not disputed of a customer in a company, by one day. */
  readonly account?: PromisedAccount | undefined;
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
  /** Promises that it takes the place of, wholly or about some of their items. */
  readonly replaces: readonly string[];
};

/**
 * Takes a promise. About its items it takes the place of those that stand, and counts the level up unless these were kept; an
 * earlier promise goes on about its other items.
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
    const about = new Set(decided.parts.map((part) => part.itemId));
    const earlier = await standingAbout(act, about);
    const level = nextLevel(earlier.map((one) => ({ level: one.row.level, state: one.state })));
    return save(act, input, decided, { level, earlier });
  },
};

type Act = Parameters<typeof takePromise.run>[0];

/** A promise that stands about items of a new one: about which, how it stands about them, and whether others are left. */
type Earlier = {
  readonly row: PromiseRow;
  readonly itemIds: readonly ItemId[];
  readonly state: PromiseState;
  readonly isWhole: boolean;
};

/** However many there are: each item has one at most. */
async function standingAbout(act: Act, about: ReadonlySet<ItemId>): Promise<readonly Earlier[]> {
  const earlier: Earlier[] = [];
  const filter = { itemIds: [...about], isStanding: true };
  for await (const { row, parts } of everyStanding(act, filter, act.today)) {
    const standing = parts.filter((part) => !part.isReplaced);
    const own = standing.filter((part) => about.has(part.itemId));
    earlier.push({
      row,
      itemIds: [...new Set(own.map((part) => part.itemId))],
      state: promiseStanding(own, act.today, undefined).state,
      isWhole: own.length === standing.length,
    });
  }
  return earlier;
}

/** Everything of a customer that can be promised. Refuses: `nothing_promised`. */
async function wholeAccount(act: Act, account: TakePromise['account']): Promise<readonly PromiseWish[]> {
  if (!account) throw new Refusal('nothing_promised');
  const items = await readOpenItems(act, account.customerId);
  const { companyId, currency, onlyOverdue } = account;
  const own = items.filter(
    (item) =>
      isDebit(item) &&
      item.companyId === companyId &&
      (currency === undefined || item.open.currency === currency) &&
      (!onlyOverdue || isBefore(item.dueOn, act.today)),
  );
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
  place: { readonly level: number; readonly earlier: readonly Earlier[] },
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
  endEarlier(act, promiseId, place.earlier);
  const amount = shownMoney(
    money(
      parts.reduce((sum, part) => sum + part.minor, 0n),
      currency,
    ),
  );
  const taken: PromiseTaken = {
    promiseId,
    amount,
    level: place.level,
    replaces: place.earlier.map(({ row }) => row.id),
  };
  act.record({
    type: 'promise.taken',
    subjectId: promiseId,
    customerId,
    data: { ...taken, way: input.way, days: [...new Set(parts.map((part) => part.on.toString()))].sort() },
  });
  return taken;
}

/** An earlier promise ends with the last of its items; before that, only what it says about some of them does. */
function endEarlier(act: Act, promiseId: string, earlier: readonly Earlier[]): void {
  const end = { replaced_by: promiseId, ended_on: act.today, recorded_at: act.now };
  insertEnds(
    act,
    earlier
      .filter((one) => one.isWhole)
      .map(({ row }) => ({
        ...end,
        promise_id: row.id,
        kind: 'replaced',
        note: null,
        ended_by: actorText(act.actor),
      })),
  );
  insertItemEnds(
    act,
    earlier
      .filter((one) => !one.isWhole)
      .flatMap(({ row, itemIds }) =>
        itemIds.map((itemId) => ({ ...end, promise_id: row.id, item_id: itemId })),
      ),
  );
}
