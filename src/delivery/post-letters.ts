// Letters that lie ready: put together to be printed, and noted as sent once they are in the post. Beginning a batch, joining its
// letters and keeping the file are three steps, each committed before the next; joining is done outside of transactions.

import { createHash } from 'node:crypto';
import { readAttachmentsOf, readContents } from '#attachments/read-attachments.ts';
import {
  type Act,
  actorText,
  type CarryOutOptions,
  type Command,
  type Context,
  carryOut,
  type Door,
} from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { writeZip } from '#formats/zip.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { POST_BATCH_PAGES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ListedLetter } from './batch-form.ts';
import { type BeginBatch, beginBatch } from './begin-batch.ts';
import { type JoinedLetter, joinLetters, type LetterToPrint } from './join-letters.ts';
import type { Message } from './message.ts';
import type { MailTools } from './send-message.ts';
import { findAttemptRaws, findAttempts, updateAttempt, updateMessage } from './store.ts';
import { insertSignals } from './store-fate.ts';
import {
  type BatchFile,
  type BatchRow,
  findBatch,
  findLettersOf,
  lockBatch,
  lockLettersOf,
  saveBatchFile,
  updateBatchPosted,
} from './store-post.ts';
import { withdrawLetters } from './withdraw-letters.ts';

export type BatchMade = {
  readonly batchId: string;
  readonly letters: number;
  /** Of one file to print; null for an archive. */
  readonly pages: number | null;
  readonly sheets: number | null;
};

/**
 * Puts the letters of a company that lie ready into one batch: one file to print, in which the PDFs attached to a document stand
 * behind its letter; or an archive with the letters, numbered in order. And a list of who gets which. Letters about which nothing
 * is left to say by now are dropped before that; only a rehearsal counts them still. Asked again with the same command id it goes
 * on with the batch that was begun.
 *
 * Refuses: what `beginBatch` refuses.
 */
export async function makePostBatch(
  tools: Pick<MailTools, 'door' | 'sources'>,
  context: Context,
  wanted: BeginBatch,
  options: CarryOutOptions = {},
): Promise<BatchMade> {
  const { door } = tools;
  if (!options.rehearse) await withdrawLetters(tools, context, wanted.companyId);
  const begun = await carryOut(door, context, beginBatch, wanted, options);
  if (options.rehearse) return { ...begun, pages: null, sheets: null };
  return finishBatch(door, context, begun.batchId);
}

/**
 * Makes the file of a batch that was begun; one that is made stays as it is. Done twice, or by two at once, the first one's file
 * is kept.
 *
 * Refuses: `post_batch_not_found`.
 */
export async function finishBatch(
  door: Door,
  context: Context,
  batchId: string,
  pagesMax = POST_BATCH_PAGES_MAX,
): Promise<BatchMade> {
  const { batch, letters, toPrint } = await inTenant(
    door.pool,
    context.tenantId,
    (tx) => readBatch(tx, batchId),
    {
      snapshot: true,
    },
  );
  if (batch.is_made) return describeBatch(batch);
  const made = await madeOf(batch, letters, { toPrint, pagesMax });
  return carryOut(door, context, endBatch(made, letters), { batchId });
}

function describeBatch({ id, letters, pages, sheets }: BatchRow): BatchMade {
  return { batchId: id, letters, pages, sheets };
}

type Letter = { readonly letter: Message; readonly pdf: Uint8Array };

/** A batch with its letters in their order, and what is printed behind each. */
async function readBatch(tx: Tx, batchId: string) {
  const batch = await findBatch(tx, batchId);
  if (!batch) throw new Refusal('post_batch_not_found', { batchId });
  if (batch.is_made) return { batch, letters: [], toPrint: [] };
  const messages = await findLettersOf(tx, batchId);
  const raws = await findAttemptRaws(
    tx,
    messages.map(({ id }) => id),
  );
  const pdfs = new Map(raws.map(({ messageId, raw }) => [messageId, raw]));
  const letters = messages.flatMap((letter): Letter[] => {
    const pdf = pdfs.get(letter.id);
    return pdf ? [{ letter, pdf }] : [];
  });
  return { batch, letters, toPrint: batch.form === 'pdf' ? await readToPrint(tx, letters) : [] };
}

/** Letters with the PDFs that are attached to their documents. */
async function readToPrint(tx: Tx, letters: readonly Letter[]): Promise<readonly LetterToPrint[]> {
  const documentIds = letters.flatMap(({ letter }) => letter.documentId ?? []);
  const attached = await readAttachmentsOf(tx, [...new Set(documentIds)]);
  return Promise.all(
    letters.map(async ({ letter, pdf }) => {
      const files = (attached.get(letter.documentId ?? '') ?? []).filter(
        (file) => file.mediaType === 'application/pdf',
      );
      const whole = await readContents(tx, files);
      return { pdf, attached: whole.map(({ name, content }) => ({ name, pdf: content })) };
    }),
  );
}

