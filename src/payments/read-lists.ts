// What pages show of payments and the bank, in the words of the contract.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { isId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { matchKey } from '#ledger/match-key.ts';
import { readSpokenFor } from '#ledger/read-granted.ts';
import type { KeptBackKind } from '#ledger/settlement.ts';
import type { Customer } from '#parties/customer.ts';
import { compactAccount } from '#parties/iban.ts';
import { mayDo } from '#parties/may.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { arrivedOf, matchToShow } from './match-receipts.ts';
import { type May, mayApply, mayHandOver, mayIdentify, mayReturn, mayUnapply, shown } from './payment.ts';
import type { Match, Suggestion } from './receipt.ts';
import { findStatementLine, type StatementLineRow } from './store-bank.ts';
import { findCertificate } from './store-certificates.ts';
import { findHandovers, findOtherCompanies, type ShownHandover } from './store-handovers.ts';
import {
  findApplications,
  findBankAccounts,
  findEvents,
  findLines,
  findNettings,
  findPayment,
  findPayments,
  findReturnable,
  findStatement,
  findStatements,
  type ListedPayment,
  type ListedStatement,
  type ShownApplication,
  type ShownNetting,
} from './store-lists.ts';
import { findReceipts } from './store-matching.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;
type Query<O extends { readonly query: z.ZodType }> = z.output<O['query']>;
type PaymentReply = Reply<typeof contract.listPayments>['rows'][number];
type LineReply = Reply<typeof contract.listStatementLines>['rows'][number];
type Customers = ReadonlyMap<string, Customer>;

/** An id in a cursor. Refuses: `bad_input`. */
function idIn(text: string): string {
  if (!isId(text)) throw new Refusal('bad_input');
  return text;
}

function brief(customers: Customers, id: string | null): { id: string; number: string; name: string } | null {
  const customer = id === null ? undefined : customers.get(id);
  return customer ? { id: customer.id, number: customer.number, name: customer.name } : null;
}

async function customersOf(tx: Tx, ids: readonly (string | null)[]): Promise<Customers> {
  const wanted = [...new Set(ids.filter((id) => id !== null))] as CustomerId[];
  return wanted.length === 0 ? new Map() : readCustomers(tx, wanted);
}

// — payments —

