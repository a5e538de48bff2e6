// `quittance drafts`: which open drafts are ready, doubtful or to be mended, as the checks before issue see them.

import { checkDrafts } from '#billing/contract.ts';
import { routes } from '#billing/routes.ts';
import type { Context } from '#command/command.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Lists open drafts with what issuing each would say; nothing is issued. */
export async function drafts(session: Session, context: Context, options: Options): Promise<number> {
  const found = await ask(session, context, checkDrafts);
  if (options.flag('json')) {
    json(found);
    return 0;
  }
  if (found.drafts.length === 0) {
    say('No draft is open.');
    return 0;
  }
  table(
    ['Customer', 'Total', 'Currency', 'Verdict', 'Why'],
    found.drafts.map(({ customer, total, verdict, findings, refusal }) => [
      customer?.name.slice(0, 32) ?? '',
      total?.amount ?? '',
      total?.currency ?? '',
      verdict,
      [...(refusal ? [refusal.code] : []), ...findings.map((finding) => finding.check)].join(', '),
    ]),
    ['Total'],
  );
  const left = found.open - found.drafts.length;
  if (left > 0) say(`… and ${left} more`);
  return 0;
}
