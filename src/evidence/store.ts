// SQL of packs that were asked for.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Facts } from '#kernel/refusal.ts';

/** An item that a pack proves, and what was open of it then. */
export type PackItem = {
  readonly documentId: string;
  readonly reference: string;
  readonly open: { readonly amount: string; readonly currency: string };
};

/** A pack that was asked for, and how far it is. */
export type PackRow = Omit<Selectable<DB['evidence_pack']>, 'items' | 'problem_facts'> & {
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly items: readonly PackItem[] | null;
  readonly problem_facts: Facts | null;
};

/** What a pack is about: all that a customer owes a company, or what is left of a hand-over. */
export type PackSubject = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly handOverId: string | null;
};

/** Begins a pack; `false` where one of the same is being drawn. */
export async function insertPack(act: Act, row: NewRow<'evidence_pack'>): Promise<boolean> {
  const made = await act.run(sql<{ id: string }>`insert into evidence_pack
      (tenant_id, id, company_id, customer_id, hand_over_id, asked_by, asked_at, worked_at)
    values (${act.tenantId}, ${row.id}, ${row.company_id}, ${row.customer_id}, ${row.hand_over_id ?? null}, ${row.asked_by},
      ${row.asked_at}, ${row.worked_at})
    on conflict (tenant_id, company_id, customer_id, hand_over_id) where ended_at is null do nothing returning id`);
  return made.length > 0;
}

/** The pack of a subject that is being drawn, locked. */
export async function lockOpenPack(act: Act, subject: PackSubject): Promise<PackRow | undefined> {
  return act.find(sql<PackRow>`select * from evidence_pack where tenant_id = ${act.tenantId}
    and company_id = ${subject.companyId} and customer_id = ${subject.customerId}
    and hand_over_id is not distinct from ${subject.handOverId}::uuid and ended_at is null for update`);
}

