// A reminder is what one customer is told by one company on one day, about everything that is due to be said: one clear
// message, not one for each invoice. Its tone is that of the item that is furthest.

import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { add, type Currency, type Money, subtract, zero } from '#kernel/money.ts';
import {
  type Cadence,
  type CadenceStep,
  type LastMessage,
  lastDueSpokenOf,
  nextStep,
  type Phase,
  type Step,
} from './cadence.ts';
import { type Rates, worthOf } from './worth.ts';

/**
 * Why something that is due to be said is not said. `on_hold`: a person stopped it. `in_dispute`: the customer disputes all
 * of it. `not_posted`: it waits to be posted in the customer's portal, or was rejected there. `promised`: somebody promised
 * it for a day to come. `handed_over`: an agency or lawyers ask for it. `skipped`: a person left it out of that day's
 * reminders. `covered_by_credit`: the customer has money or credit with us that pays it. `no_email`: there is
 * nobody to write to, by mail or by post. `closed`: paid, credited or written off before the message left.
 * `said_later_step`: a firmer step was said meanwhile. `too_soon`: the customer heard from us less than the minimum gap ago.
 * `below_minimum`: what may be asked for is less than the policy asks for at all. `for_person`: the step waits for a person.
 * `held_out`: the customer is part of an experiment with the step and is not told it, or not yet.
 * `money_waits`: money came that could be for it and is not applied yet.
 */
export const LEFT_OUT_REASONS = [
  'on_hold',
  'in_dispute',
  'not_posted',
  'promised',
  'handed_over',
  'skipped',
  'covered_by_credit',
  'no_email',
  'closed',
  'said_later_step',
  'too_soon',
  'below_minimum',
  'for_person',
  'held_out',
  'money_waits',
] as const;

export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** What a reminder has to know of an item: an amount owed to us by the customer. */
export type ChasedItem = {
  readonly id: ItemId;
  readonly documentId: string;
  /** The document's number, as people write it. */
  readonly reference: string;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly amount: Money;
  readonly open: Money;
  /** Offset of the last step said about it. */
  readonly saidOffsetDays: number | null;
  /** The phase it was said in, and the day of the run that said it. */
  readonly saidPhase?: Phase | null;
  readonly saidOn?: PlainDate | null;
  readonly onHold: boolean;
  /** All that is open of it is in dispute. Where part of it is, `open` is the rest, and `disputed` that part. */
  readonly inDispute: boolean;
  readonly disputed?: Money | undefined;
  /** All that is open of it, where a part is in dispute or promised and `open` is the rest. */
  readonly whole?: Money | undefined;
  /** The customer cannot see it in its portal yet, or rejected it there. */
  readonly notPosted: boolean;
  /** All that is open of it is promised, and can still come in time. Where part of it is, `open` is the rest. */
  readonly promised: boolean;
  /** It is with an agency or lawyers, who ask for it. */
  readonly handedOver?: boolean;
  /** The skip by which a person left it out of the reminders of that day. */
  readonly skipId?: string | undefined;
};

/** What may pause chasing: by item, and whether there is any of it in the whole account, due or not. */
export type Pausing = { readonly byItem: ReadonlyMap<ItemId, Money>; readonly isAny: boolean };

/** What a promise to pay pauses: what is promised, nothing, or all that is asked of the account. */
export const PROMISE_PAUSES = ['promised_part', 'nothing', 'everything'] as const;
export type PromisePauses = (typeof PROMISE_PAUSES)[number];

/** What a dispute pauses: what is in dispute, nothing, or all that is asked of the account. */
export const DISPUTE_PAUSES = ['disputed_part', 'nothing', 'everything'] as const;
export type DisputePauses = (typeof DISPUTE_PAUSES)[number];

/** A customer of a company, as far as reminding goes: everything due by the day the cadence looks ahead to. */
export type Situation = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  /** The whole customer is on hold. */
  readonly onHold: boolean;
  readonly items: readonly ChasedItem[];
  /** What the customer has with us, positive: credit notes and payments not applied yet, one sum for each currency. */
  readonly credits: readonly Money[];
  /** What of its items is in dispute, and what is promised and can still come in time; amounts are without sign. */
  readonly disputed?: Pausing | undefined;
  readonly promised?: Pausing | undefined;
  /** The last message of this company to the customer. */
  readonly lastMessage?: LastMessage | undefined;
  /** The last day a reminder of any company was or will be sent to the customer. */
  readonly lastToldOn?: PlainDate | undefined;
};

