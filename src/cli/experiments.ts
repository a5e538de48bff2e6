// `quittance experiments`: what experiments with steps have shown.

import type { Context } from '#command/command.ts';
import { listExperiments } from '#experiments/contract.ts';
import { routes } from '#experiments/routes.ts';
import { parseDate } from '#kernel/calendar.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Lists experiments with uplift and interval, today or `--as-of` a day. */
export async function experiments(session: Session, context: Context, options: Options): Promise<number> {
  const asOf = options.text('as-of');
  const query = asOf === undefined ? {} : { asOf: parseDate(asOf).toString() };
  const { rows } = await ask(session, context, listExperiments, { query });
  if (options.flag('json')) json(rows);
  else {
    table(
      ['No.', 'Name', 'State', 'Usual', 'Tried', 'Uplift', 'Interval', 'Shown'],
      rows.map((row) => {
        const text = (value: number) => upliftText(row.metric, value);
        const { uplift } = row;
        return [
          String(row.number),
          row.name.slice(0, 30),
          row.state,
          `${row.arms.usual.paid}/${row.arms.usual.of}`,
          `${row.arms.tried.paid}/${row.arms.tried.of}`,
          uplift ? text(uplift.difference) : '',
          uplift?.always ? `${text(uplift.always.low)} to ${text(uplift.always.high)}` : '',
          row.verdict.replaceAll('_', ' '),
        ];
      }),
      ['No.', 'Usual', 'Tried', 'Uplift'],
    );
    say(
      'Uplift is what saying the step brings. The interval of 95 percent holds however often it is looked at.',
    );
  }
  return 0;
}

function upliftText(metric: string, value: number): string {
  return metric === 'share_paid' ? `${(value * 100).toFixed(1)} points` : `${value.toFixed(1)} days`;
}
