// Holds a PDF to the list of what an archive file (ISO 19005-3, PDF/A-3) and an invoice with data inside (Factur-X 1.0, ZUGFeRD 2)
// must be, as far as its structure shows. No such checker can be had from npm; this one knows the plain structure that our
// compiler writes, and is itself tested with files broken on purpose. It does not look into fonts or the drawing of pages.

import { createHash } from 'node:crypto';
import { type PdfObject, readObjects } from './pdf-reader.ts';

/** A rule of the list and what is wrong by it. */
export type ArchiveProblem = { readonly rule: string; readonly seen: string };

type File = {
  readonly bytes: Buffer;
  readonly text: string;
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly trailer: string;
  readonly catalog: string;
  readonly metadata: string;
};

type Rule = { readonly name: string; readonly check: (file: File) => readonly string[] };

const unless = (holds: boolean, seen: string): readonly string[] => (holds ? [] : [seen]);
const heads = (file: File): readonly string[] => [...file.objects.values()].map(({ head }) => head);
const objectOf = (file: File, reference: string | undefined): PdfObject | undefined =>
  file.objects.get(Number(reference));
const count = (text: string, part: string | RegExp): number => text.split(part).length - 1;

/** The numbers of the file specifications in the tree of embedded files, and in the list that goes with the document. */
const namedFiles = (file: File): string[] =>
  [...(/\/EmbeddedFiles <<\s*\/Names \[([^\]]*)\]/.exec(file.catalog)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(
    ([, number = '']) => number,
  );
const associatedFiles = (file: File): string[] =>
  [...(/\/AF \[([^\]]*)\]/.exec(file.catalog)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(
    ([, number = '']) => number,
  );

const FILE_RULES: readonly Rule[] = [
  {
    name: 'the file says that it is a PDF 1.4 to 1.7 and is not text',
    check: ({ bytes, text }) => [
      ...unless(/^%PDF-1\.[4-7]\n%/.test(text), text.slice(0, 9)),
      ...unless(
        [...bytes.subarray(10, 14)].every((byte) => byte > 127),
        'no binary comment',
      ),
    ],
  },
  {
    name: 'nothing follows the end',
    check: ({ text }) => unless(/%%EOF\r?\n?$/.test(text), text.slice(-20)),
  },
  {
    name: 'the file is not encrypted',
    check: ({ trailer }) => unless(!trailer.includes('/Encrypt'), '/Encrypt'),
  },
  {
    name: 'the file has an identity',
    check: ({ trailer }) => unless(/\/ID \[\s*[(<][^)>]+[)>]\s*[(<][^)>]+[)>]\s*\]/.test(trailer), 'no /ID'),
  },
  { name: 'each entry of the index points at its object', check: wrongIndexEntries },
  {
    name: 'each stream is as long as it says',
    check: (file) =>
      [...file.objects].flatMap(([number, { stream, ended }]) =>
        stream && !ended ? [`stream of object ${number}`] : [],
      ),
  },
  {
    name: 'nothing is active and nothing lies outside',
    check: (file) =>
      [
        /\/(JavaScript|JS|Launch|Sound|Movie|ResetForm|ImportData|SubmitForm|AA|RichMedia|XFA)\b/,
        /\/FS \/URL\b/,
      ].flatMap((active) => heads(file).flatMap((head) => active.exec(head)?.[0] ?? [])),
  },
  {
    name: 'no stream lies in another file',
    check: (file) =>
      [...file.objects.values()].flatMap(({ head, stream }) =>
        stream && /\/F [(<]/.test(head) ? [head] : [],
      ),
  },
  {
    name: 'nothing is packed by LZW',
    check: (file) => heads(file).flatMap((h) => (h.includes('/LZWDecode') ? [h] : [])),
  },
];

const LOOK_RULES: readonly Rule[] = [
  {
    name: 'colours have a profile inside of the file',
    check: (file) => {
      const intent = heads(file).find((head) => /\/S \/GTS_PDFA1\b/.test(head)) ?? '';
      const profile = objectOf(file, /\/DestOutputProfile (\d+) 0 R/.exec(intent)?.[1])?.stream;
      return unless(profile?.subarray(36, 40).toString('latin1') === 'acsp', 'no ICC profile');
    },
  },
  {
    name: 'each transparent group names its colours',
    check: (file) => heads(file).filter((h) => /\/S \/Transparency\b/.test(h) && !/\/CS\b/.test(h)),
  },
  {
    name: 'each font is inside of the file',
    check: (file) =>
      heads(file).flatMap((head) => {
        const name = /\/(?:FontName|BaseFont) \/(\S+)/.exec(head)?.[1] ?? head;
        if (/\/Type \/FontDescriptor\b/.test(head)) return unless(/\/FontFile[23]? \d+ 0 R/.test(head), name);
        if (/\/Subtype \/(CIDFontType[02]|TrueType|Type1)\b/.test(head) && /\/Type \/Font\b/.test(head))
          return unless(/\/FontDescriptor \d+ 0 R/.test(head), name);
        return [];
      }),
  },
  {
    name: 'the letters of each font can be read',
    check: (file) =>
      heads(file).filter(
        (h) => /\/Type \/Font\b/.test(h) && /\/Subtype \/Type0\b/.test(h) && !/\/ToUnicode \d/.test(h),
      ),
  },
  {
    name: 'the document is tagged and says its language',
    check: (file) => [
      ...unless(/\/MarkInfo <<\s*\/Marked true/.test(file.catalog), 'not marked'),
      ...unless(/\/StructTreeRoot \d+ 0 R/.test(file.catalog), 'no structure'),
      ...unless(/\/Lang \([a-zA-Z-]+\)/.test(file.catalog), 'no language'),
    ],
  },
];

/** The text of an element of the metadata. */
const said = (metadata: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(metadata)?.[1];

const FX_PROPERTIES = ['DocumentType', 'DocumentFileName', 'Version', 'ConformanceLevel'] as const;
const FX_LEVELS = ['MINIMUM', 'BASIC WL', 'BASIC', 'EN 16931', 'EXTENDED', 'XRECHNUNG'] as const;
const INVOICE_FILES: ReadonlySet<string> = new Set(['factur-x.xml', 'xrechnung.xml']);

const METADATA_RULES: readonly Rule[] = [
  {
    name: 'metadata say PDF/A-3',
    check: ({ metadata }) => [
      ...unless(said(metadata, 'pdfaid:part') === '3', `part ${said(metadata, 'pdfaid:part')}`),
      ...unless(
        /^[ABU]$/.test(said(metadata, 'pdfaid:conformance') ?? ''),
        `conformance ${said(metadata, 'pdfaid:conformance')}`,
      ),
    ],
  },
  {
    name: 'metadata are one whole and say nothing twice',
    check: ({ metadata }) => [
      ...unless(count(metadata, '<rdf:RDF') === 1 && count(metadata, '</rdf:RDF>') === 1, 'not one RDF'),
      ...unless(
        count(metadata, /<rdf:Description\b/) === count(metadata, '</rdf:Description>'),
        'a description is not closed',
      ),
      ...['pdfaExtension:schemas', 'pdfaid:part', 'fx:DocumentType'].filter(
        (e) => count(metadata, `<${e}>`) > 1,
      ),
    ],
  },
  {
    name: 'an invoice inside is announced in the metadata',
    check: (file) => {
      const names = filesInside(file).map(({ name }) => name);
      const invoice = names.find((name) => INVOICE_FILES.has(name));
      if (!invoice) return unless(!file.metadata.includes('<fx:'), 'announced, but not there');
      const fx = (property: string): string | undefined => said(file.metadata, `fx:${property}`);
      return [
        ...unless(fx('DocumentType') === 'INVOICE', `DocumentType ${fx('DocumentType')}`),
        ...unless(fx('DocumentFileName') === invoice, `DocumentFileName ${fx('DocumentFileName')}`),
        ...unless(/^\d\.\d$/.test(fx('Version') ?? ''), `Version ${fx('Version')}`),
        ...unless(
          (FX_LEVELS as readonly string[]).includes(fx('ConformanceLevel') ?? ''),
          'ConformanceLevel',
        ),
        ...unless(
          (fx('ConformanceLevel') === 'XRECHNUNG') === (invoice === 'xrechnung.xml'),
          'level and name',
        ),
      ];
    },
  },
  {
    name: 'properties that PDF/A does not know are declared',
    check: ({ metadata }) => {
      if (!metadata.includes('<fx:')) return [];
      const schemas = /<pdfaExtension:schemas>[\s\S]*<\/pdfaExtension:schemas>/.exec(metadata)?.[0] ?? '';
      const namespace = /xmlns:fx="([^"]+)"/.exec(metadata)?.[1];
      return [
        ...unless(said(schemas, 'pdfaSchema:namespaceURI') !== undefined, 'no schema'),
        ...unless(schemas.includes(`<pdfaSchema:namespaceURI>${namespace}<`), `namespace ${namespace}`),
        ...FX_PROPERTIES.filter((name) => !schemas.includes(`<pdfaProperty:name>${name}<`)),
      ];
    },
  },
];

