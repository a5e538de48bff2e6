// What workers do for payouts: they book what gateways took for themselves, send the payouts on their way, and find their arrival.

import { type Command, carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import type { Json } from '#kernel/canonical.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { certainArrivals } from './arrival.ts';
import { joinPayout } from './join-payout.ts';
import { PAYOUTS_QUEUE } from './queues.ts';
import { findArrivalPairs, findToldLines, type ToldLine } from './store.ts';

/** Lines read together. */
const LINES_AT_ONCE = 1_000;

/** The handlers of the queues of payouts. */
export function payoutsJobs(tools: JobTools, linesAtOnce = LINES_AT_ONCE): Handlers {
  return {
    [PAYOUTS_QUEUE]: async (job) => {
      await explainTold(tools, job, linesAtOnce);
      await joinCertain(tools, job);
    },
  };
}

/** Explains what gateways told, page after page: what is refused stays, and is passed over for what comes after it. */
async function explainTold(tools: JobTools, job: RunningJob, limit: number): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  let after: ToldLine | undefined;
  do {
    const page = { after, limit };
    const lines = await readSnapshot(tools.door, context, (tx) => findToldLines(tx, page));
    for (const { lineId, kind } of lines) {
      const said = { lineId, kind: kind === 'fee' ? 'fee' : 'transfer' } as const;
      await tryOne(tools, job, { command: explainLine, input: said, of: lineId });
    }
    after = lines.length < limit ? undefined : lines.at(-1);
  } while (after !== undefined);
}

async function joinCertain(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  for (const pair of certainArrivals(await readSnapshot(tools.door, context, findArrivalPairs))) {
    await tryOne(tools, job, {
      command: joinPayout,
      input: pair,
      of: `${pair.gatewayLineId} ${pair.bankLineId}`,
    });
  }
}

/** Each in a command of its own: one that is refused waits for a person. */
async function tryOne<Input, Result extends Json>(
  tools: JobTools,
  job: RunningJob,
  one: { readonly command: Command<Input, Result>; readonly input: Input; readonly of: string },
): Promise<void> {
  const now = await tools.contextOf(job.tenantId);
  try {
    await carryOut(tools.door, now, one.command, one.input, { commandId: commandIdOf(job, one.of) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tools.log.info({ of: one.of, refusal: error.code }, 'a line of a payout was not explained by itself');
  }
}
