// What the rules of an e-invoice say of a document that is about to be issued, and which field of the form each finding is about.

import type { Finding, Place, Severity } from '#einvoice/judge.ts';
import type { EInvoice } from '#einvoice/model.ts';
import { isValid, validate } from '#einvoice/validate.ts';
import { rulesOf, type WrittenProfile } from '#einvoice/written-profile.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { WithoutData } from './e-invoice-names.ts';
import { eInvoiceAs, type IssuedWhole } from './e-invoice-of.ts';

/** A finding, with the field where it is mended: as the request names it, or of the company or customer. */
export type PlacedFinding = Finding & { readonly field: string | null };

/** Terms of the document (EN 16931) and the fields of the request that say them. */
const OF_DOCUMENT: Readonly<Record<string, string>> = {
  'BT-1': 'series',
  'BT-2': 'issuedOn',
  'BT-5': 'currency',
  'BT-6': 'currency',
  'BT-7': 'delivery/taxPointOn',
  'BT-9': 'dueOn',
  'BT-10': 'references/buyerReference',
  'BT-11': 'references/project',
  'BT-12': 'references/contract',
  'BT-13': 'purchaseOrder',
  'BT-14': 'references/salesOrder',
  'BT-15': 'references/receivingAdvice',
  'BT-16': 'references/despatchAdvice',
  'BT-18': 'references/object',
  'BT-20': 'dueOn',
  'BT-21': 'note',
  'BT-22': 'note',
  'BT-72': 'delivery/deliveredOn',
  'BT-73': 'delivery/periodFrom',
  'BT-74': 'delivery/periodTo',
  'BT-83': 'paymentReference',
  'BT-114': 'roundToMinor',
  'BT-120': 'exemptions',
  'BT-121': 'exemptions',
  'BG-14': 'delivery/periodFrom',
  'BG-25': 'lines',
};

const OF_COMPANY: Readonly<Record<string, string>> = {
  'BT-27': 'name',
  'BT-30': 'registrationNo',
  'BT-31': 'taxId',
  'BT-32': 'taxId',
  'BT-34': 'networkAddress',
  'BT-35': 'street',
  'BT-37': 'city',
  'BT-38': 'postalCode',
  'BT-40': 'country',
  'BT-41': 'name',
  'BT-42': 'phone',
  'BT-43': 'email',
  'BT-81': 'iban',
  'BT-84': 'iban',
  'BT-86': 'bic',
  'BG-4': 'name',
  'BG-5': 'street',
  'BG-6': 'phone',
  'BG-16': 'iban',
  'BG-17': 'iban',
};

const OF_CUSTOMER: Readonly<Record<string, string>> = {
  'BT-44': 'name',
  'BT-48': 'taxId',
  'BT-49': 'networkAddress',
  'BT-50': 'address',
  'BT-52': 'address',
  'BT-53': 'address',
  'BT-55': 'country',
  'BG-7': 'name',
  'BG-8': 'address',
};

const OF_LINE: Readonly<Record<string, string>> = {
  'BT-126': 'description',
  'BT-127': 'note',
  'BT-129': 'quantity',
  'BT-130': 'unitCode',
  'BT-131': 'unitPrice',
  'BT-132': 'orderLine',
  'BT-134': 'periodFrom',
  'BT-135': 'periodTo',
  'BT-146': 'unitPrice',
  'BT-148': 'unitPrice',
  'BT-149': 'baseQuantity',
  'BT-150': 'unitCode',
  'BT-151': 'taxCategory',
  'BT-152': 'taxPercent',
  'BT-153': 'description',
  'BT-154': 'detail',
  'BT-155': 'sellerItem',
  'BT-156': 'buyerItem',
  'BG-26': 'periodFrom',
};

