// What was said of one thing, and who can be mentioned.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { ROLES } from '#identity/permission.ts';
import { readActorNames, readPeople } from '#identity/read-people.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, momentKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import type * as contract from './contract.ts';
import { findComments, findSubject } from './store.ts';

/** A page of comments, the latest first. Refuses: `commented_not_found`. */
export async function readComments(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listComments.query>,
): Promise<z.input<typeof contract.listComments.reply>> {
  const { kind, subjectId, limit } = query;
  if (!(await findSubject(tx, kind, subjectId)))
    throw new Refusal('commented_not_found', { kind, subjectId });
  const after = readCursor<readonly [string, string]>(query.after, [momentKey, idKey]);
  const found = await findComments(tx, { kind, id: subjectId }, { after, limit: limit + 1 });
  const page = pageOfRows(found, limit, (last) => [last.written_at, last.id]);
  const [people, names] = [
    await readPeople(tx, ROLES),
    await readActorNames(
      tx,
      page.rows.map((row) => row.written_by),
    ),
  ];
  const nameOf = new Map<string, string>(people.map(({ userId, name }) => [userId, name]));
  return {
    rows: page.rows.map((row) => ({
      commentId: row.id,
      words: row.words,
      by: names.get(row.written_by) ?? row.written_by,
      at: row.written_at.toString(),
      mentions: row.mentions.map((userId) => nameOf.get(userId) ?? 'somebody who left'),
    })),
    next: page.next,
    people: people.map(({ userId, name }) => ({ userId, name })),
    may: { comment: mayDo(context, 'comment.write') },
  };
}
