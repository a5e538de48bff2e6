// Packs that were asked for, as people see them, and their bytes.

import { Readable } from 'node:stream';
import type { Context, Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { assert, present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { PACK_REFUSALS } from './contract.ts';
import { stalledSince } from './request-pack.ts';
import { findPack, findPackPart, findPacks, type PackFilter, type PackRow } from './store.ts';

type Asked = Pick<Context, 'now' | 'permissions'>;

/** How far a pack is. */
function stateOf(row: PackRow): 'waiting' | 'drawing' | 'drawn' | 'failed' {
  if (row.ended_at !== null) return row.problem === null ? 'drawn' : 'failed';
  return row.drawing_no === 0 ? 'waiting' : 'drawing';
}

const MEANINGS: Readonly<Record<string, readonly [status: number, message: string]>> = PACK_REFUSALS;

function shown(row: PackRow, names: ReadonlyMap<string, string>, { now }: Asked) {
  const { problem } = row;
  const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
  return {
    packId: row.id,
    companyId: row.company_id,
    customerId: row.customer_id,
    handOverId: row.hand_over_id,
    state: stateOf(row),
    askedBy: names.get(row.asked_by) ?? row.asked_by,
    askedAt: row.asked_at.toString(),
    drawn: row.drawn,
    toDraw: row.to_draw,
    stalledSince: stalledSince(row, now)?.toString() ?? null,
    endedAt: row.ended_at?.toString() ?? null,
    problem:
      problem === null
        ? null
        : { code: problem, message: MEANINGS[problem]?.[1] ?? problem, facts: row.problem_facts ?? {} },
    asOf: row.as_of?.toString() ?? null,
    invoices: row.items?.length ?? null,
    bytes: row.bytes,
    sha256: hex(row.sha256),
    listSha256: hex(row.list_sha256),
    removedAt: row.removed_at?.toString() ?? null,
  };
}

/** Packs that were asked for, the newest first. */
export async function readPacks(
  tx: Tx,
  asked: Asked,
  { after, limit, ...filter }: PackFilter & { readonly after?: string | undefined; readonly limit: number },
) {
  const from = readCursor<readonly [Temporal.Instant, string]>(after, [Temporal.Instant.from, idKey]);
  const found = await findPacks(tx, filter, { after: from, limit: limit + 1 });
  const page = pageOfRows(found, limit, (last) => [last.asked_at, last.id]);
  const names = await readActorNames(
    tx,
    page.rows.map((row) => row.asked_by),
  );
  const may: string | true = asked.permissions.has('reminder.send') || 'not_permitted';
  return { rows: page.rows.map((row) => shown(row, names, asked)), next: page.next, may: { ask: may } };
}

/** One pack with what it proves. Refuses: `pack_not_found`. */
export async function readKept(tx: Tx, asked: Asked, packId: string) {
  const row = await takePack(tx, packId);
  const names = await readActorNames(tx, [row.asked_by]);
  return { ...shown(row, names, asked), items: [...(row.items ?? [])] };
}

async function takePack(tx: Tx, packId: string): Promise<PackRow> {
  const row = await findPack(tx, packId);
  if (!row) throw new Refusal('pack_not_found', { packId });
  return row;
}

/** The very bytes that were drawn. Refuses: `pack_not_found`, `pack_not_ready`, `pack_removed`. */
export async function readPackFile({ pool }: Door, { tenantId }: Pick<Context, 'tenantId'>, packId: string) {
  const { row, customer } = await inTenant(pool, tenantId, async (tx) => {
    const row = await takePack(tx, packId);
    return { row, customer: await takeCustomer(tx, row.customer_id) };
  });
  if (row.removed_at !== null) throw new Refusal('pack_removed', { removedAt: row.removed_at.toString() });
  if (row.sha256 === null) throw new Refusal('pack_not_ready', { state: stateOf(row) });
  const what = row.hand_over_id === null ? 'evidence' : 'hand-over';
  const number = customer.number.replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
  return {
    fileName: `${what}-${number}-${present(row.as_of, 'a pack that was drawn is of a day').toString()}.zip`,
    contentType: 'application/zip',
    body: Readable.from(
      partsOf(row, (partNo) => inTenant(pool, tenantId, (tx) => findPackPart(tx, packId, partNo))),
    ),
  };
}

/** The bytes of a pack, part by part, so that a large one is never in memory as a whole. */
async function* partsOf(
  { bytes }: PackRow,
  read: (partNo: number) => Promise<Uint8Array | undefined>,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for (let partNo = 0; sent < present(bytes, 'a pack that was drawn has bytes'); partNo += 1) {
    const part = await read(partNo);
    assert(part !== undefined, 'a pack that is kept has all its parts', partNo);
    sent += part.length;
    yield part;
  }
}
