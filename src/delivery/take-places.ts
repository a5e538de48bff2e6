// The places of messages on their way: how many of this process may be marked as handed over and not be heard of, which is what
// is in doubt should it die now. A message whose answer is late keeps its own place and no other.

import { assert } from '#kernel/assert.ts';
import { SENDING_AT_ONCE_MAX } from './message.ts';

/** Places that were taken. */
export type Places = {
  /** How many messages may leave in them: so many as were wanted, or so many as were to be had. */
  readonly count: number;
  /** How many of them were not given back. */
  held(): number;
  /** Gives so many back: their messages are not in doubt any more. */
  giveBack(count: number): void;
  /** Others are in the places of messages that are not in doubt any more: these are late only once they are. */
  handOn(): void;
};

/** How long a message is on its way before nobody waits for its place. */
const LATE_MS = 1_000;

const all = {
  free: SENDING_AT_ONCE_MAX,
  /** Of those taken, places of messages that are late: nobody waits for these to come free too. */
  late: 0,
  waiting: [] as { readonly wanted: number; readonly go: (count: number) => void }[],
};

function letIn(): void {
  // In their order: who needs many is not passed by who needs few.
  for (let [next] = all.waiting; next; [next] = all.waiting) {
    const toBeHad = Math.min(next.wanted, SENDING_AT_ONCE_MAX - all.late);
    if (all.free < 1 || all.free < toBeHad) return;
    all.waiting.shift();
    const count = Math.min(next.wanted, all.free);
    all.free -= count;
    next.go(count);
  }
}

/**
 * Does what lets messages leave and hears their answers, once so many of this process may be on their way: however many jobs it
 * has, no more than `SENDING_AT_ONCE_MAX` are in doubt when it is killed. Of many wanted it gets fewer where messages before them
 * are late.
 */
export async function inDoubtAtMost<T>(messages: number, work: (places: Places) => Promise<T>): Promise<T> {
  assert(messages >= 1 && messages <= SENDING_AT_ONCE_MAX, 'so many may be on their way', messages);
  const count = await new Promise<number>((go) => {
    all.waiting.push({ wanted: messages, go });
    letIn();
  });
  let held = count;
  let late = 0;
  const giveBack = (some: number) => {
    assert(some <= held, 'what is given back was taken', [some, held]);
    held -= some;
    all.free += some;
    all.late -= late;
    late = Math.min(late, held);
    all.late += late;
    letIn();
  };
  const timer = setTimeout(() => {
    late = held;
    all.late += late;
    letIn();
  }, LATE_MS);
  timer.unref();
  const handOn = () => {
    all.late -= late;
    late = 0;
    timer.refresh();
  };
  try {
    return await work({ count, held: () => held, giveBack, handOn });
  } finally {
    clearTimeout(timer);
    giveBack(held);
  }
}
