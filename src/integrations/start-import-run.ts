// Starting a run over a file: it waits for a worker, which does it and writes down how it ended.

import type { Command } from '#command/command.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { Mapping } from './mapping.ts';
import { RUN_QUEUE } from './run-import.ts';
import { findFile, insertRun } from './store.ts';

export type NewRun = {
  readonly fileId: string;
  /** `check` shows what would be done, `commit` does it. */
  readonly mode: 'check' | 'commit';
  readonly companyId: CompanyId;
  /** Left out: as stored for such a header, else guessed. */
  readonly mapping: Mapping | undefined;
};

/** Starts a run. Refuses: `import_file_not_found`, `company_not_found`. */
export const startImportRun: Command<NewRun, { readonly runId: string }> = {
  name: 'start-import-run',
  permission: 'import.run',
  async run(act, input) {
    const [file] = await Promise.all([findFile(act, input.fileId), takeCompany(act, input.companyId)]);
    if (!file) throw new Refusal('import_file_not_found', { fileId: input.fileId });
    const runId = newId<'import_run'>();
    insertRun(act, {
      id: runId,
      fileId: file.id,
      kind: file.kind,
      companyId: input.companyId,
      mode: input.mode,
      mapping: input.mapping,
    });
    act.enqueue({ queue: RUN_QUEUE, payload: { runId } });
    return { runId };
  },
};
