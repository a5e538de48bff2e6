// SQL of how companies send and what customers want.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { WrittenProfile } from '#einvoice/written-profile.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Channel } from './message.ts';
import { type ByPortal, type DeliveryPreference, NO_PREFERENCE } from './preference.ts';
import { type AttachedFormat, DEFAULT_SETTING, type DeliverySetting } from './sender.ts';

type SettingRow = {
  company_id: string;
  channels: string[];
  delivers_on_issue: boolean;
  from_name: string | null;
  from_address: string | null;
  reply_to: string | null;
  signature: string | null;
  bounce_address: string | null;
  asks_for_receipt: boolean;
  attaches: string[];
  view_days: number | null;
  offers_stop: boolean;
};

/** How a company sends; as companies do that never said how, where it did not. */
export async function findSetting(tx: Tx, companyId: CompanyId): Promise<DeliverySetting> {
  const row = await tx.find(sql<SettingRow>`
    select * from delivery_setting where tenant_id = ${tx.tenantId} and company_id = ${companyId}`);
  if (!row) return DEFAULT_SETTING;
  return {
    channels: row.channels as Channel[],
    deliversOnIssue: row.delivers_on_issue,
    fromName: row.from_name,
    fromAddress: row.from_address,
    replyTo: row.reply_to,
    signature: row.signature,
    bounceAddress: row.bounce_address,
    asksForReceipt: row.asks_for_receipt,
    attaches: row.attaches as AttachedFormat[],
    viewDays: row.view_days,
    offersStop: row.offers_stop,
  };
}

/** Writes how a company sends. */
export function saveSetting(act: Act, companyId: CompanyId, wanted: DeliverySetting, actor: string): void {
  const channels = arrayLiteral(wanted.channels);
  const attaches = arrayLiteral(wanted.attaches);
  act.write(sql`insert into delivery_setting (tenant_id, company_id, channels, delivers_on_issue, from_name, from_address, reply_to,
      signature, bounce_address, asks_for_receipt, attaches, view_days, offers_stop, changed_by, changed_at)
    values (${act.tenantId}, ${companyId}, ${channels}::text[], ${wanted.deliversOnIssue}, ${wanted.fromName},
      ${wanted.fromAddress}, ${wanted.replyTo}, ${wanted.signature}, ${wanted.bounceAddress}, ${wanted.asksForReceipt},
      ${attaches}::text[], ${wanted.viewDays}, ${wanted.offersStop}, ${actor}, ${act.now})
    on conflict (tenant_id, company_id) do update set channels = excluded.channels,
      delivers_on_issue = excluded.delivers_on_issue, from_name = excluded.from_name, from_address = excluded.from_address,
      reply_to = excluded.reply_to, signature = excluded.signature, bounce_address = excluded.bounce_address,
      asks_for_receipt = excluded.asks_for_receipt, attaches = excluded.attaches, view_days = excluded.view_days,
      offers_stop = excluded.offers_stop, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at`);
}

type PreferenceRow = {
  customer_id: string;
  channels: string[] | null;
  falls_back: boolean;
  email_to: string | null;
  copies: string[];
  attaches: string[] | null;
  sms_number: string | null;
  network_address: string | null;
  e_invoice: string | null;
  buyer_reference: string | null;
  purchase_order: string | null;
  consent_on: PlainDate | null;
  consent_note: string | null;
};

