// Reading calls: the log of a customer or of everybody, numbers that were wrong, and how often somebody was called.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { notBefore } from '#gate/call-gate.ts';
import { zonesOf } from '#gate/contact-hours.ts';
import { readCallBars } from '#gate/read-call-gate.ts';
import { readActorNames } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, momentKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type { CallDirection, CallOutcome, CallWay } from './call.ts';
import type * as contract from './contract.ts';
import { DIAL_TEMPLATE_DEFAULT } from './phone.ts';
import {
  type CallCount,
  findCallCounts,
  findCallItems,
  findCalls,
  findSoftPhone,
  findWrongNumbers,
} from './store.ts';

/** Whether a customer may be called now. Refuses: `customer_not_found`. */
export async function readCalling(
  tx: Tx,
  context: Context,
  customerId: CustomerId,
): Promise<z.input<typeof contract.readCalling.reply>> {
  const customer = await takeCustomer(tx, customerId);
  const bars = (await readCallBars(tx, [customer], context.now)).get(customerId) ?? [];
  return {
    notBefore: notBefore(bars)?.toString() ?? null,
    bars: bars.map((bar) => ({ ...bar, until: bar.until.toString() })),
    zones: [...zonesOf(customer, { timeZone: 'UTC' })],
    may: { override: mayDo(context, 'call.override') },
  };
}

/** A page of calls, the newest first. */
export async function readCallPage(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listCalls.query>,
): Promise<z.input<typeof contract.listCalls.reply>> {
  const after = readCursor<readonly [string, string]>(query.after, [momentKey, idKey]);
  const found = await findCalls(tx, {
    customerId: query.customerId,
    isStanding: query.withCorrected !== 'true',
    after,
    limit: query.limit + 1,
  });
  const page = pageOfRows(found, query.limit, (last) => [last.recorded_at, last.id]);
  const [items, names] = [
    await findCallItems(
      tx,
      page.rows.map((row) => row.id),
    ),
    await readActorNames(
      tx,
      page.rows.map((row) => row.recorded_by),
    ),
  ];
  return {
    rows: page.rows.map((row) => ({
      callId: row.id,
      customer: { id: row.customer_id, number: row.customer_number, name: row.customer_name },
      companyId: row.company_id,
      direction: row.direction as CallDirection,
      way: row.way as CallWay,
      contactId: row.contact_id,
      with: row.contact_name ?? row.spoke_with,
      number: row.number,
      outcome: row.outcome as CallOutcome,
      note: row.note,
      nextOn: row.next_on?.toString() ?? null,
      on: row.called_on.toString(),
      promiseId: row.promise_id,
      disputeId: row.dispute_id,
      items: (items.get(row.id) ?? []).map(({ itemId, reference, documentId }) => ({
        itemId,
        reference,
        documentId,
      })),
      by: names.get(row.recorded_by) ?? row.recorded_by,
      recordedAt: row.recorded_at.toString(),
      despite: row.despite,
      correctedNote: row.corrected_note,
      replacedBy: row.replaced_by,
      may: {
        correct: mayDo(context, 'call.record', row.corrected_note === null ? undefined : 'call_corrected'),
      },
    })),
    next: page.next,
    may: { record: mayDo(context, 'call.record') },
  };
}

/** Contacts whose number was wrong and was not changed since. */
export async function readWrongNumbers(
  tx: Tx,
  customerId: CustomerId | undefined,
): Promise<z.input<typeof contract.listWrongNumbers.reply>> {
  const rows = await findWrongNumbers(tx, customerId);
  return {
    rows: rows.map(({ recordedAt: _recordedAt, calledOn, ...row }) => ({
      ...row,
      calledOn: calledOn.toString(),
    })),
  };
}

/** The address that dials, as stated or as it comes. */
export async function readSoftPhone(tx: Tx): Promise<string> {
  return (await findSoftPhone(tx)) ?? DIAL_TEMPLATE_DEFAULT;
}

/**
 * How often each of these customers was called by us since a day, and when it was last spoken to; for whatever limits how often
 * somebody may be contacted. Calls that were corrected do not count. Those never called are left out.
 */
export async function readCallCounts(
  tx: Tx,
  customerIds: readonly CustomerId[],
  since: PlainDate,
): Promise<ReadonlyMap<CustomerId, CallCount>> {
  const counts = await findCallCounts(tx, customerIds, since);
  return new Map(counts.map((one) => [one.customerId, one]));
}

/** Calls and visits with a customer on a day that were not corrected, the latest noted first. */
export async function readCallsOf(
  tx: Tx,
  customerId: CustomerId,
  on: PlainDate,
): Promise<readonly { readonly callId: string; readonly way: string; readonly outcome: string }[]> {
  const found = await findCalls(tx, { customerId, isStanding: true, on, limit: 100 });
  return found.map(({ id, way, outcome }) => ({ callId: id, way, outcome }));
}
