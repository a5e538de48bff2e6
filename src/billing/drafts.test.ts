import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { changePreference } from '#delivery/change-delivery.ts';
import { NO_PREFERENCE } from '#delivery/preference.ts';
import { replaceFootnotes } from '#invoicing/replace-footnotes.ts';
import { newId } from '#kernel/id.ts';
import { archiveCustomer } from '#parties/change-customer.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import type { DraftBody, DraftId, IssueRunId } from './draft.ts';
import { issueDraft } from './issue-draft.ts';
import { keepDraft } from './keep-draft.ts';
import { routes } from './routes.ts';
import { runIssue } from './run-issue.ts';
import { startIssueRun } from './start-issue-run.ts';

async function setting() {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { name: 'Buyer' });
  const whole = (given: DraftBody = {}): DraftBody => ({
    companyId,
    customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    currency: 'EUR',
    lines: [{ description: 'Goods', quantity: '1', unitPrice: '100', taxPercent: '21' }],
    ...given,
  });
  const keep = async (body: DraftBody = whole()): Promise<DraftId> =>
    (await tenant.act('controller', keepDraft, { body })).draftId;
  const tools = { door: tenant.door, contextOf: async () => tenant.as('owner') };
  const count = async () => {
    const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql<{ n: bigint }>`select count(*) as n from invoice where tenant_id = ${tx.tenantId}`),
    );
    return Number(row?.n);
  };
  return { tenant, companyId, customerId, whole, keep, tools, count };
}

test('a copy of an invoice says what was chosen under it, and nothing of what the company said under all', async () => {
  const { tenant, companyId, whole, keep } = await setting();
  const ask = await serveTo(tenant, routes);
  await tenant.act('owner', replaceFootnotes, {
    companyId,
    footnotes: [{ language: 'en', text: 'Thank you.' }],
  });
  const copyOf = async (body: DraftBody) => {
    const { invoiceId } = await tenant.act('controller', issueDraft, { draftId: await keep(body) });
    const copy = await ask('controller', contract.copyInvoice, { params: { invoiceId } });
    const read = await ask('viewer', contract.readDraft, { params: { draftId: copy.reply.draftId } });
    return read.reply.body.footnotes;
  };
  assert.deepEqual(await copyOf(whole({ footnotes: ['Only this once.'] })), ['Only this once.']);
  assert.deepEqual(await copyOf(whole({ note: 'another', footnotes: [] })), []);
  assert.equal(await copyOf(whole({ note: 'a third' })), undefined);
});

test('a draft may lack anything, keeps what was written, and becomes an invoice once', async () => {
  const { tenant, whole, companyId } = await setting();
  const ask = await serveTo(tenant, routes);
  const begun = await ask('controller', contract.keepDraft, {
    body: { body: { note: 'later', lines: [{}] } },
  });
  const params = { draftId: begun.reply.draftId };
  assert.equal((await ask('viewer', contract.readDraft, { params })).reply.total, null);
  const early = await ask('controller', contract.issueDraft, { params, body: {} });
  assert.deepEqual([early.status, early.code], [409, 'draft_incomplete']);
  const kept = await ask('controller', contract.changeDraft, {
    params,
    body: { version: 1, body: whole() as never },
  });
  assert.equal(kept.reply.version, 2);
  const { reply } = await ask('viewer', contract.readDraft, { params });
  assert.deepEqual([reply.total, reply.body.companyId], [{ amount: '121.00', currency: 'EUR' }, companyId]);
  const listed = await ask('viewer', contract.listDrafts, {});
  assert.deepEqual(
    listed.reply.rows.map((row) => [row.customer?.name, row.total?.amount]),
    [['Buyer', '121.00']],
  );
  const issued = await ask('controller', contract.issueDraft, { params, body: { version: 2 } });
  assert.deepEqual([issued.status, issued.reply.number], [200, 'INV-2026-00001']);
  const again = await ask('controller', contract.issueDraft, { params, body: {} });
  assert.deepEqual([again.status, again.code], [409, 'draft_already_issued']);
  assert.deepEqual((await ask('viewer', contract.listDrafts, {})).reply.rows, []);
  assert.deepEqual(await checkBooks(tenant), { receivables: 121_00n, revenue: -100_00n, tax: -21_00n });

  const copy = await ask('controller', contract.copyInvoice, {
    params: { invoiceId: issued.reply.invoiceId },
  });
  const copied = await ask('viewer', contract.readDraft, { params: { draftId: copy.reply.draftId } });
  assert.deepEqual([copied.reply.total?.amount, copied.reply.source], ['121.00', 'copied']);
  assert.deepEqual([copied.reply.body.issuedOn, copied.reply.body.dueOn], [undefined, undefined]);
});

