// What an import of a table is given: the file as data, and the way to read it.

import type { BatchId, CompanyId } from '#kernel/id.ts';
import type { Mapping } from './mapping.ts';
import type { ImportSource } from './read-table.ts';

/** The input of an import command. */
export type ImportFile = {
  readonly companyId: CompanyId;
  readonly fileName: string;
  /** SHA-256 of the file, in hexadecimal: with the mapping it is what makes this import this import. */
  readonly sha256: string;
  /** Left out: as stored for such a header, else guessed. */
  readonly mapping?: Mapping | undefined;
  /** Writes when true; else only says what would be written. */
  readonly commit: boolean;
};

/** Where the rows come from, and who hears how far it is. Not part of the command's input, because it is not data. */
export type ImportPassage = {
  readonly source: ImportSource;
  readonly onProgress?: ((rows: number) => void) | undefined;
};

/** An import under way: its id stands in everything it creates, so that it can be found and undone. */
export type ImportBatch = { readonly id: BatchId; readonly input: ImportFile };