/** A page of payments, newest value date first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readPaymentPage(
  tx: Tx,
  query: Query<typeof contract.listPayments>,
): Promise<Reply<typeof contract.listPayments>> {
  const { search, unidentified, limit, after, ...filter } = query;
  const rows = await findPayments(tx, {
    ...filter,
    isUnidentified: unidentified === 'true',
    search: search === undefined ? undefined : { key: matchKey(search), account: compactAccount(search) },
    after: readCursor(after, [parseDate, idIn]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.received_on, last.id]);
  return { rows: await paymentReplies(tx, page.rows), next: page.next };
}

async function paymentReplies(tx: Tx, rows: readonly ListedPayment[]): Promise<PaymentReply[]> {
  const [customers, granted] = await Promise.all([
    customersOf(
      tx,
      rows.map((row) => row.customer_id),
    ),
    readSpokenFor(
      tx,
      rows.filter((row) => row.unapplied_minor !== 0n).map((row) => row.id),
    ),
  ]);
  return rows.map((row) => paymentReply(row, customers, granted.get(row.id) ?? 0n));
}

function paymentReply(row: ListedPayment, customers: Customers, granted: bigint): PaymentReply {
  return {
    paymentId: row.id,
    number: row.number,
    direction: row.direction === 'refunded' ? 'refunded' : 'received',
    state: row.returned_on !== null ? 'returned' : row.unapplied_minor === 0n ? 'applied' : 'unapplied',
    companyId: row.company_id,
    customer: brief(customers, row.customer_id),
    receivedOn: row.received_on.toString(),
    amount: shown(money(row.amount_minor, row.currency)),
    unapplied: shown(money(row.unapplied_minor, row.currency)),
    free: shown(money(row.unapplied_minor - granted, row.currency)),
    method: row.method as PaymentReply['method'],
    payerName: row.payer_name,
    payerAccount: row.payer_account,
    reference: row.reference,
    externalId: row.external_id,
    statementLineId: row.statement_line_id,
    recordedAt: row.recorded_at.toString(),
  };
}

/** One payment with all about it, and what the caller may do with it. Refuses: `payment_not_found`. */
export async function readPayment(
  tx: Tx,
  context: Context,
  paymentId: string,
): Promise<Reply<typeof contract.getPayment>> {
  const payment = await findPayment(tx, paymentId);
  if (!payment) throw new Refusal('payment_not_found', { paymentId });
  const granted = (await readSpokenFor(tx, [payment.id])).get(payment.id) ?? 0n;
  const [applications, nettings, events, line, match, certificate, handovers, otherCompanies] =
    await Promise.all([
      findApplications(tx, paymentId),
      findNettings(tx, paymentId),
      findEvents(tx, paymentId),
      payment.statement_line_id === null ? undefined : findStatementLine(tx, payment.statement_line_id),
      matchOf(tx, payment, granted),
      findCertificate(tx, paymentId),
      findHandovers(tx, paymentId),
      findOtherCompanies(tx, payment.company_id),
    ]);
  const customers = await customersOf(tx, [
    payment.customer_id,
    match?.payer?.customerId ?? null,
    ...applications.map((a) => a.item_customer_id),
    ...handovers.map((one) => one.customer_id),
    ...(match?.candidates.map((c) => c.item.customerId) ?? []),
    ...(match?.suggestions.flatMap((s) => [s.customerId, ...s.items.map((item) => item.customerId)]) ?? []),
  ]);
  return {
    ...paymentReply(payment, customers, granted),
    functional: shown(money(payment.functional_minor, payment.functional_currency)),
    returned: payment.returned_on && {
      on: payment.returned_on.toString(),
      reason: payment.return_reason,
      statementLineId: payment.return_line_id,
    },
    applications: applications.map((a) => applicationReply(a, customers)),
    credits: nettings.map(nettingReply),
    events: events.map((event) => ({
      eventId: event.id,
      type: event.type,
      actor: event.actor,
      recordedAt: event.recorded_at.toString(),
      data: event.data,
    })),
    statementLine: line ? lineReply(line) : null,
    match: match ? matchReply(match, customers) : null,
    certificate: certificate ?? null,
    handovers: handovers.map((one) => handoverReply(one, customers)),
    otherCompanies: [...otherCompanies],
    may: mayReply(context, payment, applications, otherCompanies.length > 0),
  };
}

async function matchOf(tx: Tx, payment: ListedPayment, granted: bigint): Promise<Match | undefined> {
  const free = payment.unapplied_minor - granted;
  if (payment.direction !== 'received' || payment.returned_on !== null || free === 0n) return undefined;
  const [row] = await findReceipts(tx, [payment.id]);
  const arrived = arrivedOf(present(row, 'the payment is there'));
  // What is free is what can still be for something.
  return matchToShow(tx, { ...arrived, amount: money(free, payment.currency) });
}

function applicationReply(
  a: ShownApplication,
  customers: Customers,
): Reply<typeof contract.getPayment>['applications'][number] {
  return {
    applicationId: a.id,
    itemId: a.item_id,
    documentId: a.item_document_id,
    companyId: a.company_id,
    kind: a.item_kind,
    reference: a.item_reference,
    customer: brief(customers, a.item_customer_id),
    dueOn: a.item_due_on.toString(),
    amount: shown(money(a.amount_minor, a.currency)),
    discount: shown(money(a.discount_minor, a.currency)),
    difference: shown(money(a.difference_minor, a.currency)),
    differenceKind: a.difference_kind as KeptBackKind,
    method: a.method,
    evidence: a.evidence,
    appliedOn: a.applied_on.toString(),
    recordedAt: a.recorded_at.toString(),
    takenBackOn: a.taken_back_on?.toString() ?? null,
  };
}

function handoverReply(
  one: ShownHandover,
  customers: Customers,
): Reply<typeof contract.getPayment>['handovers'][number] {
  return {
    handoverId: one.id,
    company: { id: one.company_id, name: one.company_name },
    customer: brief(customers, one.customer_id),
    applicationId: one.application_id,
    itemId: one.item_id,
    amount: shown(money(one.amount_minor, one.currency)),
    on: one.handed_on.toString(),
    takenBackOn: one.taken_back_on?.toString() ?? null,
  };
}

