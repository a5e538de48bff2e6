// The end of an import, the same for every kind: what it says, and when it was meant, what is kept of it.

import type { Act } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ImportBatch } from './import-file.ts';
import type { ImportResult, ImportTally } from './import-result.ts';
import type { ImportKind } from './mapping.ts';
import type { Survey } from './read-table.ts';
import { saveBatch } from './store.ts';

/** A file that was to be committed has problems: nothing was created; the result says what is wrong where. */
export class ImportProblems extends Refusal {
  readonly result: ImportResult;

  constructor(result: ImportResult) {
    const first = result.problems[0];
    super('import_has_problems', {
      problems: result.problemCount,
      first: [first?.line === undefined ? '' : `line ${first.line}:`, first?.message, first?.value]
        .filter((part) => part !== undefined && part !== '')
        .join(' '),
    });
    this.result = result;
  }
}

/**
 * Ends an import: a check only says what it found; a commit is kept with its mapping, so that it can be undone and the next
 * such file is known.
 *
 * Refuses: `import_has_problems`.
 */
export function endImport(
  act: Act,
  batch: ImportBatch & { readonly kind: ImportKind },
  survey: Survey,
  found: { readonly tally: ImportTally; readonly previewColumns: readonly string[] },
): ImportResult {
  const { kind, id, input } = batch;
  const { tally, previewColumns } = found;
  const { mapping, header } = survey;
  const batchId = input.commit && tally.created > 0 ? id : null;
  const result = tally.result({ mapping, header, batchId, previewColumns });
  if (!input.commit) return result;
  if (result.problemCount > 0) throw new ImportProblems(result);
  saveBatch(act, { id, kind, input, result, header });
  if (batchId === null) return result;
  act.record({
    type: 'import.committed',
    subjectId: id,
    data: { kind, file: input.fileName, created: result.created, unchanged: result.unchanged },
  });
  return result;
}
