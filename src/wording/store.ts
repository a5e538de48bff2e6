// SQL of the words a company writes itself.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { TEMPLATE_VERSIONS_SHOWN } from '#kernel/limits.ts';
import type { TemplateKind, TemplateVersion, WrittenTemplate } from './message-template.ts';

type Row = {
  kind: string;
  language: string;
  version: number;
  subject: string | null;
  plain: string | null;
  html: string | null;
  closing: string | null;
  note: string | null;
  written_by: string;
  written_at: Temporal.Instant;
};

/** Which template of a company. */
export type TemplateKey = {
  readonly companyId: CompanyId;
  readonly kind: TemplateKind;
  readonly language: string;
};

function toVersion(row: Row): TemplateVersion {
  const words: WrittenTemplate | null =
    row.plain === null
      ? null
      : {
          subject: row.subject ?? undefined,
          text: row.plain,
          html: row.html ?? undefined,
          closing: row.closing ?? undefined,
        };
  return {
    version: row.version,
    words,
    note: row.note,
    writtenBy: row.written_by,
    writtenAt: row.written_at,
  };
}

/** Whether a template of any company and language has words of its own now. */
export async function existsWords(tx: Tx, kind: TemplateKind): Promise<boolean> {
  const rows = await tx.run(sql`select from (
      select distinct on (company_id, language) plain from message_template
      where tenant_id = ${tx.tenantId} and kind = ${kind} order by company_id, language, version desc) latest
    where plain is not null limit 1`);
  return rows.length > 0;
}

/** The versions of a template, the newest first. */
export async function findVersions(
  tx: Tx,
  key: TemplateKey,
  limit = TEMPLATE_VERSIONS_SHOWN,
): Promise<readonly TemplateVersion[]> {
  const rows = await tx.run(sql<Row>`
    select * from message_template
    where tenant_id = ${tx.tenantId} and company_id = ${key.companyId} and kind = ${key.kind} and language = ${key.language}
    order by version desc limit ${limit}`);
  return rows.map(toVersion);
}

/** The latest version of each template of a company that ever had words of its own. */
export async function findLatest(
  tx: Tx,
  companyId: CompanyId,
): Promise<readonly (TemplateVersion & { readonly kind: TemplateKind; readonly language: string })[]> {
  const rows = await tx.run(sql<Row>`
    select distinct on (kind, language) * from message_template
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} order by kind, language, version desc`);
  return rows.map((row) => ({
    ...toVersion(row),
    kind: row.kind as TemplateKind,
    language: row.language,
  }));
}

/** Adds a version; two who add the same one are told apart by the key. */
export function insertVersion(
  act: Act,
  key: TemplateKey,
  added: Pick<TemplateVersion, 'version' | 'words' | 'note' | 'writtenBy'>,
): void {
  act.insert('message_template', [
    {
      company_id: key.companyId,
      kind: key.kind,
      language: key.language,
      version: added.version,
      subject: added.words?.subject ?? null,
      plain: added.words?.text ?? null,
      html: added.words?.html ?? null,
      closing: added.words?.closing ?? null,
      note: added.note,
      written_by: added.writtenBy,
      written_at: act.now,
    },
  ]);
}