function nettingReply(a: ShownNetting): Reply<typeof contract.getPayment>['credits'][number] {
  return {
    applicationId: a.id,
    credit: { kind: a.credit_kind, documentId: a.credit_document_id, reference: a.credit_reference },
    item: { kind: a.item_kind, documentId: a.item_document_id, reference: a.item_reference },
    amount: shown(money(a.amount_minor, a.currency)),
    appliedOn: a.applied_on.toString(),
    takenBackOn: a.taken_back_on?.toString() ?? null,
  };
}

type MatchReply = NonNullable<Reply<typeof contract.getPayment>['match']>;

function matchReply(match: Match, customers: Customers): MatchReply {
  return {
    decision: match.decision,
    rule: match.rule,
    payer: brief(customers, match.payer?.customerId ?? null),
    suggestions: match.suggestions.map((one) => suggestionReply(one, customers)),
    candidates: match.candidates.map(({ item, score, reasons }) => ({
      itemId: item.id,
      documentId: item.documentId,
      kind: item.kind,
      reference: item.reference,
      customer: brief(customers, item.customerId),
      dueOn: item.dueOn.toString(),
      amount: shown(item.amount),
      open: shown(item.open),
      score,
      reasons: [...reasons],
    })),
  };
}

function suggestionReply(
  { customerId, probability, kind, short, allocations, nettings = [], items }: Suggestion,
  customers: Customers,
): MatchReply['suggestions'][number] {
  return {
    customer: present(brief(customers, customerId), 'a suggestion is of a customer'),
    probability,
    kind,
    short: shown(short),
    allocations: allocations.flatMap((allocation) => {
      const item = items.find(({ id }) => id === allocation.itemId);
      if (item === undefined) return [];
      return {
        itemId: item.id,
        documentId: item.documentId,
        kind: item.kind,
        reference: item.reference,
        customer: brief(customers, item.customerId),
        dueOn: item.dueOn.toString(),
        open: shown(item.open),
        amount: shown(allocation.amount),
        discount: allocation.discount ? shown(allocation.discount) : null,
      };
    }),
    credits: items
      .filter(({ open }) => open.minor < 0n)
      .map((item) => ({
        itemId: item.id,
        documentId: item.documentId,
        reference: item.reference,
        customer: brief(customers, item.customerId),
        dueOn: item.dueOn.toString(),
        open: shown(item.open),
      })),
    nettings: nettings.flatMap(({ creditItemId, debitItemId, amount }) => {
      const item = items.find(({ id }) => id === debitItemId);
      if (item === undefined) return [];
      const { id: itemId, reference, dueOn, open } = item;
      const customer = brief(customers, item.customerId);
      const debt = { itemId, reference, customer, dueOn: dueOn.toString(), open: shown(open) };
      return { creditItemId, ...debt, amount: shown(amount) };
    }),
  };
}

function mayReply(
  context: Context,
  payment: ListedPayment,
  applications: readonly ShownApplication[],
  isAllowed: boolean,
): Reply<typeof contract.getPayment>['may'] {
  const standing = {
    direction: payment.direction === 'refunded' ? 'refunded' : 'received',
    isReturned: payment.returned_on !== null,
    unapplied: payment.unapplied_minor,
    applied: applications.filter((a) => a.taken_back_on === null && a.method !== 'return').length,
  } as const;
  const ask = (permission: string, may: May): May =>
    mayDo(context, permission, may === true ? undefined : may);
  return {
    apply: ask('payment.apply', mayApply(standing)),
    unapply: ask('payment.apply', mayUnapply(standing)),
    return: ask('payment.return', mayReturn(standing)),
    identify: ask('payment.apply', mayIdentify(standing)),
    handOver: ask('payment.apply', isAllowed ? mayHandOver(standing) : 'handover_not_allowed'),
  };
}

// — bank —

