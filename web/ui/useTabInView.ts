// Keeps the chosen tab in view where there are more tabs than fit beside each other.

import { useCallback } from 'react';

/** For the list of tabs, as its `ref`: moves it sideways, and nothing else, until the chosen one can be seen. */
export function useTabInView(tab: string): (list: HTMLDivElement | null) => void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is looked at anew when another tab is chosen
  return useCallback(
    (list) => {
      const chosen = list?.querySelector<HTMLElement>('[role=tab][aria-selected=true]');
      if (!list || !chosen) return;
      const middle = chosen.offsetLeft - list.offsetLeft + chosen.offsetWidth / 2;
      list.scrollLeft = middle - list.clientWidth / 2;
    },
    [tab],
  );
}
