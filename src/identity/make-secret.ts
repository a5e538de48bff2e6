// Secrets for people and machines: made of enough chance, shown once, stored only as a hash.

import { createHash, randomBytes, randomInt } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#kernel/refusal.ts';
import { keyText, PREFIX_CHARACTERS, SECRET_BYTES } from './api-key.ts';

/** A new API key: the text is for its owner, the hash for us. */
export type NewKey = { readonly text: string; readonly prefix: string; readonly hash: Uint8Array };

/** A new password somebody else will use once; `mark` tells two of them apart without telling anything. */
export type NewPassword = { readonly text: string; readonly hash: string; readonly mark: string };

/** Without letters and digits that look alike, because people read it out. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
const PASSWORD_GROUPS = 4;
const GROUP_CHARACTERS = 5;
const SERVER_SECRET_CHARACTERS_MIN = 32;

function readable(characters: number): string {
  return Array.from({ length: characters }, () => READABLE[randomInt(READABLE.length)]).join('');
}

/** Makes an API key. */
export function makeKey(): NewKey {
  const prefix = readable(PREFIX_CHARACTERS);
  const text = keyText(prefix, randomBytes(SECRET_BYTES).toString('base64url'));
  return { text, prefix, hash: hashKey(text) };
}

/** What is stored of an API key. A plain hash is enough: a key is all chance, there is nothing to guess. */
export function hashKey(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

/** What is stored of a password. What hashes it is loaded with the first one. */
export async function hashPassword(text: string): Promise<string> {
  const library = await import('better-auth/crypto');
  return library.hashPassword(text);
}

/** Makes a password to be changed at the first sign-in; about 99 bits of chance. */
export async function makePassword(): Promise<NewPassword> {
  const text = Array.from({ length: PASSWORD_GROUPS }, () => readable(GROUP_CHARACTERS)).join('-');
  return { text, hash: await hashPassword(text), mark: readable(PREFIX_CHARACTERS) };
}

/**
 * The secret that signs session cookies: from the setting QUITTANCE_SECRET, else made once and kept in the data
 * directory, readable by its owner only. Several processes that start at once agree on one.
 *
 * Refuses: `secret_too_short`.
 */
export async function keepServerSecret(
  dataDir: string,
  setting = process.env.QUITTANCE_SECRET,
): Promise<string> {
  if (setting !== undefined && setting !== '') return checkLength(setting, 'QUITTANCE_SECRET');
  const path = join(dataDir, 'secret');
  const kept = await readFile(path, 'utf8').catch(missing);
  if (kept !== undefined) return checkLength(kept.trim(), path);
  await mkdir(dataDir, { recursive: true });
  const draft = join(dataDir, `secret.${readable(PREFIX_CHARACTERS)}`);
  await writeFile(draft, `${randomBytes(SECRET_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  // A link either is there whole or is not, so that nobody reads half a secret and the first one stays.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return checkLength((await readFile(path, 'utf8')).trim(), path);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function checkLength(secret: string, source: string): string {
  if (secret.length < SERVER_SECRET_CHARACTERS_MIN)
    throw new Refusal('secret_too_short', {
      source,
      todo: `give at least ${SERVER_SECRET_CHARACTERS_MIN} characters of chance`,
    });
  return secret;
}
