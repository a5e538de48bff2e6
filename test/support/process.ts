// What tests that kill need to know about processes.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const END_MS = 5_000;

/** Whether a process still runs. One that ended stays listed until its parent has looked, and counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Whether a process has ended, or does within moments: it has given everything back a little before it is gone. */
export async function hasEnded(pid: number): Promise<boolean> {
  for (const until = performance.now() + END_MS; performance.now() < until; await sleep(10)) {
    if (!isAlive(pid)) return true;
  }
  return false;
}
