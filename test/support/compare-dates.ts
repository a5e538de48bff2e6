// Node takes all dates and instants for deeply equal: they keep what they are where it cannot look. Loaded before tests, this
// has `assert.deepEqual` look again at whatever it took for equal, and refuse what differs in them.

import assert from 'node:assert/strict';

/** Node tells by the number of arguments whether there are words to say. */
type Check = (actual: unknown, expected: unknown, ...words: readonly (string | Error)[]) => void;
type Assert = Record<'deepEqual' | 'deepStrictEqual' | 'notDeepEqual' | 'notDeepStrictEqual', Check>;

/** Has the deep comparisons of `node:assert` see into dates, instants and whatever else keeps all it is to itself. */
function compareDates(asserts: Assert): void {
  const { deepStrictEqual, notDeepStrictEqual } = asserts;
  const deepEqual: Check = (actual, expected, ...words) => {
    deepStrictEqual(actual, expected, ...words);
    const differs = difference(actual, expected, 'it', new Map());
    if (differs === undefined) return;
    const [message = differs] = words;
    if (message instanceof Error) throw message;
    throw new assert.AssertionError({ message, actual, expected, operator: 'deepEqual' });
  };
  const notDeepEqual: Check = (actual, expected, ...words) => {
    try {
      deepEqual(actual, expected);
    } catch {
      return;
    }
    notDeepStrictEqual(actual, expected, ...words);
  };
  Object.assign(asserts, {
    deepEqual,
    deepStrictEqual: deepEqual,
    notDeepEqual,
    notDeepStrictEqual: notDeepEqual,
  });
}

/** Where two things differ that Node takes for equal, so that they are of the same shape. */
function difference(a: unknown, b: unknown, at: string, seen: Map<object, Set<object>>): string | undefined {
  if (a === b || !isObject(a) || !isObject(b)) return undefined;
  // One thing may stand in several places, against another in each.
  const against = seen.getOrInsertComputed(a, () => new Set());
  if (against.has(b)) return undefined;
  against.add(b);
  if (isOpaque(a) && isOpaque(b)) {
    const [left, right] = [String(a), String(b)];
    if (left === String({})) return `${at} is of a kind that cannot be compared: ${a.constructor.name}`;
    return left === right ? undefined : `${at} is ${left} and not ${right}`;
  }
  for (const [key, left, right] of partsOf(a, b)) {
    const differs = difference(left, right, `${at}.${key}`, seen);
    if (differs !== undefined) return differs;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const KNOWN = [Array, Map, Set, Date, RegExp, Error, Promise, Number, String, Boolean, ArrayBuffer];

/** Whether it shows nothing of itself to Node, which then compares its class alone. */
function isOpaque(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype !== null &&
    prototype !== Object.prototype &&
    Reflect.ownKeys(value).length === 0 &&
    !ArrayBuffer.isView(value) &&
    !KNOWN.some((kind) => value instanceof kind)
  );
}

/** The parts of two things that are to be compared with each other. */
function partsOf(a: object, b: object): readonly (readonly [string, unknown, unknown])[] {
  if (ArrayBuffer.isView(a)) return [];
  if (a instanceof Map && b instanceof Map) {
    const others = [...b];
    return [...a].flatMap(([key, left], index) => {
      const [otherKey, inOrder] = others[index] as [unknown, unknown];
      return [
        [`key ${index}`, key, isObject(key) ? otherKey : key] as const,
        [String(key), left, isObject(key) ? inOrder : b.get(key)] as const,
      ];
    });
  }
  if (a instanceof Set && b instanceof Set) {
    const others = [...b].filter(isObject);
    return [...a].filter(isObject).map((left, index) => [`member ${index}`, left, others[index]] as const);
  }
  return Reflect.ownKeys(a).map((key) => [
    String(key),
    Reflect.get(a, key) as unknown,
    Reflect.get(b, key) as unknown,
  ]);
}

compareDates(assert as unknown as Assert);
