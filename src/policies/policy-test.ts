// The tests that a set of policies carries: of this account with these items on this day, that policy counts and says this, or
// nothing and why. They run when a set is read and before it goes live, by the same functions that plan real reminders.

import { DEBTOR_KINDS, type DebtorKind } from '#charges/policy.ts';
import { addDays, type PlainDate, parseDate, YEAR_MAX, YEAR_MIN } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { RISK_CLASSES, type RiskClass } from '#risks/risk-class.ts';
import { CUSTOMER_TAGS_MAX } from '#tags/tag.ts';
import { type Account, figuresOf, PAID_ITEMS_MAX } from './account.ts';
import { type LastMessage, PHASES, type Phase } from './cadence.ts';
import type { FileValue } from './file-reader.ts';
import { choosePolicy, type Policy, planRulesOf } from './policy.ts';
import { type ChasedItem, LEFT_OUT_REASONS, type Pausing, planReminder, type Situation } from './reminder.ts';
import { type AmountText, moneyOf, readAmount, wordAsKept } from './segment.ts';

/** An item of a test. Days are counted from the due date to the day of the test. */
export type TestItem = {
  readonly reference: string;
  readonly daysLate: number;
  readonly open: AmountText;
  /** The furthest step said about it: its offset, its phase, and how many days before the day of the test. */
  readonly said?: { readonly offsetDays: number; readonly phase: Phase; readonly daysAgo: number };
  readonly onHold?: boolean;
  readonly inDispute?: boolean;
  readonly promised?: boolean;
};

/** What a policy of the set must make of an account. */
export type PolicyTest = {
  readonly name: string;
  readonly on: string;
  readonly account: {
    readonly company: string;
    readonly country: string | null;
    readonly language: string;
    readonly debtorKind: DebtorKind;
    readonly termsDays: number | null;
    readonly customerForDays: number;
    readonly paidDaysLate: readonly number[];
    readonly brokenPromises: number;
    readonly owner: string | null;
    readonly tags: readonly string[];
    /** What a person stated; left out, it is reckoned from how the account paid. */
    readonly riskClass?: RiskClass;
  };
  readonly items: readonly TestItem[];
  /** Days since the customer last heard from us; left out, they never did. */
  readonly toldDaysAgo?: number;
  readonly lastMessage?: LastMessage;
  readonly expect: {
    readonly policy: string;
    /** By reference, the day of the step that is said; items that are not named are not spoken of. */
    readonly says?: Readonly<Record<string, number>>;
    /** Why what is due is left out, by reference. */
    readonly leavesOut?: Readonly<Record<string, string>>;
  };
};

/** A test that a set does not pass: what it expects, and what the set does. */
export type FailedTest = { readonly test: string; readonly expected: string; readonly found: string };

/** The tests that policies do not pass. Amounts are in one currency each, so no rates are needed or known. */
export function runTests(policies: readonly Policy[], tests: readonly PolicyTest[]): readonly FailedTest[] {
  return tests.flatMap((test) => {
    const found = textOf(outcomeOf(policies, test));
    const { policy, says, leavesOut } = test.expect;
    const expected = textOf({ policy, says: says ?? {}, leavesOut: leavesOut ?? {} });
    return found === expected ? [] : [{ test: test.name, expected, found }];
  });
}

/** Refuses: `policy_tests_failed`, with what each expects and what was found. */
export function checkTests(policies: readonly Policy[], tests: readonly PolicyTest[]): void {
  const failed = runTests(policies, tests);
  if (failed.length > 0) throw new Refusal('policy_tests_failed', { of: tests.length, failed });
}

type Outcome = {
  readonly policy: string;
  readonly says: Readonly<Record<string, number>>;
  readonly leavesOut: Readonly<Record<string, string>>;
};

function outcomeOf(policies: readonly Policy[], test: PolicyTest): Outcome {
  const on = parseDate(test.on);
  const items = test.items.map((item) => chased(item, on));
  const { riskClass = null, ...given } = test.account;
  const account: Account = { ...given, statedRisk: riskClass, ...figuresOf(items, on) };
  const policy = choosePolicy(policies, account, new Map());
  const situation: Situation = {
    companyId: 'company' as CompanyId,
    customerId: 'customer' as CustomerId,
    onHold: false,
    items,
    credits: [],
    disputed: pausingOf(
      test.items.filter((item) => item.inDispute),
      items,
    ),
    promised: pausingOf(
      test.items.filter((item) => item.promised),
      items,
    ),
    lastMessage: test.lastMessage,
    lastToldOn: test.toldDaysAgo === undefined ? undefined : addDays(on, -test.toldDaysAgo),
  };
  const plan = planReminder(planRulesOf(policy), situation, { on, recipient: 'customer' });
  return {
    policy: policy.code,
    says: Object.fromEntries(plan.items.map(({ item, step }) => [item.reference, step.offsetDays])),
    leavesOut: Object.fromEntries(plan.leftOut.map(({ item, reason }) => [item.reference, reason])),
  };
}

function pausingOf(given: readonly TestItem[], items: readonly ChasedItem[]): Pausing {
  const named = new Set(given.map((item) => item.reference));
  const own = items.filter((item) => named.has(item.reference));
  return { byItem: new Map(own.map((item) => [item.id, item.open])), isAny: own.length > 0 };
}

