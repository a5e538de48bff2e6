// Reading a file of policies that a person may have written: whatever is wrong is gathered with where it is and what to do,
// and unknown words are wrong, since a misspelt rule that is passed over is a rule that is not kept.

/** One thing that is wrong in a file: where, as a path like `policies[1].steps[0].phase`, and what to do. */
export type FileProblem = { readonly where: string; readonly what: string };

/** A value of a file and where it stands; problems are gathered in one list. */
export class FileValue {
  readonly value: unknown;
  readonly where: string;
  readonly problems: FileProblem[];

  constructor(value: unknown, where: string, problems: FileProblem[]) {
    this.value = value;
    this.where = where;
    this.problems = problems;
  }

  /** Notes that something is wrong here. */
  wrong(what: string): void {
    this.problems.push({ where: this.where === '' ? 'file' : this.where, what });
  }

  /** The value as an object that has no other fields than those named; an empty one where it is none. */
  fields<K extends string>(known: readonly K[]): Readonly<Record<K, FileValue>> {
    const { value, where, problems } = this;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) this.wrong(`is no object; give one with ${known.join(', ')}`);
    const given = (isObject ? value : {}) as Record<string, unknown>;
    for (const name of Object.keys(given))
      if (!(known as readonly string[]).includes(name))
        this.wrong(`has a field "${name}" that means nothing here; known are ${known.join(', ')}`);
    const fieldOf = (name: K) =>
      new FileValue(
        Object.hasOwn(given, name) ? given[name] : undefined,
        where === '' ? name : `${where}.${name}`,
        problems,
      );
    return Object.fromEntries(known.map((name) => [name, fieldOf(name)])) as Record<K, FileValue>;
  }

  /** The value as a list of so many things; an empty one where it is none. */
  list(max: number, min = 0): readonly FileValue[] {
    const { value, where, problems } = this;
    if (!Array.isArray(value)) {
      if (value !== undefined || min > 0) this.wrong('is no list');
      return [];
    }
    if (value.length > max || value.length < min)
      this.wrong(`has ${value.length} entries; ${min} to ${max} are possible`);
    return value.slice(0, max).map((one, index) => new FileValue(one, `${where}[${index}]`, problems));
  }

  /** The value as a line of text. */
  text(max = 200): string {
    const { value } = this;
    if (
      typeof value === 'string' &&
      value.length > 0 &&
      value.length <= max &&
      !/[\p{Cc}\p{Cs}]/u.test(value)
    )
      return value;
    this.wrong(`is no line of text of 1 to ${max} characters`);
    return '';
  }

  /** The value as a whole number; left out, `otherwise`. */
  whole(range: { readonly min: number; readonly max: number }, otherwise?: number): number {
    const { value } = this;
    if (value === undefined && otherwise !== undefined) return otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max)
      return value;
    this.wrong(`is no whole number from ${range.min} to ${range.max}`);
    return otherwise ?? range.min;
  }

  /** The value as one of some words; left out, `otherwise`. */
  word<W extends string>(words: readonly W[], otherwise?: W): W {
    const { value } = this;
    if (value === undefined && otherwise !== undefined) return otherwise;
    const found = words.find((word) => word === value);
    if (found === undefined) this.wrong(`is none of ${words.join(', ')}`);
    return found ?? (words[0] as W);
  }

  /** The value as yes or no; left out, `otherwise`. */
  flag(otherwise: boolean): boolean {
    const { value } = this;
    if (typeof value === 'boolean') return value;
    if (value !== undefined) this.wrong('is neither true nor false');
    return otherwise;
  }

  /** The value as an object whose fields a person names, each read alike. */
  record<T>(max: number, read: (one: FileValue) => T): Readonly<Record<string, T>> {
    const { value, where, problems } = this;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) this.wrong('is no object');
    const entries = isObject ? Object.entries(value) : [];
    if (entries.length > max) this.wrong(`has ${entries.length} entries; ${max} at most are possible`);
    return Object.fromEntries(
      entries
        .slice(0, max)
        .map(([name, one]) => [name, read(new FileValue(one, `${where}.${name}`, problems))]),
    );
  }

  /** Whether there is a value. */
  get given(): boolean {
    return this.value !== undefined && this.value !== null;
  }
}
