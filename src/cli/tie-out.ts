// `quittance tie-out`: how the days of the bank accounts tie out, and what is off by how much.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import { listTieOut, readBankReconciliation } from '#reconciliation/contract.ts';
import { routes } from '#reconciliation/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

const isNothing = (amount: string): boolean => /^-?[0.]+$/.test(amount);

/** One day of every bank account, or today; exits with 1 when anything is off. */
export async function tieOut(session: Session, context: Context, options: Options): Promise<number> {
  const on = options.text('on') ?? context.today.toString();
  const { accounts } = await ask(session, context, listTieOut, { query: { from: on, to: on } });
  const bridges: z.infer<(typeof readBankReconciliation)['reply']>[] = [];
  for (const { bankAccountId } of accounts) {
    const asked = { params: { bankAccountId }, query: { asOf: on } };
    bridges.push(await ask(session, context, readBankReconciliation, asked));
  }
  const isOff =
    accounts.some((account) => account.counts.off > 0) || bridges.some((b) => !isNothing(b.off.amount));
  if (options.flag('json')) {
    json({ on, accounts, reconciliations: bridges });
    return isOff ? 1 : 0;
  }
  say(`Tie-out of ${on}\n`);
  table(
    ['Account', 'State', 'Opening', 'Moved', 'Closing', 'Not explained', 'In transit', 'Books', 'Off'],
    accounts.map((account, index) => {
      const [day] = account.days;
      const bridge = bridges[index];
      return [
        account.name.slice(0, 24),
        day ? day.state + (day.signed ? ', signed' : '') : 'nothing moved',
        day?.opening?.amount ?? '',
        day?.moved.amount ?? '',
        day?.closing?.amount ?? bridge?.bank.amount ?? '',
        bridge?.unexplained.amount ?? '',
        bridge?.deposits.amount ?? '',
        bridge?.books.amount ?? '',
        bridge?.off.amount ?? '',
      ];
    }),
    ['Opening', 'Moved', 'Closing', 'Not explained', 'In transit', 'Books', 'Off'],
  );
  for (const account of accounts)
    for (const day of account.days)
      if (day.reasons.length > 0)
        say(`\n${account.name}: ${day.reasons.map((reason) => reason.replaceAll('_', ' ')).join(', ')}`);
  return isOff ? 1 : 0;
}
