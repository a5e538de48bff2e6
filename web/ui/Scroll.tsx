// A part that scrolls by itself when it is too wide or too high for its place; then, and only then, the keyboard reaches it.

import { type ReactNode, useEffect, useRef, useState } from 'react';

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
  useEffect(() => {
    const element = outer.current;
    if (!element) return undefined;
    const look = (): void =>
      setScrolls(
        element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1,
      );
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  const reachable = scrolls ? { tabIndex: 0, role: 'region', 'aria-label': label ?? 'Table' } : {};
  return (
    <div ref={outer} className="scroll" style={{ maxHeight }} {...reachable}>
      <div style={{ minWidth }}>{children}</div>
    </div>
  );
}
