import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { addDraftFile } from '#billing/add-draft-file.ts';
import { keepDraft } from '#billing/keep-draft.ts';
import { inTenant } from '#db/transaction.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { keepContent } from './keep-content.ts';
import { removeUnusedContent } from './remove-unused-content.ts';

const BYTES = Buffer.from('day;hours\n2026-01-02;8\n');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

/** A tenant in which bytes were handed in two days ago and never attached. */
async function aWorld() {
  const tenant = await newTenant({ on: '2026-01-18' });
  const handIn = () =>
    keepContent(tenant.pool, tenant.as('owner'), { fileName: 'a.csv', stream: Readable.from([BYTES]) });
  await handIn();
  tenant.on('2026-01-20');
  const remove = () => removeUnusedContent(tenant.pool, tenant.tenantId, tenant.clock());
  const count = async () => {
    const row = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.find(
        sql<{ n: bigint }>`select count(*) as n from attachment_content where tenant_id = ${tx.tenantId}`,
      ),
    );
    return Number(row?.n);
  };
  const draft = async () => (await tenant.act('owner', keepDraft, { body: {} })).draftId;
  return { tenant, handIn, remove, count, draft };
}

test('bytes that were never attached go after a day, not before; handed in again they count from then', async () => {
  const { tenant, handIn, remove, count } = await aWorld();
  await handIn();
  await remove();
  assert.equal(await count(), 1);
  tenant.on('2026-01-22');
  await remove();
  assert.equal(await count(), 0);
});

test('bytes that a file names stay; a file taken off its draft goes with them when that cannot be undone any more', async () => {
  const { tenant, handIn, remove, count, draft } = await aWorld();
  const draftId = await draft();
  await tenant.act('owner', addDraftFile, { draftId, file: await handIn() });
  tenant.on('2026-02-20');
  await remove();
  assert.equal(await count(), 1);
  const takeOff = sql`update attachment set removed_at = ${tenant.clock()} where tenant_id = ${tenant.tenantId}`;
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => tx.write(takeOff));
  tenant.on('2026-03-20');
  await remove();
  assert.equal(await count(), 1);
  tenant.on('2026-03-25');
  await remove();
  assert.equal(await count(), 0);
});

test('what is handed in or attached in the moment of the tidying stays', async () => {
  const { tenant, remove, count, draft } = await aWorld();
  const draftId = await draft();
  const attach = sql`insert into attachment (tenant_id, id, draft_id, sha256, name, media_type, bytes, is_supplement, added_by,
      recorded_at)
    values (${tenant.tenantId}, gen_random_uuid(), ${draftId}, decode(${SHA256}, 'hex'), 'a.csv', 'text/csv', 1, false, 'x', now())`;
  const handInAgain = sql`update attachment_content set recorded_at = ${tenant.clock()} where tenant_id = ${tenant.tenantId}`;
  /** Does something in a transaction that commits while the tidying is under way. */
  const during = async (statement: RawBuilder<unknown>) => {
    let removing: Promise<void> | undefined;
    await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      await tx.run(statement);
      removing = remove();
      await Promise.race([removing, wait(500)]);
    });
    await removing;
  };
  await during(handInAgain);
  assert.equal(await count(), 1);
  tenant.on('2026-01-25');
  await during(attach);
  await remove();
  assert.equal(await count(), 1);
});
