// Asking the letter service what became of letters it took over: printed, in the post, brought back.

import type { LetterNews } from '#carriers/read-letter-status.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';
import { recordCarrierNews } from './record-carrier-news.ts';
import type { MailTools } from './send-message.ts';
import { findWatchedLetters, updateAsked } from './store-carriers.ts';

/** Letters are looked after for so long after they were handed over; the post brings them back within weeks. */
const LETTER_WATCH_DAYS = 45;
/** So many are asked for at one go; the others come next. */
const LETTERS_ASKED_MAX = 200;

/** Asks about the letters of a tenant whose end is not known, one after the other. Says of how many something new was kept. */
export async function readLetters(
  tools: Pick<MailTools, 'door' | 'contextOf' | 'clock' | 'carriers'>,
  tenantId: TenantId,
): Promise<number> {
  const askAbout = tools.carriers?.post?.askAbout;
  if (!askAbout) return 0;
  const { pool } = tools.door;
  const when = { now: tools.clock(), days: LETTER_WATCH_DAYS, limit: LETTERS_ASKED_MAX };
  const letters = await inTenant(pool, tenantId, (tx) => findWatchedLetters(tx, when));
  let kept = 0;
  for (const { id, reference } of letters) {
    const news: LetterNews | undefined = await askAbout(reference);
    await inTenant(pool, tenantId, async (tx) => updateAsked(tx, id, tools.clock()));
    if (!news) continue;
    const commandId = uuidFrom(`letter\n${id}\n${news.step}\n${news.detail}`) as CommandId;
    const input = { messageId: id, step: news.step, detail: news.detail };
    const context = await tools.contextOf(tenantId);
    if ((await carryOut(tools.door, context, recordCarrierNews, input, { commandId })).recorded) kept += 1;
  }
  return kept;
}
