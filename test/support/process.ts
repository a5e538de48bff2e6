// What tests that kill need to know about processes.

import { readFileSync } from 'node:fs';

/** Whether a process still runs. One that ended stays listed until its parent has looked, and counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
