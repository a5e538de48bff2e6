// Where the dots of steps stand that are near each other: above the line, so that each can be taken hold of.

/** Levels there is room for above each other. */
const LEVELS = 3;

/**
 * On which level the dot of each step stands, 0 on the line: the lowest on which none that is nearer than so many days would be
 * covered; where there is none, the one whose last is farthest away.
 */
export function levelsOf(days: readonly number[], near: number): readonly number[] {
  const levels = days.map(() => 0);
  const last = Array.from({ length: LEVELS }, () => -Infinity);
  const order = days.map((day, index) => ({ day, index })).toSorted((a, b) => a.day - b.day);
  for (const { day, index } of order) {
    const free = last.findIndex((before) => day - before >= near);
    const level = free === -1 ? last.indexOf(Math.min(...last)) : free;
    levels[index] = level;
    last[level] = day;
  }
  return levels;
}
