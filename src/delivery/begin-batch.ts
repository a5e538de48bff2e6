// A batch of letters is begun: the letters are its own from then on, so that two people who print at the same time do not print one
// twice. A worker looks at them and joins them after that (`make-batch`).

import { readAttachmentsOf } from '#attachments/read-attachments.ts';
import { actorText, type Command } from '#command/command.ts';
import type { Instant } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { POST_BATCH_BYTES_MAX, POST_BATCH_LETTERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { BatchForm } from './batch-form.ts';
import type { PrintWish } from './join-letters.ts';
import type { Message } from './message.ts';
import { findAttemptRaws } from './store.ts';
import { type BatchRow, insertBatch, lockBatch, lockLetters, updateAskedAgain } from './store-post.ts';

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
        worked_at: act.now,
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

/** Minutes without a sign of a worker after which a batch that is being made can be begun again: joining 200 letters takes one. */
const BATCH_SILENT_MINUTES = 5;

/** Since when nobody has worked at a batch that is still to be made; nothing while somebody does. */
export function stalledSince(batch: BatchRow, now: Instant): Instant | undefined {
  const isOver = batch.is_made || (batch.letters === 0 && batch.looked === batch.to_look);
  const silentFrom = batch.worked_at.add({ minutes: BATCH_SILENT_MINUTES });
  return isOver || Temporal.Instant.compare(now, silentFrom) < 0 ? undefined : batch.worked_at;
}

/**
 * Has a batch made whose worker gave up or was lost: a new job begins with the letters as they are. Should the lost one come
 * back, the first file is kept.
 *
 * Refuses: `post_batch_not_found`, `post_batch_made`, `post_batch_in_hand`.
 */
export const beginBatchAgain: Command<{ readonly batchId: string }, { readonly batchId: string }> = {
  name: 'begin-batch-again',
  permission: 'reminder.send',
  async run(act, { batchId }) {
    const batch = await lockBatch(act, batchId);
    if (!batch) throw new Refusal('post_batch_not_found', { batchId });
    if (batch.is_made) throw new Refusal('post_batch_made', { batchId });
    const since = stalledSince(batch, act.now);
    if (!since) throw new Refusal('post_batch_in_hand', { workedAt: batch.worked_at.toString() });
    updateAskedAgain(act, batchId);
    act.enqueue(batchJob(batchId));
    act.record({
      type: 'post_batch.begun_again',
      subjectId: batchId,
      data: { companyId: batch.company_id, letters: batch.letters, silentSince: since.toString() },
    });
    return { batchId };
  },
};
