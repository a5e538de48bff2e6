// What figures are about: the day, the moment of knowing and the company that options name.

import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { takeCompanyByCode } from '#parties/take-party.ts';
import type { Options } from './options.ts';
import type { Session } from './session.ts';

/** As of when, as known when, and of which company, as options say it. */
export async function scopeOf(session: Session, context: Context, options: Options) {
  const code = options.text('company');
  const companyId =
    code === undefined
      ? undefined
      : (await inTenant(session.door.pool, context.tenantId, (tx) => takeCompanyByCode(tx, code))).id;
  return {
    ...(options.text('as-of') ? { asOf: options.text('as-of') } : {}),
    ...(options.text('known-at') ? { knownAt: options.text('known-at') } : {}),
    ...(companyId === undefined ? {} : { companyId }),
  };
}
