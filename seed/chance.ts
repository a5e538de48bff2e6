// Chance that is the same every time: a seed gives the same company, customers and stories on every machine.

/** Numbers from a seed (mulberry32: small, good enough for stories, never for secrets). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to but not 1. */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1));
  }

  /** One of a list. */
  oneOf<T>(list: readonly T[]): T {
    const found = list[this.whole(0, list.length - 1)];
    if (found === undefined) throw new Error('a list to choose from is not empty');
    return found;
  }

  /** Whether something with this chance happens. */
  happens(chance: number): boolean {
    return this.share() < chance;
  }
}
