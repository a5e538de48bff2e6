// Everything that goes up for documents, as one archive: the printed document, its data, its attachments, each document in
// a folder of its own. What is read comes from one snapshot; it is drawn after the transaction, because that takes a
// moment.

import type { Attachment } from '#attachments/attachment.ts';
import { readAttachmentsOf, readContents } from '#attachments/read-attachments.ts';
import type { Context, Door } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readPreference } from '#delivery/read-reach.ts';
import { syntaxOf, type WrittenProfile } from '#einvoice/written-profile.ts';
import { writeZip, type ZipFile } from '#formats/zip.ts';
import { type PrintableInvoice, printInvoice, readPrintables } from '#invoicing/print-invoice.ts';
import { readXml } from '#invoicing/read-e-invoice.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId, InvoiceId } from '#kernel/id.ts';
import { UPLOAD_ARCHIVE_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import type { UploadedFile } from './portal.ts';
import { findSettings, findUploads } from './store.ts';

/** What is to be drawn for one document, and what cannot go up and why. */
type Packed = {
  readonly folder: string;
  readonly printable: PrintableInvoice | undefined;
  readonly files: readonly ZipFile[];
  readonly missing: readonly string[];
};

/** Why data of a document cannot be written, in words for whoever uploads. */
const WITHOUT_DATA: Readonly<Record<string, string>> = {
  invoice_without_content: 'it was taken over from another system, so that its data are not known here',
  einvoice_not_valid: 'its data break the rules of the e-invoice; see its findings',
};

/**
 * The files that go up for documents, in one archive: those the setting of each customer names. Data that cannot be written
 * are left out, and `not-included.txt` says so; everything else is there or nothing is.
 *
 * Refuses: `upload_not_found`, `upload_files_too_large`.
 */
export async function exportFiles(
  door: Door,
  context: Context,
  documentIds: readonly InvoiceId[],
  bytesMax = UPLOAD_ARCHIVE_BYTES_MAX,
): Promise<{ readonly fileName: string; readonly body: Uint8Array }> {
  const ids = [...new Set(documentIds)];
  const packed = await readSnapshot(door, context, (tx) => readPacked(tx, ids, bytesMax));
  const files: ZipFile[] = [];
  let bytes = bytesOf(packed.flatMap((one) => one.files));
  checkSize(bytes, bytesMax);
  for (const { folder, printable, files: ready } of packed) {
    if (printable) {
      const { fileName, pdf } = await printInvoice(printable);
      bytes += pdf.length;
      checkSize(bytes, bytesMax);
      files.push({ name: `${folder}/${fileName}`, content: pdf });
    }
    files.push(...ready.map((file) => ({ ...file, name: `${folder}/${file.name}` })));
  }
  const missing = packed.flatMap((one) => one.missing);
  if (missing.length > 0)
    files.push({ name: 'not-included.txt', content: Buffer.from(`${missing.join('\n')}\n`) });
  const [only] = packed;
  const fileName = packed.length === 1 && only ? `${only.folder}.zip` : 'portal-uploads.zip';
  return { fileName, body: writeZip(files) };
}

function bytesOf(files: readonly ZipFile[]): number {
  return files.reduce((total, file) => total + file.content.length, 0);
}

/** Looked at before anything is drawn, and as it grows: nobody waits for what is refused in the end. */
function checkSize(bytes: number, bytesMax: number): void {
  if (bytes > bytesMax) throw new Refusal('upload_files_too_large', { bytes, bytesMax });
}

/** A number as the name of a folder or file: what file systems refuse is replaced. */
const safe = (number: string): string => number.replace(/[^\p{L}\p{N}._-]+/gu, '_');

/** Folders named by their documents, no two alike: companies number for themselves, and file systems take `A` for `a`. */
function nameFolders(numbers: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return numbers.map((number) => {
    let folder = safe(number);
    for (let n = 2; taken.has(folder.toLowerCase()); n += 1) folder = `${safe(number)}-${n}`;
    taken.add(folder.toLowerCase());
    return folder;
  });
}

async function readPacked(tx: Tx, ids: readonly InvoiceId[], bytesMax: number): Promise<readonly Packed[]> {
  const rows = await findUploads(tx, { documentIds: ids }, { after: undefined, limit: ids.length });
  const missing = ids.find((id) => !rows.some((row) => row.document_id === id));
  if (missing !== undefined) throw new Refusal('upload_not_found', { documentId: missing });
  const [settings, printables, attached] = await Promise.all([
    findSettings(tx, ids),
    readPrintables(tx, ids, { withFiles: true }),
    readAttachmentsOf(tx, ids),
  ]);
  const rowOf = new Map(rows.map((row) => [row.document_id, row]));
  const wanted = ids.map((id) => present(rowOf.get(id), 'each upload was found'));
  const folders = nameFolders(wanted.map((row) => row.number));
  const goesAlong = (id: InvoiceId): boolean => settings.get(id)?.uploads.includes('attachments') ?? false;
  checkSize(
    ids
      .filter(goesAlong)
      .flatMap((id) => attached.get(id) ?? [])
      .reduce((sum, file) => sum + file.bytes, 0),
    bytesMax,
  );
  const packed: Packed[] = [];
  for (const [index, row] of wanted.entries()) {
    const id = row.document_id;
    const { uploads } = present(settings.get(id), 'an upload was wanted by a setting');
    const data = await readData(tx, { id, number: row.number, customerId: row.customer_id }, uploads);
    const files = uploads.includes('attachments') ? await readAttached(tx, attached.get(id) ?? []) : [];
    packed.push({
      folder: present(folders[index], 'each document has its folder'),
      printable: uploads.includes('pdf') ? printables[index] : undefined,
      files: [...data.files, ...files],
      missing: data.missing,
    });
  }
  return packed;
}

async function readAttached(tx: Tx, files: readonly Attachment[]): Promise<readonly ZipFile[]> {
  const whole = await readContents(tx, files);
  return whole.map(({ name, content }) => ({ name: `attachments/${name}`, content }));
}

/** The data of a document in the syntaxes that go up: as its customer wants e-invoices, where that is of the syntax. */
async function readData(
  tx: Tx,
  document: { readonly id: InvoiceId; readonly number: string; readonly customerId: CustomerId },
  uploads: readonly UploadedFile[],
): Promise<{ readonly files: readonly ZipFile[]; readonly missing: readonly string[] }> {
  const wish = await readPreference(tx, document.customerId);
  const files: ZipFile[] = [];
  const missing: string[] = [];
  for (const syntax of ['ubl', 'cii'] as const) {
    if (!uploads.includes(syntax)) continue;
    const wanted = wish.eInvoice;
    const profile: WrittenProfile =
      wanted !== null && syntaxOf(wanted) === syntax ? wanted : `en16931_${syntax}`;
    try {
      const xml = await readXml(tx, document.id, profile);
      files.push({ name: `${safe(document.number)}-${syntax}.xml`, content: Buffer.from(xml) });
    } catch (error) {
      // A refusal becomes a line of the list of what is missing: the other files are of use without it.
      const why = error instanceof Refusal ? WITHOUT_DATA[error.code] : undefined;
      if (why === undefined) throw error;
      missing.push(`${document.number}: no ${syntax.toUpperCase()} file, because ${why}.`);
    }
  }
  return { files, missing };
}
