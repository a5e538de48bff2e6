// Tax relief as acts inside commands: what a write-off brings back of the tax where the rule of the country is met,
// and its going back with the write-off.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readTaxLeft, type TaxLeft } from '#invoicing/read-taxes.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, ItemId } from '#kernel/id.ts';
import { money, zero } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { readItems, readStandingApplications } from '#ledger/read-items.ts';
import { takeCompany } from '#parties/take-party.ts';
import {
  backwards,
  judgeRelief,
  type ReliefFacts,
  type ReliefPart,
  type ReliefVerdict,
  reliefEntry,
  taxIn,
  type WrittenOffPart,
} from './relief.ts';
import { insertReliefs, type ReliefRow } from './store-relief.ts';
import type { WriteOffKind } from './writing-off.ts';

/** A write-off as far as relief looks at it. */
export type Relieved = {
  readonly id: string;
  readonly companyId: CompanyId;
  readonly kind: WriteOffKind;
  readonly on: PlainDate;
  readonly parts: readonly WrittenOffPart[];
};

/** What relief needs to know beside the write-off. */
export type ReliefBasis = {
  readonly countries: ReadonlyMap<CompanyId, string>;
  readonly taxes: ReadonlyMap<string, TaxLeft>;
};

/** Relief of one item as it is told outside. */
export type ShownRelief = {
  readonly itemId: string;
  readonly reference: string;
  readonly state: ReliefVerdict['state'];
  readonly tax: ShownMoney;
  readonly ground: string | null;
  /** Why nothing is claimed. */
  readonly gap: string | null;
  /** The day from which time alone is enough, where it is still to come. */
  readonly from: string | null;
  readonly country: string;
  readonly source: string | null;
};

/** Reads where companies are and what of the items is tax. */
export async function readReliefBasis(tx: Tx, writeOffs: readonly Relieved[]): Promise<ReliefBasis> {
  const companyIds = [...new Set(writeOffs.map((one) => one.companyId))];
  const invoiceIds = writeOffs.flatMap((one) =>
    one.parts.flatMap(({ item }) => (item.kind === 'invoice' ? [item.documentId] : [])),
  );
  const [companies, taxes] = await Promise.all([
    Promise.all(companyIds.map((id) => takeCompany(tx, id))),
    readTaxLeft(tx, invoiceIds),
  ]);
  return { countries: new Map(companies.map((company) => [company.id, company.country])), taxes };
}

type Claimed = ReliefPart & { readonly rule: Json };

/** What a country's rule gives back of a write-off, and of each item whether it does, by which law, or why not. Posts nothing. */
export function weighRelief(
  writeOff: Relieved,
  basis: ReliefBasis,
  facts: ReliefFacts,
): { readonly claimed: readonly Claimed[]; readonly told: readonly ShownRelief[] } {
  const country = basis.countries.get(writeOff.companyId) ?? '';
  const claimed: Claimed[] = [];
  const told: ShownRelief[] = [];
  for (const [documentId, parts] of Map.groupBy(writeOff.parts, ({ item }) => item.documentId)) {
    const inTax = taxIn(parts, basis.taxes.get(documentId) ?? { tax: 0n, total: 0n });
    for (const { item, amount } of parts) {
      const part = inTax.find((one) => one.itemId === item.id);
      const hasTax = part !== undefined;
      const verdict = judgeRelief(item, { ...writeOff, country, facts, hasTax });
      if (part && verdict.state === 'claimed') claimed.push({ ...part, rule: ruleKept(verdict, facts) });
      told.push({
        itemId: item.id,
        reference: item.reference,
        state: verdict.state,
        tax: shownMoney(part && verdict.state === 'claimed' ? part.tax : zero(amount.currency)),
        ground: verdict.state === 'claimed' ? verdict.ground : null,
        gap: verdict.state === 'none' ? verdict.gap : null,
        from: (verdict.state === 'none' && verdict.from?.toString()) || null,
        country,
        source: verdict.rule?.source ?? null,
      });
    }
  }
  return { claimed, told };
}

/** Claims what a country's rule gives back of a write-off that was just posted, and says of each item what became of it. */
export function claimRelief(
  act: Act,
  writeOff: Relieved,
  basis: ReliefBasis,
  facts: ReliefFacts,
): readonly ShownRelief[] {
  const { claimed, told } = weighRelief(writeOff, basis, facts);
  postRelief(act, writeOff, 'claimed', claimed);
  return told;
}

/** The rule as it was, with what was stated. */
function ruleKept(verdict: Extract<ReliefVerdict, { readonly state: 'claimed' }>, facts: ReliefFacts): Json {
  const { country, source, validFrom } = verdict.rule;
  return {
    country,
    source,
    validFrom: validFrom.toString(),
    ground: verdict.ground,
    insolvency: facts.insolvency ?? false,
    enforcementFailed: facts.enforcementFailed ?? false,
    noticeGiven: facts.noticeGiven ?? false,
  };
}

/** Posts relief that moves, with the sign each part has. */
export function postRelief(
  act: Act,
  of: Pick<Relieved, 'id' | 'companyId' | 'on'>,
  why: ReliefRow['why'],
  parts: readonly (ReliefPart & { readonly rule?: Json })[],
): void {
  if (parts.length === 0) return;
  postEntries(act, [reliefEntry({ companyId: of.companyId, writeOffId: of.id, on: of.on }, parts)], []);
  insertReliefs(act, { writeOffId: of.id, why: why as 'claimed', on: of.on }, parts);
}

/**
 * Takes all relief of a write-off back that stands, on the day the write-off is taken back.
 *
 * Refuses: `reversed_too_early` (some of it moved after that day).
 */
export function undoRelief(
  act: Act,
  of: Pick<Relieved, 'id' | 'companyId' | 'on'>,
  reliefs: readonly ReliefRow[],
  functionalCurrency: string,
): void {
  const last = reliefs.map((row) => row.posted_on).reduce(later, of.on);
  if (isAfter(last, of.on))
    throw new Refusal('reversed_too_early', { on: of.on.toString(), appliedOn: last.toString() });
  postRelief(act, of, 'undone', sumByItem(reliefs, functionalCurrency).map(backwards));
}

/** What of relief stands, by item. */
function sumByItem(rows: readonly ReliefRow[], functionalCurrency: string): readonly ReliefPart[] {
  return [...Map.groupBy(rows, (row) => row.item_id)].flatMap(([itemId, of]) => {
    const tax = of.reduce((total, row) => total + row.tax_minor, 0n);
    const functional = of.reduce((total, row) => total + row.functional_minor, 0n);
    if (tax === 0n && functional === 0n) return [];
    const currency = of[0]?.currency ?? functionalCurrency;
    return [
      {
        itemId: itemId as ItemId,
        tax: money(tax, currency),
        functional: money(functional, functionalCurrency),
      },
    ];
  });
}

/** What a write-off took off items, as it stands. */
export async function readParts(
  act: Act,
  creditItemIds: readonly ItemId[],
): Promise<readonly WrittenOffPart[]> {
  const own = new Set<string>(creditItemIds);
  const standing = (await readStandingApplications(act, { itemIds: creditItemIds })).filter(
    (one) => one.method === 'write_off' && own.has(one.creditItemId),
  );
  const items = new Map(
    (
      await readItems(
        act,
        standing.map((one) => one.debitItemId),
      )
    ).map((item) => [item.id, item]),
  );
  return standing.flatMap((one) => {
    const item = items.get(one.debitItemId);
    return item ? [{ item, amount: one.amount, functional: one.debitFunctional }] : [];
  });
}
