// Settling as it goes on: items in hand, what was decided over them so far, and how each of them stands now. Nothing is written
// before the end, so that each item is written once, as it is then, however often it was moved on the way.

import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { ENTRY_APPLICATIONS_MAX } from '#kernel/limits.ts';
import { type Entry, entry } from './journal.ts';
import type { OpenItem } from './open-item.ts';
import {
  type Application,
  decideReversal,
  decideSettlement,
  type Settlement,
  type Wanted,
} from './settlement.ts';

/** How a settlement appears in the books: what brought it about, and on which day. */
export type SettlementOccasion = {
  readonly documentId: string;
  readonly kind: Entry['kind'];
  readonly on: PlainDate;
};

/** One settlement among many: what is wanted, and the occasion it is booked under. */
export type SettlementWish = { readonly wanted: readonly Wanted[]; readonly occasion: SettlementOccasion };

/** An entry with the items that it brings about. */
export type Posted = { readonly entry: Entry; readonly items: readonly OpenItem[] };

/** An application with the entry that books it. */
export type Booked = { readonly application: Application; readonly entryId: Entry['id'] };

/** Items in hand, which the caller has locked or is about to add, and what is decided over them. */
export class Settling {
  readonly #now: Map<ItemId, OpenItem>;
  readonly #moved = new Set<ItemId>();
  #added: ItemId[] = [];
  #entries: Entry[] = [];
  #applications: Booked[] = [];

  constructor(locked: readonly OpenItem[]) {
    this.#now = new Map(locked.map((item) => [item.id, item]));
  }

  /** Takes new items in hand, posted by entries of their own. */
  post(posted: readonly Posted[]): void {
    for (const { entry: own, items } of posted) {
      this.#entries.push(own);
      for (const item of items) {
        this.#added.push(item.id);
        this.#now.set(item.id, item);
      }
    }
  }

  /** Settles; refuses what `decideSettlement` refuses. */
  settle({ wanted, occasion }: SettlementWish): Settlement {
    const items = this.#involved(wanted.flatMap((w) => [w.debitItemId, w.creditItemId]));
    return this.#book(decideSettlement(items, wanted, occasion.on), occasion);
  }

  /** Takes back; refuses what `decideReversal` refuses. */
  takeBack(applications: readonly Application[], occasion: SettlementOccasion): Settlement {
    const items = this.#involved(applications.flatMap((a) => [a.debitItemId, a.creditItemId]));
    return this.#book(decideReversal(items, applications, occasion.on), occasion);
  }

  /** An item as it stands after all that was decided. */
  itemNow(id: ItemId): OpenItem {
    return present(this.#now.get(id), 'the items of a settlement were read');
  }

  /** How many rows are to be added for what was decided since that was taken last. */
  get rowCount(): number {
    return this.#added.length + this.#entries.length + this.#applications.length;
  }

  /** What was decided since that was taken last: facts, with the new items as they stand now. */
  takeFacts(): {
    readonly added: readonly OpenItem[];
    readonly entries: readonly Entry[];
    readonly applications: readonly Booked[];
  } {
    const facts = {
      added: this.#added.map((id) => this.itemNow(id)),
      entries: this.#entries,
      applications: this.#applications,
    };
    for (const id of this.#added) this.#moved.delete(id);
    this.#added = [];
    this.#entries = [];
    this.#applications = [];
    return facts;
  }

  /** Items that are not as they were written, in the order in which they came in hand; asked for once all facts are taken. */
  get moved(): readonly OpenItem[] {
    return [...this.#now.values()].filter((item) => this.#moved.has(item.id));
  }

  #involved(ids: readonly ItemId[]): readonly OpenItem[] {
    return Array.from(new Set(ids), (id) => this.itemNow(id));
  }

  #book(settlement: Settlement, occasion: SettlementOccasion): Settlement {
    for (const item of settlement.items) {
      this.#now.set(item.id, item);
      this.#moved.add(item.id);
    }
    for (const { posted, applications } of entriesOf(settlement, occasion)) {
      this.#entries.push(posted);
      for (const application of applications) this.#applications.push({ application, entryId: posted.id });
    }
    return settlement;
  }
}

/**
 * The entries of a settlement: one in each company, or where it has very many parts one for some of them each, so that none grows
 * too long.
 */
function entriesOf({ applications, linesOf }: Settlement, occasion: SettlementOccasion) {
  const { on: postedOn, kind, documentId } = occasion;
  const parts = applications.map((application, index) => ({
    application,
    lines: present(linesOf[index], 'every application has its lines'),
  }));
  return [...Map.groupBy(parts, ({ application }) => application.companyId)].flatMap(([companyId, own]) =>
    Array.from({ length: Math.ceil(own.length / ENTRY_APPLICATIONS_MAX) }, (_, index) => {
      const some = own.slice(index * ENTRY_APPLICATIONS_MAX, (index + 1) * ENTRY_APPLICATIONS_MAX);
      const lines = some.flatMap((part) => part.lines);
      const posted = entry({ companyId, postedOn, kind, documentId, lines });
      return { posted, applications: some.map(({ application }) => application) };
    }),
  );
}