/** The file of a batch and its list. Takes a while: letters are drawn together page by page. */
async function madeOf(
  batch: BatchRow,
  letters: readonly Letter[],
  { toPrint, pagesMax }: { readonly toPrint: readonly LetterToPrint[]; readonly pagesMax: number },
): Promise<BatchFile> {
  const wish = { isDuplex: batch.is_duplex, separates: batch.separates };
  const joined = batch.form === 'pdf' ? await joinLetters(toPrint, wish, pagesMax) : undefined;
  const taken = letters.slice(0, joined?.letters.length);
  const file = joined?.pdf ?? archiveOf(taken);
  return {
    file,
    sha256: createHash('sha256').update(file).digest(),
    letters: taken.length,
    pages: joined?.pages ?? null,
    sheets: joined?.sheets ?? null,
    contents: listOf(taken, joined?.letters),
  };
}

/** Keeps the file of a batch, unless another was quicker; letters that had no room in it lie ready for the next one. */
function endBatch(
  made: BatchFile,
  letters: readonly Letter[],
): Command<{ readonly batchId: string }, BatchMade> {
  return {
    name: 'end-batch',
    permission: 'reminder.send',
    async run(act, { batchId }) {
      const batch = await lockBatch(act, batchId);
      if (!batch) throw new Refusal('post_batch_not_found', { batchId });
      if (batch.is_made) return describeBatch(batch);
      const released = letters.slice(made.letters).map(({ letter }) => letter.id);
      saveBatchFile(act, batchId, made, released);
      const { pages, sheets } = made;
      act.record({
        type: 'post_batch.made',
        subjectId: batchId,
        data: { companyId: batch.company_id, letters: made.letters, form: batch.form, pages, sheets },
      });
      return { batchId, letters: made.letters, pages, sheets };
    },
  };
}

function listOf(letters: readonly Letter[], joined: readonly JoinedLetter[] | undefined): ListedLetter[] {
  return letters.map(({ letter }, index) => ({
    messageId: letter.id,
    about: letter.subject ?? '',
    to: letter.recipient,
    print: joined?.[index] ?? null,
  }));
}

function archiveOf(letters: readonly Letter[]): Uint8Array {
  const name = ({ letter }: Letter, index: number): string =>
    `${String(index + 1).padStart(4, '0')}-${(letter.subject ?? letter.id).replace(/[^\p{L}\p{N}._-]+/gu, '_')}.pdf`;
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = letters.map((each, index) =>
    [name(each, index), each.letter.subject ?? '', each.letter.recipient].map(quoted).join(','),
  );
  const list = `\uFEFFfile,about,to\r\n${rows.join('\r\n')}\r\n`;
  return writeZip([
    { name: 'letters.csv', content: Buffer.from(list) },
    ...letters.map((each, index) => ({ name: name(each, index), content: each.pdf })),
  ]);
}

/**
 * Notes that the letters of a batch are in the post since a day. Letters that were dropped or sent otherwise meanwhile are left
 * alone.
 *
 * Refuses: `post_batch_not_found`, `post_batch_not_made`, `post_batch_posted`, `posted_in_future`.
 */
export const markBatchPosted: Command<
  { readonly batchId: string; readonly on?: PlainDate | undefined },
  { readonly batchId: string; readonly letters: number }
> = {
  name: 'mark-batch-posted',
  permission: 'reminder.send',
  async run(act, { batchId, on }) {
    const day = on ?? act.today;
    const batch = await lockBatch(act, batchId);
    if (!batch) throw new Refusal('post_batch_not_found', { batchId });
    if (!batch.is_made) throw new Refusal('post_batch_not_made', { batchId });
    if (batch.posted_on !== null)
      throw new Refusal('post_batch_posted', { postedOn: batch.posted_on.toString() });
    if (isAfter(day, act.today)) throw new Refusal('posted_in_future', { on: day.toString() });
    const letters = (await lockLettersOf(act, batchId)).filter((letter) => letter.state === 'ready');
    for (const letter of letters) await notePosted(act, letter, day);
    updateBatchPosted(act, batchId, { on: day, by: actorText(act.actor) });
    act.record({
      type: 'post_batch.posted',
      subjectId: batchId,
      data: { on: day.toString(), letters: letters.length },
    });
    return { batchId, letters: letters.length };
  },
};

async function notePosted(act: Act, letter: Message, day: PlainDate): Promise<void> {
  const answer = `posted on ${day.toString()}`;
  const last = (await findAttempts(act, letter.id)).at(-1);
  if (last?.outcome === null)
    updateAttempt(act, letter.id, { ...last, endedAt: act.now, outcome: 'sent', answer });
  updateMessage(act, { ...letter, state: 'sent', answer, sentAt: act.now });
  insertSignals(act, letter.id, [
    { kind: 'posted', severity: null, address: letter.recipient, detail: answer },
  ]);
  act.record({
    type: 'message.posted',
    subjectId: letter.id,
    customerId: letter.customerId,
    data: { purpose: letter.purpose, documentId: letter.documentId, on: day.toString() },
  });
}
