// Keys for people who work here all day. Never while typing; shown by "?".

import { useEffect } from 'react';

export type Shortcut = { readonly keys: string; readonly does: string; run(): void };

const PAUSE_MS = 900;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Listens for shortcuts such as `g c` (one key after the other) or `/`. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    let typed = '';
    let at = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const now = event.timeStamp;
      typed = now - at < PAUSE_MS && typed !== '' ? `${typed} ${event.key}` : event.key;
      at = now;
      const found = shortcuts.find((s) => s.keys === typed) ?? shortcuts.find((s) => s.keys === event.key);
      if (!found) return;
      event.preventDefault();
      typed = '';
      found.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [shortcuts]);
}
