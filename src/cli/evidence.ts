// `quittance evidence`: the pack that proves what a customer owes.

import { setTimeout } from 'node:timers/promises';
import type { Context } from '#command/command.ts';
import { askForPack, downloadPack, getPack } from '#evidence/contract.ts';
import { drawPack } from '#evidence/draw-pack.ts';
import { DRAW_QUEUE } from '#evidence/request-pack.ts';
import { routes } from '#evidence/routes.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import type { Enqueue } from '#jobs/job.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { readCustomersByNumber, takeCompanyByCode } from '#parties/take-party.ts';
import { asking } from './ask.ts';
import { cliLog } from './log.ts';
import type { Options } from './options.ts';
import { writeFileReply } from './print.ts';
import type { Session } from './session.ts';

const { ask, askFile } = asking(routes);

/** When a worker looks whether the pack was drawn here, and how often this program looks whether a worker has drawn it. */
const WORKER_AFTER_MINUTES = 10;
const LOOK_MS = 500;

/** Has the pack of a customer drawn, here and now, and writes it. It is kept like those that are asked for on the page. */
export async function evidence(
  session: Session,
  context: Context,
  number: string,
  options: Options,
): Promise<number> {
  const { companyId, customerId } = await readSnapshot(session.door, context, async (tx) => {
    const company = await takeCompanyByCode(tx, options.text('company'));
    const customer = (await readCustomersByNumber(tx, [number])).get(number);
    if (!customer) throw new Refusal('customer_not_found', { number });
    return { companyId: company.id, customerId: customer.id };
  });
  // It is drawn here, also where no worker runs. A worker is told for later, should this program end before it is drawn.
  const after = Temporal.Now.instant().add({ minutes: WORKER_AFTER_MINUTES });
  const { pool, react } = session.door;
  const enqueue: Enqueue = (tx, jobs) =>
    session.door.enqueue(
      tx,
      jobs.map((job) => (job.queue === DRAW_QUEUE ? { ...job, after } : job)),
    );
  const later = { ...session, door: { pool, react, enqueue } };
  const { packId } = await ask(later, context, askForPack, { body: { companyId, customerId } });
  const contextOf: Parameters<typeof drawPack>[0]['contextOf'] = (tenantId) =>
    makeSystemContext(session.door.pool, tenantId, Temporal.Now.instant);
  const draw = () => drawPack({ door: session.door, contextOf, log: cliLog() }, context.tenantId, packId);
  const look = () =>
    ask(session, { ...context, now: Temporal.Now.instant() }, getPack, { params: { packId } });
  await draw();
  let pack = await look();
  // A worker took it meanwhile: it is waited for, and drawn here again where that one was lost.
  while (pack.state === 'waiting' || pack.state === 'drawing') {
    await setTimeout(LOOK_MS);
    if (pack.stalledSince !== null) await draw();
    pack = await look();
  }
  const { problem } = pack;
  if (problem) throw new Refusal(problem.code, problem.facts as Refusal['facts']);
  const file = await askFile(session, context, downloadPack, { params: { packId } });
  return writeFileReply(file, options.text('out'));
}
