// Reading limits: whether who acts may write something off alone, and what the settings show.

import type { Act, Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type PlainDate, versionOn } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { readStandingApplications } from '#ledger/read-items.ts';
import { takeCompany } from '#parties/take-party.ts';
import { limitOn, mayAlone, type WriteOffLimit, type Writer } from './limit.ts';
import { findLimits } from './store-limits.ts';
import type { WriteOffKind, WriteOffPart } from './writing-off.ts';

/** A write-off as far as limits look at it. */
export type Limited = {
  readonly companyId: CompanyId;
  readonly kind: WriteOffKind;
  readonly parts: readonly Pick<WriteOffPart, 'item' | 'amount'>[];
};

/** Who acts, as limits know them. */
export function writerOf(context: Pick<Context, 'actor' | 'role'>): Writer {
  return { role: context.role, userId: context.actor.kind === 'user' ? context.actor.id : null };
}

/**
 * Whether somebody may write these off alone by their limits, see `mayAlone`: an answer for each, in their order. A write-off
 * belongs to one company, whose limits count.
 */
export async function readVerdicts(
  tx: Tx,
  who: Writer,
  on: PlainDate,
  writeOffs: readonly Limited[],
): Promise<readonly (boolean | undefined)[]> {
  const companyIds = [...new Set(writeOffs.map((one) => one.companyId))];
  const limits = await findLimits(tx, companyIds);
  if (limits.length === 0) return writeOffs.map(() => undefined);
  const itemIds = writeOffs.flatMap((one) => one.parts.map(({ item }) => item.id));
  const standing = await readStandingApplications(tx, { itemIds });
  const before = new Map<string, bigint>();
  for (const one of standing)
    if (one.method === 'write_off')
      before.set(one.debitItemId, (before.get(one.debitItemId) ?? 0n) + one.amount.minor);
  return writeOffs.map((one) =>
    mayAlone(
      one.parts.map(({ item, amount }) => ({
        amount,
        before: money(before.get(item.id) ?? 0n, amount.currency),
      })),
      (currency) =>
        limitOn(
          limits.filter((limit) => limit.companyId === one.companyId),
          who,
          { kind: one.kind, currency, on },
        ),
    ),
  );
}

/** Whether who acts may write all of this off alone by their limits: the strictest answer of `readVerdicts`. */
export async function readMayAlone(act: Act, writeOffs: readonly Limited[]): Promise<boolean | undefined> {
  const verdicts = await readVerdicts(act, writerOf(act), act.today, writeOffs);
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

/** All that a company states, newest first, with what counts today marked. Refuses: `company_not_found`. */
export async function readWriteOffLimits(tx: Tx, companyId: CompanyId, today: PlainDate) {
  const [limits] = await Promise.all([findLimits(tx, [companyId]), takeCompany(tx, companyId)]);
  const about = (one: WriteOffLimit): string => `${one.role} ${one.userId} ${one.currency} ${one.kind}`;
  const inForce = new Set([...Map.groupBy(limits, about).values()].map((same) => versionOn(same, today)));
  return {
    limits: limits
      .map((one) => ({
        limitId: one.id,
        role: one.role,
        userId: one.userId,
        currency: one.currency,
        kind: one.kind,
        stance: one.stance,
        amountMin: one.amountMin && shownMoney(one.amountMin),
        amountMax: one.amountMax && shownMoney(one.amountMax),
        validFrom: one.validFrom.toString(),
        recordedBy: one.recordedBy,
        recordedAt: one.recordedAt.toString(),
        isInForce: inForce.has(one),
      }))
      .reverse(),
  };
}
