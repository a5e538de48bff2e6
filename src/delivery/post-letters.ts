// Letters of a batch: joined to one file, let go to be printed, and noted as sent once they are in the post. Joining is done outside
// of transactions, keeping the file in one.

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
import { present } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import { POST_BATCH_PAGES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ListedLetter } from './batch-form.ts';
import { batchJob } from './begin-batch.ts';
import { type JoinedLetter, type JoinedLetters, joinLetters, type LetterToPrint } from './join-letters.ts';
import type { Message } from './message.ts';
import { setAside, takeOutDecided } from './put-aside.ts';
import { isDecided, isOutdated, isOutdatedNow, type PrintTools } from './refresh-letters.ts';
import { findAttemptRaws, findAttempts, updateAttempts, updateMessage } from './store.ts';
import { insertSignals } from './store-fate.ts';
import {
  type BatchFile,
  type BatchRow,
  findBatch,
  findLettersOf,
  findTriesOf,
  lockBatch,
  lockLettersOf,
  saveBatchFile,
  updateBatchPosted,
  updateBatchPrinted,
  updateUnmade,
} from './store-post.ts';

export type BatchMade = {
  readonly batchId: string;
  readonly letters: number;
  /** Of one file to print; null for an archive. */
  readonly pages: number | null;
  readonly sheets: number | null;
};

/** Whether a batch is printed, or is made anew first because letters of it changed. */
export type BatchPrinted = BatchMade & { readonly isPrinted: boolean };

/**
 * Makes the file of a batch whose letters were looked at: one file to print, in which the PDFs attached to a document
 * stand behind its letter; or an archive with the letters, numbered in order. And a list of who gets which. One that is
 * made stays as it is. Done twice, or by two at once, the first one's file is kept. A letter that cannot be joined is set
 * aside for a person.
 *
 * Refuses: `post_batch_not_found`.
 */
export async function finishBatch(
  door: Door,
  context: Context,
  batchId: string,
  pagesMax = POST_BATCH_PAGES_MAX,
): Promise<BatchMade> {
  for (;;) {
    const { batch, letters, toPrint } = await inTenant(
      door.pool,
      context.tenantId,
      (tx) => readBatch(tx, batchId),
      { snapshot: true },
    );
    if (batch.is_made || letters.length === 0) return describeBatch(batch);
    const joined = batch.form === 'pdf' ? await joinLetters(toPrint, wishOf(batch), pagesMax) : undefined;
    if (joined?.notReadable !== undefined) {
      const messageId = present(letters[joined.notReadable], 'a letter that was joined is there').letter.id;
      await carryOut(door, context, setAside, { batchId, messageId, problem: 'letter_not_readable' });
      continue;
    }
    const made = madeOf(letters, joined);
    const ended = await carryOut(door, context, endBatch(made, letters), { batchId });
    if (ended.made) return ended.made;
  }
}

/**
 * Lets a batch go to be printed: its letters are looked at once more, and where all still say what is so, its file is the
 * one that is posted from then on. Otherwise it is made anew by a worker first, which the answer says. Done twice, it is
 * printed once.
 *
 * They are looked at twice: outside of any transaction, where one that cannot be read harms none of the others, and once more
 * within the one that lets the batch go, so that nothing is paid in between (docs/decisions/0540).
 *
 * Refuses: `post_batch_not_found`, `post_batch_not_made`, `post_batch_empty`.
 */
export async function printBatch(
  tools: PrintTools,
  context: Context,
  wanted: { readonly batchId: string },
  options: CarryOutOptions = {},
): Promise<BatchPrinted> {
  const { door } = tools;
  const { batchId } = wanted;
  if (!options.rehearse) {
    const batch = await inTenant(door.pool, context.tenantId, (tx) => findBatch(tx, batchId));
    if (batch?.is_made && batch.printed_at === null && (await isOutdated(tools, context, batchId))) {
      const { isAnew } = await carryOut(door, context, makeAnew, wanted);
      if (isAnew) return { ...describeBatch(batch), isPrinted: false };
    }
  }
  return carryOut(door, context, letPrint(tools), wanted, options);
}

/**
 * Has a batch made anew whose letters would say something else by now, without those a person decided about; one that was
 * printed meanwhile stays.
 */
const makeAnew: Command<{ readonly batchId: string }, { readonly isAnew: boolean }> = {
  name: 'make-batch-anew',
  permission: 'reminder.send',
  async run(act, { batchId }) {
    const batch = await lockBatch(act, batchId);
    if (!batch || batch.printed_at !== null) return { isAnew: false };
    await takeOutDecided(act, batchId);
    haveMadeAnew(act, batch);
    return { isAnew: true };
  },
};

