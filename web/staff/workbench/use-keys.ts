// Single keys on the workbench. They come before the keys of the frame around it, and are not heard while one types.

import { useLayoutEffect, useRef } from 'react';

/** After `g` comes a page to go to; that is the frame's. */
const GO_MS = 900;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Listens for keys; `on` says whether it knew the key. Not while something lies over the page. */
export function useKeys(on: (key: string) => boolean, isOff: boolean): void {
  const latest = useRef(on);
  latest.current = on;
  // With the receipt itself, not after it: a key that follows at once is heard.
  useLayoutEffect(() => {
    if (isOff) return;
    let wentAt = Number.NEGATIVE_INFINITY;
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) {
        if (event.key === 'Escape') (event.target as HTMLElement).blur();
        return;
      }
      if (event.timeStamp - wentAt < GO_MS) return;
      if (event.key === 'g') wentAt = event.timeStamp;
      const isPress = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
      if (event.key === 'Enter' || (event.key === ' ' && isPress)) return;
      if (!latest.current(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, [isOff]);
}
