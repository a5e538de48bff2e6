// Packs that were asked for, as people see them, and their bytes.

import { Readable } from 'node:stream';
import type { Context, Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { readHandOverNumbers } from '#escalation/read-hand-over-file.ts';
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

type Names = { readonly [of in 'people' | 'handOvers']: ReadonlyMap<string, string> };

/** Who asked for packs, and the numbers of their hand-overs. */
async function readNames(tx: Tx, rows: readonly PackRow[]): Promise<Names> {
  const handOverIds = rows.flatMap(({ hand_over_id }) => hand_over_id ?? []);
  const [people, handOvers] = await Promise.all([
    readActorNames(
      tx,
      rows.map((row) => row.asked_by),
    ),
    readHandOverNumbers(tx, [...new Set(handOverIds)]),
  ]);
  return { people, handOvers };
}

function shown(row: PackRow, { people, handOvers }: Names, { now }: Asked) {
  const { problem, hand_over_id } = row;
  const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
  return {
    packId: row.id,
    companyId: row.company_id,
    customerId: row.customer_id,
    handOverId: hand_over_id,
    handOverNumber: hand_over_id === null ? null : (handOvers.get(hand_over_id) ?? null),
    state: stateOf(row),
    askedBy: people.get(row.asked_by) ?? row.asked_by,
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
  const names = await readNames(tx, page.rows);
  const may: string | true = asked.permissions.has('reminder.send') || 'not_permitted';
  return { rows: page.rows.map((row) => shown(row, names, asked)), next: page.next, may: { ask: may } };
}

/** One pack with what it proves. Refuses: `pack_not_found`. */
export async function readKept(tx: Tx, asked: Asked, packId: string) {
  const row = await takePack(tx, packId);
  const names = await readNames(tx, [row]);
  return { ...shown(row, names, asked), items: [...(row.items ?? [])] };
}

async function takePack(tx: Tx, packId: string): Promise<PackRow> {
  const row = await findPack(tx, packId);
  if (!row) throw new Refusal('pack_not_found', { packId });
  return row;
}

/** The very bytes that were drawn. Refuses: `pack_not_found`, `pack_not_ready`, `pack_removed`. */
export async function readPackFile({ pool }: Door, { tenantId }: Pick<Context, 'tenantId'>, packId: string) {
  const { row, about } = await inTenant(pool, tenantId, async (tx) => {
    const row = await takePack(tx, packId);
    return { row, about: await nameOf(tx, row) };
  });
  if (row.removed_at !== null) throw new Refusal('pack_removed', { removedAt: row.removed_at.toString() });
  if (row.sha256 === null) throw new Refusal('pack_not_ready', { state: stateOf(row) });
  return {
    fileName: `${about}-${present(row.as_of, 'a pack that was drawn is of a day').toString()}.zip`,
    contentType: 'application/zip',
    body: Readable.from(
      partsOf(row, (partNo) => inTenant(pool, tenantId, (tx) => findPackPart(tx, packId, partNo))),
    ),
  };
}

/** What a pack is about, for the name of its file: the hand-over, or the customer. */
async function nameOf(tx: Tx, { hand_over_id, customer_id }: PackRow): Promise<string> {
  if (hand_over_id !== null) {
    const number = (await readHandOverNumbers(tx, [hand_over_id])).get(hand_over_id);
    return `hand-over-${present(number, 'the hand-over of a pack is there')}`;
  }
  const { number } = await takeCustomer(tx, customer_id);
  return `evidence-${number.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}`;
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
