// What pages show of the tie-out, read in one snapshot.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import type { RulePreview } from './change-rules.ts';
import type * as contract from './contract.ts';
import { type DAY_STATES, signRefusal } from './day.ts';
import type { LineKind } from './line-kind.ts';
import { readReconciliation } from './read-bridge.ts';
import { checkSpan, readAccountDays, readDay, spanBefore, takeAccount } from './read-days.ts';
import { accountReply, agesReply, dayReply, findingReply, shownIn } from './replies.ts';
import {
  findAccounts,
  findDayHistory,
  findLastSigned,
  findRules,
  type RuleLine,
  type SignOffRow,
} from './store.ts';
import { type DayLine, findDayLines, type Outstanding } from './store-lists.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;
type Query<O extends { readonly query: z.ZodType }> = z.output<O['query']>;

/** Days shown when nobody says which: half a year, in weeks. */
const DAYS_SHOWN = 182;

type Names = ReadonlyMap<string, string>;

const signedReply = (row: SignOffRow | undefined, names: Names): { by: string; at: string } | null =>
  row ? { by: names.get(row.signed_by) ?? row.signed_by, at: row.signed_at.toString() } : null;

/** All accounts, or some, with their days. Refuses: `bank_account_not_found`, `days_not_valid`. */
export async function readTieOut(
  tx: Tx,
  context: Context,
  query: Query<typeof contract.listTieOut>,
): Promise<Reply<typeof contract.listTieOut>> {
  const to = query.to ?? context.today;
  const span = query.from ? { from: query.from, to } : spanBefore(to, DAYS_SHOWN);
  checkSpan(span.from, span.to);
  const accounts = query.bankAccountId
    ? [await takeAccount(tx, query.bankAccountId)]
    : await findAccounts(tx, query.companyId);
  const shown = [];
  for (const account of accounts) {
    const read = await readAccountDays(tx, account, span);
    const names = await readActorNames(
      tx,
      [...read.signed.values()].map((row) => row.signed_by),
    );
    const count = (state: (typeof DAY_STATES)[number]): number =>
      read.days.filter((day) => day.state === state).length;
    shown.push({
      ...accountReply(account),
      days: read.days.map((day) =>
        dayReply(day, account.currency, signedReply(read.signed.get(day.day.toString()), names)),
      ),
      findings: read.findings.map(findingReply),
      knownFrom: read.known?.from.toString() ?? null,
      knownTo: read.known?.to.toString() ?? null,
      counts: { tied: count('tied'), open: count('open'), off: count('off') },
    });
  }
  return { from: span.from.toString(), to: span.to.toString(), accounts: shown };
}

