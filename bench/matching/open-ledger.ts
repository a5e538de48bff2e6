// The open ledger of all customers as the days go by, with the ways to find who may have paid: a document of the amount, a
// balance of it, a number that is named.

import { numberKey } from '../../src/matching/learnt-way.ts';
import type { Row } from './rows.ts';

export class OpenLedger {
  readonly #byCustomer = new Map<string, Set<Row>>();
  readonly #byAmount = new Map<number, Set<Row>>();
  readonly #byNumber = new Map<string, Set<Row>>();
  readonly #balance = new Map<string, number>();
  readonly #byBalance = new Map<number, Set<string>>();
  readonly #opening: Row[];
  readonly #closing: Row[];

  constructor(rows: readonly Row[]) {
    this.#opening = rows.toSorted((a, b) => b.issued - a.issued);
    this.#closing = rows.toSorted((a, b) => b.paid - a.paid);
  }

  /** How many customers have something open. */
  get customers(): number {
    return this.#byCustomer.size;
  }

  /** Goes on to a day: what is issued by then and not paid before it is open. */
  goTo(day: number): void {
    for (let row = this.#opening.at(-1); row !== undefined && row.issued <= day; row = this.#opening.at(-1)) {
      this.#opening.pop();
      this.#put(row);
    }
    for (let row = this.#closing.at(-1); row !== undefined && row.paid < day; row = this.#closing.at(-1)) {
      this.#closing.pop();
      this.#take(row);
    }
  }

  /** The open documents of a customer. */
  openOf(customer: string): readonly Row[] {
    return [...(this.#byCustomer.get(customer) ?? [])];
  }

  /** Open documents of an amount. */
  ofAmount(amount: number): readonly Row[] {
    return [...(this.#byAmount.get(amount) ?? [])];
  }

  /** Customers who have a document or a balance of the amount, or one with a number among these words. */
  candidates(amount: number, words: readonly string[]): readonly string[] {
    const named = words.flatMap((word) => [...(this.#byNumber.get(numberKey(word)) ?? [])]);
    return [
      ...new Set([
        ...[...this.ofAmount(amount), ...named].map(({ customer }) => customer),
        ...(this.#byBalance.get(amount) ?? []),
      ]),
    ];
  }

  #put(row: Row): void {
    add(this.#byCustomer, row.customer, row);
    add(this.#byAmount, row.amount, row);
    if (row.reference !== '') add(this.#byNumber, numberKey(row.reference), row);
    this.#move(row.customer, row.amount);
  }

  #take(row: Row): void {
    remove(this.#byCustomer, row.customer, row);
    remove(this.#byAmount, row.amount, row);
    remove(this.#byNumber, numberKey(row.reference), row);
    this.#move(row.customer, -row.amount);
  }

  #move(customer: string, by: number): void {
    const before = this.#balance.get(customer) ?? 0;
    remove(this.#byBalance, before, customer);
    this.#balance.set(customer, before + by);
    add(this.#byBalance, before + by, customer);
  }
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}

function remove<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