/** Allowances and charges of the document: BT-92 to BT-105, and their groups. */
const OF_ALLOWANCE: Readonly<Record<string, string>> = {
  'BT-92': 'amount',
  'BT-93': 'base',
  'BT-94': 'percent',
  'BT-95': 'taxCategory',
  'BT-96': 'taxPercent',
  'BT-97': 'reason',
  'BT-98': 'reasonCode',
  'BT-99': 'amount',
  'BT-100': 'base',
  'BT-101': 'percent',
  'BT-102': 'taxCategory',
  'BT-103': 'taxPercent',
  'BT-104': 'reason',
  'BT-105': 'reasonCode',
  'BG-20': 'reason',
  'BG-21': 'reason',
};

/** The place of delivery (BG-13, BG-15), which has fields of its own. */
const OF_DELIVERY: Readonly<Record<string, string>> = {
  'BT-70': 'name',
  'BT-75': 'street',
  'BT-77': 'city',
  'BT-78': 'postalCode',
  'BT-79': 'region',
  'BT-80': 'country',
  'BG-13': 'street',
  'BG-15': 'street',
};

/**
 * The field where a place is mended: `references/buyerReference`, `lines/2/unitCode`, `company/taxId`,
 * `customer/networkAddress`; nothing for what follows from other fields, as a total.
 */
export function fieldOf({ term, line, index }: Place): string | null {
  const under = (fields: Readonly<Record<string, string>>, path: string): string | undefined =>
    fields[term] && `${path}/${fields[term]}`;
  if (line !== undefined) return under(OF_LINE, `lines/${line}`) ?? `lines/${line}/description`;
  return (
    OF_DOCUMENT[term] ??
    under(OF_COMPANY, 'company') ??
    under(OF_CUSTOMER, 'customer') ??
    under(OF_ALLOWANCE, `allowances/${index ?? 0}`) ??
    under(OF_DELIVERY, 'delivery/delivery') ??
    null
  );
}

/** What the rules of a profile say of a document, each with the field it is mended in; what is good to know only is left out. */
export function findingsOf(document: IssuedWhole, profile: WrittenProfile): readonly PlacedFinding[] {
  const findings = validate(eInvoiceAs(document, profile), rulesOf(profile));
  return findings.filter(({ severity }) => severity !== INFORMATION).map(placed);
}

const INFORMATION: Severity = 'information';

/** A finding with the first field that is known for one of its places. */
export function placed(finding: Finding): PlacedFinding {
  const fields = finding.places.map(fieldOf).filter((field) => field !== null);
  return { ...finding, field: fields[0] ?? null };
}

/** So many findings are named in one refusal; the rest show once these are mended. */
const NAMED_MAX = 40;

/**
 * Makes sure that a document is the e-invoice its customer wants. The facts of the refusal say for each finding, in the same
 * order, its rule, the terms of EN 16931, the field and what is wrong.
 *
 * Refuses: `einvoice_not_valid`.
 */
export function checkEInvoice(document: IssuedWhole, profile: WrittenProfile): void {
  const fatal = findingsOf(document, profile).filter(({ severity }) => severity === 'fatal');
  if (fatal.length === 0) return;
  const named = fatal.slice(0, NAMED_MAX);
  throw new Refusal('einvoice_not_valid', {
    profile,
    count: fatal.length,
    rules: named.map(({ rule }) => rule),
    terms: named.map(({ places }) => places.map(({ term }) => term).join(' ')),
    fields: named.map(({ field }) => field ?? ''),
    findings: named.map(
      ({ message, hint, found }) => `${message}${found === '' ? '' : ` (${found})`} ${hint}`,
    ),
  });
}

/**
 * A document as data for its PDF. Data that break the rules are worse than none: a program that reads them books or refuses what
 * nobody meant. Pure.
 */
export function dataForPdf(
  voidedOn: PlainDate | null,
  whole: IssuedWhole | undefined,
): EInvoice | WithoutData {
  if (voidedOn !== null) return 'voided';
  if (!whole) return 'invoice_without_content';
  const invoice = eInvoiceAs(whole, 'factur_x');
  return isValid(validate(invoice)) ? invoice : 'einvoice_not_valid';
}
