// `quittance effects`: what contacts brought, by what they have in common.

import type { Context } from '#command/command.ts';
import { DIMENSIONS, readEffects } from '#effects/contract.ts';
import { routes } from '#effects/routes.ts';
import { parseDate } from '#kernel/calendar.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Shows promises and money that followed contacts of the last ninety days, or from `--from` on, `--by` a dimension. */
export async function effects(session: Session, context: Context, options: Options): Promise<number> {
  const from = options.text('from');
  const asOf = options.text('as-of');
  const knownAt = options.text('known-at');
  const report = await ask(session, context, readEffects, {
    query: {
      by: options.oneOf('by', DIMENSIONS) ?? 'step',
      ...(from === undefined ? {} : { from: parseDate(from).toString() }),
      ...(asOf === undefined ? {} : { asOf: parseDate(asOf).toString() }),
      ...(knownAt === undefined ? {} : { knownAt }),
    },
  });
  if (options.flag('json')) json(report);
  else
    for (const { currency, total, rows, tie } of report.currencies) {
      const cells = (label: string, row: Omit<(typeof rows)[number], 'key' | 'label'>) => [
        label,
        String(row.contacts),
        String(row.reached),
        String(row.withPromise),
        String(row.withCash),
        row.kept.amount,
        row.cash.amount,
      ];
      const head = [
        'By',
        'Contacts',
        'Reached',
        'With promise',
        'With money',
        'Kept',
        `Credited ${currency}`,
      ];
      table(head, [...rows.map((row) => cells(row.label, row)), cells('All', total)], head.slice(1));
      say(
        `Contacts of ${report.from} to ${report.to}, money within ${report.windowDays} days, as of ${report.asOf} (${report.formula}).`,
      );
      say(
        `Of ${tie.applied.amount} applied, ${tie.elsewhere.amount} is credited to contacts of other days and ${tie.uncredited.amount} to none.`,
      );
    }
  return 0;
}