function chased(item: TestItem, on: PlainDate): ChasedItem {
  const open: Money = moneyOf(item.open);
  const dueOn = addDays(on, -item.daysLate);
  return {
    id: item.reference as ItemId,
    documentId: item.reference,
    reference: item.reference,
    issuedOn: dueOn,
    dueOn,
    amount: open,
    open,
    saidOffsetDays: item.said?.offsetDays ?? null,
    saidPhase: item.said?.phase ?? null,
    saidOn: item.said ? addDays(on, -item.said.daysAgo) : null,
    onHold: item.onHold ?? false,
    inDispute: false,
    notPosted: false,
    promised: false,
  };
}

function textOf({ policy, says, leavesOut }: Outcome): string {
  const parts = (of: Readonly<Record<string, string | number>>) =>
    Object.entries(of)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([reference, what]) => `${reference}: ${what}`)
      .join(', ');
  return `${policy} says ${parts(says) || 'nothing'}; leaves out ${parts(leavesOut) || 'nothing'}`;
}

// — reading a file —

const ITEMS_MAX = 50;
const DAYS = { min: -3650, max: 3650 } as const;

/** Reads a test from a file; what is wrong is noted. */
export function readTest(given: FileValue): PolicyTest {
  const fields = given.fields(['name', 'on', 'account', 'items', 'toldDaysAgo', 'lastMessage', 'expect']);
  const { toldDaysAgo, lastMessage } = fields;
  return {
    name: fields.name.text(200),
    on: readDay(fields.on),
    account: readAccount(fields.account),
    items: fields.items.list(ITEMS_MAX).map(readItem),
    ...(toldDaysAgo.given ? { toldDaysAgo: toldDaysAgo.whole({ min: 0, max: 3650 }) } : {}),
    ...(lastMessage.given ? { lastMessage: readLastMessage(lastMessage) } : {}),
    expect: readExpected(fields.expect),
  };
}

const ANY_DAY = '2026-01-01';

function readDay(given: FileValue): string {
  const text = given.text(10);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text);
  if (!isDay && text !== '') given.wrong('is no day; write it like "2026-03-31"');
  return isDay ? text : ANY_DAY;
}

function isRealDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const lastDay = month >= 1 && month <= 12 ? new Temporal.PlainYearMonth(year, month).daysInMonth : 0;
  return year >= YEAR_MIN && year <= YEAR_MAX && day >= 1 && day <= lastDay;
}

function readAccount(given: FileValue): PolicyTest['account'] {
  const fields = given.fields([
    'company',
    'country',
    'language',
    'debtorKind',
    'termsDays',
    'customerForDays',
    'paidDaysLate',
    'brokenPromises',
    'owner',
    'tags',
    'riskClass',
  ]);
  return {
    company: fields.company.given ? wordAsKept('company', fields.company.text(20)) : 'MAIN',
    country: fields.country.given ? wordAsKept('country', fields.country.text(2)) : null,
    language: fields.language.given ? wordAsKept('language', fields.language.text(10)) : 'en',
    debtorKind: fields.debtorKind.word(DEBTOR_KINDS, 'business'),
    termsDays: fields.termsDays.given ? fields.termsDays.whole({ min: 0, max: 3650 }) : null,
    customerForDays: fields.customerForDays.whole({ min: 0, max: 100_000 }, 365),
    paidDaysLate: fields.paidDaysLate.list(PAID_ITEMS_MAX).map((one) => one.whole(DAYS)),
    brokenPromises: fields.brokenPromises.whole({ min: 0, max: 1000 }, 0),
    owner: fields.owner.given ? wordAsKept('owner', fields.owner.text(254)) : null,
    tags: fields.tags.list(CUSTOMER_TAGS_MAX).map((one) => wordAsKept('tags', one.text(40))),
    ...(fields.riskClass.given ? { riskClass: fields.riskClass.word(RISK_CLASSES) } : {}),
  };
}

function readItem(given: FileValue): TestItem {
  const fields = given.fields(['reference', 'daysLate', 'open', 'said', 'onHold', 'inDispute', 'promised']);
  return {
    reference: fields.reference.text(40),
    daysLate: fields.daysLate.whole(DAYS),
    open: readAmount(fields.open),
    ...(fields.said.given ? { said: readSaid(fields.said) } : {}),
    ...(fields.onHold.given ? { onHold: fields.onHold.flag(false) } : {}),
    ...(fields.inDispute.given ? { inDispute: fields.inDispute.flag(false) } : {}),
    ...(fields.promised.given ? { promised: fields.promised.flag(false) } : {}),
  };
}

function readSaid(given: FileValue) {
  const fields = given.fields(['offsetDays', 'phase', 'daysAgo']);
  return {
    offsetDays: fields.offsetDays.whole(DAYS),
    phase: fields.phase.word(PHASES),
    daysAgo: fields.daysAgo.whole({ min: 0, max: 3650 }),
  };
}

function readLastMessage(given: FileValue): LastMessage {
  const fields = given.fields(['leadOffsetDays', 'carrierOpen']);
  return { leadOffsetDays: fields.leadOffsetDays.whole(DAYS), carrierOpen: fields.carrierOpen.flag(true) };
}

function readExpected(given: FileValue): PolicyTest['expect'] {
  const fields = given.fields(['policy', 'says', 'leavesOut']);
  const { says, leavesOut } = fields;
  return {
    policy: fields.policy.text(40),
    ...(says.given ? { says: says.record(ITEMS_MAX, (one) => one.whole(DAYS)) } : {}),
    ...(leavesOut.given
      ? { leavesOut: leavesOut.record(ITEMS_MAX, (one) => one.word(LEFT_OUT_REASONS)) }
      : {}),
  };
}