test('what somebody else changed meanwhile is neither overwritten nor issued unseen', async () => {
  const { tenant, whole, keep } = await setting();
  const draftId = await keep();
  await tenant.act('owner', keepDraft, { draftId, version: 1, body: whole({ note: 'theirs' }) });
  await assert.rejects(tenant.act('controller', keepDraft, { draftId, version: 1, body: whole() }), {
    code: 'draft_changed_meanwhile',
  });
  await assert.rejects(tenant.act('controller', issueDraft, { draftId, version: 1 }), {
    code: 'draft_changed_meanwhile',
  });
});

test('of eight who issue one draft at once, one makes an invoice of it', async () => {
  const { tenant, keep, count } = await setting();
  const draftId = await keep();
  await Promise.all(Array.from({ length: 8 }, () => count()));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => tenant.act('controller', issueDraft, { draftId })),
  );
  assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'draft_already_issued');
  assert.equal(await count(), 1);
});

test('a run issues its drafts in order; what is refused keeps why and stays a draft', async () => {
  const { tenant, keep, whole, tools, count } = await setting();
  const archived = await aCustomer(tenant, { name: 'Gone' });
  const drafts = [
    await keep(),
    await keep(whole({ customerId: archived })),
    await keep(whole({ lines: [] })),
    await keep(),
  ];
  await tenant.act('owner', archiveCustomer, { customerId: archived });
  const ask = await serveTo(tenant, routes);
  const started = await ask('controller', contract.startIssueRun, { body: {} });
  const runId = started.reply.runId as IssueRunId;
  assert.deepEqual(tenant.jobs.at(-1)?.payload, { runId });
  await runIssue(tools, { tenantId: tenant.tenantId, runId });
  const { reply } = await ask('viewer', contract.readIssueRun, { params: { runId } });
  assert.deepEqual([reply.state, reply.drafts, reply.issued, reply.refused], ['done', 4, 2, 2]);
  assert.deepEqual(
    reply.problems.map((problem) => [problem.draftId, problem.customer?.name, problem.refusal.code]),
    [
      [drafts[1], 'Gone', 'customer_archived'],
      [drafts[2], 'Buyer', 'no_lines'],
    ],
  );
  assert.match(reply.problems[0]?.refusal.message ?? '', /archived/);
  const refused = await ask('viewer', contract.listDrafts, { query: { refused: 'true' } });
  assert.equal(refused.reply.rows.length, 2);
  // Mended, a draft has no refusal any more, and a second run takes it; nothing is issued twice.
  await tenant.act('controller', keepDraft, { draftId: drafts[2] as DraftId, body: whole() });
  await runIssue(tools, { tenantId: tenant.tenantId, runId });
  assert.equal(await count(), 2);
  const second = await tenant.act('controller', startIssueRun, {});
  await runIssue(tools, { tenantId: tenant.tenantId, runId: second.runId as IssueRunId });
  assert.equal(await count(), 3);
  assert.equal((await ask('viewer', contract.listIssueRuns, {})).reply.runs.length, 2);
});

