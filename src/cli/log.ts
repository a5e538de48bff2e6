// A log for parts that want one, while the command line itself prints for people.

import { openLog } from '#http/log.ts';

/** Opens the log. */
export function cliLog() {
  return openLog({ role: 'cli' });
}
