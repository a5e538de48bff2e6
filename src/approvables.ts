// What a second person can be asked to decide: the operations, and the kinds of decisions that rules are set for. The one
// table; a module that has more adds its lines here.

import type { Registry } from '#approvals/approvable.ts';
import { handOverItems as handOverItemsContract } from '#escalation/contract.ts';
import { handOverItems } from '#escalation/hand-over-items.ts';
import {
  creditInvoice as creditInvoiceContract,
  issueCreditNote as issueCreditNoteContract,
} from '#invoicing/contract.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { issueCreditNote } from '#invoicing/issue-credit-note.ts';
import type { CustomerId } from '#kernel/id.ts';
import { readCustomers } from '#parties/take-party.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import {
  applyPayment as applyPaymentContract,
  handOverPayment as handOverPaymentContract,
  recordPayment as recordPaymentContract,
} from '#payments/contract.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { grantRefund as grantRefundContract } from '#refunds/contract.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import {
  creditDispute as creditDisputeContract,
  writeOffDispute as writeOffDisputeContract,
} from '#remedies/contract.ts';
import { creditDispute } from '#remedies/credit-dispute.ts';
import { writeOffDispute } from '#remedies/write-off-dispute.ts';
import { startWriteOffRun as startWriteOffRunContract } from '#writeoffruns/contract.ts';
import { startWriteOffRun } from '#writeoffruns/start-write-off-run.ts';
import { writeOffItems as writeOffItemsContract } from '#writeoffs/contract.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';

export const APPROVABLES: Registry = {
  readCustomerNames: async (tx, ids) => {
    const customers = await readCustomers(tx, [...new Set(ids)] as CustomerId[]);
    return new Map([...customers.values()].map((customer) => [customer.id, customer.name]));
  },
  approvables: [
    { operation: creditDisputeContract, command: creditDispute },
    { operation: creditInvoiceContract, command: creditInvoice },
    { operation: issueCreditNoteContract, command: issueCreditNote },
    { operation: applyPaymentContract, command: applyPayment },
    { operation: handOverPaymentContract, command: handOverPayment },
    { operation: recordPaymentContract, command: recordPayment },
    { operation: handOverItemsContract, command: handOverItems },
    { operation: grantRefundContract, command: grantRefund },
    { operation: writeOffDisputeContract, command: writeOffDispute },
    { operation: startWriteOffRunContract, command: startWriteOffRun },
    { operation: writeOffItemsContract, command: writeOffItems },
  ],
  kinds: [
    { kind: 'credit_note', title: 'Credit notes' },
    { kind: 'refund', title: 'Refunds' },
    { kind: 'hand_over', title: 'Handing claims over' },
    { kind: 'hand_over.agency', title: 'Handing claims over: to an agency' },
    { kind: 'hand_over.legal', title: 'Handing claims over: to lawyers or a court' },
    { kind: 'write_off', title: 'Write-offs' },
    { kind: 'write_off.bad_debt', title: 'Write-offs: bad debt' },
    { kind: 'write_off.small_balance', title: 'Write-offs: small balance' },
    { kind: 'write_off.dispute', title: 'Write-offs: dispute' },
    { kind: 'write_off.goodwill', title: 'Write-offs: goodwill' },
    { kind: 'write_off.fx_rounding', title: 'Write-offs: rounding of exchange rates' },
  ],
};
