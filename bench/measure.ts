// Measuring: contenders take turns in rounds, so that a busy machine burdens all of them alike; what counts is the median of
// the ratios within a round, with the least and the most beside it.

/** One way of doing the work. `run` does it once and gives how long one unit of it took, in milliseconds. */
export type Contender = { readonly name: string; run(): Promise<number> };

/** What one contender took, a figure for each round, in milliseconds for one unit. */
export type Times = { readonly name: string; readonly ms: readonly number[] };

export type RaceOptions = {
  readonly rounds: number;
  /** No further round begins after this time; the first two are always run. */
  readonly secondsMax: number;
};

const ROUNDS_MIN = 2;

/** Lets the contenders run in turns, each round in another order. The first round warms up and does not count. */
export async function race(
  contenders: readonly Contender[],
  options: RaceOptions,
): Promise<ReadonlyMap<string, Times>> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const begun = performance.now();
  for (let round = 0; round <= options.rounds; round += 1) {
    if (round > ROUNDS_MIN && performance.now() - begun > options.secondsMax * 1_000) break;
    const order = contenders.map((_, index) => contenders[(index + round) % contenders.length]);
    for (const contender of order) {
      if (contender === undefined) continue;
      const ms = await contender.run();
      if (round > 0) times.get(contender.name)?.push(ms);
    }
  }
  return new Map([...times].map(([name, ms]) => [name, { name, ms }]));
}

/** How long some work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Does `count` pieces of work by `workers` side by side and gives the time of one piece in milliseconds. */
export async function timedEach(
  count: number,
  workers: number,
  work: (index: number, worker: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const total = await timed(() =>
    Promise.all(
      Array.from({ length: workers }, async (_, worker) => {
        while (next < count) {
          const index = next;
          next += 1;
          await work(index, worker);
        }
      }),
    ),
  );
  return total / count;
}

/** The value that a share of all values does not exceed: 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** How many times as long ours took, round by round. */
export function ratios(ours: Times, straight: Times): readonly number[] {
  return ours.ms.map((ms, round) => ms / (straight.ms[round] ?? Number.NaN));
}
