// HTTP of parties: contract to command or reading, one line each where it can be.

import { type Context, carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { addCustomer } from './add-customers.ts';
import { addAddress, archiveAddress, changeAddress } from './change-addresses.ts';
import { addCustomerBankAccount, archiveCustomerBankAccount } from './change-bank-accounts.ts';
import { changeCompany } from './change-company.ts';
import { addContact, archiveContact, changeContact } from './change-contacts.ts';
import { archiveCustomer, changeCustomer, restoreCustomer } from './change-customer.ts';
import * as contract from './contract.ts';
import { archivedRefusal, type Customer, reminderContact } from './customer.ts';
import { mayDo } from './may.ts';
import { pageOfRows, readCursor } from './page-cursor.ts';
import { readCustomer, type WholeCustomer } from './read-customer.ts';
import { readSnapshot } from './read-snapshot.ts';
import { searchCustomers } from './search-customers.ts';
import { findCompanyPage } from './store.ts';
import { takeCompany } from './take-party.ts';

/** Where a list by code ended. */
function codeOf(after: string | undefined): string | undefined {
  return readCursor(after, [(code) => code])?.[0];
}

export const routes: readonly Route[] = [
  route(contract.listCompanies, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const rows = await findCompanyPage(tx, { after: codeOf(query.after), limit: query.limit + 1 });
      return copy(pageOfRows(rows, query.limit, (company) => [company.code]));
    }),
  ),

  route(contract.readCompany, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      ...(await takeCompany(tx, params.companyId)),
      may: { change: mayDo(context, 'company.manage') },
    })),
  ),

  route(contract.changeCompany, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeCompany, { ...params, wanted: body }, { commandId, rehearse }).then(
      copyChanged,
    ),
  ),

  route(contract.searchCustomers, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const found = await searchCustomers(tx, {
        text: query.q,
        archived: query.archived === 'yes',
        limit: query.limit,
      });
      return { rows: found.map((c) => ({ ...brief(c), archived: c.archivedAt !== null })) };
    }),
  ),

  route(contract.addCustomer, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, addCustomer, body, { commandId, rehearse }),
  ),

  route(contract.readCustomer, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) =>
      customerReply(await readCustomer(tx, params.customerId), context),
    ),
  ),

  route(contract.changeCustomer, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeCustomer, { ...params, wanted: body }, { commandId, rehearse }).then(
      copyChanged,
    ),
  ),

  route(contract.archiveCustomer, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, archiveCustomer, params, { commandId, rehearse }),
  ),

  route(contract.restoreCustomer, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, restoreCustomer, params, { commandId, rehearse }),
  ),

  route(contract.addContact, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, addContact, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.changeContact, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeContact, { ...params, wanted: body }, { commandId, rehearse }).then(
      copyChanged,
    ),
  ),

  route(contract.archiveContact, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, archiveContact, params, { commandId, rehearse }),
  ),

  route(contract.addAddress, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, addAddress, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.changeAddress, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeAddress, { ...params, wanted: body }, { commandId, rehearse }).then(
      copyChanged,
    ),
  ),

  route(contract.archiveAddress, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, archiveAddress, params, { commandId, rehearse }),
  ),

  route(contract.addCustomerBankAccount, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, addCustomerBankAccount, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.archiveCustomerBankAccount, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, archiveCustomerBankAccount, params, { commandId, rehearse }),
  ),
];

/** Replies are written as changeable arrays; what we hand out is a copy. */
function copy<T>(page: { readonly rows: readonly T[]; readonly next: string | null }) {
  return { rows: [...page.rows], next: page.next };
}

function copyChanged<T extends { readonly changed: readonly string[] }>(result: T) {
  return { ...result, changed: [...result.changed] };
}

function brief(customer: Pick<Customer, 'id' | 'number' | 'name'>) {
  return { id: customer.id, number: customer.number, name: customer.name };
}

function customerReply(whole: WholeCustomer, context: Context) {
  const { customer, parent, children, contacts, addresses, bankAccounts } = whole;
  const receiver = reminderContact(contacts);
  const archived = archivedRefusal(customer);
  return {
    ...brief(customer),
    parent: parent ? brief(parent) : null,
    children: children.map(brief),
    taxId: customer.taxId,
    country: customer.country,
    language: customer.language,
    timeZone: customer.timeZone,
    paymentTermsId: customer.paymentTermsId,
    contacts: contacts.map((contact) => ({ ...contact, receivesReminders: contact.id === receiver?.id })),
    addresses: [...addresses],
    bankAccounts: bankAccounts.map((account) => ({ ...account, addedAt: account.addedAt.toString() })),
    addedAt: customer.addedAt.toString(),
    archivedAt: customer.archivedAt?.toString() ?? null,
    may: {
      change: mayDo(context, 'customer.edit', archived),
      archive: mayDo(context, 'customer.edit', archived),
      restore: mayDo(context, 'customer.edit', archived ? undefined : 'customer_not_archived'),
      invoice: mayDo(context, 'invoice.issue', archived),
    },
  };
}