/** What customers want; those who never said anything are in it too. */
export async function findPreferences(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, DeliveryPreference>> {
  const rows = await tx.run(sql<PreferenceRow>`
    select * from delivery_preference
    where tenant_id = ${tx.tenantId} and customer_id = any(${arrayLiteral(customerIds)}::uuid[])`);
  const found = new Map(rows.map((row) => [row.customer_id, toPreference(row)]));
  return new Map(customerIds.map((id) => [id, found.get(id) ?? NO_PREFERENCE]));
}

function toPreference(row: PreferenceRow): DeliveryPreference {
  return {
    channels: row.channels as Channel[] | null,
    fallsBack: row.falls_back,
    emailTo: row.email_to,
    copies: row.copies,
    attaches: row.attaches as AttachedFormat[] | null,
    smsNumber: row.sms_number,
    networkAddress: row.network_address,
    eInvoice: row.e_invoice as WrittenProfile | null,
    buyerReference: row.buyer_reference,
    purchaseOrder: row.purchase_order,
    consentOn: row.consent_on,
    consentNote: row.consent_note,
  };
}

/** Writes what a customer wants. */
export function savePreference(
  act: Act,
  customerId: CustomerId,
  wanted: DeliveryPreference,
  actor: string,
): void {
  const list = (values: readonly string[] | null) => (values === null ? null : arrayLiteral(values));
  act.write(sql`insert into delivery_preference (tenant_id, customer_id, channels, falls_back, email_to, copies, attaches, sms_number,
      network_address, e_invoice, buyer_reference, purchase_order, consent_on, consent_note, changed_by, changed_at)
    values (${act.tenantId}, ${customerId}, ${list(wanted.channels)}::text[], ${wanted.fallsBack}, ${wanted.emailTo},
      ${list(wanted.copies)}::text[], ${list(wanted.attaches)}::text[], ${wanted.smsNumber},
      ${wanted.networkAddress}, ${wanted.eInvoice}, ${wanted.buyerReference}, ${wanted.purchaseOrder},
      ${wanted.consentOn}, ${wanted.consentNote}, ${actor}, ${act.now})
    on conflict (tenant_id, customer_id) do update set channels = excluded.channels, falls_back = excluded.falls_back,
      email_to = excluded.email_to, copies = excluded.copies, attaches = excluded.attaches, sms_number = excluded.sms_number,
      network_address = excluded.network_address, e_invoice = excluded.e_invoice,
      buyer_reference = excluded.buyer_reference, purchase_order = excluded.purchase_order,
      consent_on = excluded.consent_on, consent_note = excluded.consent_note,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at`);
}

/** The portals that documents of a company are posted in instead of being sent, by customer. */
export async function findByPortal(
  tx: Tx,
  companyId: CompanyId | null,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, ByPortal>> {
  const rows = await tx.run(
    sql<{ customer_id: CustomerId; portal: string | null; from_on: PlainDate | null }>`
      select distinct on (customer_id) customer_id, portal, from_on from delivery_by_portal
      where tenant_id = ${tx.tenantId} and customer_id in (select unnest(${arrayLiteral(customerIds)}::uuid[]))
        and (company_id = ${companyId}::uuid or company_id is null)
      order by customer_id, company_id nulls last`,
  );
  return new Map(
    rows.flatMap(({ customer_id: id, portal, from_on: from }) =>
      portal === null || from === null ? [] : [[id, { portal, from }] as const],
    ),
  );
}

/**
 * Says that documents of a customer are posted in a portal instead, with one company or with all (null). `sent`: that this company's
 * are sent, whatever is said of all; null: that nothing is said.
 */
export function saveByPortal(
  act: Act,
  of: { readonly customerId: CustomerId; readonly companyId: CompanyId | null },
  wanted: ByPortal | 'sent' | null,
  actor: string,
): void {
  const { portal, from } = wanted === null || wanted === 'sent' ? { portal: null, from: null } : wanted;
  act.write(
    wanted === null
      ? sql`delete from delivery_by_portal where tenant_id = ${act.tenantId} and customer_id = ${of.customerId}
          and company_id is not distinct from ${of.companyId}::uuid`
      : sql`insert into delivery_by_portal (tenant_id, customer_id, company_id, portal, from_on, changed_by, changed_at)
          values (${act.tenantId}, ${of.customerId}, ${of.companyId}, ${portal}, ${from}::date, ${actor}, ${act.now})
          on conflict (tenant_id, customer_id, of_company) do update set portal = excluded.portal,
            from_on = excluded.from_on, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
  );
}
