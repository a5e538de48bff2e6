// A promise that is taken back by whoever gave it: what it was about is asked for again.

import { actorText, type Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { readStandings } from './read-standings.ts';
import { findParts, insertEnds } from './store.ts';

/** Withdraws a promise that can still be kept. Refuses: `promise_not_found`, `promise_not_open` (with its state). */
export const withdrawPromise: Command<
  { readonly promiseId: string; readonly note: string },
  { readonly promiseId: string }
> = {
  name: 'withdraw-promise',
  permission: 'hold.place',
  async run(act, { promiseId, note }) {
    const parts = (await findParts(act, [promiseId])).get(promiseId) ?? [];
    if (parts.length === 0) throw new Refusal('promise_not_found', { promiseId });
    // Its items are locked first, so that no other promise takes its place meanwhile.
    await takeItems(
      act,
      parts.map((part) => part.itemId),
    );
    const [found] = await readStandings(act, { ids: [promiseId], limit: 1 }, act.today);
    if (!found) throw new Refusal('promise_not_found', { promiseId });
    const { row, standing } = found;
    if (standing.state !== 'open') throw new Refusal('promise_not_open', { state: standing.state });
    insertEnds(act, [
      {
        promise_id: promiseId,
        kind: 'withdrawn',
        replaced_by: null,
        ended_on: act.today,
        note,
        ended_by: actorText(act.actor),
        recorded_at: act.now,
      },
    ]);
    act.record({
      type: 'promise.withdrawn',
      subjectId: promiseId,
      customerId: row.customer_id,
      data: { note },
    });
    return { promiseId };
  },
};