export type SaidItem = { readonly item: ChasedItem; readonly step: Step };

/** What a policy lets be said: by which cadence, how often, and from which amount on. */
export type PlanRules = {
  readonly cadence: Cadence;
  /** Days that lie between two messages to a customer at least; 0 for no matter. */
  readonly minimumGapDays: number;
  /** What may be asked for, of all that is due by the last day the steps speak of, must come to so much; null for any amount. */
  readonly minimumAmount: Money | null;
  readonly promisePauses: PromisePauses;
  readonly disputePauses: DisputePauses;
};

/** When and to whom it would be said. */
export type PlanMoment = {
  /** The day whose steps are said. */
  readonly on: PlainDate;
  /** The day it is, or will be, then: later than `on` where a run for a past day is made up for. */
  readonly realOn?: PlainDate;
  readonly recipient: string | undefined;
  /** Whether the way that a step names can be gone; left out, every one can. */
  readonly canGo?: (step: CadenceStep) => boolean;
  /** A person has looked at it, so that steps that wait for one are said too. */
  readonly approved?: boolean;
  /** Whether a step is not said because of the part of an experiment the customer is in; left out, none is. */
  readonly heldOut?: (item: ChasedItem, step: CadenceStep) => boolean;
  readonly rates?: Rates;
};
export type LeftOutItem = SaidItem & { readonly reason: LeftOutReason };

/**
 * What to say, and what not. `lead` is the step of the item that is furthest, which sets the tone; nothing to say, no
 * lead.
 */
export type Plan = {
  readonly lead: Step | undefined;
  readonly items: readonly SaidItem[];
  readonly leftOut: readonly LeftOutItem[];
};

/**
 * What a customer should be told on a day.
 *
 * One reminder for the customer, not one for each invoice: people answer one letter better than six. It speaks about every
 * item with a step to be said, the oldest first, and its tone follows the item that is furthest. Items on hold, and items
 * that the customer's credit pays, are left out; closed items and items that heard this step already are not thought of.
 * Nothing is said within the minimum gap after another message, nor where what may be asked for is below the minimum.
 * Without a `recipient` all of it is left out for `no_email`.
 */
export function planReminder(rules: PlanRules, given: Situation, when: PlanMoment): Plan {
  const situation = withPauses(given, rules);
  const open = situation.items.filter((item) => item.open.minor > 0n).toSorted(byAge);
  const standing = standingOf(rules, situation, open, when);
  const items: SaidItem[] = [];
  const leftOut: LeftOutItem[] = [];
  for (const item of open) {
    const step = nextStep(rules.cadence, item, when.on, situation.lastMessage);
    if (step === undefined) continue;
    // Being held out comes last: both parts of an experiment are chosen from what would be said.
    const reason =
      reasonNotToSay(standing, item) ??
      cannotGo(step, when) ??
      waitsForPerson(step, when) ??
      isHeldOut(item, step, when);
    if (reason === undefined) items.push({ item, step });
    else leftOut.push({ item, step, reason });
  }
  return { lead: leadOf(items.map((said) => said.step)), items, leftOut };
}

function cannotGo(step: CadenceStep, { canGo }: PlanMoment): LeftOutReason | undefined {
  return canGo === undefined || canGo(step) ? undefined : 'no_email';
}

function isHeldOut(item: ChasedItem, step: CadenceStep, { heldOut }: PlanMoment): LeftOutReason | undefined {
  return heldOut?.(item, step) ? 'held_out' : undefined;
}

function waitsForPerson(step: CadenceStep, when: PlanMoment): LeftOutReason | undefined {
  return step.automatic || when.approved === true ? undefined : 'for_person';
}

/** What is so for all items of a customer. */
type Standing = {
  readonly onHold: boolean;
  readonly covered: ReadonlySet<ItemId>;
  /** Why nothing at all is said, if so. */
  readonly whole: LeftOutReason | undefined;
};

function standingOf(
  rules: PlanRules,
  situation: Situation,
  open: readonly ChasedItem[],
  when: Omit<PlanMoment, 'approved' | 'canGo' | 'heldOut'>,
): Standing {
  const { onHold } = situation;
  const free = open.filter((item) => isAsked(situation, item));
  const covered = coveredByCredit(free, situation.credits);
  // Whoever reads may have read further ahead, for other policies: by the policy's own days planning and sending agree.
  const lastDue = lastDueSpokenOf(rules.cadence.steps, when.on);
  const asked = free
    .filter((item) => !covered.has(item.id) && !isAfter(item.dueOn, lastDue))
    .map((item) => item.open);
  return { onHold, covered, whole: wholeReason(rules, situation, asked, when) };
}

