// What changed between two texts, line by line.

export type DiffLine = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string };

/** The lines of both texts in order: those in both once, others as gone or new (longest common subsequence). */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const common: number[][] = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  );
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'gone', text: a[i] ?? '' });
      i += 1;
    } else {
      lines.push({ kind: 'new', text: b[j] ?? '' });
      j += 1;
    }
  }
  return lines;
}

/** Lines around a change that are shown with it. */
const AROUND = 3;

/** The changed lines with a few around them; what lies far from any change is one number: how many lines it is. */
export function nearChanges(lines: readonly DiffLine[]): readonly (DiffLine | number)[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: (DiffLine | number)[] = [];
  let left = 0;
  for (const [index, line] of lines.entries()) {
    if (!isNear[index]) left += 1;
    else {
      if (left > 0) shown.push(left);
      left = 0;
      shown.push(line);
    }
  }
  return left > 0 ? [...shown, left] : shown;
}
