// Keys for people who work here all day. Never while typing; shown by "?".

import { useEffect } from 'react';

export type Shortcut = { readonly keys: string; readonly does: string; run(): void };

const PAUSE_MS = 900;
/** Begins the shortcuts that go to a page. */
const GO = 'g';

/** Inputs that take no letters: a choice of views, a tick, a slider, a button. Their arrows and space stay theirs. */
const WITHOUT_TEXT =
  'input:is([type=checkbox], [type=radio], [type=range], [type=button], [type=submit], [type=reset])';

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.matches(WITHOUT_TEXT)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** In a dialog keys belong to the dialog: what they mean on the page behind it would be done unseen. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role=dialog]') !== null;
}

/** Listens for shortcuts such as `g c` (one key after the other) or `/`. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    let typed = '';
    let at = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || isInDialog(event.target)) return;
      const now = event.timeStamp;
      typed = now - at < PAUSE_MS && typed !== '' ? `${typed} ${event.key}` : event.key;
      at = now;
      // What follows a `g` names a page: alone the same key may mean something on the page that is shown.
      const isSecond = typed.startsWith(`${GO} `);
      const found =
        shortcuts.find((s) => s.keys === typed) ??
        (isSecond ? undefined : shortcuts.find((s) => s.keys === event.key));
      if (isSecond) typed = '';
      if (!found) return;
      event.preventDefault();
      typed = '';
      found.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [shortcuts]);
}
