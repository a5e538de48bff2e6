// How the command line writes for people: tables with figures to the right, short lines, no colours.

import { writeFile } from 'node:fs/promises';
import { stdout } from 'node:process';
import { buffer } from 'node:stream/consumers';
import type { FileReply } from '#http/route.ts';

/** Writes a line. */
export function say(line = ''): void {
  stdout.write(`${line}\n`);
}

/** Writes lines that replace each other while something goes on; nothing when nobody watches. */
export function progress(line: string): void {
  if (stdout.isTTY) stdout.write(`\r\u001b[2K${line}`);
}

/** Ends a line that replaced itself. */
export function endProgress(): void {
  if (stdout.isTTY) stdout.write('\r\u001b[2K');
}

/** Writes a table. Columns named in `numeric` stand to the right. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly string[] = [],
): void {
  const widths = header.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) =>
        numeric.includes(header[i] ?? '') ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  say(line(header));
  say(widths.map((w) => '─'.repeat(w)).join('  '));
  for (const row of rows) say(line(row));
}

/** Writes JSON as it is, for machines. */
export function json(value: unknown): void {
  say(JSON.stringify(value, null, 2));
}

/** Writes what came as a file: into the one named, else text to the terminal and a PDF under its own name. Gives the exit code. */
export async function writeFileReply(file: FileReply, wanted: string | undefined): Promise<number> {
  const isText = typeof file.body === 'string';
  const out = wanted ?? (isText ? undefined : file.fileName);
  const body =
    isText || file.body instanceof Uint8Array ? (file.body as string | Uint8Array) : await buffer(file.body);
  if (out === undefined) stdout.write(body);
  else {
    await writeFile(out, body);
    say(`Written: ${out}`);
  }
  return 0;
}
