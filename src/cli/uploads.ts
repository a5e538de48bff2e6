// `quittance uploads`: documents that customers want posted in portals of their own.

import type { Context } from '#command/command.ts';
import { listUploads, UPLOAD_VIEWS } from '#uploads/contract.ts';
import { routes } from '#uploads/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Uploads asked for at a time. */
const ROWS = 200;

/** Lists documents to be posted, or those that `--show` names; `--portal` keeps to one portal. Refuses: `option_value_unknown`. */
export async function uploads(session: Session, context: Context, options: Options): Promise<number> {
  const show = options.oneOf('show', UPLOAD_VIEWS) ?? 'to_post';
  const portal = options.text('portal');
  const rows = [];
  for (let after: string | null | undefined; after !== null; ) {
    const query = { show, limit: ROWS, ...(portal ? { portal } : {}), ...(after ? { after } : {}) };
    const page = await ask(session, context, listUploads, { query });
    rows.push(...page.rows);
    after = page.next;
  }
  if (options.flag('json')) json(rows);
  else
    table(
      ['Document', 'Customer', 'Portal', 'Post by', 'State', 'Attempts', 'Amount'],
      rows.map((row) => [
        row.number,
        row.customer.name.slice(0, 30),
        row.portal,
        `${row.dueOn}${row.isLate ? ' late' : ''}`,
        row.state.replaceAll('_', ' '),
        String(row.attempts),
        `${row.amount.amount} ${row.amount.currency}`,
      ]),
      ['Attempts', 'Amount'],
    );
  return 0;
}
