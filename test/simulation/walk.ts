// The random walk: commands drawn by a seed, sensible and senseless ones alike. What may be refused is refused; what goes
// through must leave books that hold.

import { Refusal } from '#kernel/refusal.ts';
import type { Chance } from '../../seed/chance.ts';
import * as bank from './bank-steps.ts';
import * as cash from './cash-steps.ts';
import * as charges from './charge-steps.ts';
import * as chase from './chase-steps.ts';
import * as credits from './credit-steps.ts';
import * as desk from './desk-steps.ts';
import * as disputes from './dispute-steps.ts';
import * as between from './handover-steps.ts';
import * as money from './money-steps.ts';
import * as refunds from './refund-steps.ts';
import * as reminders from './reminder-steps.ts';
import type { Step, World } from './world.ts';
import * as writeOffs from './write-off-steps.ts';

/** How often each step is drawn. */
const STEPS: readonly (readonly [number, Step])[] = [
  [26, money.issue],
  [20, money.receive],
  [30, money.apply],
  [8, money.unapply],
  [3, money.comeBack],
  [4, money.identify],
  [4, money.writeOff],
  [2, money.takeBackWriteOff],
  [4, money.recover],
  [1, money.relieve],
  [2, writeOffs.writeOffMany],
  [1, writeOffs.takeRunBack],
  [3, writeOffs.letGo],
  [1, money.lock],
  [1, money.unlock],
  [10, money.pass],
  [6, credits.creditTheInvoice],
  [4, credits.issueCredit],
  [6, credits.applyTheCredit],
  [3, credits.unapplyTheCredit],
  [4, credits.voidOne],
  [5, charges.charge],
  [1, charges.waive],
  [1, charges.reinstate],
  [1, charges.exclude],
  [1, charges.include],
  [1, chase.changePolicies],
  [1, chase.changeGate],
  [6, chase.promise],
  [2, chase.withdraw],
  [4, chase.payUnapplied],
  [10, reminders.remind],
  [10, reminders.send],
  [3, reminders.hold],
  [2, reminders.release],
  [8, bank.bankStatement],
  [8, bank.explain],
  [3, bank.takeBackExplanation],
  [5, bank.sign],
  [1, bank.openAgain],
  [12, cash.issueAlike],
  [16, cash.payByBank],
  [3, cash.lookAgain],
  [1, cash.saySureness],
  [2, cash.sayMethod],
  [2, cash.sayTolerance],
  [3, cash.announceBatch],
  [4, cash.payWithRemittance],
  [4, cash.followRemittances],
  [1, cash.leaveRemittance],
  [10, disputes.dispute],
  [6, disputes.payDisputed],
  [7, disputes.payShort],
  [3, disputes.releasePart],
  [3, disputes.remedy],
  [4, disputes.decide],
  [2, disputes.disputeAgain],
  [1, disputes.understand],
  [8, refunds.grant],
  [4, refunds.pay],
  [1, refunds.comeBack],
  [1, refunds.withdraw],
  [1, refunds.makeSure],
  [3, refunds.order],
  [1, desk.sayTeam],
  [1, desk.endTeam],
  [3, desk.giveReceipt],
  [2, desk.escalate],
  [1, desk.usePostings],
  [3, desk.handOut],
  [4, desk.answer],
  [2, desk.acceptWriting],
  [4, desk.payOut],
  [6, desk.payForOthers],
];

/** The same where it is all about who is reminded of what. */
export const CHASING: readonly (readonly [number, Step])[] = [
  [12, money.issue],
  [4, money.receive],
  [10, money.apply],
  [2, money.unapply],
  [2, money.identify],
  [1, money.writeOff],
  [1, writeOffs.letGo],
  [14, money.pass],
  [2, credits.creditTheInvoice],
  [2, credits.applyTheCredit],
  [2, charges.charge],
  [12, reminders.remind],
  [16, reminders.send],
  [2, reminders.hold],
  [2, reminders.release],
  [8, bank.bankStatement],
  [2, cash.payByBank],
  [2, cash.announceBatch],
  [4, disputes.dispute],
  [2, disputes.payDisputed],
  [2, disputes.payShort],
  [1, disputes.releasePart],
  [1, disputes.remedy],
  [2, disputes.decide],
  [1, disputes.disputeAgain],
  [2, chase.changePolicies],
  [1, chase.changeGate],
  [5, chase.promise],
  [2, chase.withdraw],
  [5, chase.payUnapplied],
];

/** The same where it is all about money that one company received for another. */
export const BETWEEN: readonly (readonly [number, Step])[] = [
  [8, money.issue],
  [14, money.receive],
  [14, money.apply],
  [6, money.unapply],
  [4, money.comeBack],
  [4, money.identify],
  [2, money.writeOff],
  [1, money.lock],
  [1, money.unlock],
  [8, money.pass],
  [3, credits.creditTheInvoice],
  [3, refunds.pay],
  [2, charges.charge],
  [4, cash.payByBank],
  [4, refunds.grant],
  [3, refunds.order],
  [14, between.issueOfSister],
  [1, between.sayHandover],
  [30, between.handOver],
  [8, between.takeHandoverBack],
];

function drawStep(chance: Chance, steps: typeof STEPS): Step {
  let at = chance.whole(
    1,
    steps.reduce((sum, [weight]) => sum + weight, 0),
  );
  for (const [weight, step] of steps) {
    at -= weight;
    if (at <= 0) return step;
  }
  return money.pass;
}

/** Walks that many steps. Refusals are counted; anything else that is thrown is a defect and stops the walk. */
export async function walk(
  world: World,
  chance: Chance,
  steps: number,
  drawn: typeof STEPS = STEPS,
): Promise<void> {
  for (let n = 0; n < steps; n += 1) {
    try {
      await drawStep(chance, drawn)(world, chance);
      world.counts.done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      world.counts.refused.set(error.code, (world.counts.refused.get(error.code) ?? 0) + 1);
    }
  }
}
