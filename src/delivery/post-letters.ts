// Letters that lie ready: put together to be printed, and noted as sent once they are in the post. A letter is in one batch only, so
// that two people who print at the same time do not print it twice.

import { createHash } from 'node:crypto';
import { readAttachmentsOf, readContents } from '#attachments/read-attachments.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import { writeZip } from '#formats/zip.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { isAfter } from '#kernel/calendar.ts';
import { type CompanyId, type MessageId, newId } from '#kernel/id.ts';
import { POST_BATCH_BYTES_MAX, POST_BATCH_LETTERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { BatchForm, ListedLetter } from './batch-form.ts';
import { type JoinedLetter, joinLetters, type PrintWish } from './join-letters.ts';
import type { Message } from './message.ts';
import { findAttemptRaws, findAttempts, updateAttempt, updateMessage } from './store.ts';
import { insertSignals } from './store-fate.ts';
import { insertBatch, lockBatch, lockLetters, lockLettersOf, updateBatchPosted } from './store-post.ts';

export type BatchMade = {
  readonly batchId: string;
  readonly letters: number;
  /** Of one file to print; null for an archive. */
  readonly pages: number | null;
  readonly sheets: number | null;
};

export type MakeBatch = Partial<PrintWish> & {
  readonly companyId: CompanyId;
  /** One file where left out. */
  readonly form?: BatchForm | undefined;
};

/**
 * Puts the letters of a company that lie ready and are in no batch yet into one, the oldest first: one file to print, in which
 * the PDFs attached to a document stand behind its letter; or an archive with the letters, numbered in order. And a list of
 * who gets which.
 *
 * Refuses: `company_not_found`, `no_letters_ready`.
 */
export const makePostBatch: Command<MakeBatch, BatchMade> = {
  name: 'make-post-batch',
  permission: 'reminder.send',
  async run(act, { companyId, form = 'pdf', isDuplex = true, separates = false }) {
    const company = await takeCompany(act, companyId);
    const letters = await lockLetters(act, company.id, POST_BATCH_LETTERS_MAX);
    const raws = await findAttemptRaws(
      act,
      letters.map((letter) => letter.id),
    );
    const taken = within(letters, new Map(raws.map((raw) => [raw.messageId, raw.raw])));
    if (taken.length === 0) throw new Refusal('no_letters_ready', { company: company.code });
    const batchId = newId<'post_batch'>();
    const joined = form === 'pdf' ? await joinedOf(act, taken, { isDuplex, separates }) : undefined;
    const file = joined?.pdf ?? archiveOf(taken);
    const [pages, sheets] = [joined?.pages ?? null, joined?.sheets ?? null];
    insertBatch(
      act,
      {
        id: batchId,
        company_id: company.id,
        letters: taken.length,
        form,
        pages,
        sheets,
        contents: JSON.stringify(listOf(taken, joined?.letters)),
        file,
        sha256: createHash('sha256').update(file).digest(),
        made_by: actorText(act.actor),
        made_at: act.now,
      },
      taken.map(({ letter }) => letter.id),
    );
    act.record({
      type: 'post_batch.made',
      subjectId: batchId,
      data: { companyId: company.id, letters: taken.length, form, pages, sheets },
    });
    return { batchId, letters: taken.length, pages, sheets };
  },
};

type Letter = { readonly letter: Message; readonly pdf: Uint8Array };

/** The first letters, so many as one archive carries; the others wait for the next. */
function within(letters: readonly Message[], pdfs: ReadonlyMap<MessageId, Uint8Array>): readonly Letter[] {
  const taken: Letter[] = [];
  let bytes = 0;
  for (const letter of letters) {
    const pdf = pdfs.get(letter.id);
    if (!pdf) continue;
    bytes += pdf.length;
    if (bytes > POST_BATCH_BYTES_MAX && taken.length > 0) break;
    taken.push({ letter, pdf });
  }
  return taken;
}

/** The letters as one file to print, each with the PDFs that are attached to its document. */
async function joinedOf(act: Act, letters: readonly Letter[], wish: PrintWish) {
  const documentIds = letters.flatMap(({ letter }) => letter.documentId ?? []);
  const attached = await readAttachmentsOf(act, [...new Set(documentIds)]);
  const wanted = await Promise.all(
    letters.map(async ({ letter, pdf }) => {
      const files = (attached.get(letter.documentId ?? '') ?? []).filter(
        (file) => file.mediaType === 'application/pdf',
      );
      const whole = await readContents(act, files);
      return { pdf, attached: whole.map(({ name, content }) => ({ name, pdf: content })) };
    }),
  );
  return joinLetters(wanted, wish);
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
 * Refuses: `post_batch_not_found`, `post_batch_posted`, `posted_in_future`.
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
