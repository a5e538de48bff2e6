// The process that draws PDF files: it holds the Typst compiler and draws one document after another for its parent.
// A process of its own, because a compiler that loops or runs out of memory cannot be stopped within a thread (tried:
// terminating a worker thread waits for the native code to return), while a process can be killed at any moment.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** What the parent asks for: data for the layout, and the layout itself where it is not ours. */
export type DrawRequest = {
  readonly id: number;
  readonly data: string;
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
const NO_GLYPH = 'could not be displayed with';

const require = createRequire(import.meta.url);
const ownLayout = readFileSync(new URL('./document.typ', import.meta.url), 'utf8');
/** The fonts we ship: package, and what its files begin with. */
const FAMILIES = {
  'noto-sans': 'NotoSans',
  'noto-serif': 'NotoSerif',
  'noto-sans-arabic': 'NotoSansArabic',
  'noto-sans-hebrew': 'NotoSansHebrew',
  'noto-sans-devanagari': 'NotoSansDevanagari',
  'noto-sans-thai': 'NotoSansThai',
} as const;
/** Fonts for Chinese, Japanese and Korean take 300 MB; they are used where somebody has installed them. */
const LARGE_FAMILIES = {
  'noto-sans-sc': 'NotoSansSC',
  'noto-sans-tc': 'NotoSansTC',
  'noto-sans-jp': 'NotoSansJP',
  'noto-sans-kr': 'NotoSansKR',
} as const;
const WEIGHTS = ['400Regular', '600SemiBold'] as const;

function fontFile(family: string, file: string, weight: string): Buffer | undefined {
  try {
    return readFileSync(require.resolve(`@expo-google-fonts/${family}/${weight}/${file}_${weight}.ttf`));
  } catch (error) {
    if (family in LARGE_FAMILIES && reasonOf(error).startsWith('Cannot find module')) return undefined;
    throw error;
  }
}

const ownFonts = [
  ...Object.entries({ ...FAMILIES, ...LARGE_FAMILIES }).flatMap(([family, file]) =>
    WEIGHTS.flatMap((weight) => fontFile(family, file, weight) ?? []),
  ),
  // The slip of a Swiss QR-bill may be set in few fonts only; of those this is the free one.
  ...['Regular', 'Bold'].map((weight) =>
    readFileSync(new URL(`./fonts/LiberationSans-${weight}.ttf`, import.meta.url)),
  ),
];

const ownCompiler = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: ownFonts }] });
let widerCompiler: NodeCompiler | undefined;

/** A compiler that also has the fonts of this machine, for scripts that ours lack; made when first needed. */
function withSystemFonts(): NodeCompiler {
  widerCompiler ??= NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: ownFonts }, { fontPaths: SYSTEM_FONTS.filter((path) => existsSync(path)) }],
  });
  return widerCompiler;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function compile(compiler: NodeCompiler, request: DrawRequest, pdfStandard: string): Uint8Array {
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
    return new Uint8Array(compiler.pdf(document, { pdfStandard }));
  } finally {
    for (const path of paths) compiler.unmapShadow(path);
    compiler.evictCache(CACHE_AGE_MAX);
  }
}

/**
 * Draws with our own fonts, so that the same document gives the same bytes everywhere. A text in a script they
 * lack is drawn with the fonts of this machine, and if those lack it too as empty boxes in an ordinary PDF,
 * which the archive standard forbids: an invoice with a box in a name is better than no invoice.
 */
function draw(request: DrawRequest): Uint8Array {
  try {
    return compile(ownCompiler, request, ARCHIVE);
  } catch (error) {
    if (!reasonOf(error).includes(NO_GLYPH)) throw error;
  }
  try {
    return compile(withSystemFonts(), request, ARCHIVE);
  } catch (error) {
    if (!reasonOf(error).includes(NO_GLYPH)) throw error;
    return compile(withSystemFonts(), request, '1.7');
  }
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
