// What planning asks of experiments, and keeping who takes part in them.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { CadenceStep, Steps } from '#policies/cadence.ts';
import { experimentOf, experimentsFor, hearsOtherWords } from './experiment.ts';
import { type ExperimentRow, findEntered, findUnended, insertEntries, type NewEntry } from './store.ts';

export type { NewEntry };

/** The experiments that count for a customer on a day; see `experimentsFor`. */
export type ExperimentsOn = (customerId: CustomerId, on: PlainDate) => readonly ExperimentRow[];

/** Reads the experiments that count for customers, on whichever day is asked for. */
export async function readExperimentsOn(tx: Tx, customerIds: readonly CustomerId[]): Promise<ExperimentsOn> {
  const unended = await findUnended(tx);
  const entered = Map.groupBy(
    await findEntered(
      tx,
      unended.map(({ id }) => id),
      customerIds,
    ),
    ({ customerId }) => customerId,
  );
  return (customerId, on) => experimentsFor(unended, entered.get(customerId) ?? [], on);
}

/**
 * Whether a customer hears a step of a policy in other words on a day. Asked in the moment of sending: where the experiment
 * has ended meanwhile, everybody hears the usual ones.
 */
export async function readHearsOtherWords(
  tx: Tx,
  customerId: CustomerId,
  said: {
    readonly policy: { readonly code: string; readonly steps: Steps };
    readonly step: Pick<CadenceStep, 'step'>;
    readonly on: PlainDate;
  },
): Promise<boolean> {
  const experimentsOn = await readExperimentsOn(tx, [customerId]);
  const experiment = experimentOf(experimentsOn(customerId, said.on), said.policy, said.step);
  return experiment !== undefined && hearsOtherWords(experiment, customerId);
}

/** Takes customers in of whom the step was to be said, each the first time it was: told or not. */
export function recordEntries(act: Act, entries: readonly NewEntry[]): Promise<void> {
  return insertEntries(act, entries);
}
