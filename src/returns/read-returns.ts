// Reading returns for people: what waits with the payments that may be meant, and payments that came back with what is to be
// done.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { Customer } from '#parties/customer.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers, takeCompany } from '#parties/take-party.ts';
import { shown } from '#payments/payment.ts';
import type * as contract from './contract.ts';
import { reasonOf } from './known-reasons.ts';
import { matchNotice } from './match-notices.ts';
import type { NoticeKind, NoticeOrigin } from './notice.ts';
import type { OriginalFound } from './original.ts';
import { findFeeRules } from './store.ts';
import { findNotices, findReturnedPayments, type ListedNotice } from './store-lists.ts';

type NoticePage = z.input<typeof contract.listReturnNotices.reply>;
type ReturnedPage = z.input<typeof contract.listReturnedPayments.reply>;
type Names = ReadonlyMap<string, string>;

/** Payments shown to choose from. */
const SUGGESTIONS_MAX = 5;

function brief(customers: ReadonlyMap<CustomerId, Customer>, id: CustomerId | null) {
  const customer = id === null ? undefined : customers.get(id);
  return customer ? { id: customer.id, number: customer.number, name: customer.name } : null;
}

/** A page of notices. Refuses: `bad_input` (an `after` we never gave out). */
export async function readNoticePage(
  tx: Tx,
  { state, after, limit }: z.output<typeof contract.listReturnNotices.query>,
): Promise<NoticePage> {
  const found = await findNotices(tx, {
    isWaiting: state === 'waiting',
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const page = pageOfRows(found, limit, (last) => [last.returned_on, last.id]);
  const originals = new Map<string, OriginalFound>();
  for (const row of page.rows) if (row.is_waiting) originals.set(row.id, await matchNotice(tx, row));
  const customerIds = [...originals.values()].flatMap(({ fitting }) =>
    fitting.flatMap(({ candidate }) => candidate.customerId ?? []),
  );
  const [customers, names] = await Promise.all([
    readCustomers(tx, [...new Set(customerIds)]),
    readActorNames(
      tx,
      page.rows.flatMap((row) => row.decided_by ?? []),
    ),
  ]);
  return {
    rows: page.rows.map((row) => ({
      noticeId: row.id,
      companyId: row.company_id,
      origin: row.origin as NoticeOrigin,
      kind: row.kind as NoticeKind,
      isOurs: row.whose === 'ours',
      returnedOn: row.returned_on.toString(),
      amount: shown(money(row.amount_minor, row.currency)),
      fee: shown(money(row.fee_minor, row.currency)),
      reason: reasonOf(row.code),
      payerName: row.payer_name,
      payerAccount: row.payer_account,
      said: row.said,
      statementLineId: row.statement_line_id,
      fileName: row.file_name,
      suggestions: (originals.get(row.id)?.fitting ?? [])
        .slice(0, SUGGESTIONS_MAX)
        .map(({ candidate, signs, feeMinor }) => ({
          paymentId: candidate.paymentId,
          number: candidate.number,
          receivedOn: candidate.receivedOn.toString(),
          amount: shown(candidate.amount),
          customer: brief(customers, candidate.customerId),
          signs: [...signs],
          fee: shown(money(feeMinor + row.fee_minor, row.currency)),
          isReturned: candidate.isReturned,
        })),
      outcome: outcomeOf(row, names),
    })),
    next: page.next,
  };
}

/** What became of a notice. What nobody decides (a dishonoured return, a line explained by other means) is kept. */
function outcomeOf(row: ListedNotice, names: Names): NoticePage['rows'][number]['outcome'] {
  if (row.is_waiting) return null;
  return {
    kind: (row.outcome as 'booked' | 'known' | 'set_aside' | null) ?? 'kept',
    payment:
      row.payment_id === null || row.received_on === null
        ? null
        : {
            paymentId: row.payment_id,
            number: row.payment_number ?? '',
            receivedOn: row.received_on.toString(),
            amount: shown(money(row.payment_minor ?? 0n, row.currency)),
          },
    note: row.note,
    decidedBy: row.decided_by === null ? null : (names.get(row.decided_by) ?? row.decided_by),
    decidedAt: row.decided_at?.toString() ?? null,
  };
}

/** A page of payments that came back. Refuses: `bad_input` (an `after` we never gave out). */
export async function readReturnedPage(
  tx: Tx,
  { state, customerId, after, limit }: z.output<typeof contract.listReturnedPayments.query>,
): Promise<ReturnedPage> {
  const found = await findReturnedPayments(tx, {
    state,
    customerId,
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const page = pageOfRows(found, limit, (last) => [last.returned_on, last.payment_id]);
  const [customers, names] = await Promise.all([
    readCustomers(tx, [...new Set(page.rows.flatMap((row) => row.customer_id ?? []))]),
    readActorNames(
      tx,
      page.rows.flatMap((row) => row.done_by ?? []),
    ),
  ]);
  return {
    rows: page.rows.map((row) => ({
      paymentId: row.payment_id,
      number: row.number,
      receivedOn: row.received_on.toString(),
      returnedOn: row.returned_on.toString(),
      amount: shown(money(row.amount_minor, row.currency)),
      bankFee: shown(money(row.fee_minor, row.currency)),
      customer: brief(customers, row.customer_id),
      reason: reasonOf(row.code),
      said: row.reason,
      risky: row.customer_id === null ? 0 : row.risky,
      charge: row.charge_id === null ? null : { chargeId: row.charge_id, number: row.charge_number ?? '' },
      followUp:
        row.note === null || row.done_at === null
          ? null
          : {
              note: row.note,
              doneBy: names.get(row.done_by ?? '') ?? row.done_by ?? '',
              doneAt: row.done_at.toString(),
            },
    })),
    next: page.next,
  };
}

/** What payers are asked today. Refuses: `company_not_found`. */
export async function readReturnFees(
  tx: Tx,
  companyId: string,
  today: Temporal.PlainDate,
): Promise<z.input<typeof contract.listReturnFees.reply>> {
  const company = await takeCompany(tx, companyId as Parameters<typeof takeCompany>[1]);
  const rules = await findFeeRules(tx, company.id, today);
  return {
    rows: rules.map((rule) => ({
      fee: shown(money(rule.amount_minor, rule.currency)),
      validFrom: rule.valid_from.toString(),
    })),
  };
}