/** Notes that a pack was asked for again. */
export function updateAskedAgain(act: Act, id: string): void {
  act.write(
    sql`update evidence_pack set worked_at = ${act.now} where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'a pack that is held is there' },
  );
}

/** Takes a pack in hand that is still to be drawn; whoever had it before no longer has. */
export async function takeInHand(tx: Tx, id: string, now: Instant): Promise<PackRow | undefined> {
  return tx.find(sql<PackRow>`update evidence_pack set drawing_no = drawing_no + 1, worked_at = ${now}, drawn = 0, to_draw = 0
    where tenant_id = ${tx.tenantId} and id = ${id} and ended_at is null returning *`);
}

type InHand = Pick<PackRow, 'id' | 'drawing_no'>;

/** Says how far a pack is; `false` where another has it in hand by now. */
export async function updateDrawn(
  tx: Tx,
  pack: InHand,
  further: { readonly drawn: number; readonly toDraw: number; readonly now: Instant },
): Promise<boolean> {
  const rows = await tx.run(sql<{
    id: string;
  }>`update evidence_pack set drawn = ${further.drawn}, to_draw = ${further.toDraw},
      worked_at = ${further.now}
    where tenant_id = ${tx.tenantId} and id = ${pack.id} and drawing_no = ${pack.drawing_no} and ended_at is null returning id`);
  return rows.length > 0;
}

/** What a pack is once it is drawn. */
export type PackFile = {
  readonly asOf: PlainDate;
  readonly items: readonly PackItem[];
  readonly content: Uint8Array;
  readonly sha256: Uint8Array;
  readonly listSha256: Uint8Array;
};

/** Bytes of one part: a pack is read and sent part by part. */
const PART_BYTES = 4 * 1024 * 1024;
/** Parts that are on their way to the database at a time. */
const PARTS_AT_ONCE = 4;

/** Keeps what was drawn; `false` where another has it in hand by now. */
export async function savePack(act: Act, pack: InHand, file: PackFile): Promise<boolean> {
  const { content, items, asOf } = file;
  const rows = await act.run(sql<{
    id: string;
  }>`update evidence_pack set drawn = to_draw, ended_at = ${act.now}, as_of = ${asOf},
      items = ${jsonText(items)}::jsonb, bytes = ${content.length}, sha256 = ${Buffer.from(file.sha256)},
      list_sha256 = ${Buffer.from(file.listSha256)}
    where tenant_id = ${act.tenantId} and id = ${pack.id} and drawing_no = ${pack.drawing_no} and ended_at is null returning id`);
  if (rows.length === 0) return false;
  for (let start = 0; start < content.length; start += PART_BYTES) {
    const partNo = start / PART_BYTES;
    const bytes = Math.min(PART_BYTES, content.length - start);
    const part = Buffer.from(content.buffer, content.byteOffset + start, bytes);
    act.insert('evidence_pack_part', [{ pack_id: pack.id, part_no: partNo, content: part }]);
    if (partNo % PARTS_AT_ONCE === PARTS_AT_ONCE - 1) await act.settle();
  }
  return true;
}

/** Gives a pack up; `false` where another has it in hand by now. */
export async function updateFailed(
  act: Act,
  pack: InHand,
  problem: { readonly code: string; readonly facts: Facts },
): Promise<boolean> {
  const rows = await act.run(sql<{
    id: string;
  }>`update evidence_pack set ended_at = ${act.now}, problem = ${problem.code},
      problem_facts = ${jsonText(problem.facts)}::jsonb
    where tenant_id = ${act.tenantId} and id = ${pack.id} and drawing_no = ${pack.drawing_no} and ended_at is null returning id`);
  return rows.length > 0;
}

/** Which packs are wanted. */
export type PackFilter = {
  readonly customerId?: CustomerId | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly handOverId?: string | undefined;
};

/** Packs that were asked for, the newest first. */
export async function findPacks(
  tx: Tx,
  { customerId, companyId, handOverId }: PackFilter,
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<readonly PackRow[]> {
  const conditions = [
    sql`tenant_id = ${tx.tenantId}`,
    ...(customerId === undefined ? [] : [sql`customer_id = ${customerId}`]),
    ...(companyId === undefined ? [] : [sql`company_id = ${companyId}`]),
    ...(handOverId === undefined ? [] : [sql`hand_over_id = ${handOverId}`]),
    ...(page.after === undefined
      ? []
      : [sql`(asked_at, id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`]),
  ];
  return tx.run(
    sql<PackRow>`select * from evidence_pack where ${sql.join(conditions, sql` and `)}
      order by asked_at desc, id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** One pack. */
export async function findPack(tx: Tx, id: string): Promise<PackRow | undefined> {
  return tx.find(sql<PackRow>`select * from evidence_pack where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** A part of the bytes of a pack; nothing after the last. */
export async function findPackPart(tx: Tx, packId: string, partNo: number): Promise<Uint8Array | undefined> {
  const row = await tx.find(sql<{ content: Uint8Array }>`select content from evidence_pack_part
    where tenant_id = ${tx.tenantId} and pack_id = ${packId} and part_no = ${partNo}`);
  return row?.content;
}

/**
 * Takes away the bytes of packs that were drawn before a moment, and what is left of those that failed, or at which a worker was
 * last, before another.
 */
export function removeOldPacks(
  tx: Tx,
  { drawnBefore, failedBefore, now }: { readonly [name in 'drawnBefore' | 'failedBefore' | 'now']: Instant },
): void {
  tx.write(sql`delete from evidence_pack_part p using evidence_pack k where p.tenant_id = ${tx.tenantId}
    and k.tenant_id = p.tenant_id and k.id = p.pack_id and k.ended_at < ${drawnBefore}`);
  tx.write(sql`update evidence_pack set removed_at = ${now} where tenant_id = ${tx.tenantId} and ended_at < ${drawnBefore}
    and sha256 is not null and removed_at is null`);
  tx.write(sql`delete from evidence_pack where tenant_id = ${tx.tenantId}
    and (problem is not null and ended_at < ${failedBefore} or ended_at is null and worked_at < ${failedBefore})`);
}
