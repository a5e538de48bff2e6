// Drawing a pack that was asked for: read in one snapshot, drawn while its progress is told, and its bytes kept. A worker may die
// anywhere: the next draws it from the beginning, without the invoices that were drawn before, and what the first still says no
// longer counts.

import { type Command, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { handOverObject, handOverRows } from '#escalation/hand-over-file.ts';
import { sha256OfLarge } from '#formats/checksum.ts';
import type { ZipFile } from '#formats/zip.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { TenantId } from '#kernel/id.ts';
import { PACK_YEARS_KEPT } from '#kernel/limits.ts';
import { type Facts, Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { DrawnBefore } from '#printing/keep-drawn.ts';
import { exportPack } from './export-pack.ts';
import { type PackFacts, readPack } from './read-pack.ts';
import { type PackScope, readScope } from './request-pack.ts';
import {
  type PackFile,
  type PackRow,
  removeOldPacks,
  savePack,
  takeInHand,
  updateDrawn,
  updateFailed,
} from './store.ts';

/** What drawing packs needs. */
export type PackTools = Pick<JobTools, 'door' | 'contextOf' | 'log'>;

/** Workers that may be lost over one pack before it is given up: it may be what ends them. */
export const PACK_DRAWINGS_MAX = 4;
/** What failed is shown for so many days. */
const PACK_FAILED_DAYS_KEPT = 30;
/** Progress is told so often at most. */
const TOLD_MS = 700;

/** Another worker has it in hand: what this one does is of no use. */
class TakenOver extends Error {}

/** Refusals that may well not come again: the drawing process was lost. */
const PASSING: ReadonlySet<string> = new Set(['pdf_drawing_lost']);

/**
 * Draws a pack that was asked for and keeps it, or why it cannot be drawn. One that ended stays as it is. Where something
 * unexpected happens it is tried again a few times, and given up then.
 */
export async function drawPack(tools: PackTools, tenantId: TenantId, packId: string): Promise<void> {
  const { door, log } = tools;
  const { now } = await tools.contextOf(tenantId);
  const pack = await inTenant(door.pool, tenantId, (tx) => takeInHand(tx, packId, now));
  if (!pack) return;
  const isLast = pack.drawing_no >= PACK_DRAWINGS_MAX;
  const giveUp = async (problem: { readonly code: string; readonly facts: Facts }) => {
    await carryOut(door, await tools.contextOf(tenantId), failPack(pack, problem), { packId });
  };
  if (pack.drawing_no > PACK_DRAWINGS_MAX) {
    await giveUp({ code: 'pack_not_drawn', facts: { workersLost: PACK_DRAWINGS_MAX } });
    return;
  }
  try {
    const file = await drawFile(tools, tenantId, pack);
    await carryOut(door, await tools.contextOf(tenantId), endPack(pack, file), { packId });
  } catch (error) {
    if (error instanceof TakenOver) return;
    if (error instanceof Refusal && (isLast || !PASSING.has(error.code))) {
      await giveUp({ code: error.code, facts: error.facts });
      return;
    }
    if (!isLast) throw error;
    log.error({ err: error, packId }, 'an evidence pack could not be drawn');
    await giveUp({ code: 'pack_not_drawn', facts: {} });
  }
}

async function drawFile(tools: PackTools, tenantId: TenantId, pack: PackRow): Promise<PackFile> {
  const { pool } = tools.door;
  const { today: asOf } = await tools.contextOf(tenantId);
  const { facts, claim } = await inTenant(
    pool,
    tenantId,
    async (tx) => {
      const { subject, documentIds, claim } = await readScope(
        tx,
        pack.hand_over_id === null
          ? { companyId: pack.company_id, customerId: pack.customer_id }
          : { handOverId: pack.hand_over_id },
      );
      return { claim, facts: await readPack(tx, { ...subject, documentIds, asOf }) };
    },
    { snapshot: true },
  );
  const before: DrawnBefore = Object.assign(
    <T>(work: (tx: Tx) => Promise<T>) => inTenant(pool, tenantId, work, { snapshot: true }),
    { keep: (work: (tx: Tx) => Promise<void>) => inTenant(pool, tenantId, work) },
  );
  const { content, listSha256 } = await exportPack(facts, {
    more: claimFiles(claim),
    before,
    onDrawn: progressOf(tools, tenantId, pack),
  });
  return {
    asOf,
    items: itemsOf(facts),
    content,
    sha256: await sha256OfLarge(content),
    listSha256,
  };
}

/** The claim of a hand-over as data. */
function claimFiles(claim: PackScope['claim']): readonly ZipFile[] {
  if (!claim) return [];
  return [
    { name: 'hand-over.json', content: Buffer.from(`${JSON.stringify(handOverObject(claim), null, 2)}\n`) },
    { name: 'hand-over.csv', content: Buffer.from(`\ufeff${handOverRows(claim)}`) },
  ];
}

function itemsOf({ owed }: PackFacts): PackFile['items'] {
  return owed.map(({ documentId, reference, open }) => ({ documentId, reference, open: shownMoney(open) }));
}

/** Tells how far a pack is, now and then; stops where another has it in hand. */
function progressOf({ door, contextOf }: PackTools, tenantId: TenantId, pack: PackRow) {
  let toldAt = Number.NEGATIVE_INFINITY;
  return async (drawn: number, toDraw: number): Promise<void> => {
    const at = performance.now();
    if (drawn < toDraw && at - toldAt < TOLD_MS) return;
    toldAt = at;
    const { now } = await contextOf(tenantId);
    const isOurs = await inTenant(door.pool, tenantId, (tx) => updateDrawn(tx, pack, { drawn, toDraw, now }));
    if (!isOurs) throw new TakenOver();
  };
}

type OfPack = { readonly packId: string };
type Ended = { readonly isKept: boolean };

/** Keeps a pack that was drawn, unless another worker was quicker. */
function endPack(pack: PackRow, file: PackFile): Command<OfPack, Ended> {
  return {
    name: 'end-pack',
    permission: 'reminder.send',
    async run(act) {
      if (!(await savePack(act, pack, file))) return { isKept: false };
      act.record({
        type: 'evidence_pack.drawn',
        subjectId: pack.id,
        customerId: pack.customer_id,
        data: {
          companyId: pack.company_id,
          handOverId: pack.hand_over_id,
          asOf: file.asOf.toString(),
          items: file.items.length,
          bytes: file.content.length,
          sha256: Buffer.from(file.sha256).toString('hex'),
        },
      });
      return { isKept: true };
    },
  };
}

/** Gives a pack up and keeps why; it can be asked for again. */
function failPack(
  pack: PackRow,
  problem: { readonly code: string; readonly facts: Facts },
): Command<OfPack, Ended> {
  return {
    name: 'fail-pack',
    permission: 'reminder.send',
    async run(act) {
      if (!(await updateFailed(act, pack, problem))) return { isKept: false };
      act.record({
        type: 'evidence_pack.failed',
        subjectId: pack.id,
        customerId: pack.customer_id,
        data: { companyId: pack.company_id, handOverId: pack.hand_over_id, problem: problem.code },
      });
      return { isKept: true };
    },
  };
}

const HOURS_A_DAY = 24;

/** Takes away the bytes of packs that are older than they are kept, and what failed long ago. */
export async function removeOld(
  { door, contextOf }: Pick<PackTools, 'door' | 'contextOf'>,
  tenantId: TenantId,
): Promise<void> {
  const { now } = await contextOf(tenantId);
  const drawnBefore = now.toZonedDateTimeISO('UTC').subtract({ years: PACK_YEARS_KEPT }).toInstant();
  const failedBefore = now.subtract({ hours: PACK_FAILED_DAYS_KEPT * HOURS_A_DAY });
  await inTenant(door.pool, tenantId, async (tx) => removeOldPacks(tx, { drawnBefore, failedBefore, now }));
}
