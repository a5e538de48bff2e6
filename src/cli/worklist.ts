// `quittance worklist`: whom to look at today, and why.

import type { Context } from '#command/command.ts';
import { listWorklist, RANKS, WHOSE } from '#worklist/contract.ts';
import { routes } from '#worklist/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Accounts of the list, by points or by `--rank expected`; `--whose unowned` those of nobody. Refuses: `option_value_unknown`. */
export async function worklist(session: Session, context: Context, options: Options): Promise<number> {
  const rank = options.oneOf('rank', RANKS) ?? 'points';
  const whose = options.oneOf('whose', WHOSE) ?? 'all';
  const { rows } = await ask(session, context, listWorklist, { query: { rank, whose } });
  if (options.flag('json')) json(rows);
  else
    table(
      ['Points', 'Customer', 'Company', 'Overdue', 'Likely unpaid', 'Why'],
      rows.map((row) => [
        String(row.points),
        row.customer.name.slice(0, 30),
        row.companyCode,
        row.overdue.amount,
        `${row.expected.amount} ${row.expected.currency}`,
        row.reasons[0]?.name ?? '',
      ]),
      ['Points', 'Overdue', 'Likely unpaid'],
    );
  return 0;
}
