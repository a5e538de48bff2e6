// `quittance disputes`: what customers dispute, and what became of it.

import type { Context } from '#command/command.ts';
import { listDisputes } from '#disputes/contract.ts';
import { routes } from '#disputes/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Disputes asked for at a time. */
const ROWS = 200;

/** Lists disputes and deductions that are open; with `--decided` those that were decided. */
export async function disputes(session: Session, context: Context, options: Options): Promise<number> {
  const state = options.flag('decided') ? 'closed' : 'open';
  const rows = [];
  for (let after: string | null | undefined; after !== null; ) {
    const query = { state, limit: ROWS, ...(after ? { after } : {}) } as const;
    const page = await ask(session, context, listDisputes, { query });
    rows.push(...page.rows);
    after = page.next;
  }
  if (options.flag('json')) json(rows);
  else
    table(
      ['Number', 'Customer', 'Reason', 'About', 'Days', 'Began with', 'Disputed'],
      rows.map((row) => [
        row.number,
        row.customer.name.slice(0, 30),
        row.reasonName,
        row.references.join(' '),
        String(row.daysOpen),
        row.amounts.original.amount,
        `${row.amounts.open.amount} ${row.amounts.open.currency}`,
      ]),
      ['Days', 'Began with', 'Disputed'],
    );
  return 0;
}
