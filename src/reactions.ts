// What a moment later follows from what happened: event → jobs. What must be true together is a call inside the command;
// what may be true a moment later stands here. The whole table, to be read from top to bottom.

import type { Event } from '#command/command.ts';
import type { Job } from '#jobs/job.ts';

/** Event type → the jobs it brings about. */
const REACTIONS: Readonly<Record<string, (event: Event) => readonly Job[]>> = {};

/** The jobs an event brings about; none for most. */
export function react(event: Event): readonly Job[] {
  return REACTIONS[event.type]?.(event) ?? [];
}