function haveMadeAnew(act: Act, batch: BatchRow): void {
  updateUnmade(act, batch.id);
  act.enqueue(batchJob(batch.id));
  act.record({
    type: 'post_batch.outdated',
    subjectId: batch.id,
    data: { companyId: batch.company_id, letters: batch.letters },
  });
}

/** Looks at the letters of a batch for the last time and notes that it is printed, or has it made anew. */
function letPrint(tools: Pick<PrintTools, 'sources'>): Command<{ readonly batchId: string }, BatchPrinted> {
  return {
    name: 'print-batch',
    permission: 'reminder.send',
    async run(act, { batchId }) {
      const batch = await lockBatch(act, batchId);
      if (!batch) throw new Refusal('post_batch_not_found', { batchId });
      if (batch.printed_at !== null) return { ...describeBatch(batch), isPrinted: true };
      if (batch.letters === 0) throw new Refusal('post_batch_empty', { batchId });
      // Whoever decided about one while they were looked at is heard: the batch is made without it when it is asked for again.
      const letters = await lockLettersOf(act, batchId);
      if (!batch.is_made || letters.some(isDecided)) throw new Refusal('post_batch_not_made', { batchId });
      if (await isOutdatedNow(act, tools, letters)) {
        haveMadeAnew(act, batch);
        return { ...describeBatch(batch), isPrinted: false };
      }
      updateBatchPrinted(act, batchId, actorText(act.actor));
      act.record({
        type: 'post_batch.printed',
        subjectId: batchId,
        data: { companyId: batch.company_id, letters: batch.letters },
      });
      return { ...describeBatch(batch), isPrinted: true };
    },
  };
}

function describeBatch({ id, letters, pages, sheets }: BatchRow): BatchMade {
  return { batchId: id, letters, pages, sheets };
}

type Letter = { readonly letter: Message; readonly attemptNo: number; readonly pdf: Uint8Array };

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
  const pdfs = new Map(raws.map(({ messageId, raw, attemptNo }) => [messageId, { pdf: raw, attemptNo }]));
  const letters = messages.flatMap((letter): Letter[] => {
    const written = pdfs.get(letter.id);
    return written ? [{ letter, ...written }] : [];
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

/** The file of a batch and its list. */
function madeOf(letters: readonly Letter[], joined: JoinedLetters | undefined): BatchFile {
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

const wishOf = (batch: BatchRow) => ({ isDuplex: batch.is_duplex, separates: batch.separates });

/**
 * Keeps the file of a batch, unless another was quicker, or a letter was written anew or taken out meanwhile: it is
 * made anew then. Letters that had no room in it lie ready for the next one.
 */
function endBatch(
  made: BatchFile,
  letters: readonly Letter[],
): Command<{ readonly batchId: string }, { readonly made: BatchMade | null }> {
  return {
    name: 'end-batch',
    permission: 'reminder.send',
    async run(act, { batchId }) {
      const batch = await lockBatch(act, batchId);
      if (!batch) throw new Refusal('post_batch_not_found', { batchId });
      if (batch.is_made) return { made: describeBatch(batch) };
      const joined = letters.map(({ letter, attemptNo }) => ({ messageId: letter.id, attemptNo }));
      if (canonicalJson(joined) !== canonicalJson(await findTriesOf(act, batchId))) return { made: null };
      const released = letters.slice(made.letters).map(({ letter }) => letter.id);
      saveBatchFile(act, batchId, made, released);
      const { pages, sheets } = made;
      act.record({
        type: 'post_batch.made',
        subjectId: batchId,
        data: { companyId: batch.company_id, letters: made.letters, form: batch.form, pages, sheets },
      });
      return { made: { batchId, letters: made.letters, pages, sheets } };
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
 * Notes that the letters of a batch are in the post since a day. Letters that were dropped or sent otherwise meanwhile
 * are left alone.
 *
 * Refuses: `post_batch_not_found`, `post_batch_not_printed`, `post_batch_posted`, `posted_in_future`.
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
    if (batch.printed_at === null) throw new Refusal('post_batch_not_printed', { batchId });
    if (batch.posted_on !== null)
      throw new Refusal('post_batch_posted', { postedOn: batch.posted_on.toString() });
    if (isAfter(day, act.today)) throw new Refusal('posted_in_future', { on: day.toString() });
    const letters = (await lockLettersOf(act, batchId)).filter((letter) => !isDecided(letter));
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
    updateAttempts(act, [{ ...last, messageId: letter.id, endedAt: act.now, outcome: 'sent', answer }]);
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
