// A payout arrived: the line of the bank that brought it is money of ours on its way, which no customer paid.

import { type Act, actorText, type Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { explainLine, takeLine } from '#reconciliation/explain-line.ts';
import type { ArrivalRule } from './arrival.ts';
import { findPayoutKind, findStandingArrival, insertArrival } from './store.ts';

export type JoinPayout = {
  /** The line of the account at the gateway by which the payout left. */
  readonly gatewayLineId: string;
  /** The line of the bank by which it arrived. */
  readonly bankLineId: string;
  /** Left out, a person says so. */
  readonly rule?: ArrivalRule | undefined;
};

export type PayoutJoined = {
  readonly gatewayLineId: string;
  readonly bankLineId: string;
  readonly explanationId: string;
};

/**
 * Joins a payout to the line of the bank that brought it, or took it where the gateway had more to get than to give. The line is
 * explained as a transfer between accounts of ours; what an import took for a receipt of it is given up.
 *
 * Refuses: `payout_not_found`, `payout_arrived`, `payout_differs_from_line`, and what `explainLine` refuses.
 */
export const joinPayout: Command<JoinPayout, PayoutJoined> = {
  name: 'join-payout',
  permission: 'bank.import',
  constraints: { ...explainLine.constraints, payout_arrival_pkey: 'payout_arrived' },
  async run(act, input) {
    const [gateway, bank] = await takeBoth(act, input);
    if ((await findPayoutKind(act, gateway.id)) !== 'payout')
      throw new Refusal('payout_not_found', { lineId: gateway.id });
    if (await findStandingArrival(act, gateway.id, bank.id))
      throw new Refusal('payout_arrived', { gatewayLineId: gateway.id, bankLineId: bank.id });
    const fits =
      gateway.company_id === bank.company_id &&
      gateway.bank_account_id !== bank.bank_account_id &&
      gateway.currency === bank.currency &&
      gateway.amount_minor === -bank.amount_minor;
    if (!fits)
      throw new Refusal('payout_differs_from_line', { gatewayLineId: gateway.id, bankLineId: bank.id });
    const { explanationId } = await explainLine.run(act, { lineId: bank.id, kind: 'transfer' });
    insertArrival(act, {
      explanation_id: explanationId,
      gateway_line_id: gateway.id,
      bank_line_id: bank.id,
      rule: input.rule ?? 'person',
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    const joined = { gatewayLineId: gateway.id, bankLineId: bank.id, explanationId };
    act.record({
      type: 'payout.arrived',
      subjectId: gateway.id,
      data: { ...joined, rule: input.rule ?? 'person' },
    });
    return joined;
  },
};

/** Both lines, locked in the order of their ids, so that two that join at once wait for each other. */
async function takeBoth(act: Act, { gatewayLineId, bankLineId }: JoinPayout) {
  const isFirst = gatewayLineId < bankLineId;
  const first = await takeLine(act, isFirst ? gatewayLineId : bankLineId);
  const second = await takeLine(act, isFirst ? bankLineId : gatewayLineId);
  return isFirst ? ([first, second] as const) : ([second, first] as const);
}
