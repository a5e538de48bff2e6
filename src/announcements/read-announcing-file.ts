// From a file of a bank to what it announces: entries of camt.052, camt.054 and MT942, each with its payments.

import type { FileSource } from '#formats/archive.ts';
import { readBankFile } from '#formats/bank-file.ts';
import { ANNOUNCING_FORMATS, type StatementFile, type StatementHead } from '#formats/bank-statement-shape.ts';
import { ANNOUNCED_PARTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { dayOfStatement } from '#payments/read-statement.ts';
import { accountOf } from '#payments/statement.ts';
import { type Announced, announcedOf } from './announcement.ts';

/** What a notification or report says of one account. */
export type AnnouncingPart = {
  readonly account: string | undefined;
  readonly currency: string | undefined;
  readonly owner: string | undefined;
  readonly entries: readonly Announced[];
};

/** How many problems are named in a refusal. */
const NAMED_PROBLEMS_MAX = 20;

/**
 * Reads all that a file announces; what it books (a statement in the same archive) is passed over.
 *
 * Refuses: `nothing_announced` (the file is a statement), `statement_not_readable` (entries that cannot be kept as they are),
 * `too_many_lines`, and what the readers of files refuse.
 */
export async function readAnnouncingFile(file: FileSource): Promise<readonly AnnouncingPart[]> {
  const parts: (AnnouncingPart & { readonly entries: Announced[] })[] = [];
  const problems: string[] = [];
  let message: StatementFile | undefined;
  let head: StatementHead | undefined;
  let kept = 0;
  for await (const event of readBankFile(file)) {
    if (event.kind === 'file') {
      message = event.file;
      head = undefined;
    }
    if (message === undefined || !ANNOUNCING_FORMATS.has(message.format)) continue;
    if (event.kind === 'problem') problems.push(event.problem.message);
    if (event.kind === 'statement') {
      head = event.statement;
      const { number, currency } = accountOf(head);
      parts.push({ account: number, currency, owner: head.account.owner, entries: [] });
    }
    if (event.kind !== 'entry' || head === undefined) continue;
    const read = announcedOf(event.entry, {
      otherwiseOn: dayOfStatement(head),
      format: message.format,
      messageId: message.messageId,
    });
    if ('problem' in read) problems.push(`line ${read.problem.line ?? 0}: ${read.problem.message}`);
    else parts.at(-1)?.entries.push(read);
    kept += 'problem' in read ? 1 : read.parts.length;
    if (kept > ANNOUNCED_PARTS_MAX) throw new Refusal('too_many_lines', { linesMax: ANNOUNCED_PARTS_MAX });
  }
  if (problems.length > 0) {
    throw new Refusal('statement_not_readable', {
      file: file.name,
      problemCount: problems.length,
      problems: problems.slice(0, NAMED_PROBLEMS_MAX),
    });
  }
  if (parts.length === 0) throw new Refusal('nothing_announced', { file: file.name });
  return parts.map((part) => ({ ...part, currency: part.currency ?? part.entries[0]?.amount.currency }));
}
