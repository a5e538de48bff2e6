// Giving customers tags and taking them away, one or many at once.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readCustomers, readCustomersByNumber } from '#parties/take-party.ts';
import { deleteTags, findTagsOf, insertTags, lockTags } from './store.ts';
import { decideTags, tagOf } from './tag.ts';

export type ChangeTags = {
  readonly customerIds?: readonly CustomerId[] | undefined;
  /** By the numbers people know them by, as a list from elsewhere has them. */
  readonly customerNumbers?: readonly string[] | undefined;
  readonly add?: readonly string[] | undefined;
  readonly take?: readonly string[] | undefined;
};

/**
 * Adds and takes away tags of customers. Whom it changes nothing of is not counted.
 *
 * Refuses: `customer_not_found` (with every number or id that is nobody's), `tag_not_valid`, `too_many_tags` (with whose); nothing is
 * changed then.
 */
export const changeTags: Command<ChangeTags, { readonly changed: number }> = {
  name: 'change-tags',
  permission: 'customer.edit',
  async run(act, input) {
    const wanted = { add: (input.add ?? []).map(tagOf), take: (input.take ?? []).map(tagOf) };
    const customerIds = await takeIds(act, input);
    await lockTags(act);
    const had = await findTagsOf(act, customerIds);
    let changed = 0;
    for (const customerId of customerIds) {
      const { add, take } = decideTags(had.get(customerId) ?? [], wanted);
      if (add.length + take.length === 0) continue;
      changed += 1;
      insertTags(act, customerId, { tags: add, by: actorText(act.actor) });
      deleteTags(act, customerId, take);
      act.record({
        type: 'customer.tagged',
        subjectId: customerId,
        customerId,
        data: { added: [...add], taken: [...take] },
      });
    }
    return { changed };
  },
};

async function takeIds(
  act: Act,
  { customerIds = [], customerNumbers = [] }: ChangeTags,
): Promise<readonly CustomerId[]> {
  const [byId, byNumber] = await Promise.all([
    readCustomers(act, customerIds),
    readCustomersByNumber(act, customerNumbers),
  ]);
  const unknown = [
    ...customerIds.filter((id) => !byId.has(id)),
    ...customerNumbers.filter((number) => !byNumber.has(number)),
  ];
  if (unknown.length > 0)
    throw new Refusal('customer_not_found', { count: unknown.length, unknown: unknown.slice(0, 20) });
  return [...new Set([...byId.keys(), ...[...byNumber.values()].map(({ id }) => id)])].sort();
}
