// Noting a call: who was spoken to, what came of it, when to look again. What the customer said with it, a promise or
// a dispute, is taken in the same act, or nothing is.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { DisputeWish } from '#disputes/dispute.ts';
import { beginDispute, type DisputeOpened, type DisputeSaid } from '#disputes/open-dispute.ts';
import { type CallBar, isOfHour, notBefore } from '#gate/call-gate.ts';
import { readCallBars } from '#gate/read-call-gate.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type ContactId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readContacts, takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { PromiseWay, PromiseWish } from '#promises/promise.ts';
import { type PromisedAccount, type PromiseTaken, takePromise } from '#promises/take-promise.ts';
import { type CallDirection, type CallOutcome, type CallWay, checkCall, isOurs } from './call.ts';
import { findOwnItems, insertCall, insertOverride, lockCalls } from './store.ts';

/** What is noted of a call, apart from what is taken with it. */
export type CallNoted = {
  readonly direction: CallDirection;
  readonly way: CallWay;
  readonly contactId?: string | undefined;
  /** Who was spoken to, where it is no contact. */
  readonly spokeWith?: string | undefined;
  /** Left out of a call to a contact: the number of the contact. */
  readonly number?: string | undefined;
  readonly outcome: CallOutcome;
  readonly note?: string | undefined;
  /** The day on which the customer is to be looked at again. */
  readonly nextOn?: PlainDate | undefined;
  /** Left out: today. */
  readonly on?: PlainDate | undefined;
  /** What it was about; left out, everything. */
  readonly itemIds?: readonly ItemId[] | undefined;
};

export type CallPromise = Pick<PromisedAccount, 'onlyOverdue' | 'currency'> & {
  readonly on?: PlainDate | undefined;
  readonly items?: readonly PromiseWish[] | undefined;
};

export type RecordCall = CallNoted & {
  readonly customerId: CustomerId;
  readonly companyId?: CompanyId | undefined;
  /** Why it was made although a rule pack speaks against it; only by whoever may do so. */
  readonly despite?: string | undefined;
  /** What the customer promised: items by days, or what is open or overdue of the company by one day. */
  readonly promise?: CallPromise | undefined;
  readonly dispute?: (DisputeSaid & { readonly items: readonly DisputeWish[] }) | undefined;
};

export type CallRecorded = {
  readonly callId: string;
  readonly promise: PromiseTaken | null;
  readonly dispute: DisputeOpened | null;
};

/**
 * Notes a call.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `company_missing` (everything is promised, and nobody says to whom),
 * `contact_not_found`, `item_not_found`, `taken_of_other_customer`, `not_permitted` for a promise or dispute one may not take,
 * `call_not_allowed` (a rule pack speaks against it, with what and until when, and nobody says why it was made all the same),
 * what `checkCall`, taking a promise and opening a dispute refuse.
 */
export const recordCall: Command<RecordCall, CallRecorded> = {
  name: 'record-call',
  permission: 'call.record',
  async run(act, input) {
    const bars = await barsOf(act, input);
    if (input.companyId !== undefined) await takeCompany(act, input.companyId);
    const number = await checkNoted(act, input.customerId, input, {
      takesPromise: input.promise !== undefined,
      opensDispute: input.dispute !== undefined,
    });
    const promise = await promiseOf(act, input);
    const dispute = await disputeOf(act, input);
    const callId = saveCall(act, input.customerId, input, {
      number,
      companyId: input.companyId ?? null,
      promiseId: promise?.promiseId ?? null,
      disputeId: dispute?.disputeId ?? null,
    });
    saveOverride(act, callId, bars, input.despite);
    act.record({
      type: 'call.recorded',
      subjectId: callId,
      customerId: input.customerId,
      data: {
        direction: input.direction,
        way: input.way,
        outcome: input.outcome,
        note: input.note,
        nextOn: input.nextOn?.toString(),
        ...(bars.length > 0 ? { despite: input.despite, bars: bars.map(({ reason }) => reason) } : {}),
      },
    });
    return { callId, promise, dispute };
  },
};

/**
 * What speaks against a call of ours by the rule packs that are kept, of calls one after the other. A call of a day
 * that is past is not asked about its hour, which nobody noted. The call in whose place it stands, if any, does not
 * speak against it.
 *
 * Refuses: `customer_not_found`, `call_not_allowed`, `not_permitted` for whoever may not pass over it.
 */
export async function barsOf(
  act: Act,
  asked: Pick<RecordCall, 'customerId' | 'direction' | 'way' | 'on' | 'despite'>,
  replaced?: string,
): Promise<readonly CallBar[]> {
  const { customerId, on = act.today, despite } = asked;
  const customer = await takeCustomer(act, customerId);
  if (!isOurs(asked)) return [];
  await lockCalls(act, customerId);
  const found = (await readCallBars(act, [customer], act.now, replaced)).get(customerId) ?? [];
  const bars = on.equals(act.today) ? found : found.filter((bar) => !isOfHour(bar));
  if (bars.length === 0) return [];
  if (despite === undefined)
    throw new Refusal('call_not_allowed', {
      notBefore: notBefore(bars)?.toString() ?? null,
      bars: bars.map(({ reason, pack, until }) => ({ reason, pack, until: until.toString() })),
    });
  requirePermission(act, 'call.override');
  return bars;
}

