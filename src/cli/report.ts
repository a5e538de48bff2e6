// `quittance report …` and `quittance verify`: the same figures as the API and the pages, for the terminal and for files.

import { stdout } from 'node:process';
import type { Context } from '#command/command.ts';
import { exportAging, readAging, readDso, verifyBooks } from '#reporting/contract.ts';
import { routes } from '#reporting/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask, askFile } = asking(routes);

/** Customers shown on a terminal; files have them all. */
const SHOWN_CUSTOMERS = 25;

/** Aging, as of any day. */
export async function reportAging(session: Session, context: Context, options: Options): Promise<number> {
  const query = await scopeOf(session, context, options);
  if (options.flag('csv')) {
    const file = await askFile(session, context, exportAging, { query });
    if (typeof file.body === 'string' || file.body instanceof Uint8Array) stdout.write(file.body);
    else for await (const chunk of file.body) stdout.write(chunk as Uint8Array);
    return 0;
  }
  const aging = await ask(session, context, readAging, { query: { ...query, limit: SHOWN_CUSTOMERS } });
  if (options.flag('json')) {
    json(aging);
    return 0;
  }
  const columns = [...aging.buckets.map((b) => b.key), 'credits', 'unapplied', 'net'];
  const figures = (row: (typeof aging.totals)[number]): readonly string[] => [
    ...row.figures.buckets.map((b) => b.amount),
    row.figures.credits.amount,
    row.figures.unapplied.amount,
    row.figures.net.amount,
  ];
  say(`Aging as of ${aging.asOf}${aging.knownAt ? `, as known at ${aging.knownAt}` : ''}\n`);
  table(
    ['Company', 'Currency', ...columns],
    aging.totals.map((t) => [t.company.code, t.currency, ...figures(t)]),
    columns,
  );
  say();
  table(
    ['Customer', 'Currency', ...columns],
    aging.rows.map((r) => [r.customer?.name.slice(0, 32) ?? 'not identified', r.currency, ...figures(r)]),
    columns,
  );
  if (aging.customers > SHOWN_CUSTOMERS) say(`… of ${aging.customers} customers; --csv gives them all`);
  return 0;
}

/** Days sales outstanding, every variant. */
export async function reportDso(session: Session, context: Context, options: Options): Promise<number> {
  const dso = await ask(session, context, readDso, { query: await scopeOf(session, context, options) });
  if (options.flag('json')) {
    json(dso);
    return 0;
  }
  const days = (figure: { readonly days: string | null; readonly reason: string | null }): string =>
    figure.days ?? `– (${figure.reason ?? ''})`;
  const header = ['Company', 'Window', 'Sales', 'Standard', 'Average', 'Best possible', 'Delinquent'];
  const rows = dso.companies.flatMap((c) => [
    ...c.windows.map((w) => [
      c.company.code,
      w.window,
      `${w.sales.amount} ${w.sales.currency}`,
      days(w.standard),
      days(w.average),
      days(w.bestPossible),
      days(w.delinquent),
    ]),
    [
      c.company.code,
      'countback months',
      '',
      days(c.countbackMonthly.total),
      '',
      days(c.countbackMonthly.bestPossible),
      days(c.countbackMonthly.delinquent),
    ],
    [
      c.company.code,
      'countback days',
      '',
      days(c.countbackDaily.total),
      '',
      days(c.countbackDaily.bestPossible),
      days(c.countbackDaily.delinquent),
    ],
  ]);
  if (options.flag('csv')) {
    for (const row of [header, ...rows]) say(row.map((cell) => `"${cell}"`).join(','));
    return 0;
  }
  say(`DSO as of ${dso.asOf}${dso.knownAt ? `, as known at ${dso.knownAt}` : ''}\n`);
  table(header, rows, header.slice(2));
  return 0;
}

/** Proves the books. Exits with 1 when anything does not hold. */
export async function verify(session: Session, context: Context, options: Options): Promise<number> {
  const proof = await ask(session, context, verifyBooks, {});
  if (options.flag('json')) {
    json(proof);
    return proof.holds ? 0 : 1;
  }
  for (const check of proof.checks) {
    say(
      `${check.holds ? 'holds ' : 'BROKEN'}  ${check.says}  (${check.rows} rows, ${check.seconds.toFixed(2)} s)`,
    );
    for (const example of check.examples) say(`          ${JSON.stringify(example)}`);
    if (check.offenders > check.examples.length)
      say(`          … and ${check.offenders - check.examples.length} more`);
  }
  say();
  for (const total of proof.totals.filter((t) => t.asOf === proof.today || !t.holds)) {
    say(
      `${total.asOf}  ${total.companyCode}  items ${total.openItems.amount}  ledger ${total.controlAccounts.amount}  aging ${total.aging.amount}  ${total.openItems.currency}`,
    );
  }
  say();
  say(
    Object.entries(proof.counts)
      .map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`)
      .join(', '),
  );
  say(`SHA-256 of the books: ${proof.sha256}`);
  say(
    proof.holds
      ? `Everything holds (${proof.seconds.toFixed(1)} s).`
      : 'THE BOOKS DO NOT HOLD. Nothing was changed.',
  );
  return proof.holds ? 0 : 1;
}
