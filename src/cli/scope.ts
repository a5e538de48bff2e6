// What figures are about: the day, the moment of knowing and the company that options name.

import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { Company } from '#parties/company.ts';
import { takeCompanyByCode } from '#parties/take-party.ts';
import type { Options } from './options.ts';
import type { Session } from './session.ts';

/** The company that `--company` names, or the only one. Refuses: what `takeCompanyByCode` refuses. */
export function companyOf(session: Session, context: Context, options: Options): Promise<Company> {
  return inTenant(session.door.pool, context.tenantId, (tx) =>
    takeCompanyByCode(tx, options.text('company')),
  );
}

/** As of when, as known when, and of which company, as options say it. */
export async function scopeOf(session: Session, context: Context, options: Options) {
  const isOfOne = options.text('company') !== undefined;
  return {
    ...(options.text('as-of') ? { asOf: options.text('as-of') } : {}),
    ...(options.text('known-at') ? { knownAt: options.text('known-at') } : {}),
    ...(isOfOne ? { companyId: (await companyOf(session, context, options)).id } : {}),
  };
}
