// HTTP of charges: contract to command, reading or file.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { parseDate } from '#kernel/calendar.ts';
import { decimalText } from '#kernel/percent.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { cursorText, idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { calculateInterest } from './calculate-interest.ts';
import { changeDebtorKind } from './change-debtor-kind.ts';
import {
  chargeReply,
  interestReply,
  partReply,
  planReply,
  policyReply,
  spanReply,
  termsReply,
  wholeReply,
} from './charge-reply.ts';
import * as contract from './contract.ts';
import { deliverCharges } from './deliver-charges.ts';
import { placeExclusion } from './place-exclusion.ts';
import { planCharges, planCustomerCharges } from './plan-charges.ts';
import { postCharges } from './post-charges.ts';
import { printCharge, readPrintedCharge } from './print-charge.ts';
import {
  listCharges,
  readCharge,
  readCustomerCharging,
  readHistories,
  readSettings,
} from './read-charges.ts';
import { readInvoiceInterest } from './read-interest.ts';
import { READY_MADE } from './ready-made.ts';
import { recordReferenceRates } from './record-reference-rates.ts';
import { RATE_NAMES } from './reference-rate.ts';
import { releaseExclusion } from './release-exclusion.ts';
import { replacePolicy } from './replace-policy.ts';
import { sheetText } from './sheet.ts';
import { undoWaiver } from './undo-waiver.ts';
import { waiveCharge } from './waive-charge.ts';

const rateName = (code: string): string => RATE_NAMES[code] ?? code;

const SETTINGS: readonly Route[] = [
  route(contract.readChargeSettings, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { policies, missing } = await readSettings(tx, query.companyId, context.today);
      return {
        policies: policies.map(policyReply),
        readyMade: READY_MADE.map((ready) => ({ ...ready, terms: termsReply(ready.terms) })),
        missingRates: missing.map(({ code, on }) => ({ code, name: rateName(code), on: on.toString() })),
        may: { configure: mayDo(context, 'charge.configure'), post: mayDo(context, 'charge.post') },
      };
    }),
  ),

  route(contract.replaceChargePolicy, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, replacePolicy, body, { commandId, rehearse }),
  ),

  route(contract.calculateInterest, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => {
      const { spans, interest, daily, fixedSum } = await calculateInterest(tx, body);
      return {
        spans: spans.map((span) => spanReply(span, body.amount.currency)),
        interest: shownMoney(interest),
        daily: shownMoney(daily),
        fixedSum: fixedSum ? shownMoney(fixedSum) : null,
      };
    }),
  ),

  route(contract.readReferenceRates, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => {
      const { histories, recordedAt } = await readHistories(tx);
      return {
        histories: [...histories.values()].map(({ code, knownThrough, rates }) => ({
          code,
          name: rateName(code),
          knownThrough: knownThrough.toString(),
          rates: rates.toReversed().map((rate) => ({
            validFrom: rate.validFrom.toString(),
            percent: decimalText(rate.percent),
            source: rate.source,
            recordedAt: recordedAt.get(`${code} ${rate.validFrom}`)?.toString() ?? null,
          })),
        })),
        may: { record: mayDo(context, 'charge.configure') },
      };
    }),
  ),

  route(contract.recordReferenceRates, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, recordReferenceRates, body, { commandId, rehearse }),
  ),

  route(contract.readCustomerCharging, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const { kind, policies } = await readCustomerCharging(tx, params.customerId);
      return {
        debtorKind: kind,
        policies: policies.map(policyReply),
        may: { configure: mayDo(context, 'charge.configure') },
      };
    }),
  ),

  route(contract.changeDebtorKind, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeDebtorKind, { ...params, ...body }, { commandId, rehearse }),
  ),
];

const CHARGES: readonly Route[] = [
  route(contract.planCharges, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { limit, companyId, through } = query;
      const [after] = readCursor(query.after, [idKey]) ?? [];
      const wish = { companyId, through, today: context.today };
      const page = await planCharges(tx, wish, { after, limit });
      return {
        rows: page.rows.map(planReply),
        next: page.after === undefined ? null : cursorText([page.after]),
      };
    }),
  ),

  route(contract.planCustomerCharges, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => ({
      parts: (await planCustomerCharges(tx, { ...params, ...query, today: context.today })).map(partReply),
    })),
  ),

  route(contract.postCharges, async ({ door, context, body, commandId, rehearse }) => {
    const { charges } = await carryOut(door, context, postCharges, body, { commandId, rehearse });
    return { charges: [...charges] };
  }),

  route(contract.listCharges, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { limit, after, ...filter } = query;
      const found = await listCharges(tx, filter, {
        after: readCursor(after, [parseDate, idKey]),
        limit: limit + 1,
      });
      const page = pageOfRows(found, limit, ({ row }) => [row.charged_on, row.id]);
      return { rows: page.rows.map(chargeReply), next: page.next };
    }),
  ),

  route(contract.readCharge, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => wholeReply(await readCharge(tx, params.chargeId), context)),
  ),

  route(contract.printCharge, async ({ door, context, params }) => {
    const charge = await readSnapshot(door, context, (tx) => readPrintedCharge(tx, params.chargeId));
    const { fileName, pdf } = await printCharge(charge);
    return { fileName, contentType: 'application/pdf', body: pdf, inline: true };
  }),

  route(contract.exportSheet, async ({ door, context, params }) => {
    const { row, parts } = await readSnapshot(door, context, (tx) => readCharge(tx, params.chargeId));
    const fileName = `${row.number}-sheet.csv`;
    return { fileName, contentType: 'text/csv; charset=utf-8', body: sheetText(parts) };
  }),

  route(contract.deliverCharges, async ({ door, context, body, commandId, rehearse }) => {
    const { queued, results } = await carryOut(door, context, deliverCharges, body, { commandId, rehearse });
    return { queued, results: [...results] };
  }),

  route(contract.waiveCharge, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, waiveCharge, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.undoWaiver, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, undoWaiver, { ...params, ...body }, { commandId, rehearse }),
  ),
];

const INVOICES: readonly Route[] = [
  route(contract.readInvoiceInterest, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) =>
      interestReply(
        await readInvoiceInterest(tx, params.invoiceId, query.on ?? context.today, context.today),
        context,
      ),
    ),
  ),

  route(contract.placeExclusion, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, placeExclusion, body, { commandId, rehearse }),
  ),

  route(contract.releaseExclusion, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, releaseExclusion, { ...params, ...body }, { commandId, rehearse }),
  ),
];

export const routes: readonly Route[] = [...SETTINGS, ...CHARGES, ...INVOICES];
