// What a customer wants posted in its AP portal: where, under which number of ours, by whom, how soon, and which files. Pure.

import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { PORTAL_DAYS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** What goes up: the printed document, its data in one of the two syntaxes, and the files attached to it. */
export const UPLOADED_FILES = ['pdf', 'ubl', 'cii', 'attachments'] as const;
export type UploadedFile = (typeof UPLOADED_FILES)[number];

/** How a customer wants its documents posted. */
export type Portal = {
  /** Its name: SAP Ariba, Coupa, Tungsten, Basware. */
  readonly portal: string;
  /** The page that is opened to upload, by https; null where nobody knows it. */
  readonly address: string | null;
  /** What the portal calls us. */
  readonly supplierNumber: string | null;
  /** The member who uploads; null for whoever comes to it. */
  readonly userId: string | null;
  /** Days of business after the issue, or after a rejection, within which a document is posted. */
  readonly withinDays: number;
  readonly uploads: readonly UploadedFile[];
  /** Documents issued from this day on are posted. */
  readonly from: PlainDate;
  /** Invoices and credit notes are not sent by themselves; reminders, statements and charges are. */
  readonly instead: boolean;
  /** Reminders ask for documents that are not posted, or were rejected, all the same. */
  readonly chasesUnposted: boolean;
};

/**
 * A setting as it is kept: with which of our companies it counts, null for all; and whether it is in use still. What is
 * stated for one company counts before what is stated for all, also that it wants none; `follows`: that was taken back.
 */
export type PortalSetting = Portal & {
  readonly companyId: CompanyId | null;
  readonly isInUse: boolean;
  readonly follows: boolean;
};

/**
 * Makes sure that people can work by a setting.
 *
 * Refuses: `portal_address_not_valid` (only https, no user or password in it), `portal_uploads_nothing`,
 * `portal_days_too_many`.
 */
export function checkPortal(wanted: Portal): void {
  if (wanted.address !== null && !isSafeAddress(wanted.address))
    throw new Refusal('portal_address_not_valid', { address: wanted.address.slice(0, 200) });
  if (wanted.uploads.length === 0) throw new Refusal('portal_uploads_nothing');
  if (wanted.withinDays < 0 || wanted.withinDays > PORTAL_DAYS_MAX)
    throw new Refusal('portal_days_too_many', { daysMax: PORTAL_DAYS_MAX });
}

/** A page people are sent to: by https, and without somebody's password in the address. */
function isSafeAddress(text: string): boolean {
  const url = URL.parse(text);
  return (
    url?.protocol === 'https:' && url.hostname.includes('.') && url.username === '' && url.password === ''
  );
}

/** The same files in the order people know, each once. */
export function inOrder(uploads: readonly UploadedFile[]): readonly UploadedFile[] {
  return UPLOADED_FILES.filter((file) => uploads.includes(file));
}

/** What counts with a company: what is stated for it, unless that was taken back, else what is stated for all. */
export function settingFor(
  stated: ReadonlyMap<CompanyId | null, PortalSetting>,
  companyId: CompanyId | null,
): PortalSetting | undefined {
  const own = stated.get(companyId);
  return own && !own.follows ? own : stated.get(null);
}
