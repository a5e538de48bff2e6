// Noting what bank lines tell of returns, so that each is looked at once and whoever decides sees where it came from.

import { createHash } from 'node:crypto';
import type { Act, Command } from '#command/command.ts';
import { NOTICES_AT_ONCE_MAX } from '#kernel/limits.ts';
import { noticeOfLine, type ReadyNotice } from './notice.ts';
import { findReturnLines, insertNotices } from './store.ts';

/** Keeps what was told of returns; what is kept already stays as it is. Gives how many are new. */
export async function keepNotices(act: Act, notices: readonly ReadyNotice[]): Promise<number> {
  const hash = (text: string): Uint8Array => createHash('sha256').update(text).digest();
  return insertNotices(
    act,
    notices.map((notice) => ({ ...notice, hash: hash(notice.identity) })),
  );
}

/** Notes bank lines that are returns, so many at once; `more` says that there may be others. Refuses nothing of its own. */
export const recordReturnLines: Command<object, { readonly noted: number; readonly more: boolean }> = {
  name: 'record-return-lines',
  permission: 'payment.return',
  constraints: { return_notice_once: 'changed_meanwhile' },
  async run(act) {
    const lines = await findReturnLines(act, NOTICES_AT_ONCE_MAX);
    const noted = await keepNotices(act, lines.map(noticeOfLine));
    return { noted, more: lines.length === NOTICES_AT_ONCE_MAX };
  },
};