/** Keeps why a call was made all the same, where something spoke against it. */
export function saveOverride(
  act: Act,
  callId: string,
  bars: readonly CallBar[],
  despite: string | undefined,
): void {
  if (bars.length === 0 || despite === undefined) return;
  insertOverride(act, {
    call_id: callId,
    bars: JSON.stringify(bars),
    reason: despite,
    decided_by: actorText(act.actor),
    recorded_at: act.now,
  });
}

/** Checks what is noted; gives the number that was dialled, if any. */
export async function checkNoted(
  act: Act,
  customerId: CustomerId,
  noted: CallNoted,
  takes: { readonly takesPromise: boolean; readonly opensDispute: boolean },
): Promise<string | undefined> {
  const itemIds = [...new Set(noted.itemIds ?? [])];
  const own = itemIds.length === 0 ? new Set<string>() : await findOwnItems(act, customerId, itemIds);
  const missing = itemIds.find((id) => !own.has(id));
  if (missing !== undefined) throw new Refusal('item_not_found', { itemId: missing });
  const contacts = noted.contactId === undefined ? [] : await readContacts(act, [customerId]);
  const contact = contacts.find((one) => one.id === noted.contactId);
  if (noted.contactId !== undefined && !contact)
    throw new Refusal('contact_not_found', { contactId: noted.contactId });
  const number = noted.number ?? (noted.way === 'phone' ? (contact?.phone ?? undefined) : undefined);
  checkCall(
    { outcome: noted.outcome, nextOn: noted.nextOn, on: noted.on ?? act.today, number, ...takes },
    act.today,
  );
  return number;
}

async function promiseOf(act: Act, input: RecordCall): Promise<PromiseTaken | null> {
  const { promise, customerId, companyId } = input;
  if (promise === undefined) return null;
  requirePermission(act, takePromise.permission);
  const { items, on, ...which } = promise;
  if (items === undefined && on === undefined) throw new Refusal('nothing_promised');
  if (items === undefined && companyId === undefined) throw new Refusal('company_missing');
  if (items !== undefined) await checkOwn(act, customerId, items);
  return takePromise.run(act, {
    items,
    account: items || !companyId || !on ? undefined : { companyId, customerId, on, ...which },
    contactId: input.contactId,
    saidBy: input.spokeWith,
    way: PROMISED_BY[input.way],
    note: input.note?.slice(0, PROMISE_NOTE_MAX),
  });
}

/** Characters of a note that a promise keeps; a call keeps twice as many. */
const PROMISE_NOTE_MAX = 1000;

const PROMISED_BY: Readonly<Record<CallWay, PromiseWay>> = {
  phone: 'phone',
  visit: 'meeting',
  video: 'meeting',
  other: 'other',
};

async function disputeOf(act: Act, input: RecordCall): Promise<DisputeOpened | null> {
  if (input.dispute === undefined) return null;
  requirePermission(act, 'dispute.record');
  await checkOwn(act, input.customerId, input.dispute.items);
  return beginDispute(act, input.dispute, { kind: 'dispute', source: 'person', paymentId: null });
}

function requirePermission(act: Act, permission: string): void {
  if (!act.permissions.has(permission)) throw new Refusal('not_permitted', { permission });
}

/** What is promised or disputed in a call is its customer's. */
async function checkOwn(
  act: Act,
  customerId: CustomerId,
  wishes: readonly { readonly itemId: ItemId }[],
): Promise<void> {
  const ids = [...new Set(wishes.map((wish) => wish.itemId))];
  const own = await findOwnItems(act, customerId, ids);
  const other = ids.find((id) => !own.has(id));
  if (other !== undefined) throw new Refusal('taken_of_other_customer', { itemId: other });
}

/** Keeps a call; gives its id. */
export function saveCall(
  act: Act,
  customerId: CustomerId,
  noted: CallNoted,
  rest: {
    readonly number: string | undefined;
    readonly companyId: string | null;
    readonly promiseId: string | null;
    readonly disputeId: string | null;
  },
): string {
  const id = newId<'call'>();
  insertCall(
    act,
    {
      id,
      customer_id: customerId,
      company_id: rest.companyId,
      direction: noted.direction,
      way: noted.way,
      contact_id: (noted.contactId ?? null) as ContactId | null,
      spoke_with: noted.spokeWith ?? null,
      number: rest.number ?? null,
      outcome: noted.outcome,
      note: noted.note ?? null,
      next_on: noted.nextOn ?? null,
      called_on: noted.on ?? act.today,
      promise_id: rest.promiseId,
      dispute_id: rest.disputeId,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
    [...new Set(noted.itemIds ?? [])],
  );
  return id;
}