/** One day. Refuses: `bank_account_not_found`. */
export async function readTieOutDay(
  tx: Tx,
  context: Context,
  asked: { readonly bankAccountId: string; readonly day: PlainDate },
): Promise<Reply<typeof contract.readTieOutDay>> {
  const account = await takeAccount(tx, asked.bankAccountId);
  const around = await readAccountDays(tx, account, {
    from: asked.day.subtract({ days: NEIGHBOUR_DAYS }),
    to: asked.day.add({ days: NEIGHBOUR_DAYS }),
  });
  const found = around.days.find((one) => one.day.equals(asked.day));
  const [day, history] = await Promise.all([
    found ?? readDay(tx, account, asked.day),
    findDayHistory(tx, account.id, asked.day),
  ]);
  const names = await readActorNames(
    tx,
    history.flatMap((row) => [row.signed_by, ...(row.reopened_by ? [row.reopened_by] : [])]),
  );
  const shown = shownIn(account.currency);
  const signed = around.signed.get(asked.day.toString());
  const refusal = signRefusal(day, {
    today: context.today,
    closingMinor: null,
    isSigned: signed !== undefined,
  });
  // Without a balance of the bank, the signer can say what they saw there.
  const maySign = day.reasons.every((reason) => reason === 'balance_unknown') ? undefined : refusal;
  const isSaid = refusal === 'day_not_tied' ? maySign : refusal;
  const isOwn = signed?.signed_by === `${context.actor.kind}:${context.actor.id}`;
  return {
    ...dayReply(day, account.currency, signedReply(signed, names)),
    account: accountReply(account),
    kinds: day.kinds.map((sum) => ({
      kind: sum.kind,
      lines: sum.lines,
      amount: shown(sum.minor),
      booked: shown(sum.bookedMinor),
      unapplied: shown(sum.unappliedMinor),
      unappliedCount: sum.unapplied,
    })),
    explained: shown(day.explainedMinor),
    booked: shown(day.bookedMinor),
    otherCurrencyLines: day.otherCurrency,
    findings: around.findings.filter((one) => one.day.equals(asked.day)).map(findingReply),
    before: around.days.findLast((one) => daysBetween(one.day, asked.day) > 0)?.day.toString() ?? null,
    after: around.days.find((one) => daysBetween(asked.day, one.day) > 0)?.day.toString() ?? null,
    history: history.map((row) => ({
      signOffId: row.id,
      signedBy: names.get(row.signed_by) ?? row.signed_by,
      signedAt: row.signed_at.toString(),
      note: row.note,
      sha256: Buffer.from(row.figures_sha256).toString('hex'),
      reopenedBy: row.reopened_by && (names.get(row.reopened_by) ?? row.reopened_by),
      reopenedAt: row.reopened_at?.toString() ?? null,
      reopenedReason: row.reopened_reason,
    })),
    may: {
      explain: mayDo(context, 'bank.import', signed ? 'bank_day_signed' : undefined),
      sign: mayDo(context, 'bank.sign_off', isSaid),
      reopen: mayDo(
        context,
        'bank.sign_off',
        signed ? (isOwn ? 'second_person_needed' : undefined) : 'day_not_signed',
      ),
    },
  };
}

/** Days looked at on both sides of a day for the next one of which something is known: longer than any holiday. */
const NEIGHBOUR_DAYS = 31;

/** Lines of a day, the largest first. Refuses: `bank_account_not_found`, `bad_input`. */
export async function readDayLines(
  tx: Tx,
  asked: { readonly bankAccountId: string; readonly day: PlainDate },
  query: Query<typeof contract.listTieOutLines>,
): Promise<Reply<typeof contract.listTieOutLines>> {
  const account = await takeAccount(tx, asked.bankAccountId);
  const kind: LineKind | undefined = query.kind;
  const rows = await findDayLines(
    tx,
    { account, from: asked.day, to: asked.day },
    { kind, after: readCursor<[string, string]>(query.after, [minorKey, idKey]), limit: query.limit + 1 },
  );
  const names = await readActorNames(
    tx,
    rows.flatMap((row) => row.explained_by ?? []),
  );
  const page = pageOfRows(rows, query.limit, (row) => [rankOf(row), row.id]);
  return { rows: page.rows.map((row) => lineReply(row, names)), next: page.next };
}

const rankOf = (row: DayLine): bigint => (row.amount_minor < 0n ? row.amount_minor : -row.amount_minor);

function minorKey(text: string): string {
  if (!/^-?\d{1,18}$/.test(text)) throw new Refusal('bad_input');
  return text;
}

function lineReply(row: DayLine, names: Names): Reply<typeof contract.listTieOutLines>['rows'][number] {
  const shown = shownIn(row.currency);
  const paymentId = row.payment_id ?? row.returns_payment_id;
  return {
    lineId: row.id,
    statementId: row.statement_id,
    kind: row.kind,
    amount: shown(row.amount_minor),
    booked: shown(row.booked_minor),
    valueOn: row.value_on.toString(),
    payerName: row.payer_name,
    text: row.remittance,
    payment:
      paymentId !== null && row.payment_number !== null && (row.kind === 'receipt' || row.kind === 'return')
        ? { paymentId, number: row.payment_number }
        : null,
    customer:
      row.customer_id === null ||
      row.customer_number === null ||
      row.customer_name === null ||
      (row.explanation_id !== null && !row.is_recorded_again)
        ? null
        : { id: row.customer_id, number: row.customer_number, name: row.customer_name },
    unapplied: row.kind === 'receipt' ? shown(row.unapplied_minor) : null,
    shows: row.is_recorded_again ? [] : [...row.shows],
    note: row.note,
    rule: row.rule_text,
    explainedBy: row.explained_by === null ? null : (names.get(row.explained_by) ?? row.explained_by),
    isExplained: row.explanation_id !== null && !row.is_recorded_again,
  };
}

