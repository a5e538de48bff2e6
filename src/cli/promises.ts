// `quittance promises`: what customers said they will pay, and whether it came.

import type { Context } from '#command/command.ts';
import { parseDate } from '#kernel/calendar.ts';
import { listPromises, PROMISE_VIEWS } from '#promises/contract.ts';
import { routes } from '#promises/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Lists promises that can still be kept, or those that `--show` names, today or `--as-of` a day. Refuses: `option_value_unknown`. */
export async function promises(session: Session, context: Context, options: Options): Promise<number> {
  const show = options.oneOf('show', PROMISE_VIEWS) ?? 'open';
  const asOf = options.text('as-of');
  const query = { show, ...(asOf === undefined ? {} : { asOf: parseDate(asOf).toString() }) };
  const { rows } = await ask(session, context, listPromises, { query });
  if (options.flag('json')) json(rows);
  else
    table(
      ['Customer', 'About', 'Next', 'State', 'Level', 'Promised', 'Came in time'],
      rows.map((row) => [
        row.customer.name.slice(0, 30),
        [...new Set(row.parts.map((part) => part.reference))].slice(0, 3).join(' '),
        row.next ?? '',
        row.state.replaceAll('_', ' '),
        String(row.level),
        row.amount.amount,
        `${row.kept.amount} ${row.kept.currency}`,
      ]),
      ['Level', 'Promised', 'Came in time'],
    );
  return 0;
}
