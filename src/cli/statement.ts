// `quittance statement CUSTOMER`: a statement of account on the terminal, or as a file.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { readCustomersByNumber } from '#parties/take-party.ts';
import {
  exportCustomerStatement,
  printCustomerStatement,
  readCustomerStatement,
} from '#statements/contract.ts';
import { routes } from '#statements/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table, writeFileReply } from './print.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask, askFile } = asking(routes);

type Found = z.output<(typeof readCustomerStatement)['reply']>;

/** Shows or writes the statement of a customer by number. */
export async function statement(
  session: Session,
  context: Context,
  number: string,
  options: Options,
): Promise<number> {
  const customers = await readSnapshot(session.door, context, (tx) => readCustomersByNumber(tx, [number]));
  const customer = customers.get(number);
  if (!customer) throw new Refusal('customer_not_found', { number });
  const kind = options.oneOf('kind', ['open_item', 'balance_forward'] as const);
  const from = options.text('from');
  const asked = {
    params: { customerId: customer.id },
    query: {
      ...(await scopeOf(session, context, options)),
      ...(kind ? { kind } : {}),
      ...(from ? { from } : {}),
      ...(options.flag('all-below') ? { group: 'true' as const } : {}),
    },
  };
  if (options.flag('pdf') || options.flag('csv')) {
    const operation = options.flag('pdf') ? printCustomerStatement : exportCustomerStatement;
    return writeFileReply(await askFile(session, context, operation, asked), options.text('out'));
  }
  const found = await ask(session, context, readCustomerStatement, asked);
  if (options.flag('json')) json(found);
  else show(found);
  return 0;
}

function show(found: Found): void {
  const { customer } = found;
  const span = found.from ? `${found.from} to ${found.asOf}` : `as of ${found.asOf}`;
  say(`Statement of ${customer.number} ${customer.name}, ${span}`);
  if (found.sections.length === 0) say('\nNothing is open.');
  for (const section of found.sections) {
    say(`\n${section.company.code} · ${section.currency}`);
    for (const account of section.accounts) {
      if (found.isGroup) say(`\n${account.customer.number} ${account.customer.name}`);
      table(
        ['Document', 'Kind', 'Date', 'Due', 'Late', 'Amount', 'Balance'],
        [
          ...(found.from ? [['', 'opening', found.from, '', '', '', account.opening.amount]] : []),
          ...account.lines.map((line) => [
            line.reference.slice(0, 40),
            line.kind.replaceAll('_', ' '),
            line.on,
            line.dueOn ?? '',
            line.daysLate > 0 ? String(line.daysLate) : '',
            line.amount.amount,
            line.balance.amount,
          ]),
        ],
        ['Late', 'Amount', 'Balance'],
      );
      if (account.linesLeftOut > 0) say(`… and ${account.linesLeftOut} more lines; --csv gives them all`);
    }
    say(`Balance ${section.closing.amount} ${section.currency}, overdue ${section.aging.overdue.amount}`);
  }
}
