// `quittance learn`: learns how customers pay from what was applied; workers do it by themselves, this does it now or anew.

import { type Context, carryOut } from '#command/command.ts';
import { learnHabits } from '#payments/learn-habits.ts';
import type { Options } from './options.ts';
import { endProgress, progress, say } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

/** Learns from the applications of a company that were not learnt from yet; with `--anew` forgets all and begins with the first. */
export async function learn(session: Session, context: Context, options: Options): Promise<number> {
  const company = await companyOf(session, context, options);
  let learnt = 0;
  for (let isAnew = options.flag('anew'), more = true; more; isAnew = false) {
    const page = await carryOut(session.door, context, learnHabits, { companyId: company.id, isAnew });
    learnt += page.payments;
    more = page.more;
    progress(`${learnt} payments …`);
  }
  endProgress();
  say(`Learnt from ${learnt} payments of ${company.code}.`);
  return 0;
}
