// Which calendar terms go by: the country of the company or of the customer, a named country or state, the days on which
// banks settle, or weekends alone.

import { Refusal } from '#kernel/refusal.ts';
import { isSettlementCalendar, type SettlementCalendar } from './settlement-calendar.ts';

/** Where to look days without business up. */
export type CalendarSource =
  | { readonly kind: 'weekends' }
  | { readonly kind: 'settlement'; readonly calendar: SettlementCalendar }
  | { readonly kind: 'country'; readonly country: string; readonly region: string | null };

const PLACE = /^([A-Z]{2})(?:-([A-Z0-9]{1,3}))?$/;

/**
 * What a calendar code means for an invoice: `none`, `company`, `customer`, `t2`, `fed`, `bacs`, `sic`, a country (`DE`) or
 * a state (`DE-BY`). A customer whose country nobody knows counts as one of the company's country.
 *
 * Refuses: `calendar_not_valid`.
 */
export function calendarSource(
  code: string,
  known: { readonly company: string; readonly customer: string | null },
): CalendarSource {
  if (code === 'none') return { kind: 'weekends' };
  if (isSettlementCalendar(code)) return { kind: 'settlement', calendar: code };
  const place =
    code === 'company' ? known.company : code === 'customer' ? (known.customer ?? known.company) : code;
  const [, country, region] = PLACE.exec(place) ?? [];
  if (country === undefined) throw new Refusal('calendar_not_valid', { calendar: code.slice(0, 20) });
  return { kind: 'country', country, region: region ?? null };
}
