// `quittance import remittance …`: what a payer says a payment is for, as a file.

import type { Context } from '#command/command.ts';
import { receiveRemittanceFile } from '#remittances/contract.ts';
import { routes } from '#remittances/routes.ts';
import { asking } from './ask.ts';
import { uploadOf } from './given-file.ts';
import type { Options } from './options.ts';
import { json, table } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Takes a remittance in. `--check` shows what would be read. Gives the exit code: 1 where its lines do not make its total. */
export async function importRemittance(
  session: Session,
  context: Context,
  path: string,
  options: Options,
): Promise<number> {
  const company = await companyOf(session, context, options);
  const decimal = options.text('decimal');
  const currency = options.text('currency');
  const done = await ask(session, context, receiveRemittanceFile, {
    query: {
      companyId: company.id,
      ...(decimal === '.' || decimal === ',' ? { decimal } : {}),
      ...(currency ? { currency } : {}),
    },
    upload: await uploadOf(path),
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(done);
  else
    table(
      ['Remittance', 'Lines', 'Payment', 'Off by', 'Known'],
      [
        [
          done.remittanceId,
          String(done.lineCount),
          `${done.total.amount} ${done.total.currency}`,
          done.difference.amount,
          done.isKnown ? 'yes' : 'no',
        ],
      ],
      ['Lines', 'Payment', 'Off by'],
    );
  return Number(done.difference.amount) === 0 ? 0 : 1;
}
