// `quittance receiving …`: numbers of accounts that a company gives to its customers (virtual accounts).

import { basename } from 'node:path';
import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openTable } from '#formats/table.ts';
import { Refusal } from '#kernel/refusal.ts';
import { compactAccount } from '#parties/iban.ts';
import { readCustomersByNumber, takeCompanyByCode } from '#parties/take-party.ts';
import {
  addReceivingAccounts,
  giveReceivingAccount,
  listReceivingAccounts,
  RECEIVING_ROWS_MAX,
  retireReceivingAccount,
} from '#receiving/contract.ts';
import { routes } from '#receiving/routes.ts';
import { asking } from './ask.ts';
import { requireFile } from './given-file.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Numbers asked for at a time. */
const ROWS = 200;

/** Lists the numbers, with whom they were given to. */
export async function listReceiving(session: Session, context: Context, options: Options): Promise<number> {
  const rows = await allNumbers(session, context);
  if (options.flag('json')) json(rows);
  else
    table(
      ['Account', 'Currency', 'Company', 'State', 'Customer'],
      rows.map((row) => [row.account, row.currency, row.companyName, row.state, row.customer?.name ?? '']),
    );
  return 0;
}

async function allNumbers(session: Session, context: Context) {
  const rows = [];
  for (let after: string | null | undefined; after !== null; ) {
    const query = { limit: ROWS, ...(after ? { after } : {}) };
    const page = await ask(session, context, listReceivingAccounts, { query });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

const COLUMNS = ['account', 'customer', 'bank', 'bic', 'routing'] as const;

/**
 * Takes in a list of numbers (CSV or XLSX with the columns account, customer, bank, bic, routing; all but the first may be left
 * out).
 *
 * Refuses: `company_not_found`, `file_not_found`, `receiving_column_missing`, `too_many_rows`, what taking them in refuses.
 */
export async function addReceiving(session: Session, context: Context, options: Options): Promise<number> {
  const path = options.word(2, 'the file');
  const company = await companyOf(session, context, options);
  const rows = await readList(path);
  const done = await ask(session, context, addReceivingAccounts, {
    params: { companyId: company.id },
    body: { currency: options.text('currency') ?? company.functionalCurrency, rows: [...rows] },
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(done);
  else say(`${done.added} numbers added, ${done.given} given, ${done.known} known before.`);
  return 0;
}

async function readList(path: string) {
  await requireFile(path);
  const opened = await openTable({ name: basename(path), path });
  try {
    const header = opened.header.map((name) => name.trim().toLowerCase());
    if (!header.includes('account')) throw new Refusal('receiving_column_missing', { columns: [...COLUMNS] });
    const rows = [];
    for await (const { cells } of opened.rows) {
      const [account, customer, bankName, bic, routingNumber] = COLUMNS.map(
        (name) => cells[header.indexOf(name)]?.trim() || undefined,
      );
      if (account === undefined) continue;
      if (rows.length >= RECEIVING_ROWS_MAX)
        throw new Refusal('too_many_rows', { rowsMax: RECEIVING_ROWS_MAX });
      rows.push({ account, customer, bankName, bic, routingNumber });
    }
    return rows;
  } finally {
    await opened.close();
  }
}

/** Gives a customer, by its number, the next free number of a company. Refuses: `customer_not_found`, what giving refuses. */
export async function giveReceiving(session: Session, context: Context, options: Options): Promise<number> {
  const number = options.word(2, 'the number of the customer');
  const [company, customer] = await inTenant(session.door.pool, context.tenantId, async (tx) => [
    await takeCompanyByCode(tx, options.text('company')),
    (await readCustomersByNumber(tx, [number])).get(number),
  ]);
  if (!customer) throw new Refusal('customer_not_found', { customer: number });
  const given = await ask(session, context, giveReceivingAccount, {
    params: { customerId: customer.id },
    body: { companyId: company.id, currency: options.text('currency') ?? company.functionalCurrency },
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(given);
  else say(`${number} pays to ${given.account}.`);
  return 0;
}

/** Shows a number no more. Refuses: `receiving_account_not_found`, what retiring refuses. */
export async function retireReceiving(session: Session, context: Context, options: Options): Promise<number> {
  const wanted = compactAccount(options.word(2, 'the account'));
  const row = (await allNumbers(session, context)).find((one) => compactAccount(one.account) === wanted);
  if (!row) throw new Refusal('receiving_account_not_found', { account: wanted });
  await ask(session, context, retireReceivingAccount, {
    params: { accountId: row.accountId },
    rehearse: options.flag('check'),
  });
  say(`${row.account} is shown no more.`);
  return 0;
}
