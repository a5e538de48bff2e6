// `quittance interest`: what would be charged for late payment through a day; with `--commit` it is charged.

import { planCharges, postCharges } from '#charges/contract.ts';
import { routes } from '#charges/routes.ts';
import type { Context } from '#command/command.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { endProgress, json, progress, say, table } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Customers planned, and charged, at a time. */
const ROWS = 200;

type Row = Awaited<ReturnType<typeof planned>>[number];

/** Shows what charging through a day (today, when none is named) would charge; with `--commit` charges it. */
export async function interest(session: Session, context: Context, options: Options): Promise<number> {
  const through = options.text('on') ?? context.today.toString();
  const company = await companyOf(session, context, options);
  const rows = await planned(session, context, { companyId: company.id, through });
  if (!options.flag('commit')) return show(rows, options);
  return charge(session, context, { companyId: company.id, through, rows, options });
}

async function planned(
  session: Session,
  context: Context,
  query: { readonly companyId: string; readonly through: string },
) {
  const page = (after: string | null) =>
    ask(session, context, planCharges, { query: { ...query, limit: ROWS, ...(after ? { after } : {}) } });
  const first = await page(null);
  const rows = [...first.rows];
  for (let next = first.next; next !== null; ) {
    progress(`${rows.length} customers …`);
    const more = await page(next);
    rows.push(...more.rows);
    next = more.next;
  }
  endProgress();
  return rows;
}

function show(rows: readonly Row[], options: Options): number {
  if (options.flag('json')) {
    json(rows);
    return 0;
  }
  table(
    ['Customer', 'Items', 'Interest', 'Fees', 'Given back', 'Total', 'Held back'],
    rows.map((row) => [
      `${row.customer.number} ${row.customer.name}`.slice(0, 40),
      String(row.items),
      row.interest.amount,
      row.fees.amount,
      row.credit.amount,
      `${row.total.amount} ${row.total.currency}`,
      row.problem?.replaceAll('_', ' ') ?? '',
    ]),
    ['Items', 'Interest', 'Fees', 'Given back', 'Total'],
  );
  say('\nNothing was charged. With --commit it is.');
  return 0;
}

/** Charges some customers at a time, each time all or none; those held back are left for another run. */
async function charge(
  session: Session,
  context: Context,
  run: {
    readonly companyId: string;
    readonly through: string;
    readonly rows: readonly Row[];
    readonly options: Options;
  },
): Promise<number> {
  const { companyId, through, rows } = run;
  const customerIds = [...new Set(rows.filter((row) => row.problem === null).map((row) => row.customer.id))];
  const charges = [];
  for (let start = 0; start < customerIds.length; start += ROWS) {
    progress(`${charges.length} documents …`);
    const some = customerIds.slice(start, start + ROWS);
    const done = await ask(session, context, postCharges, {
      body: { companyId, through, customerIds: some },
    });
    charges.push(...done.charges);
  }
  endProgress();
  if (run.options.flag('json')) json(charges);
  else
    table(
      ['Number', 'Interest', 'Fees', 'Total'],
      charges.map((c) => [c.number, c.interest, c.fees, `${c.total} ${c.currency}`]),
      ['Interest', 'Fees', 'Total'],
    );
  return 0;
}
