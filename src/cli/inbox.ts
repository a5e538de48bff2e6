// `quittance inbox`: what customers wrote, who waits longest first.

import type { Context } from '#command/command.ts';
import { INBOX_VIEWS, listConversations } from '#inbox/contract.ts';
import { routes } from '#inbox/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Conversations asked for at a time. */
const ROWS = 200;

/** Lists open conversations, or those that `--show` names. Refuses: `option_value_unknown`. */
export async function inbox(session: Session, context: Context, options: Options): Promise<number> {
  const show = options.oneOf('show', INBOX_VIEWS) ?? 'open';
  const rows = [];
  for (let after: string | null | undefined; after !== null; ) {
    const query = { show, limit: ROWS, ...(after ? { after } : {}) } as const;
    const page = await ask(session, context, listConversations, { query });
    rows.push(...page.rows);
    after = page.next;
  }
  if (options.flag('json')) json(rows);
  else
    table(
      ['Waits (hours)', 'Customer', 'Subject', 'Proposed', 'With', 'State'],
      rows.map((row) => [
        row.waitingHours === null ? '' : String(row.waitingHours),
        (row.customer?.name ?? row.sender ?? '').slice(0, 30),
        row.subject.slice(0, 40),
        row.proposals.join(' '),
        row.assignedTo?.name ?? '',
        row.state,
      ]),
      ['Waits (hours)'],
    );
  return 0;
}