function wholeReason(
  { minimumGapDays, minimumAmount }: Pick<PlanRules, 'minimumGapDays' | 'minimumAmount'>,
  { lastToldOn }: Situation,
  asked: readonly Money[],
  when: Omit<PlanMoment, 'approved' | 'canGo' | 'heldOut'>,
): LeftOutReason | undefined {
  if (when.recipient === undefined) return 'no_email';
  const realOn = when.realOn ?? when.on;
  if (minimumGapDays > 0 && lastToldOn !== undefined && isAfter(addDays(lastToldOn, minimumGapDays), realOn))
    return 'too_soon';
  if (minimumAmount === null) return undefined;
  const worth = worthOf(asked, minimumAmount.currency, when.rates ?? new Map());
  // What nobody can reckon is asked for: a missing rate of exchange makes nobody's debt small.
  return worth !== undefined && worth.minor < minimumAmount.minor ? 'below_minimum' : undefined;
}

/** The same customer with what its policy does not ask for while something is in dispute or promised. */
function withPauses(
  situation: Situation,
  { disputePauses, promisePauses }: Pick<PlanRules, 'disputePauses' | 'promisePauses'>,
): Situation {
  const { disputed, promised } = situation;
  const none: ReadonlyMap<ItemId, Money> = new Map();
  const pausedBy = (pausing: Pausing | undefined, pauses: DisputePauses | PromisePauses) => {
    if (pausing === undefined || pauses === 'nothing') return none;
    if (pauses !== 'everything' || !pausing.isAny) return pausing.byItem;
    return new Map(situation.items.map((item) => [item.id, item.open]));
  };
  const undisputed = withDisputes(situation, pausedBy(disputed, disputePauses));
  return withPromises(undisputed, pausedBy(promised, promisePauses));
}

/** The same customer with what is in dispute taken off: it is owed, and not asked for. Amounts are without sign. */
export function withDisputes(situation: Situation, disputed: ReadonlyMap<ItemId, Money>): Situation {
  const items = situation.items.map((item): ChasedItem => {
    const part = disputed.get(item.id);
    if (part === undefined) return item;
    if (part.minor >= item.open.minor) return { ...item, inDispute: true };
    return { ...item, open: subtract(item.open, part), disputed: part, whole: item.open };
  });
  return { ...situation, items };
}

/**
 * The same customer with documents marked that wait to be posted in its portal: they are owed, and not asked for until
 * they are.
 */
export function withUnposted(situation: Situation, unposted: ReadonlySet<string>): Situation {
  const items = situation.items.map((item) =>
    unposted.has(item.documentId) ? { ...item, notPosted: true } : item,
  );
  return { ...situation, items };
}

/** The same customer with what it promised taken off, while that can still be kept. Amounts are without sign. */
export function withPromises(situation: Situation, promised: ReadonlyMap<ItemId, Money>): Situation {
  const items = situation.items.map((item): ChasedItem => {
    const part = promised.get(item.id);
    if (part === undefined || item.inDispute) return item;
    if (part.minor >= item.open.minor) return { ...item, promised: true };
    return { ...item, open: subtract(item.open, part), whole: item.whole ?? item.open };
  });
  return { ...situation, items };
}

/** The same customer with what people put on hold marked: all of it, or items. */
export function withHolds(
  situation: Situation,
  held: { readonly customers: ReadonlySet<CustomerId>; readonly items: ReadonlySet<ItemId> },
): Situation {
  const items = situation.items.map((item) => (held.items.has(item.id) ? { ...item, onHold: true } : item));
  return { ...situation, onHold: held.customers.has(situation.customerId), items };
}

/** The same customer with what is with an agency or lawyers marked: they ask for it, and we do not. */
export function withHandedOver(situation: Situation, handed: ReadonlySet<ItemId>): Situation {
  const items = situation.items.map((item) => (handed.has(item.id) ? { ...item, handedOver: true } : item));
  return { ...situation, items };
}

/** The same customer with what a person left out of the reminders of that day marked: each with the skip that says so. */
export function withSkips(
  situation: Situation,
  skips: {
    readonly customers: ReadonlyMap<CustomerId, string>;
    readonly items: ReadonlyMap<ItemId, string>;
  },
): Situation {
  const whole = skips.customers.get(situation.customerId);
  const items = situation.items.map((item) => {
    const skipId = whole ?? skips.items.get(item.id);
    return skipId === undefined ? item : { ...item, skipId };
  });
  return { ...situation, items };
}

