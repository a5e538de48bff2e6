// Ends a program in order: what was opened last is closed first, once, within a limit; a second Ctrl-C ends it at once.

import { Refusal } from '#kernel/refusal.ts';

/** Requests and jobs that run get this long to finish. */
const DRAIN_SECONDS_MAX = 30;
/** Ctrl-C under npm arrives twice, from the terminal and from npm; only a later one is a second wish. */
const SAME_PRESS_MS = 1_000;

type Closer = { readonly name: string; close(): Promise<void> | void };

/** Gathers what is open and closes it when the program is told to end. */
export class Shutdown {
  readonly #open: Closer[] = [];
  readonly #say: (line: string) => void;
  #begun: number | undefined;

  /** Listens for signals from now on. `say` tells the person in front of the terminal. */
  constructor(say: (line: string) => void) {
    this.#say = say;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => this.#signalled());
  }

  /** Whether the end has begun, so that nothing more should be opened. */
  get begun(): boolean {
    return this.#begun !== undefined;
  }

  /** Remembers something open. Opened after the end began, it is closed by the end that is under way. */
  add(name: string, close: () => Promise<void> | void): void {
    this.#open.push({ name, close });
  }

  #signalled(): void {
    if (this.#begun === undefined) {
      this.#say('Stopping … (Ctrl-C again to stop at once)');
      void this.end(0);
    } else if (performance.now() - this.#begun > SAME_PRESS_MS) {
      this.#say('Stopped at once. What was committed is safe.');
      process.exit(1);
    }
  }

  /** Closes everything and ends the process. What does not close in time is left to the operating system. */
  async end(status: number, secondsMax = DRAIN_SECONDS_MAX): Promise<never> {
    if (this.#begun !== undefined) return new Promise(() => {});
    this.#begun = performance.now();
    setTimeout(() => {
      this.#say(`Some part did not stop within ${secondsMax} seconds.`);
      process.exit(1);
    }, secondsMax * 1_000);
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      try {
        await next.close();
      } catch (error) {
        this.#say(
          `${next.name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    process.exit(status);
  }
}

/** What a person reads when the program cannot start: the reason, the facts, and what to do. */
export function explain(error: unknown): string {
  if (!(error instanceof Refusal))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { todo, ...facts } = error.facts;
  const lines = Object.entries(facts).map(([name, value]) => `  ${name}: ${value}`);
  return [error.code.replaceAll('_', ' '), ...lines, ...(todo === undefined ? [] : [`  → ${todo}`])].join(
    '\n',
  );
}
