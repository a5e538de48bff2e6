// HTTP of payments: contract to command or reading, one line each where it can be.

import { type CarryOutOptions, carryOut } from '#command/command.ts';
import type { Operation } from '#http/contract.ts';
import { type Call, type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as remittances from '#remittances/contract.ts';
import { addBankAccount, setCsvProfile } from './add-bank-account.ts';
import { type Applied, applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import { stateHandover } from './change-handovers.ts';
import * as contract from './contract.ts';
import { handOverPayment } from './hand-over-payment.ts';
import { identifyPayment } from './identify-payment.ts';
import { importUpload } from './import-bank-file.ts';
import { applyRemittance, joinRemittance, partRemittance } from './join-remittance.ts';
import { readRemittanceClaims } from './read-claims.ts';
import { readDroppedPage } from './read-dropped.ts';
import { readLateDiscountPage } from './read-late-discounts.ts';
import {
  readBankAccounts,
  readLine,
  readLinePage,
  readPayment,
  readPaymentPage,
  readStatement,
  readStatementPage,
} from './read-lists.ts';
import { recordPayment } from './record-payment.ts';
import { returnPayment } from './return-payment.ts';
import { findHandoverSettings } from './store-handovers.ts';
import { unapplyPayment } from './unapply-payment.ts';

function optionsOf(call: Pick<Call<Operation>, 'commandId' | 'rehearse'>): CarryOutOptions {
  return { commandId: call.commandId, rehearse: call.rehearse };
}

export const routes: readonly Route[] = [
  route(contract.listPayments, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPaymentPage(tx, query)),
  ),

  route(contract.getPayment, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readPayment(tx, context, params.paymentId)),
  ),

  route(contract.recordPayment, async (call) => {
    const recorded = await carryOut(call.door, call.context, recordPayment, call.body, optionsOf(call));
    return { ...recorded, applied: recorded.applied && appliedReply(recorded.applied) };
  }),

  route(contract.applyPayment, async (call) => {
    const input = { ...call.params, ...call.body };
    return appliedReply(await carryOut(call.door, call.context, applyPayment, input, optionsOf(call)));
  }),

  route(remittances.getRemittanceClaims, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readRemittanceClaims(tx, context, params.remittanceId)),
  ),

  route(remittances.joinRemittance, (call) =>
    carryOut(call.door, call.context, joinRemittance, { ...call.params, ...call.body }, optionsOf(call)),
  ),

  route(remittances.partRemittance, (call) =>
    carryOut(call.door, call.context, partRemittance, call.params, optionsOf(call)),
  ),

  route(contract.applyRemittance, async (call) =>
    appliedReply(await carryOut(call.door, call.context, applyRemittance, call.params, optionsOf(call))),
  ),

  route(contract.handOverPayment, async (call) => {
    const input = { ...call.params, ...call.body };
    const done = await carryOut(call.door, call.context, handOverPayment, input, optionsOf(call));
    return {
      ...done,
      applications: [...done.applications],
      items: [...done.items],
      discounts: [...done.discounts],
      differences: [...done.differences],
      deductions: [...done.deductions],
      writeOffs: [...done.writeOffs],
    };
  }),

  route(contract.listHandoverSettings, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => ({
      rows: [...(await findHandoverSettings(tx))],
      may: { state: mayDo(context, 'company.manage') },
    })),
  ),

  route(contract.stateHandover, (call) =>
    carryOut(call.door, call.context, stateHandover, { ...call.params, ...call.body }, optionsOf(call)),
  ),

  route(contract.unapplyPayment, async (call) => {
    const input = { ...call.params, ...call.body };
    const done = await carryOut(call.door, call.context, unapplyPayment, input, optionsOf(call));
    return { ...done, takenBack: [...done.takenBack], items: [...done.items] };
  }),

  route(contract.returnPayment, async (call) => {
    const input = { ...call.params, ...call.body };
    const done = await carryOut(call.door, call.context, returnPayment, input, optionsOf(call));
    return { ...done, items: [...done.items] };
  }),

  route(contract.identifyPayment, (call) => {
    const input = { ...call.params, ...call.body };
    return carryOut(call.door, call.context, identifyPayment, input, optionsOf(call));
  }),

  route(contract.applyReceipts, (call) =>
    carryOut(call.door, call.context, applyReceipts, call.body, optionsOf(call)),
  ),

  route(contract.listLateDiscounts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readLateDiscountPage(tx, query)),
  ),

  route(contract.listDroppedDifferences, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readDroppedPage(tx, query)),
  ),

  route(contract.listBankAccounts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readBankAccounts(tx, query.companyId)),
  ),

  route(contract.addBankAccount, (call) =>
    carryOut(call.door, call.context, addBankAccount, call.body, optionsOf(call)),
  ),

  route(contract.setCsvProfile, (call) => {
    const input = { ...call.params, profile: call.body };
    return carryOut(call.door, call.context, setCsvProfile, input, optionsOf(call));
  }),

  route(contract.importStatement, async (call) => {
    const { apply, ...wish } = call.query;
    const done = await importUpload(
      call,
      present(call.upload, 'the operation carries a file'),
      { ...wish, apply: apply === 'true' },
      optionsOf(call),
    );
    return {
      ...done,
      statements: done.statements.map((s) => ({ ...s })),
      problems: done.problems.map((p) => ({ ...p })),
    };
  }),

  route(contract.listBankStatements, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readStatementPage(tx, query)),
  ),

  route(contract.getBankStatement, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readStatement(tx, params.statementId)),
  ),

  route(contract.listStatementLines, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) => readLinePage(tx, params.statementId, query)),
  ),

  route(contract.getStatementLine, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readLine(tx, params.lineId)),
  ),
];

/** Replies are written as changeable arrays; what we hand out is a copy. */
function appliedReply(applied: Applied) {
  return {
    ...applied,
    applications: [...applied.applications],
    items: [...applied.items],
    credits: [...applied.credits],
    discounts: [...applied.discounts],
    differences: [...applied.differences],
    deductions: [...applied.deductions],
    writeOffs: [...applied.writeOffs],
  };
}
