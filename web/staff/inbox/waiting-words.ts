// How long somebody has waited for an answer, in words.

/** `waits 5 hours`; from two days on in days. */
export function waitingWords(hours: number): string {
  if (hours < 1) return 'waits less than an hour';
  if (hours < 48) return `waits ${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return `waits ${Math.floor(hours / 24)} days`;
}
