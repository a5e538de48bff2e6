import { test } from 'node:test';
import { changePolicy } from '#approvals/change-policy.ts';
import type { BatchId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { withdrawRefund } from '#refunds/change-refund.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { commitImport } from '../../test/support/imports.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { undoImport } from './undo-import.ts';

test('an import whose credit was granted back, be it credit notes or money, is not undone until the refund is withdrawn', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  await tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      ...{ currency: null, order: 'serial', expiryDays: 14 },
      bands: [{ upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] }],
    },
  });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { number: 'K1' });
  const credits = await commitImport(tenant, {
    companyId,
    lines: [
      'document_no,customer_id,issue_date,due_date,amount,currency,document_type',
      'G-1,K1,2025-11-20,2025-11-20,-30.00,EUR,CN',
    ],
  });
  const receipts = await commitImport(tenant, {
    companyId,
    kind: 'payments',
    mapping: {
      fields: {
        customer_number: ['customer'],
        document_number: ['document paid'],
        paid_date: ['paid on'],
        amount: ['amount'],
        currency: ['currency'],
      },
      group: 'customer_day',
    },
    lines: ['customer,document paid,paid on,amount,currency', 'K1,,2025-12-05,7.00,EUR'],
  });
  const account = { customerId, account: 'DE89370400440532013000' };
  const { bankAccountId } = await tenant.act('controller', addCustomerBankAccount, account);
  const amount = money(36_00n, 'EUR');
  const wish = { companyId, customerId, amount, bankAccountId, reason: 'Paid twice' };
  const { refundId } = await tenant.act('owner', grantRefund, wish);

  const undo = (batchId: string | null) => tenant.act('owner', undoImport, { batchId: batchId as BatchId });
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => undo(credits.batchId));
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => undo(receipts.batchId));
  await tenant.act('owner', withdrawRefund, { refundId, reason: 'asked for by mistake' });
  await undo(credits.batchId);
  await undo(receipts.batchId);
  await checkBooks(tenant);
});
