// Answers kept for a moment: what takes long to compute is given as it was a few seconds ago, with the time it was made,
// while it is made anew behind the scenes. What is quick to compute is always made anew. A clock and a piece of work are
// handed in; nothing here knows what the answers are.

/** An answer, when it was made, how long that took, and until when it counts as new; times in milliseconds of one clock. */
export type Kept<T> = { readonly value: T; readonly madeMs: number; readonly tookMs: number };

/** Computing that takes less than this keeps nobody waiting, and is done for everyone who asks. */
const QUICK_MS = 100;

/** What to do with a kept answer: give it, give it and make a new one behind, or make a new one first. */
export function decideKept(
  kept: Kept<unknown> | undefined,
  nowMs: number,
  bounds: { readonly newForMs: number; readonly staleForMs: number },
): 'give' | 'give_and_renew' | 'make' {
  if (kept === undefined) return 'make';
  const age = nowMs - kept.madeMs;
  if (age > bounds.staleForMs) return 'make';
  if (kept.tookMs < QUICK_MS) return 'make';
  return age <= bounds.newForMs ? 'give' : 'give_and_renew';
}

/** Keeps answers by key, a bounded number of them; the one not asked for the longest goes first. */
export class KeptAnswers<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #making = new Map<string, Promise<T>>();
  readonly #bounds: { readonly newForMs: number; readonly staleForMs: number; readonly keysMax: number };
  readonly #clockMs: () => number;

  constructor(
    bounds: { readonly newForMs: number; readonly staleForMs: number; readonly keysMax: number },
    clockMs: () => number,
  ) {
    this.#bounds = bounds;
    this.#clockMs = clockMs;
  }

  /** The answer for a key: kept, or made by `make`. Callers who come while it is being made share it. */
  async get(key: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    const decision = decideKept(kept, this.#clockMs(), this.#bounds);
    if (kept === undefined || decision === 'make') return this.#make(key, make);
    // A failure behind the scenes takes the kept answer away, so that the next caller meets it.
    if (decision === 'give_and_renew') this.#make(key, make).catch(() => this.#kept.delete(key));
    return kept.value;
  }

  #make(key: string, make: () => Promise<T>): Promise<T> {
    const running = this.#making.get(key);
    if (running !== undefined) return running;
    const begun = this.#clockMs();
    const made = make()
      .then((value) => {
        this.#keep(key, { value, madeMs: this.#clockMs(), tookMs: this.#clockMs() - begun });
        return value;
      })
      .finally(() => this.#making.delete(key));
    this.#making.set(key, made);
    return made;
  }

  #keep(key: string, kept: Kept<T>): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#bounds.keysMax) break;
      this.#kept.delete(oldest);
    }
  }
}
