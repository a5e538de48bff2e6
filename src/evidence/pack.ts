// An evidence pack: what is in it, as one list with checksums, and what is wrong with one that was kept somewhere.

/** A file of a pack, by its SHA-256 in hexadecimal. */
export type PackFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

/** The list of a pack: `manifest.json`. */
export type Manifest = {
  readonly format: 'quittance-evidence';
  readonly version: 1;
  readonly customer: string;
  readonly company: string;
  readonly asOf: string;
  readonly files: readonly PackFile[];
};

/** What is wrong with a file of a pack: not there, not listed, or not what it was. */
export type PackProblem = {
  readonly name: string;
  readonly problem: 'missing' | 'not_listed' | 'changed';
};

/** The name of the list. It lists all files but itself. */
export const MANIFEST = 'manifest.json';

/** Compares what a list says with what there is, in the order of names. */
export function problemsOf(listed: readonly PackFile[], found: readonly PackFile[]): readonly PackProblem[] {
  const there = new Map(found.map((file) => [file.name, file]));
  const known = new Set(listed.map((file) => file.name));
  const wrong = listed.flatMap((file): readonly PackProblem[] => {
    const other = there.get(file.name);
    if (!other) return [{ name: file.name, problem: 'missing' }];
    const isSame = other.sha256 === file.sha256 && other.bytes === file.bytes;
    return isSame ? [] : [{ name: file.name, problem: 'changed' }];
  });
  const extra = found
    .filter((file) => !known.has(file.name))
    .map(({ name }): PackProblem => ({ name, problem: 'not_listed' }));
  return [...wrong, ...extra].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads a list. Undefined where it is none. */
export function readManifest(text: string): Manifest | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  const manifest = given as Partial<Manifest> | null;
  const isFile = (file: Partial<PackFile> | null): boolean =>
    typeof file?.name === 'string' && typeof file.bytes === 'number' && typeof file.sha256 === 'string';
  const isOurs =
    manifest?.format === 'quittance-evidence' && manifest.version === 1 && Array.isArray(manifest.files);
  return isOurs && manifest.files.every(isFile) ? (manifest as Manifest) : undefined;
}
