// `quittance evidence`: the pack that proves what a customer owes; and whether one that was kept is still what it was.

import type { Context } from '#command/command.ts';
import { askForPack, downloadPack, getPack } from '#evidence/contract.ts';
import { drawPack } from '#evidence/draw-pack.ts';
import { verifyPack } from '#evidence/verify-pack.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { readCustomersByNumber, takeCompanyByCode } from '#parties/take-party.ts';
import type { Options } from './options.ts';
import { json, say, writeFileReply } from './print.ts';
import { ask, askFile, cliLog, type Session } from './session.ts';

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
  // Nobody else is told: it is drawn here, also where no worker runs.
  const alone = { ...session, door: { ...session.door, enqueue: async () => {} } };
  const { packId } = await ask(alone, context, askForPack, { body: { companyId, customerId } });
  const contextOf: Parameters<typeof drawPack>[0]['contextOf'] = (tenantId) =>
    makeSystemContext(session.door.pool, tenantId, Temporal.Now.instant);
  await drawPack({ door: alone.door, contextOf, log: cliLog() }, context.tenantId, packId);
  const { problem } = await ask(session, context, getPack, { params: { packId } });
  if (problem) throw new Refusal(problem.code, problem.facts as Refusal['facts']);
  const file = await askFile(session, context, downloadPack, { params: { packId } });
  return writeFileReply(file, options.text('out'));
}

/** Says whether a pack is what it was when it was made; exits with 1 where anything differs. */
export async function verifyEvidence(path: string, options: Options): Promise<number> {
  const verified = await verifyPack({ name: path, path });
  const { manifest, manifestSha256, problems } = verified;
  if (options.flag('json')) json({ ...verified });
  else {
    say(`Customer ${manifest.customer}, company ${manifest.company}, as of ${manifest.asOf}`);
    say(`${manifest.files.length} files listed; the list itself: ${manifestSha256}`);
    for (const { name, problem } of problems) say(`${problem.replace('_', ' ')}: ${name}`);
    say(problems.length === 0 ? 'Nothing was changed.' : 'It is not what it was.');
  }
  return problems.length === 0 ? 0 : 1;
}
