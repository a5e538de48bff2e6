// Saying something to colleagues about a customer, a dispute or a task; whoever is mentioned is told.

import { actorText, type Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { CommentedKind } from './comment.ts';
import { findSubject, insertComment } from './store.ts';

export type AddComment = {
  readonly kind: CommentedKind;
  readonly subjectId: string;
  readonly words: string;
  /** Members who are told of it. */
  readonly mentions: readonly string[];
};

/** Keeps a comment. Refuses: `commented_not_found` (there is no such customer, dispute or task), `member_not_found`. */
export const addComment: Command<AddComment, { readonly commentId: string }> = {
  name: 'add-comment',
  permission: 'comment.write',
  async run(act, { kind, subjectId, words, mentions }) {
    const subject = await findSubject(act, kind, subjectId);
    if (!subject) throw new Refusal('commented_not_found', { kind, subjectId });
    const told = [...new Set(mentions)];
    if (told.length > 0 && (await readMembers(act, told)).length < told.length)
      throw new Refusal('member_not_found', { mentions: told });
    const commentId = newId<'comment'>();
    insertComment(act, {
      id: commentId,
      subject_kind: kind,
      subject_id: subjectId,
      customer_id: subject.customer_id,
      words,
      mentions: told,
      written_by: actorText(act.actor),
      written_at: act.now,
    });
    act.record({
      type: 'comment.added',
      subjectId,
      customerId: subject.customer_id,
      data: { commentId, kind, words: words.slice(0, 400).toWellFormed(), mentions: told },
    });
    return { commentId };
  },
};
