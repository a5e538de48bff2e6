// What happened to a thing, for the modules that show it beside the thing.

import { type Actor, actorFrom } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { findActorNames, findEvents } from './store.ts';

/** Something that happened, and who did it, by the name people know them by. */
export type ReadEvent = {
  readonly id: string;
  readonly type: string;
  readonly actor: Actor;
  readonly recordedAt: Temporal.Instant;
  readonly data: unknown;
};

/** What happened to a thing, the latest first, `limit` at most. */
export async function readEvents(tx: Tx, subjectId: string, limit: number): Promise<readonly ReadEvent[]> {
  const events = await findEvents(tx, { subjectId, limit, after: undefined });
  const names = await findActorNames(tx, [...new Set(events.map((event) => event.actor))]);
  return events.map((event) => {
    const { kind, id } = actorFrom(event.actor);
    const name = kind === 'system' ? 'Quittance' : (names.get(event.actor) ?? id);
    return {
      id: event.id,
      type: event.type,
      actor: { kind, id, name },
      recordedAt: event.recordedAt,
      data: event.data,
    };
  });
}
