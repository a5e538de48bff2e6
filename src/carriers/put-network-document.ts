// Handing e-invoices to the access point of a network through a folder, which every access point can read and write: one file for each
// document, put in place whole or not at all, and files with what became of them read back.

import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ResponseMeaning, readEInvoiceResponse } from '#einvoice/read-response.ts';
import { NETWORK_STATUS_BYTES_MAX, NETWORK_STATUS_FILES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Given } from './send-over-http.ts';

/** What the other side can say of a document. */
export const NETWORK_STATUSES = ['delivered', 'accepted', 'rejected', 'approved', 'paid'] as const;
export type NetworkStatus = (typeof NETWORK_STATUSES)[number];

/** One file of the other side: about which message, what became of it, in which words. */
export type StatusFile = {
  readonly path: string;
  readonly messageId: string;
  readonly status: NetworkStatus;
  readonly detail: string;
};

/**
 * Puts a document into `out`, under the name of its message and for the address in the network. Written beside, flushed and
 * renamed, so that the other side never reads half of it; a second time it is the same file.
 */
export async function putDocument(
  folder: string,
  given: { readonly messageId: string; readonly recipient: string; readonly file: Uint8Array },
): Promise<Given> {
  const name = `${given.messageId}__${given.recipient.replace(/[^A-Za-z0-9.-]+/g, '_')}.xml`;
  try {
    const out = join(folder, 'out');
    await mkdir(out, { recursive: true });
    const beside = join(out, `.${name}.part`);
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(given.file);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, join(out, name));
    return {
      kind: 'accepted',
      reply: `put into the folder as ${name}`,
      refusedRecipients: [],
      reference: name,
    };
  } catch (error) {
    return { kind: 'trouble', code: undefined, text: String(error).slice(0, 300) };
  }
}

const NAME = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})[^/]*\.(?:json|xml)$/;

/**
 * The files in `in` that say what became of a document: `<message>….json` with `{"status": "accepted", "detail": "…"}`, or the
 * answer of the buyer as it came, `<message>….xml` (Peppol Invoice Response, or the life-cycle status of a French platform). What
 * cannot be read is named apart, for a person.
 */
export async function readStatusFiles(
  folder: string,
): Promise<{ readonly files: readonly StatusFile[]; readonly unreadable: readonly string[] }> {
  const inbox = join(folder, 'in');
  await mkdir(inbox, { recursive: true });
  const names = (await readdir(inbox)).filter((name) => /\.(json|xml)$/.test(name)).sort();
  const files: StatusFile[] = [];
  const unreadable: string[] = [];
  for (const name of names.slice(0, NETWORK_STATUS_FILES_MAX)) {
    const file = await readStatus(join(inbox, name));
    if (file) files.push(file);
    else unreadable.push(join(inbox, name));
  }
  return { files, unreadable };
}

async function readStatus(path: string): Promise<StatusFile | undefined> {
  const messageId = NAME.exec(basename(path))?.[1];
  if (!messageId || (await stat(path)).size > NETWORK_STATUS_BYTES_MAX) return undefined;
  if (path.endsWith('.xml')) return readAnswer(path, messageId);
  try {
    const said = JSON.parse(await readFile(path, 'utf8')) as { status?: unknown; detail?: unknown };
    const status = NETWORK_STATUSES.find((known) => known === said.status);
    if (!status) return undefined;
    return { path, messageId, status, detail: String(said.detail ?? '').slice(0, 500) };
  } catch {
    return undefined;
  }
}

/**
 * What an answer comes to. That somebody works on it, asks, or sets conditions is no more than that it was accepted for
 * processing; the words say which.
 */
const STATUS_OF: Readonly<Record<ResponseMeaning, NetworkStatus>> = {
  received: 'delivered',
  in_process: 'accepted',
  queried: 'accepted',
  conditional: 'accepted',
  rejected: 'rejected',
  approved: 'approved',
  paid: 'paid',
};

async function readAnswer(path: string, messageId: string): Promise<StatusFile | undefined> {
  const bytes = await readFile(path);
  try {
    const { means, words, documentNumber } = await readEInvoiceResponse(bytes);
    const detail = documentNumber === undefined ? words : `${documentNumber.slice(0, 60)}: ${words}`;
    return { path, messageId, status: STATUS_OF[means], detail: detail.slice(0, 500) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

/** Puts a file that was dealt with, or cannot be, out of the way. */
export async function putAway(folder: string, path: string, to: 'done' | 'unreadable'): Promise<void> {
  const target = join(folder, to);
  await mkdir(target, { recursive: true });
  await rename(path, join(target, basename(path)));
}
