// Credit that goes back to customers of the demo: one refund that was paid, one that is to be ordered, one that waits for a second
// person; and a bank of a payer that writes that an account has changed.

import { changePolicy } from '#approvals/change-policy.ts';
import { decideApproval } from '#approvals/decide-approval.ts';
import { requestApproval } from '#approvals/request-approval.ts';
import { keepReceiptTeam } from '#clocks/change-teams.ts';
import type { Context, Door } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { permissionsOf, type Role } from '#identity/permission.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { grantRefund } from '#refunds/contract.ts';
import { recordRefundPaid } from '#refunds/record-paid.ts';
import { receiveAchFile } from '#returns/receive-ach-returns.ts';
import { markReceipt } from '#workbench/record-mark.ts';
import { APPROVABLES } from '../src/approvables.ts';
import type { Tell } from './story.ts';

type Person = { readonly userId: string; readonly name: string; readonly role: Role };
type Asking = {
  readonly tell: Tell;
  readonly tenantId: Context['tenantId'];
  readonly companyId: CompanyId;
  readonly today: PlainDate;
};

/** What was paid twice or too much, and how far its refund has come. */
const REFUNDS = [
  { minor: 412_50n, account: 'DE75512108001245126199', reason: 'Invoice paid twice', until: 'paid' },
  {
    minor: 1_180_00n,
    account: 'NL91ABNA0417164300',
    reason: 'Order cancelled after payment',
    until: 'granted',
  },
  { minor: 96_40n, account: 'AT611904300234573201', reason: 'Discount agreed afterwards', until: 'asked' },
] as const;

/** Days before today on which the money came: the accounts are known for longer than new ones wait. */
const PAID_DAYS_AGO = 21;

/** Tells of refunds and of the change of an account, and makes the team that applies receipts. */
export async function refundSome(
  door: Door,
  { tell, tenantId, companyId, today }: Asking,
  people: { readonly owner: Person; readonly controller: Person; readonly cash: Person },
): Promise<void> {
  const { owner, controller, cash } = people;
  await tell(today, 6, changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      ...{ currency: null, order: 'serial', expiryDays: 14 },
      bands: [{ upTo: null, alone: [], steps: [{ roles: ['owner', 'controller'], people: 1 }] }],
    },
  });
  const as = ({ userId, name, role }: Person): Context => ({
    tenantId,
    actor: { kind: 'user', id: userId, name },
    role,
    permissions: permissionsOf(role),
    now: Temporal.Now.instant(),
    today,
  });
  const customers = await findCustomers(door, tenantId);
  const paidOn = addDays(today, -PAID_DAYS_AGO);
  for (const [index, { minor, account, reason, until }] of REFUNDS.entries()) {
    const customerId = customers[index];
    if (customerId === undefined) continue;
    const amount = money(minor, 'EUR');
    const paid = {
      companyId,
      customerId,
      receivedOn: paidOn,
      amount,
      method: 'transfer',
      reference: reason,
    } as const;
    const { paymentId } = await tell(paidOn, 9, recordPayment, paid);
    // It waits for nobody: it is to go back.
    const kept = {
      paymentId: paymentId as PaymentId,
      kind: 'kept',
      note: reason,
      lookAgainInDays: 60,
    } as const;
    await tell(paidOn, 10, markReceipt, kept);
    const { bankAccountId } = await tell(paidOn, 9, addCustomerBankAccount, { customerId, account });
    const shown = { amount: amountText(minor), currency: 'EUR' };
    const body = { companyId, customerId, amount: shown, bankAccountId, reason };
    const wish = { operation: grantRefund.id, params: {}, body, reason };
    const asked = await requestApproval(door, as(controller), APPROVABLES, wish, {});
    if (until === 'asked') continue;
    const { approvalId, contentHash } = asked;
    const verdict = { approvalId, contentHash, verdict: 'approved' } as const;
    const { result } = await decideApproval(door, as(owner), APPROVABLES, verdict, {});
    if (until === 'granted') continue;
    const { refundId } = result as { readonly refundId: string };
    await tell(today, 8, recordRefundPaid, { refundId, method: 'transfer', reference: reason });
  }
  const payer = customers[REFUNDS.length];
  if (payer)
    await hearOfChange(door, { tell, tenantId, companyId, today }, { customerId: payer, handsIn: as(cash) });
  const team = { name: 'Bank and lockbox', leadId: controller.userId, memberIds: [cash.userId] };
  await tell(today, 6, keepReceiptTeam, team);
}

const amountText = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

/** Customers, the first recorded first. */
async function findCustomers(door: Door, tenantId: Context['tenantId']): Promise<readonly CustomerId[]> {
  const rows = await inTenant(door.pool, tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('customer')
        .select(['id'])
        .where('tenant_id', '=', tenantId)
        .where('parent_id', 'is', null)
        .orderBy('number')
        .limit(REFUNDS.length + 1),
    ),
  );
  return rows.map(({ id }) => id as CustomerId);
}

const ROUTING = '091000019';
const ACCOUNT = { before: '4471820', after: '4471892' } as const;

/** A bank of the ACH network writes that the account of a payer has another number now. */
async function hearOfChange(
  door: Door,
  { tell, companyId, today }: Asking,
  { customerId, handsIn }: { readonly customerId: CustomerId; readonly handsIn: Context },
): Promise<void> {
  const on = addDays(today, -PAID_DAYS_AGO);
  await tell(on, 9, addCustomerBankAccount, { customerId, account: `${ROUTING}/${ACCOUNT.before}` });
  await receiveAchFile(
    { door, context: handsIn },
    { name: 'notices-of-change.ach', bytes: writeNotice(today) },
    { companyId },
  );
}

/** A file with one notice of change (C01: the number of the account is another), its totals as they have to be. */
function writeNotice(day: PlainDate): Buffer {
  const bank = ROUTING.slice(0, 8);
  const date = day.toString().slice(2).replaceAll('-', '');
  const own = `${bank}0000001`;
  const hash = bank.padStart(10, '0');
  const nothing = '0'.repeat(12);
  const lines = [
    `101 ${ROUTING}1234567890${date}0800A094101${'BEISPIELBANK'.padEnd(23)}${'NORDWIND INSTRUMENTS'.padEnd(23)}`,
    `5200${'NORDWIND'.padEnd(16)}${''.padEnd(20)}1234567890COR${'NOTICE'.padEnd(10)}${''.padEnd(6)}${date}   1${bank}0000001`,
    `626${ROUTING}${ACCOUNT.before.padEnd(17)}${'0'.repeat(10)}${''.padEnd(15)}${'PAYER'.padEnd(22)}  1${own}`,
    `798C01${own}${''.padEnd(6)}${bank}${ACCOUNT.after.padEnd(44)}${own}`,
    `8200${'2'.padStart(6, '0')}${hash}${nothing}${nothing}1234567890${''.padEnd(25)}${bank}0000001`,
    `9000001000001${'2'.padStart(8, '0')}${hash}${nothing}${nothing}`,
  ];
  const whole = [...lines.map((line) => line.padEnd(94)), ...Array<string>(4).fill('9'.repeat(94))];
  return Buffer.from(`${whole.join('\n')}\n`);
}
