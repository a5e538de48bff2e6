// Ordering refunds at the bank: each is booked as a payment from the oldest credit, and all of them go into one file, which is
// kept as it was made.

import { createHash } from 'node:crypto';
import { type Act, actorText, type Command } from '#command/command.ts';
import { bankText, type Transfer, type TransferAddress, writePain001 } from '#formats/pain001.ts';
import { type CompanyId, type ItemId, newId, type PaymentId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { takeCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { isIban } from '#parties/iban.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { readCustomers, takeCompany } from '#parties/take-party.ts';
import { type ShownMoney, shown } from '#payments/payment.ts';
import { takeBankAccount } from '#payments/take-bank-accounts.ts';
import { settleRefund } from './settle-refund.ts';
import { findCreditItemIds, insertEnds, insertFile, type RefundRow } from './store.ts';
import { stateOfRow, takeOpenRefunds } from './take-refund.ts';

export type ExportRefunds = {
  readonly companyId: CompanyId;
  /** Our account that pays. */
  readonly bankAccountId: string;
  readonly refundIds: readonly string[];
};

export type RefundsExported = {
  readonly fileId: string;
  readonly messageId: string;
  readonly total: ShownMoney;
  readonly refunds: readonly {
    readonly refundId: string;
    readonly paymentId: string;
    readonly payment: string;
    readonly amount: ShownMoney;
  }[];
};

/**
 * Orders refunds of one company and currency, all of them or none.
 *
 * Refuses: `company_not_found`, `bank_account_not_found`, `refund_not_found`, `refund_ended`, `refund_named_twice`,
 * `refund_waiting`, `refund_of_other_company`, `wrong_currency`, `refund_exceeds_credit` (the credit was used meanwhile), and
 * what recording a payment refuses.
 */
export const exportRefunds: Command<ExportRefunds, RefundsExported> = {
  name: 'export-refunds',
  permission: 'refund.pay',
  constraints: { refund_end_pkey: 'refund_ended' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const ours = await takeBankAccount(act, input.bankAccountId);
    if (ours.company_id !== company.id)
      throw new Refusal('bank_account_not_found', { bankAccountId: ours.id });
    if (new Set(input.refundIds).size < input.refundIds.length) throw new Refusal('refund_named_twice');
    const refunds = await takeOpenRefunds(act, input.refundIds);
    for (const refund of refunds) await checkPayable(act, refund, { company, currency: ours.currency });
    await lockCredits(act, refunds);

    const booked: Booked[] = [];
    for (const refund of refunds)
      booked.push({
        refund,
        payment: await settleRefund(act, refund, { on: act.today, method: 'transfer' }),
      });
    const customers = await readCustomers(
      act,
      refunds.map((refund) => refund.customer_id),
    );
    const addresses = await readAddresses(act, [...customers.keys()]);
    const transfers = booked.map(({ refund, payment }): Transfer => {
      const customer = customers.get(refund.customer_id);
      const home = addresses.find((one) => one.customerId === refund.customer_id && one.kind === 'billing');
      return transferOf(refund, payment, {
        customer,
        address: home
          ? { street: home.street, postalCode: home.postalCode, town: home.city, country: home.country }
          : null,
        company,
      });
    });
    const fileId = newId<'refund_file'>();
    const messageId = `R${fileId.replaceAll('-', '')}`;
    const total = totalOf(refunds, ours.currency);
    const content = writePain001({
      messageId,
      createdAt: act.now,
      executeOn: act.today,
      debtor: {
        name: company.name,
        address: addressOf(company),
        account: ours.account,
        isIban: isIban(ours.account),
      },
      transfers,
    });
    save(act, { company, bankAccountId: ours.id, fileId, messageId, total, content }, booked);
    return {
      fileId,
      messageId,
      total: shown(total),
      refunds: booked.map(({ refund, payment }) => ({
        refundId: refund.id,
        paymentId: payment.id,
        payment: payment.number,
        amount: shown(money(refund.amount_minor, refund.currency)),
      })),
    };
  },
};

/** Locks all credit there is to pay from before anything is booked, so that nothing is booked before what it is paid from. */
async function lockCredits(act: Act, refunds: readonly RefundRow[]): Promise<void> {
  const ids = new Set<ItemId>();
  for (const { company_id: companyId, customer_id: customerId, currency } of refunds)
    for (const id of await findCreditItemIds(act, { companyId, customerId, currency })) ids.add(id);
  if (ids.size > 0) await takeItems(act, [...ids]);
}

type Booked = {
  readonly refund: RefundRow;
  readonly payment: { readonly id: string; readonly number: string };
};

async function checkPayable(
  act: Act,
  refund: RefundRow,
  by: { readonly company: Company; readonly currency: string },
): Promise<void> {
  if (refund.company_id !== by.company.id)
    throw new Refusal('refund_of_other_company', { refundId: refund.id });
  if (refund.currency !== by.currency)
    throw new Refusal('wrong_currency', { wanted: by.currency, given: refund.currency });
  if (stateOfRow(refund, act.today) === 'waiting')
    throw new Refusal('refund_waiting', { refundId: refund.id, payableFrom: refund.payable_from.toString() });
  // An account that was taken out of use since is not paid to any more.
  await takeCustomerBankAccount(act, refund.customer_id, refund.bank_account_id);
}

function transferOf(
  refund: RefundRow,
  payment: { readonly number: string },
  given: {
    readonly customer: Customer | undefined;
    readonly address: TransferAddress | null;
    readonly company: Company;
  },
): Transfer {
  return {
    endToEndId: bankText(payment.number, 35),
    amount: money(refund.amount_minor, refund.currency),
    name: given.customer?.name ?? refund.account,
    address: given.address,
    account: refund.account,
    isIban: isIban(refund.account),
    text: `${payment.number} ${given.company.name}: ${refund.reason}`,
  };
}

function addressOf(company: Company): TransferAddress | null {
  const { city, country, street, postalCode } = company;
  return city ? { street, postalCode, town: city, country } : null;
}

function totalOf(refunds: readonly RefundRow[], currency: string): Money {
  return money(
    refunds.reduce((total, refund) => total + refund.amount_minor, 0n),
    currency,
  );
}

type Made = {
  readonly company: Company;
  readonly bankAccountId: string;
  readonly fileId: string;
  readonly messageId: string;
  readonly total: Money;
  readonly content: string;
};

function save(act: Act, made: Made, booked: readonly Booked[]): void {
  insertFile(act, {
    id: made.fileId,
    company_id: made.company.id,
    bank_account_id: made.bankAccountId,
    message_id: made.messageId,
    currency: made.total.currency,
    total_minor: made.total.minor,
    refunds: booked.length,
    content: made.content,
    sha256: createHash('sha256').update(made.content).digest(),
    ordered_on: act.today,
    exported_by: actorText(act.actor),
    recorded_at: act.now,
  });
  insertEnds(
    act,
    booked.map(({ refund, payment }) => ({
      refund_id: refund.id,
      file_id: made.fileId,
      payment_id: payment.id as PaymentId,
      withdrawn_reason: null,
      ended_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
  for (const { refund, payment } of booked)
    act.record({
      type: 'refund.ordered',
      subjectId: refund.id,
      customerId: refund.customer_id,
      data: {
        fileId: made.fileId,
        paymentId: payment.id,
        payment: payment.number,
        amount: toDecimal(money(refund.amount_minor, refund.currency)),
        currency: refund.currency,
      },
    });
}
