// A batch of letters is begun: the letters are its own from then on, so that two people who print at the same time do not print one
// twice. A worker looks at them and joins them after that (`make-batch`).

import { readAttachmentsOf } from '#attachments/read-attachments.ts';
import { actorText, type Command } from '#command/command.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { POST_BATCH_BYTES_MAX, POST_BATCH_LETTERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { BatchForm } from './batch-form.ts';
import type { PrintWish } from './join-letters.ts';
import type { Message } from './message.ts';
import { findAttemptRaws } from './store.ts';
import { insertBatch, lockLetters } from './store-post.ts';

/** The queue whose handler makes a batch that was begun. */
export const BATCH_QUEUE = 'delivery.make-batch';

/** The job that makes a batch; several of one batch wait as one. */
export function batchJob(batchId: string) {
  return { queue: BATCH_QUEUE, payload: { batchId }, key: batchId };
}

export type BeginBatch = Partial<PrintWish> & {
  readonly companyId: CompanyId;
  /** One file where left out. */
  readonly form?: BatchForm | undefined;
};

/**
 * Takes the letters of a company that lie ready and are in no batch yet, the oldest first, so many as a batch carries with the
 * files behind them. A job looks at them and makes the file.
 *
 * Refuses: `company_not_found`, `no_letters_ready`.
 */
export const beginBatch: Command<BeginBatch, { readonly batchId: string; readonly letters: number }> = {
  name: 'begin-batch',
  permission: 'reminder.send',
  async run(act, { companyId, form = 'pdf', isDuplex = true, separates = false }) {
    const company = await takeCompany(act, companyId);
    const letters = await lockLetters(act, company.id, POST_BATCH_LETTERS_MAX);
    const [raws, attached] = await Promise.all([
      findAttemptRaws(
        act,
        letters.map((letter) => letter.id),
      ),
      form === 'pdf'
        ? readAttachmentsOf(act, [...new Set(letters.flatMap((l) => l.documentId ?? []))])
        : undefined,
    ]);
    const own = new Map(raws.map(({ messageId, raw }) => [messageId, raw.length]));
    const sizeOf = (letter: Message): number | undefined => {
      const bytes = own.get(letter.id);
      const files = attached?.get(letter.documentId ?? '') ?? [];
      return bytes && files.reduce((total, file) => total + file.bytes, bytes);
    };
    const taken = within(letters, sizeOf);
    if (taken.length === 0) throw new Refusal('no_letters_ready', { company: company.code });
    const batchId = newId<'post_batch'>();
    insertBatch(
      act,
      {
        id: batchId,
        company_id: company.id,
        letters: taken.length,
        form,
        is_duplex: isDuplex,
        separates,
        made_by: actorText(act.actor),
        made_at: act.now,
      },
      taken.map(({ id }) => id),
    );
    act.enqueue(batchJob(batchId));
    act.record({
      type: 'post_batch.begun',
      subjectId: batchId,
      data: { companyId: company.id, letters: taken.length, form },
    });
    return { batchId, letters: taken.length };
  },
};

/** The first letters, so many as one batch carries; the others wait for the next. The first is taken whatever its size. */
function within(letters: readonly Message[], sizeOf: (letter: Message) => number | undefined): Message[] {
  const taken: Message[] = [];
  let bytes = 0;
  for (const letter of letters) {
    const size = sizeOf(letter);
    if (size === undefined) continue;
    bytes += size;
    if (bytes > POST_BATCH_BYTES_MAX && taken.length > 0) break;
    taken.push(letter);
  }
  return taken;
}