test('a run whose worker was killed goes on where it was, and two workers over one run issue nothing twice', async () => {
  const { tenant, keep, tools, count } = await setting();
  for (let n = 0; n < 12; n += 1) await keep();
  const { runId } = await tenant.act('controller', startIssueRun, {});
  const work = { tenantId: tenant.tenantId, runId: runId as IssueRunId };
  let left = 5;
  // Killed after five: the sixth question to whose name it is in never comes back.
  const dying = {
    ...tools,
    door: {
      ...tenant.door,
      get pool() {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return tenant.pool;
      },
    },
  };
  await assert.rejects(runIssue(dying, work), /killed/);
  const before = await count();
  assert.ok(before < 12, `${before} issued before`);
  await Promise.all([runIssue(tools, work), runIssue(tools, work), runIssue(tools, work)]);
  assert.equal(await count(), 12);
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ number: string; created_at: unknown }>`
      select v.number, d.created_at from invoice v join invoice_draft d on d.tenant_id = ${tx.tenantId} and d.invoice_id = v.id
      where v.tenant_id = ${tx.tenantId} order by d.created_at, d.id`),
  );
  assert.deepEqual(
    rows.map((row) => row.number),
    Array.from({ length: 12 }, (_, n) => `INV-2026-${String(n + 1).padStart(5, '0')}`),
  );
  const run = (await (await serveTo(tenant, routes))('viewer', contract.readIssueRun, { params: { runId } }))
    .reply;
  assert.deepEqual([run.state, run.issued, run.refused], ['done', 12, 0]);
});

test('a draft whose customer wants an e-invoice is refused in a run with its findings, and the run goes on', async () => {
  const { tenant, keep, whole, tools, count } = await setting();
  const strict = await aCustomer(tenant, { name: 'Strict' });
  const wanted = { ...NO_PREFERENCE, eInvoice: 'xrechnung_ubl' } as const;
  await tenant.act('owner', changePreference, { customerId: strict, wanted });
  const refused = await keep(whole({ customerId: strict }));
  await keep();
  const before = await count();
  const ask = await serveTo(tenant, routes);
  const runId = (await ask('controller', contract.startIssueRun, { body: {} })).reply.runId as IssueRunId;
  await runIssue(tools, { tenantId: tenant.tenantId, runId });
  const { reply } = await ask('viewer', contract.readIssueRun, { params: { runId } });
  const [problem] = reply.problems;
  assert.deepEqual([reply.state, reply.issued, reply.refused, problem?.draftId], ['done', 1, 1, refused]);
  assert.equal(problem?.refusal.code, 'einvoice_not_valid');
  const facts = problem?.refusal.facts as Record<string, readonly string[]>;
  const at = facts.rules?.indexOf('BR-DE-15') ?? -1;
  assert.equal(facts.fields?.[at], 'references/buyerReference');
  assert.equal(await count(), before + 1);
});

test('a draft of somebody unknown, thrown away or not there is refused; a run needs drafts', async () => {
  const { tenant, keep, whole } = await setting();
  await assert.rejects(tenant.act('owner', startIssueRun, {}), { code: 'no_drafts' });
  const ask = await serveTo(tenant, routes);
  const nobody = await ask('owner', contract.keepDraft, {
    body: { body: whole({ customerId: newId() }) as never },
  });
  assert.deepEqual([nobody.status, nobody.code], [404, 'customer_not_found']);
  const draftId = await keep();
  const params = { draftId };
  assert.equal((await ask('viewer', contract.removeDraft, { params })).status, 403);
  assert.equal((await ask('owner', contract.removeDraft, { params })).status, 200);
  assert.equal((await ask('owner', contract.issueDraft, { params, body: {} })).code, 'draft_discarded');
  const missing = { draftId: newId() };
  assert.equal((await ask('owner', contract.readDraft, { params: missing })).code, 'draft_not_found');
  assert.equal((await ask('owner', contract.removeDraft, { params: missing })).code, 'draft_not_found');
  assert.equal(
    (await ask('owner', contract.readIssueRun, { params: { runId: newId() } })).code,
    'issue_run_not_found',
  );
  await assert.rejects(carryOut(tenant.door, tenant.as('viewer'), keepDraft, { body: {} }), {
    code: 'not_permitted',
  });
});
