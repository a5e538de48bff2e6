// What the environment asks of `npm start`, read once and checked, so that a mistyped setting is named at the start.

import { join } from 'node:path';
import { dataDirOf } from '#compiled.ts';
import { Refusal } from '#kernel/refusal.ts';

const PORT_DEFAULT = 4242;
const PORT_MAX = 65_535;
const ROLES = ['all', 'server', 'worker'] as const;

export type Settings = {
  /** A server to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Whether the next free port will do when this one is taken. */
  readonly portMayMove: boolean;
  readonly server: boolean;
  readonly worker: boolean;
  readonly demo: boolean;
  readonly buildsWeb: boolean;
  /** Where the log goes: a file, or `-` for the terminal. */
  readonly log: string;
};

/**
 * Reads the settings. An empty variable counts as not set.
 *
 * Refuses: `setting_unknown` (a value that the variable does not have).
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): Settings {
  const get = (name: string) => env[name] || undefined;
  const role = oneOf('QUITTANCE_ROLE', get('QUITTANCE_ROLE') ?? 'all', ROLES);
  const dataDir = dataDirOf(env);
  return {
    databaseUrl: get('DATABASE_URL'),
    dataDir,
    host: get('HOST') ?? '127.0.0.1',
    port: portOf(get('PORT')),
    portMayMove: get('PORT') === undefined,
    server: role !== 'worker',
    worker: role !== 'server',
    demo: oneOf('QUITTANCE_DEMO', get('QUITTANCE_DEMO') ?? 'on', ['on', 'off']) === 'on',
    buildsWeb: oneOf('QUITTANCE_BUILD_WEB', get('QUITTANCE_BUILD_WEB') ?? 'on', ['on', 'off']) === 'on',
    log: get('QUITTANCE_LOG') ?? (isTerminal ? join(dataDir, 'quittance.log') : '-'),
  };
}

function portOf(text: string | undefined): number {
  if (text === undefined) return PORT_DEFAULT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= PORT_MAX) return port;
  throw new Refusal('setting_unknown', {
    setting: 'PORT',
    value: text,
    todo: `Give a number from 0 to ${PORT_MAX}.`,
  });
}

function oneOf<T extends string>(setting: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw new Refusal('setting_unknown', { setting, value, todo: `Give one of: ${known.join(', ')}.` });
}