/** The bank accounts, each with the day its statements reach to. */
export async function readBankAccounts(
  tx: Tx,
  companyId: string | undefined,
): Promise<Reply<typeof contract.listBankAccounts>> {
  const rows = await findBankAccounts(tx, companyId);
  return {
    rows: rows.map((row) => ({
      bankAccountId: row.id,
      companyId: row.company_id,
      name: row.name,
      account: row.account,
      currency: row.currency,
      createdAt: row.created_at.toString(),
      lastStatementTo: row.last_to?.toString() ?? null,
      lastClosing:
        row.last_closing_minor === null ? null : shown(money(row.last_closing_minor, row.currency)),
    })),
  };
}

/** A page of statements, the latest imported first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readStatementPage(
  tx: Tx,
  query: Query<typeof contract.listBankStatements>,
): Promise<Reply<typeof contract.listBankStatements>> {
  const rows = await findStatements(tx, {
    bankAccountId: query.bankAccountId,
    isDiffering: query.differing === 'true',
    after: readCursor(query.after, [idIn])?.[0],
    limit: query.limit + 1,
  });
  const page = pageOfRows(rows, query.limit, (last) => [last.id]);
  return { rows: page.rows.map(statementReply), next: page.next };
}

/** One statement. Refuses: `statement_not_found`. */
export async function readStatement(
  tx: Tx,
  statementId: string,
): Promise<Reply<typeof contract.getBankStatement>> {
  const row = await findStatement(tx, statementId);
  if (!row) throw new Refusal('statement_not_found', { statementId });
  return statementReply(row);
}

function statementReply(row: ListedStatement): Reply<typeof contract.getBankStatement> {
  const amount = (minor: bigint | null) => (minor === null ? null : shown(money(minor, row.currency)));
  return {
    statementId: row.id,
    bankAccountId: row.bank_account_id,
    account: row.account,
    accountName: row.account_name,
    companyId: row.company_id,
    statementRef: row.statement_ref,
    sequenceNo: row.sequence_no,
    from: row.from_on?.toString() ?? null,
    to: row.to_on?.toString() ?? null,
    opening: amount(row.opening_minor),
    closing: amount(row.closing_minor),
    entries: shown(money(row.entries_minor, row.currency)),
    difference: amount(row.difference_minor),
    lines: row.lines,
    fileName: row.file_name,
    recordedAt: row.recorded_at.toString(),
  };
}

/** A page of a statement's lines. Refuses: `statement_not_found`, `bad_input`. */
export async function readLinePage(
  tx: Tx,
  statementId: string,
  query: Query<typeof contract.listStatementLines>,
): Promise<Reply<typeof contract.listStatementLines>> {
  const after = readCursor(query.after, [lineNoIn])?.[0] ?? 0;
  const [statement, rows] = await Promise.all([
    findStatement(tx, statementId),
    findLines(tx, statementId, { after, limit: query.limit + 1 }),
  ]);
  if (!statement) throw new Refusal('statement_not_found', { statementId });
  const page = pageOfRows(rows, query.limit, (last) => [last.line_no]);
  return { rows: page.rows.map(lineReply), next: page.next };
}

function lineNoIn(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('bad_input');
  return Number(text);
}

function lineReply(row: StatementLineRow): LineReply {
  return {
    lineId: row.id,
    statementId: row.statement_id,
    bankAccountId: row.bank_account_id,
    lineNo: row.line_no,
    bookedOn: row.booked_on.toString(),
    valueOn: row.value_on.toString(),
    amount: shown(money(row.amount_minor, row.currency)),
    payerName: row.payer_name,
    payerAccount: row.payer_account,
    endToEndId: row.end_to_end_id,
    bankReference: row.bank_reference,
    structuredReference: row.structured_reference,
    remittance: row.remittance,
    returned: row.returned,
    paymentId: row.payment_id,
    returnsPaymentId: row.returns_payment_id,
  };
}

/** One line of a statement, and the payments it may be the return of. Refuses: `statement_line_not_found`. */
export async function readLine(tx: Tx, lineId: string): Promise<Reply<typeof contract.getStatementLine>> {
  const line = await findStatementLine(tx, lineId);
  if (!line) throw new Refusal('statement_line_not_found', { statementLineId: lineId });
  const mayBeReturn = line.returns_payment_id === null && (line.returned || line.amount_minor < 0n);
  const candidates = mayBeReturn ? await findReturnable(tx, line) : [];
  return {
    ...lineReply(line),
    details: line.details,
    returnCandidates: await paymentReplies(tx, candidates),
  };
}
