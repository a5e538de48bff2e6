// `quittance reminders breaches`: the report that must read zero.

import { listBreaches } from '#breaches/contract.ts';
import { routes } from '#breaches/routes.ts';
import type { Context } from '#command/command.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Shows reminders that should not have been sent; the exit code is 1 where one could have been known. */
export async function breaches(session: Session, context: Context, options: Options): Promise<number> {
  const report = await ask(session, context, listBreaches, { query: {} });
  if (options.flag('json')) json(report);
  else {
    if (report.rows.length > 0)
      table(
        ['Left at', 'Customer', 'What', 'Document', 'Could be known'],
        report.rows.map((row) => [
          row.handedOverAt.slice(0, 16).replace('T', ' '),
          row.customer.name.slice(0, 30),
          row.kind.replaceAll('_', ' '),
          row.reference ?? '',
          row.wasKnowable ? 'yes' : 'no',
        ]),
      );
    const looked = report.search
      ? `Last looked for ${report.search.at.slice(0, 16).replace('T', ' ')} at ${report.search.messages} reminders.`
      : 'Not looked for yet.';
    say(
      `${report.counts.knowable} that could have been known, ${report.counts.notKnowable} that could not. ${looked}`,
    );
  }
  return report.counts.knowable > 0 ? 1 : 0;
}
