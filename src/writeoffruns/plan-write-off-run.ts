// What a run would do, looked at before anybody starts or asks for it. Nothing is stored.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId } from '#kernel/id.ts';
import { WRITE_OFF_RUN_ITEMS_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { daysLate, left, type OpenItem } from '#ledger/open-item.ts';
import { readItems } from '#ledger/read-items.ts';
import { readCustomers, takeCompany } from '#parties/take-party.ts';
import { readReliefBasis, type ShownRelief, weighRelief } from '#writeoffs/post-relief.ts';
import { readVerdicts, writerOf } from '#writeoffs/read-limits.ts';
import type { ReliefFacts } from '#writeoffs/relief.ts';
import type { WriteOffKind } from '#writeoffs/writing-off.ts';
import type * as contract from './contract.ts';
import { obstacleOf } from './obstacle.ts';
import { readCircumstances } from './read-circumstances.ts';
import { findMeant, type Rule } from './store.ts';

type Reply = z.input<typeof contract.planWriteOffRun.reply>;
type Row = Reply['rows'][number];

/** What somebody thinks of writing off: by which rule, as what, with what is known of the debts. */
export type Thought = Rule & { readonly kind: WriteOffKind; readonly facts?: ReliefFacts | undefined };

/**
 * The items that a rule means, the longest due first, each with what it would come to: the tax that comes back, whether who asks
 * may write it off alone by their limits, or why it would be left out. Of more than fit in a run the first are shown.
 *
 * Refuses: `company_not_found`.
 */
export async function planWriteOffRun(
  tx: Tx,
  context: Pick<Context, 'actor' | 'role' | 'today'>,
  thought: Thought,
): Promise<Reply> {
  const { kind, facts = {}, ...rule } = thought;
  await takeCompany(tx, rule.companyId);
  const ids = await findMeant(tx, rule, context.today, WRITE_OFF_RUN_ITEMS_MAX + 1);
  const shown = ids.slice(0, WRITE_OFF_RUN_ITEMS_MAX);
  const byId = new Map((await readItems(tx, shown)).map((item) => [item.id, item]));
  const items = shown.map((id) => present(byId.get(id), 'items that were found were read'));
  const whole = items.map((item) => wholeOf(item, kind, context.today));
  const [circumstances, basis, verdicts, customers] = await Promise.all([
    readCircumstances(tx, items, context.today),
    readReliefBasis(tx, whole),
    readVerdicts(tx, writerOf(context), context.today, whole),
    readCustomers(tx, [...new Set(items.map((item) => item.customerId as CustomerId))]),
  ]);
  const rows = items.map((item, index): Row => {
    const open = openOf(item);
    const obstacle = obstacleOf(item, circumstances, open);
    const { told } = weighRelief(whole[index] ?? wholeOf(item, kind, context.today), basis, facts);
    const customer = customers.get(item.customerId as CustomerId);
    return {
      itemId: item.id,
      reference: item.reference,
      documentId: item.documentId,
      itemKind: item.kind as 'invoice',
      customer: {
        id: item.customerId as string,
        number: customer?.number ?? '',
        name: customer?.name ?? '',
      },
      dueOn: item.dueOn.toString(),
      daysLate: daysLate(item, context.today),
      open: shownMoney(open),
      relief: (told[0] as ShownRelief & { readonly gap: Row['relief']['gap'] }) ?? null,
      isWithinLimit: verdicts[index] ?? null,
      obstacle: (obstacle?.code as Row['obstacle']) ?? null,
    };
  });
  return { rows, isMore: ids.length > shown.length };
}

function openOf(item: OpenItem): Money {
  return money(left(item), item.open.currency);
}

/** An item as the write-off of all that is open of it. */
function wholeOf(item: OpenItem, kind: WriteOffKind, today: Context['today']) {
  const functional = money(item.openFunctional.minor, item.functional.currency);
  return {
    id: '',
    companyId: item.companyId,
    kind,
    on: today,
    parts: [{ item, amount: openOf(item), functional }],
  };
}
