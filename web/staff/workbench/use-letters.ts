// Single keys that answer a dialog. They are heard on the window: one that follows at once is heard before anything in the dialog has
// the focus.

import { useLayoutEffect, useRef } from 'react';

/** Hears keys while it is shown; `on` says whether it knew the key. */
export function useLetters(on: (key: string) => boolean): void {
  const latest = useRef(on);
  latest.current = on;
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (!latest.current(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}
