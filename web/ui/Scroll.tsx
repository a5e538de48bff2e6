// A part that scrolls by itself when it is too wide or too high for its place; then, and only then, the keyboard reaches it.

import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

export function Scroll({
  minWidth,
  maxHeight,
  label,
  children,
}: {
  readonly minWidth: number;
  readonly maxHeight?: number;
  /** What it holds, for those who come to it by keyboard. */
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const outer = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = outer.current;
    if (!element) return undefined;
    const isTooSmall = (): boolean =>
      element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1;
    // Before it is painted, so that there is no moment in which only a pointer reaches what does not fit.
    setScrolls(isTooSmall());
    const observer = new ResizeObserver(() => flushSync(() => setScrolls(isTooSmall())));
    observer.observe(element);
    const inner = element.firstElementChild;
    // What is inside may be wider than the place it is given, and grow without that growing.
    for (const seen of inner ? [inner, ...inner.children] : []) observer.observe(seen);
    return () => observer.disconnect();
  }, []);
  const reachable = scrolls ? { tabIndex: 0, role: 'region', 'aria-label': label ?? 'Table' } : {};
  return (
    <div ref={outer} className="scroll" style={{ maxHeight }} {...reachable}>
      <div style={{ minWidth }}>{children}</div>
    </div>
  );
}
