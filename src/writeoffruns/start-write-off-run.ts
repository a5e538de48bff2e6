// Starting to write many items off: asked for as a whole, written down item by item, and worked through by a worker.

import { requireApproval } from '#approvals/require-approval.ts';
import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { readItems } from '#ledger/read-items.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { takeCompany } from '#parties/take-party.ts';
import { readMayAlone } from '#writeoffs/read-limits.ts';
import type { ReliefFacts } from '#writeoffs/relief.ts';
import { isWrittenOff, type WriteOffKind } from '#writeoffs/writing-off.ts';
import { WRITE_OFF_RUN_QUEUE } from './run-write-offs.ts';
import { insertRun } from './store.ts';

export type StartWriteOffRun = {
  readonly companyId: CompanyId;
  readonly kind: WriteOffKind;
  readonly reason: string;
  /** Each with what was open of it when somebody looked: that is written off, or nothing. */
  readonly items: readonly { readonly itemId: ItemId; readonly amount: Money }[];
  readonly facts?: ReliefFacts | undefined;
};

/**
 * Starts a run that writes items of a company off, each by a write-off of its own. What others approve is the whole run, with
 * each item and amount; an item that is paid, disputed or promised by the time its turn comes is left out and says why.
 *
 * Refuses: `company_not_found`, `item_not_found`, `item_named_twice`, `not_an_invoice`, `item_of_other_company`,
 * `wrong_currency`, `amount_not_positive`, `item_in_run` (it waits in another run), and what `requireApproval` refuses.
 */
export const startWriteOffRun: Command<StartWriteOffRun, { readonly runId: string; readonly items: number }> =
  {
    name: 'start-write-off-run',
    permission: 'write_off.post',
    constraints: { write_off_run_item_waiting: 'item_in_run' },
    async run(act, input) {
      const ids = input.items.map(({ itemId }) => itemId);
      const [, found] = await Promise.all([takeCompany(act, input.companyId), readItems(act, ids)]);
      const byId = new Map(found.map((item) => [item.id, item]));
      const missing = ids.filter((id) => !byId.has(id));
      if (missing.length > 0) throw new Refusal('item_not_found', { items: missing });
      const seen = new Set<ItemId>();
      const parts = input.items.map(({ itemId, amount }) => {
        const item = present(byId.get(itemId), 'the items of a run were read');
        if (seen.has(itemId)) throw new Refusal('item_named_twice', { item: item.reference });
        seen.add(itemId);
        checkPart(item, amount, input.companyId);
        return { item, amount };
      });
      const limited = parts.map((part) => ({ companyId: input.companyId, kind: input.kind, parts: [part] }));
      const matter = {
        kind: `write_off.${input.kind}`,
        customerIds: parts.map(({ item }) => item.customerId as CustomerId),
        parts: parts.map(({ item, amount }) => ({ label: item.reference, amount })),
      };
      await requireApproval(act, matter, takeWorth, await readMayAlone(act, limited));
      const runId = newId<'write_off_run'>();
      insertRun(act, { id: runId, ...input, facts: input.facts ?? {} }, input.items);
      act.enqueue({ queue: WRITE_OFF_RUN_QUEUE, payload: { runId } });
      act.record({
        type: 'write_off_run.started',
        subjectId: runId,
        data: { kind: input.kind, reason: input.reason, items: parts.length },
      });
      return { runId, items: parts.length };
    },
  };

/** Refuses what could never be written off as it is asked for; what changes of it later is for the run to see. */
function checkPart(item: OpenItem, amount: Money, companyId: CompanyId): void {
  const named = { item: item.reference };
  if (item.companyId !== companyId) throw new Refusal('item_of_other_company', named);
  if (!isWrittenOff(item)) throw new Refusal('not_an_invoice', named);
  const { currency } = item.amount;
  if (amount.currency !== currency)
    throw new Refusal('wrong_currency', { ...named, wanted: currency, given: amount.currency });
  if (amount.minor <= 0n) throw new Refusal('amount_not_positive', { ...named, amount: toDecimal(amount) });
}
