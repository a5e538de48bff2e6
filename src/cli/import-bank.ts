// `quittance import bank …`: a bank statement in, or what a bank announces.

import type { z } from 'zod';
import { receiveAnnouncements } from '#announcements/contract.ts';
import { routes as announcements } from '#announcements/routes.ts';
import type { Context } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { importStatement } from '#payments/contract.ts';
import { routes as payments } from '#payments/routes.ts';
import { asking } from './ask.ts';
import { uploadOf } from './given-file.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(payments, announcements);

/** Imports a bank statement. `--check` only shows what would happen. Gives the exit code: 2 when a statement does not agree. */
export async function importBank(
  session: Session,
  context: Context,
  path: string,
  options: Options,
): Promise<number> {
  const addTo = options.flag('add-accounts') ? (await companyOf(session, context, options)).id : undefined;
  const query = {
    ...(addTo ? { addAccountsTo: addTo } : {}),
    ...(options.text('account') ? { bankAccountId: options.text('account') } : {}),
  };
  const rehearse = options.flag('check');
  const upload = await uploadOf(path);
  const done = await ask(session, context, importStatement, { query, upload, rehearse }).catch(
    (error: unknown) => {
      if (error instanceof Refusal && error.code === 'not_a_statement') return undefined;
      throw error;
    },
  );
  if (done === undefined || done.announced > 0) {
    const again = await uploadOf(path);
    const kept = await ask(session, context, receiveAnnouncements, { query, upload: again, rehearse });
    sayAnnounced(kept, options);
    if (done === undefined) return 0;
  }
  if (options.flag('json')) {
    json(done);
  } else {
    table(
      ['Account', 'Statement', 'Lines', 'New', 'Known', 'Receipts', 'Applied', 'Waiting', 'Difference'],
      done.statements.map((s) => [
        s.account,
        s.statementRef,
        String(s.lines),
        String(s.newLines),
        String(s.knownLines),
        String(s.payments),
        String(s.applied),
        String(s.waiting),
        s.difference === null ? 'no balances' : `${s.difference.amount} ${s.difference.currency}`,
      ]),
      ['Lines', 'New', 'Known', 'Receipts', 'Applied', 'Waiting', 'Difference'],
    );
    for (const p of done.problems)
      say(`  line ${p.line ?? '?'}  ${p.column ?? ''}  ${p.message}  ${p.value ?? ''}`);
  }
  const differs = done.statements.some((s) => s.difference !== null && /[1-9]/.test(s.difference.amount));
  return differs ? 2 : 0;
}

/** What a file announces; nothing of it is booked. */
function sayAnnounced(kept: z.output<typeof receiveAnnouncements.reply>, options: Options): void {
  if (options.flag('json')) {
    json(kept);
    return;
  }
  table(
    ['Account', 'Announced', 'New', 'Payments', 'Money in', 'Money out'],
    kept.accounts.map((a) => [
      a.account,
      String(a.announced),
      String(a.newlyAnnounced),
      String(a.payments),
      `${a.moneyIn.amount} ${a.currency}`,
      `${a.moneyOut.amount} ${a.currency}`,
    ]),
    ['Announced', 'New', 'Payments', 'Money in', 'Money out'],
  );
}
