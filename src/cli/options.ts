// What stands on the command line after the words: `--name value`, `--name=value`, `--flag`. Unknown options are refused.

import { parseArgs } from 'node:util';
import { Refusal } from '#kernel/refusal.ts';

const TEXTS = [
  'tenant',
  'company',
  'mapping',
  'decimal',
  'dates',
  'currency',
  'group',
  'account',
  'on',
  'as-of',
  'from',
  'kind',
  'out',
  'known-at',
  'syntax',
  'profile',
  'bucket',
  'basis',
  'name',
  'time-zone',
  'email',
  'role',
  'password',
  'country',
  'iban',
  'show',
  'portal',
  'ready',
  'rank',
  'whose',
  'by',
] as const;
const FLAGS = [
  'commit',
  'json',
  'csv',
  'round',
  'check',
  'add-accounts',
  'dry-run',
  'then',
  'decided',
  'pdf',
  'all-below',
  'anew',
  'help',
] as const;

/** The options of one call. */
export class Options {
  readonly words: readonly string[];
  readonly kept: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

  constructor(args: readonly string[]) {
    const config: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }> = {
      map: { type: 'string', multiple: true },
    };
    for (const name of TEXTS) config[name] = { type: 'string' };
    for (const name of FLAGS) config[name] = { type: 'boolean' };
    try {
      const parsed = parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
      this.words = parsed.positionals;
      this.kept = parsed.values as Options['kept'];
    } catch (error) {
      throw new Refusal('option_unknown', {
        problem: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** The text of an option, if it was given. */
  text(name: (typeof TEXTS)[number]): string | undefined {
    const value = this.kept[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** Whether a flag was given. */
  flag(name: (typeof FLAGS)[number]): boolean {
    return this.kept[name] === true;
  }

  /** All values of an option that may be repeated. */
  list(name: 'map'): readonly string[] {
    const value = this.kept[name];
    return Array.isArray(value) ? value : [];
  }

  /** One of a few texts. Refuses: `option_value_unknown`. */
  oneOf<T extends string>(name: (typeof TEXTS)[number], known: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = known.find((one) => one === value);
    if (found === undefined) throw new Refusal('option_value_unknown', { option: `--${name}`, value, known });
    return found;
  }

  /** A word that must be there. Refuses: `word_missing`. */
  word(index: number, what: string): string {
    const word = this.words[index];
    if (word === undefined) throw new Refusal('word_missing', { what });
    return word;
  }
}