type FileInside = { readonly name: string; readonly spec: string; readonly file: PdfObject | undefined };

function filesInside(file: File): FileInside[] {
  return namedFiles(file).map((number) => {
    const spec = objectOf(file, number)?.head ?? '';
    return {
      name: /\/UF \(([^)]*)\)/.exec(spec)?.[1] ?? '',
      spec,
      file: objectOf(file, /\/EF <<\s*\/F (\d+) 0 R/.exec(spec)?.[1]),
    };
  });
}

const INSIDE_RULES: readonly Rule[] = [
  {
    name: 'files inside belong to the document',
    check: (file) => {
      const [named, associated] = [namedFiles(file).sort(), associatedFiles(file).sort()];
      return unless(
        named.join() === associated.join(),
        `named ${named.join()}, associated ${associated.join()}`,
      );
    },
  },
  {
    name: 'each file inside says what it is to the document',
    check: (file) =>
      filesInside(file).flatMap(({ name, spec }) => [
        ...unless(/\/F [(<]/.test(spec) && name !== '', `${name}: no name`),
        ...unless(
          /\/AFRelationship \/(Alternative|Data|Source|Supplement)\b/.test(spec),
          `${name}: relationship`,
        ),
        ...unless(/\/Desc [(<]./.test(spec), `${name}: no description`),
      ]),
  },
  {
    name: 'each file inside is whole, with its type and its day',
    check: (file) =>
      filesInside(file).flatMap(({ name, file: inside }) => {
        const head = inside?.head ?? '';
        const size = /\/Size (\d+)/.exec(head)?.[1];
        const sum = /\/CheckSum <([0-9A-Fa-f]{32})>/.exec(head)?.[1];
        const md5 = createHash('md5')
          .update(inside?.stream ?? '')
          .digest('hex');
        return [
          ...unless(/\/Type \/EmbeddedFile\b/.test(head), `${name}: not embedded`),
          ...unless(/\/Subtype \/[a-z]+#2[Ff][\w.+-]+/.test(head), `${name}: no type`),
          ...unless(/\/ModDate [(<]D?/.test(head), `${name}: no day`),
          ...unless(size === undefined || Number(size) === inside?.stream?.length, `${name}: size ${size}`),
          ...unless(sum === undefined || sum.toLowerCase() === md5, `${name}: checksum`),
        ];
      }),
  },
  {
    name: 'an invoice inside is XML and says the same as the pages',
    check: (file) =>
      filesInside(file)
        .filter(({ name }) => INVOICE_FILES.has(name))
        .flatMap(({ name, spec, file: inside }) => [
          ...unless(/\/Subtype \/(application|text)#2[Ff]xml\b/.test(inside?.head ?? ''), `${name}: type`),
          ...unless(/\/AFRelationship \/(Alternative|Data|Source)\b/.test(spec), `${name}: relationship`),
          ...unless(
            /^(\ufeff|\u00ef\u00bb\u00bf)?</.test(inside?.stream?.toString('latin1') ?? ''),
            `${name}: not XML`,
          ),
        ]),
  },
];

/** Entries of all index sections, the newest of each object, that do not point at it. */
function wrongIndexEntries({ text }: File): readonly string[] {
  const wrong: string[] = [];
  const seen = new Set<number>();
  let at: number | undefined = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN);
  while (at !== undefined) {
    if (text.slice(at, at + 4) !== 'xref') return [...wrong, `no index at ${at}`];
    const section = text.slice(at, text.indexOf('startxref', at));
    let number = 0;
    for (const [, first, offset, kind] of section.matchAll(/^(?:(\d+) \d+|(\d{10}) \d{5} ([nf]) ?)\r?$/gm)) {
      if (first !== undefined) number = Number(first);
      else {
        const target = `${number} 0 obj`;
        if (kind === 'n' && !seen.has(number) && !text.startsWith(target, Number(offset))) wrong.push(target);
        seen.add(number);
        number += 1;
      }
    }
    const previous: string | undefined = /\/Prev (\d+)/.exec(section)?.[1];
    at = previous === undefined ? undefined : Number(previous);
  }
  return wrong;
}

/** Every rule of the list, in order. */
export const ARCHIVE_RULES: readonly Rule[] = [
  ...FILE_RULES,
  ...LOOK_RULES,
  ...METADATA_RULES,
  ...INSIDE_RULES,
];

/** What keeps a PDF from being an archive file, or an invoice with data inside; nothing when all is well. */
export function archiveProblems(pdf: Uint8Array): readonly ArchiveProblem[] {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  const objects = readObjects(pdf);
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const catalog = objects.get(Number(/\/Root (\d+) 0 R/.exec(trailer)?.[1]))?.head ?? '';
  const metadata =
    objects.get(Number(/\/Metadata (\d+) 0 R/.exec(catalog)?.[1]))?.stream?.toString('utf8') ?? '';
  const file = { bytes, text, objects, trailer, catalog, metadata };
  return ARCHIVE_RULES.flatMap(({ name, check }) => check(file).map((seen) => ({ rule: name, seen })));
}
