import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceCompanyRules } from '#checks/replace-rules.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import type { DraftBody, IssueRunId } from './draft.ts';
import { keepDraft } from './keep-draft.ts';
import { routes } from './routes.ts';
import { runIssue } from './run-issue.ts';

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant, { iban: 'DE89370400440532013000', taxId: 'DE136695976' });
  const customerId = await aCustomer(tenant, { name: 'Buyer' });
  await tenant.act('owner', replaceCompanyRules, { companyId, rules: { recipient: { mode: 'off' } } });
  const keep = async (given: DraftBody = {}) => {
    const body = {
      companyId,
      customerId,
      issuedOn: '2026-03-10',
      dueOn: '2026-04-10',
      currency: 'EUR',
      lines: [{ description: 'Goods', quantity: '1', unitPrice: '100', taxPercent: '19' }],
      ...given,
    };
    return (await tenant.act('controller', keepDraft, { body })).draftId;
  };
  const ask = await serveTo(tenant, routes);
  const issueAll = async () => {
    const { reply } = await ask('controller', contract.startIssueRun, { body: {} });
    const runId = reply.runId as IssueRunId;
    await runIssue(
      { door: tenant.door, contextOf: async () => tenant.as('owner') },
      { tenantId: tenant.tenantId, runId },
    );
    return (await ask('viewer', contract.readIssueRun, { params: { runId } })).reply;
  };
  return { ask, keep, issueAll };
}

test('what a run would do is told before it, and is what it does', async () => {
  const { ask, keep, issueAll } = await setting();
  const drafts = [
    await keep({ purchaseOrder: 'PO-1' }),
    await keep({
      issuedOn: '2026-03-01',
      dueOn: '2026-03-05',
      lines: [{ description: 'Old', quantity: '1', unitPrice: '9', taxPercent: '19' }],
    }),
    await keep({ lines: [] }),
    await keep({ purchaseOrder: 'PO-1' }),
  ];
  const seen = (await ask('viewer', contract.checkDrafts, { body: {} })).reply;
  assert.equal(seen.open, 4);
  assert.deepEqual(
    seen.drafts.map((draft) => [
      draft.draftId,
      draft.verdict,
      draft.findings.map((f) => f.check),
      draft.refusal?.code,
    ]),
    [
      [drafts[0], 'doubtful', ['alike'], undefined],
      [drafts[1], 'doubtful', ['due_date'], undefined],
      [drafts[2], 'refused', [], 'no_lines'],
      [drafts[3], 'doubtful', ['alike'], undefined],
    ],
  );
  const run = await issueAll();
  assert.deepEqual([run.issued, run.refused], [2, 2]);
  assert.deepEqual(
    run.problems.map((p) => [p.draftId, p.refusal.code]),
    [
      [drafts[2], 'no_lines'],
      [drafts[3], 'checks_refused'],
    ],
  );
  assert.deepEqual(run.doubtful.map((d) => [d.check, d.acceptedBy]).sort(), [
    ['alike', null],
    ['due_date', null],
  ]);
  const after = (await ask('viewer', contract.checkDrafts, { body: {} })).reply;
  assert.deepEqual(
    after.drafts.map((d) => [d.verdict, d.findings.map((f) => f.check)]),
    [
      ['refused', []],
      ['refused', ['duplicate']],
    ],
  );
  const listed = await ask('viewer', contract.listDrafts, { query: { refused: 'true' } });
  const kept = listed.reply.rows.find((row) => row.id === drafts[3])?.refusal?.facts.findings;
  assert.deepEqual(
    (kept as { check: string }[]).map((f) => f.check),
    ['duplicate'],
  );
});

test('a draft is issued in spite of a warning by whoever says so, and not by consent that a draft carries', async () => {
  const { ask, keep } = await setting();
  const draftId = await keep({ issuedOn: '2026-03-01', dueOn: '2026-03-05' });
  const params = { draftId };
  const seen = (await ask('viewer', contract.checkDrafts, { body: { draftIds: [draftId] } })).reply;
  const accept = seen.drafts.flatMap((draft) => draft.findings.map((finding) => finding.id));
  assert.equal(accept.length, 1);
  const changed = { issuedOn: '2026-03-01', dueOn: '2026-03-05', accept };
  const sneaky = await keep({
    ...changed,
    lines: [{ description: 'Other', quantity: '1', unitPrice: '5', taxPercent: '19' }],
  });
  const stopped = await ask('controller', contract.issueDraft, {
    params: { draftId: sneaky },
    body: { accept: [] },
  });
  assert.deepEqual([stopped.status, stopped.code], [409, 'checks_not_accepted']);
  assert.equal((await ask('controller', contract.issueDraft, { params, body: { accept } })).status, 200);
});
