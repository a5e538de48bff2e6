// A lock that the operating system gives back when its holder dies, however it dies, so nobody ever clears a stale one.
// It is the exclusive lock of an empty SQLite file: the one such lock Node offers on every system.

import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** Held until released (once or more often) or until the process ends. */
export type FileLock = { release(): void };

const SQLITE_BUSY = 5;
const POLL_MS = 20;

/** Takes the lock named by a path, or nothing when somebody (another process, or this one) holds it. Never waits. */
export function tryLock(path: string): FileLock | undefined {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    file.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return {
    release: () => {
      if (file.isOpen) file.close();
    },
  };
}

/** Takes the lock named by a path, waiting its turn for at most `waitMs`; nothing when the time is over. */
export async function waitForLock(path: string, waitMs: number): Promise<FileLock | undefined> {
  const until = performance.now() + waitMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    if (performance.now() >= until) return undefined;
    await sleep(POLL_MS);
  }
}
