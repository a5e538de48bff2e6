// Sending charges and their credits: by mail or letter, as the customer wants invoices. One that nobody can be reached with is
// work for a person, not silence.

import type { Act, Command } from '#command/command.ts';
import { openProblem } from '#delivery/open-problem.ts';
import { channelsOf, type Reach, type Way, wayBy } from '#delivery/preference.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import { readOnTheirWay, readReach } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { CHARGE_CHANNELS, type ChargeChannel } from './charge-mail.ts';
import { type NamedCharge, readNamedCharges } from './read-charges.ts';

export type DeliverCharges = {
  readonly chargeIds: readonly string[];
  /** By this way and no other; left out, by the one each customer wants. */
  readonly channel?: ChargeChannel | undefined;
};

export type ChargesDelivered = {
  readonly queued: number;
  readonly results: readonly {
    readonly chargeId: string;
    readonly number: string;
    readonly messageId: string | null;
    readonly channel: ChargeChannel | null;
    readonly recipient: string | null;
    readonly reason: 'no_way' | 'waived' | 'already_on_its_way' | null;
  }[];
};

type Result = ChargesDelivered['results'][number];

/**
 * Queues the messages that carry charges. One that was sent before is sent again, as a copy; one still on its way is not, nor
 * a waiver that was taken back.
 *
 * Refuses: `charge_not_found`.
 */
export const deliverCharges: Command<DeliverCharges, ChargesDelivered> = {
  name: 'deliver-charges',
  permission: 'reminder.send',
  async run(act, { chargeIds, channel }) {
    const wanted = [...new Set(chargeIds)];
    const [charges, onTheirWay] = await Promise.all([
      readNamedCharges(act, wanted),
      readOnTheirWay(act, wanted),
    ]);
    const byId = new Map(charges.map((charge) => [charge.row.id, charge]));
    const missing = wanted.filter((id) => !byId.has(id));
    if (missing.length > 0) throw new Refusal('charge_not_found', { charges: missing.slice(0, 20) });
    const reaches = await reachesOf(act, charges);
    const results = wanted.map((id): Result => {
      const charge = present(byId.get(id), 'every charge was found');
      if (charge.row.undone_on !== null) return notSent(charge, 'waived');
      if (onTheirWay.has(id)) return notSent(charge, 'already_on_its_way');
      const reach = present(reaches.get(id), 'every charge has a customer');
      const way = chargeWay(reach, channel);
      if (way) return queued(act, charge, reach, way);
      const { row } = charge;
      openProblem(
        act,
        { companyId: row.company_id, customerId: row.customer_id, messageId: null, documentId: row.id },
        { kind: 'no_way', severity: null, address: null, detail: `${row.number}: no way is open` },
      );
      return notSent(charge, 'no_way');
    });
    return { queued: results.filter((result) => result.messageId !== null).length, results };
  },
};

/** The way a charge goes: the one named, or the first the customer wants that shows it whole, or any such that is open. */
export function chargeWay(reach: Reach, channel?: ChargeChannel): Way | undefined {
  if (channel !== undefined) return wayBy(channel, reach);
  const isWhole = (wanted: string): wanted is ChargeChannel =>
    (CHARGE_CHANNELS as readonly string[]).includes(wanted);
  const channels = [...channelsOf(reach).filter(isWhole), ...CHARGE_CHANNELS];
  for (const wanted of channels) {
    const way = wayBy(wanted, reach);
    if (way) return way;
  }
  return undefined;
}

async function reachesOf(act: Act, charges: readonly NamedCharge[]): Promise<ReadonlyMap<string, Reach>> {
  const found = new Map<string, Reach>();
  for (const [companyId, own] of Map.groupBy(charges, (charge) => charge.company.id)) {
    const customerIds = [...new Set(own.map((charge) => charge.customer.id))];
    // What a customer said about invoices, a stop of their address included, holds for what is asked besides them.
    const reaches = await readReach(act, companyId, customerIds, 'invoice');
    for (const { row, customer } of own)
      found.set(row.id, present(reaches.get(customer.id), 'a charge has its customer'));
  }
  return found;
}

function notSent({ row }: NamedCharge, reason: Result['reason']): Result {
  return { chargeId: row.id, number: row.number, messageId: null, channel: null, recipient: null, reason };
}

function queued(act: Act, { row, company }: NamedCharge, reach: Reach, way: Way): Result {
  const messageId = queueMessage(act, {
    company,
    customer: reach.customer,
    purpose: 'charge',
    channel: way.channel,
    recipient: way.recipient,
    copies: way.copies,
    language: chooseDocumentLanguage([way.language, reach.customer.language, company.language]),
    documentId: row.id,
    runOn: act.today,
  });
  act.record({
    type: 'charge.delivery_queued',
    subjectId: row.id,
    customerId: row.customer_id,
    data: { number: row.number, messageId, channel: way.channel, recipient: way.recipient },
  });
  return {
    chargeId: row.id,
    number: row.number,
    messageId,
    channel: way.channel as ChargeChannel,
    recipient: way.recipient,
    reason: null,
  };
}
