// A customer's account as others see it: what is open on a day, and what moved between two days. Positive is owed to us.

import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import type { ControlAccount } from './chart.ts';
import type { EntryKind } from './journal.ts';
import type { ItemKind } from './open-item.ts';

/** An item as it was on a day. */
export type AccountItem = {
  readonly id: ItemId;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly kind: ItemKind;
  readonly documentId: string;
  readonly instalment: number;
  readonly reference: string;
  readonly account: ControlAccount;
  readonly amount: Money;
  readonly open: Money;
  /** In the company's functional currency, as it was booked. */
  readonly openFunctional: Money;
  readonly postedOn: PlainDate;
  readonly dueOn: PlainDate;
};

/** Balances of one customer with one company in one currency: before the first day, and at the end of the last. */
export type AccountBalance = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly opening: Money;
  readonly closing: Money;
};

/** What brings an entry about that moves a customer's account: all kinds but bank lines of other books. */
export type CustomerEntryKind = Exclude<EntryKind, 'bank_line' | 'tax_relief'>;

/** What one entry did to one account in one currency. */
export type AccountMovement = {
  readonly entryId: string;
  readonly kind: CustomerEntryKind;
  readonly documentId: string;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly postedOn: PlainDate;
  /** Numbers of the documents it moved; of applications, of what was settled. */
  readonly references: readonly string[];
  /** The change of the balance; discount and difference are in it, with the sign changed. */
  readonly amount: Money;
  readonly discount: Money;
  readonly difference: Money;
};
