// What a test process opened for all its tests is closed after the last of them, also where several test files share it.

import { after } from 'node:test';

const closing: (() => Promise<void>)[] = [];

after(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Has something done when the tests of this process are over; what was told last is done first. */
export function atEnd(close: () => Promise<void>): void {
  closing.push(close);
}