/** A step that a message is to say about an item. */
export type Claim = { readonly itemId: ItemId; readonly step: Step };

/** What of a message's claims is still to be said in the moment of sending, and what is not, with what was open. */
export type Review = {
  readonly items: readonly SaidItem[];
  readonly leftOut: readonly (Claim & { readonly openMinor: bigint; readonly reason: LeftOutReason })[];
};

/**
 * Looks at a message again in the moment it leaves: items that were paid, put on hold or covered by credit meanwhile, and
 * items about which a firmer step was said, are left out; amounts are those of now. The oldest first.
 */
export function reviewClaims(
  claims: readonly Claim[],
  given: Situation,
  rules: PlanRules,
  when: Omit<PlanMoment, 'approved' | 'canGo' | 'heldOut'>,
): Review {
  const situation = withPauses(given, rules);
  const open = situation.items.toSorted(byAge);
  const standing = standingOf(rules, situation, open, when);
  const stepOf = new Map(claims.map((claim) => [claim.itemId, claim.step]));
  const items: SaidItem[] = [];
  const leftOut: Review['leftOut'][number][] = [];
  const seen = new Set<ItemId>();
  for (const item of open) {
    const step = stepOf.get(item.id);
    if (step === undefined) continue;
    seen.add(item.id);
    const reason =
      (item.saidOffsetDays ?? step.offsetDays) > step.offsetDays
        ? 'said_later_step'
        : reasonNotToSay(standing, item);
    if (reason === undefined) items.push({ item, step });
    else leftOut.push({ itemId: item.id, step, openMinor: item.open.minor, reason });
  }
  for (const { itemId, step } of claims)
    if (!seen.has(itemId)) leftOut.push({ itemId, step, openMinor: 0n, reason: 'closed' });
  return { items, leftOut };
}

/** Whether an item would be asked for, as far as nobody stopped that: credit covers only what is. */
function isAsked(situation: Situation, item: ChasedItem): boolean {
  return (
    !situation.onHold &&
    !item.onHold &&
    !item.inDispute &&
    !item.notPosted &&
    !item.promised &&
    !item.handedOver &&
    item.skipId === undefined
  );
}

function reasonNotToSay(standing: Standing, item: ChasedItem): LeftOutReason | undefined {
  if (standing.onHold || item.onHold) return 'on_hold';
  if (item.inDispute) return 'in_dispute';
  if (item.notPosted) return 'not_posted';
  if (item.promised) return 'promised';
  if (item.handedOver) return 'handed_over';
  if (item.skipId !== undefined) return 'skipped';
  return standing.covered.has(item.id) ? 'covered_by_credit' : standing.whole;
}

/** The step that sets the tone: the furthest. */
export function leadOf(steps: readonly Step[]): Step | undefined {
  return steps.reduce<Step | undefined>(
    (lead, step) => (lead === undefined || step.offsetDays > lead.offsetDays ? step : lead),
    undefined,
  );
}

/**
 * The items that a customer's credit pays wholly, taken from the oldest on: nobody is chased for what they have paid and
 * we have not applied yet. An item that it pays in part only is chased, and leaves it to the younger ones.
 */
export function coveredByCredit(
  items: readonly Pick<ChasedItem, 'id' | 'open'>[],
  credits: readonly Money[],
): ReadonlySet<ItemId> {
  const left = new Map<Currency, Money>();
  for (const credit of credits)
    left.set(credit.currency, add(left.get(credit.currency) ?? zero(credit.currency), credit));
  const covered = new Set<ItemId>();
  for (const { id, open } of items) {
    const rest = left.get(open.currency)?.minor ?? 0n;
    if (rest < open.minor) continue;
    covered.add(id);
    left.set(open.currency, { minor: rest - open.minor, currency: open.currency });
  }
  return covered;
}

function byAge(a: ChasedItem, b: ChasedItem): number {
  return (
    Temporal.PlainDate.compare(a.dueOn, b.dueOn) ||
    (a.reference < b.reference ? -1 : a.reference > b.reference ? 1 : a.id < b.id ? -1 : 1)
  );
}

/** What the items come to, one sum for each currency, by its code. */
export function totalsOf(items: readonly Pick<ChasedItem, 'open'>[]): readonly Money[] {
  const totals = new Map<Currency, Money>();
  for (const { open } of items)
    totals.set(open.currency, add(totals.get(open.currency) ?? zero(open.currency), open));
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
