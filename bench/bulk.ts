// Ten thousand drafts issued by a run, as a worker does it, against the same invoices issued one after the other by hand: what
// the run itself costs.

import type { DraftBody, IssueRunId } from '#billing/draft.ts';
import { keepDraft } from '#billing/keep-draft.ts';
import { runIssue } from '#billing/run-issue.ts';
import { startIssueRun } from '#billing/start-issue-run.ts';
import { carryOut } from '#command/command.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { foundBusiness } from './business.ts';
import { contextIn, type Ground } from './ground.ts';
import { timed, timedEach } from './measure.ts';
import { type ResultRow, remark } from './results.ts';

/** Drafts are made by so many at once; that is not measured. */
const WRITERS = 8;
/** Invoices issued by hand, to compare with. */
const BY_HAND = 1_000;

/** Measures a run over so many drafts. */
export async function measureBulk(
  ground: Ground,
  options: { readonly drafts: number },
): Promise<readonly ResultRow[]> {
  const business = await foundBusiness(ground);
  const { tenantId, companyId, customerIds } = business;
  const context = () => contextIn(tenantId);
  const { today } = context();
  const customerOf = (n: number) =>
    present(customerIds[(n * 7919) % customerIds.length], 'a business has customers');
  const body = (n: number): DraftBody => ({
    companyId,
    customerId: customerOf(n),
    issuedOn: today.toString(),
    dueOn: addDays(today, 30).toString(),
    currency: 'EUR',
    lines: [
      {
        description: 'Goods',
        quantity: '1',
        unitPrice: `${100 + (n % 900)}.00`,
        taxCategory: 'S',
        taxPercent: '19',
      },
    ],
  });
  const byHand = await timedEach(BY_HAND, 1, (n) =>
    carryOut(ground.door, context(), issueInvoice, {
      companyId,
      customerId: customerOf(n),
      issuedOn: today,
      dueOn: addDays(today, 30),
      currency: 'EUR',
      lines: [
        {
          description: 'Goods',
          quantity: { digits: 1n, scale: 0 },
          unitPrice: { digits: BigInt(100 + (n % 900)) * 100n, scale: 2 },
          taxCategory: 'S',
          taxPercent: { digits: 19n, scale: 0 },
        },
      ],
    }),
  );
  await timedEach(options.drafts, WRITERS, (n) =>
    carryOut(ground.door, context(), keepDraft, { body: body(n) }),
  );
  // As PostgreSQL does by itself within a minute of so many rows.
  const superuser = await ground.connectSuperuser();
  await superuser.query('analyze');
  await superuser.end();
  const { runId, drafts } = await carryOut(ground.door, context(), startIssueRun, {});
  const tools = { door: ground.door, contextOf: async () => context() };
  const ms = await timed(() => runIssue(tools, { tenantId, runId: runId as IssueRunId }));
  const each = ms / drafts;
  const ratio = `${(each / byHand).toFixed(2)}x the time of one issued by hand (${byHand.toFixed(1)} ms)`;
  const said = `${(ms / 1_000).toFixed(1)} s, ${Math.round(1_000 / each)} a second; ${ratio}`;
  return [remark(`a run over ${drafts.toLocaleString('en')} drafts`, said)];
}