/** The rules in use. */
export async function readRuleList(tx: Tx): Promise<Reply<typeof contract.listBankRules>> {
  const rules = await findRules(tx);
  const names = await readActorNames(
    tx,
    rules.map((rule) => rule.addedBy),
  );
  return {
    rows: rules.map(({ id, addedBy, ...rule }) => ({
      ruleId: id,
      ...rule,
      addedBy: names.get(addedBy) ?? addedBy,
    })),
  };
}

/** What a rule would do. */
export function previewReply(preview: RulePreview): Reply<typeof contract.previewBankRule> {
  const lineOf = (line: RuleLine) => ({
    lineId: line.id,
    accountName: line.account_name,
    bookedOn: line.booked_on.toString(),
    amount: shownMoney(money(line.amount_minor, line.currency)),
    payerName: line.payer_name,
    text: line.remittance,
  });
  const { from, isWhole, waitingCount, matchedCount, explainedCount } = preview;
  const waiting = preview.waiting.map(lineOf);
  const matched = preview.matched.map(lineOf);
  return { from: from.toString(), isWhole, waiting, waitingCount, matched, matchedCount, explainedCount };
}

/** The reconciliation as of a day. Refuses: `bank_account_not_found`. */
export async function readReconciliationReply(
  tx: Tx,
  bankAccountId: string,
  asOf: PlainDate,
): Promise<Reply<typeof contract.readBankReconciliation>> {
  const account = await takeAccount(tx, bankAccountId);
  const [read, last] = await Promise.all([
    readReconciliation(tx, account, asOf),
    findLastSigned(tx, account.id, asOf),
  ]);
  const names = await readActorNames(tx, last ? [last.signed_by] : []);
  const signature = signedReply(last, names);
  const shown = shownIn(account.currency);
  const between = (row: Outstanding) => ({
    documentId: row.document_id,
    kind: row.kind,
    number: row.number,
    who: row.customer_name ?? row.payer_name,
    on: row.posted_on.toString(),
    days: daysBetween(row.posted_on, asOf),
    amount: shown(row.minor),
  });
  const { bridge } = read;
  return {
    account: accountReply(account),
    companyName: read.company.name,
    asOf: asOf.toString(),
    startsOn: read.start?.on.toString() ?? null,
    opening: read.start ? shown(read.start.openingMinor) : null,
    isProved: read.isProved,
    bank: shown(bridge.bankMinor),
    deposits: shown(bridge.depositsMinor),
    refunds: shown(bridge.refundsMinor),
    returns: shown(bridge.returnsMinor),
    unexplained: shown(bridge.unexplainedMinor),
    early: shown(bridge.earlyMinor),
    expected: shown(bridge.expectedMinor),
    books: shown(bridge.booksMinor),
    off: shown(bridge.offMinor),
    ledger: shown(read.ledgerMinor),
    ages: agesReply(read.ages, account.currency),
    lastSigned: last && signature ? { ...signature, day: last.day.toString() } : null,
    inTransit: read.transit.map(between),
    datedLater: read.early.map(between),
    unexplainedLines: read.unexplained.map((line) => ({
      lineId: line.id,
      bookedOn: line.booked_on.toString(),
      amount: shown(line.amount_minor),
      payerName: line.payer_name,
      text: line.remittance,
    })),
  };
}
