// `quittance import returns …`: a file of the ACH network in, with what came back and what banks want changed.

import type { Context } from '#command/command.ts';
import { receiveAchReturns } from '#returns/contract.ts';
import { routes } from '#returns/routes.ts';
import { asking } from './ask.ts';
import { uploadOf } from './given-file.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Takes returns in. `--check` shows what would be kept. Gives the exit code: 2 where totals of the file do not hold. */
export async function importReturns(
  session: Session,
  context: Context,
  path: string,
  options: Options,
): Promise<number> {
  const company = await companyOf(session, context, options);
  const done = await ask(session, context, receiveAchReturns, {
    query: { companyId: company.id },
    upload: await uploadOf(path),
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(done);
  else {
    table(
      ['Returns', 'Came back', 'Dishonoured', 'Contested', 'Changes', 'New'],
      [
        [
          String(done.returns),
          `${done.cameBack.amount} ${done.cameBack.currency}`,
          String(done.dishonoured),
          String(done.contested),
          String(done.corrections),
          String(done.newlyKept),
        ],
      ],
      ['Returns', 'Came back', 'Dishonoured', 'Contested', 'Changes', 'New'],
    );
    for (const problem of done.problems) say(`  ${problem}`);
  }
  return done.problems.length > 0 ? 2 : 0;
}
