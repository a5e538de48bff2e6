// A letter is only posted where its address shows in the window of its envelope, and nothing else does.

import { readOwnFirstPage } from '#formats/pdf-text.ts';
import { present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { windowTrouble } from './address-window.ts';
import type { AddressWindow } from './print-style.ts';

/**
 * Looks at the first page of a letter as it was drawn; outside of transactions, because it takes a moment.
 *
 * Refuses: `address_not_in_window` (window, and the text that lies across its edge or too near; none where it is empty).
 */
export async function requireWindow(pdf: Uint8Array, window: AddressWindow): Promise<void> {
  const page = await readOwnFirstPage(pdf);
  const trouble = windowTrouble(present(page, 'a letter has a page'), window);
  if (trouble)
    throw new Refusal('address_not_in_window', {
      window,
      text: trouble.kind === 'not_clear' ? trouble.text : null,
    });
}
