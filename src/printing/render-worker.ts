// The process that draws PDF files: it holds the Typst compiler and draws one document after another for its parent.
// A process of its own, because a compiler that loops or runs out of memory cannot be stopped within a thread (tried:
// terminating a worker thread waits for the native code to return), while a process can be killed at any moment.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { nameLetters, SCRIPT_FONTS } from './print-scripts.ts';

/** What the parent asks for: data for the layout, and the layout itself where it is not ours. */
export type DrawRequest = {
  readonly id: number;
  readonly data: string;
  /** The fonts to draw with besides the common ones, by name (`print-scripts.ts`). */
  readonly scripts: readonly string[];
  /** The same with all that may be asked for a letter that those lack. */
  readonly everyScript: readonly string[];
  /** Files that the layout may read: the picture in the head, what is attached. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly layout?: string | undefined;
};

/** What comes back: the file, or why there is none. */
export type DrawReply =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly problem: string };

/**
 * A folder that does not exist: a layout can read only the picture put there for it, and no file of this
 * machine.
 */
const WORKSPACE = '/quittance-documents';
/** Results not used by the last so many documents are forgotten, so that memory stays flat. */
const CACHE_AGE_MAX = 5;
const SYSTEM_FONTS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/Library/Fonts',
  'C:\\Windows\\Fonts',
] as const;
/** PDF/A-3 for archives, level A: tagged, so that it can be read aloud; files may be attached. */
const ARCHIVE = 'a-3a';
/** A font of Chinese takes some 20 MB, so that few compilers are kept. */
const COMPILERS_MAX = 4;
const NO_GLYPH = 'could not be displayed with';

const require = createRequire(import.meta.url);
const ownLayout = readFileSync(new URL('./document.typ', import.meta.url), 'utf8');

const fontsOf = (...paths: readonly string[]): Buffer[] =>
  paths.map((path) => readFileSync(require.resolve(`${path}.ttf`)));

/** The fonts of every document; those of other scripts are read when a document needs them. */
const commonFonts = [
  ...['sans/400Regular/NotoSans_400Regular', 'sans/600SemiBold/NotoSans_600SemiBold'],
  ...['serif/400Regular/NotoSerif_400Regular', 'serif/600SemiBold/NotoSerif_600SemiBold'],
].flatMap((path) => fontsOf(`@expo-google-fonts/noto-${path}`));
// The slip of a Swiss QR-bill may be set in few fonts only; of those this is the free one.
for (const weight of ['Regular', 'Bold'])
  commonFonts.push(readFileSync(new URL(`./fonts/LiberationSans-${weight}.ttf`, import.meta.url)));

/** Compilers by the fonts they have, the one used last at the end; a set of fonts always draws the same. */
const compilers = new Map<string, NodeCompiler>();

function compilerWith(scripts: readonly string[], withSystemFonts = false): NodeCompiler {
  const key = [...scripts].sort().join() + (withSystemFonts ? ' and those of this machine' : '');
  const compiler = compilers.get(key) ?? makeCompiler(scripts, withSystemFonts);
  compilers.delete(key);
  compilers.set(key, compiler);
  for (const oldest of [...compilers.keys()].slice(0, -COMPILERS_MAX)) compilers.delete(oldest);
  return compiler;
}

function fontsOfScript(script: string): Buffer[] {
  const font = SCRIPT_FONTS[script];
  if (!font) return [];
  const entry = pathToFileURL(require.resolve(font.package));
  return font.files.map((file) => readFileSync(new URL(file, entry)));
}

function makeCompiler(scripts: readonly string[], withSystemFonts: boolean): NodeCompiler {
  const fontBlobs = [...commonFonts, ...scripts.flatMap(fontsOfScript)];
  const fontPaths = withSystemFonts ? SYSTEM_FONTS.filter((path) => existsSync(path)) : [];
  return NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs }, { fontPaths }] });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function compile(compiler: NodeCompiler, request: DrawRequest): Uint8Array {
  const paths = request.files.map(({ name }) => `${WORKSPACE}/${name}`);
  for (const [at, { bytes }] of request.files.entries())
    compiler.mapShadow(paths[at] ?? '', Buffer.from(bytes));
  try {
    const done = compiler.compile({
      mainFileContent: request.layout ?? ownLayout,
      inputs: { data: request.data },
    });
    const document = done.result;
    if (!document) {
      const messages = (done.takeDiagnostics()?.shortDiagnostics ?? []).map((d) => String(d.message));
      throw new Error(messages.join('; ') || 'no document came out');
    }
    return new Uint8Array(compiler.pdf(document, { pdfStandard: ARCHIVE }));
  } finally {
    for (const path of paths) compiler.unmapShadow(path);
    compiler.evictCache(CACHE_AGE_MAX);
  }
}

/** The letters that the compiler says no font has, told in its messages: `the text "\u{13000}" could not be displayed`. */
function missingLetters(problem: string): ReadonlySet<string> {
  const texts = [...problem.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/g)].map(
    ([, text = '']) => text,
  );
  const letters = texts.flatMap((text) => [
    ...text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    ),
  ]);
  return new Set(letters);
}

/**
 * Draws with the fonts of the scripts that the document is written in, so that the same document gives the same bytes
 * everywhere. For letters they lack the fonts of all of East Asia are asked, then those of this machine; what no font has
 * is said by its number. The file is an archive file in every case.
 */
function draw(request: DrawRequest): Uint8Array {
  const { data, scripts, everyScript } = request;
  const tries = [
    () => compilerWith(scripts),
    ...(everyScript.length > scripts.length ? [() => compilerWith(everyScript)] : []),
    () => compilerWith(everyScript, true),
  ];
  let problem = '';
  for (const compiler of tries) {
    try {
      return compile(compiler(), request);
    } catch (error) {
      problem = reasonOf(error);
      if (!problem.includes(NO_GLYPH)) throw error;
    }
  }
  const named = nameLetters(data, missingLetters(problem));
  return compile(compilerWith(everyScript, true), { ...request, data: named });
}

function answer(request: DrawRequest): DrawReply {
  try {
    return { id: request.id, pdf: draw(request) };
  } catch (error) {
    return { id: request.id, problem: reasonOf(error) };
  }
}

process.on('message', (request: DrawRequest) => process.send?.(answer(request)));
// The end of the parent is the end of this process; an interrupt is for the parent, which finishes what it began.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.send?.('ready');
