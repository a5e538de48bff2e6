// Changing how a company sends, and what a customer wants.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type ByPortal, checkPreference, type DeliveryPreference } from './preference.ts';
import { checkSetting, type DeliverySetting } from './sender.ts';
import { findPreferences, findSetting, saveByPortal, savePreference, saveSetting } from './store-channels.ts';

export type SettingChanged = { readonly companyId: string };

/** Changes how a company sends. Refuses: `company_not_found`, and what `checkSetting` refuses. */
export const changeSetting: Command<
  { readonly companyId: CompanyId; readonly wanted: DeliverySetting },
  SettingChanged
> = {
  name: 'change-delivery-setting',
  permission: 'company.manage',
  async run(act, { companyId, wanted }) {
    checkSetting(wanted);
    const [company, before] = await Promise.all([takeCompany(act, companyId), findSetting(act, companyId)]);
    saveSetting(act, company.id, wanted, actorText(act.actor));
    act.record({
      type: 'delivery_setting.changed',
      subjectId: company.id,
      data: { before: plain(before), after: plain(wanted) },
    });
    return { companyId: company.id };
  },
};

/** Changes how a customer is reached. Refuses: `customer_not_found`, and what `checkPreference` refuses. */
export const changePreference: Command<
  { readonly customerId: CustomerId; readonly wanted: DeliveryPreference },
  { readonly customerId: string }
> = {
  name: 'change-delivery-preference',
  permission: 'customer.edit',
  async run(act, { customerId, wanted }) {
    checkPreference(wanted);
    const [customer, before] = await Promise.all([
      takeCustomer(act, customerId),
      findPreferences(act, [customerId]),
    ]);
    savePreference(act, customer.id, wanted, actorText(act.actor));
    act.record({
      type: 'delivery_preference.changed',
      subjectId: customer.id,
      customerId: customer.id,
      data: { before: plain(before.get(customer.id)), after: plain(wanted) },
    });
    return { customerId: customer.id };
  },
};

/**
 * Says, as part of another command, that documents of a customer are posted in a portal by a person from a day on, and not sent
 * by themselves: with one company or with all (null). `sent`: with this company they are sent, whatever is said of all; null:
 * nothing is said. Sending one by a channel that somebody names is possible all the same.
 */
export function changeByPortal(
  act: Act,
  of: { readonly customerId: CustomerId; readonly companyId: CompanyId | null },
  wanted: ByPortal | 'sent' | null,
): void {
  saveByPortal(act, of, wanted, actorText(act.actor));
}

/** As an event keeps it: text, numbers and lists. */
function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value ?? null));
}
