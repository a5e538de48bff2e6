// A program of a customer of ours that works through the API, as it should: every change has an Idempotency-Key, and a
// change whose answer was not heard is asked for again with the same key until it is. It remembers what it was told.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { Chance } from '../../seed/chance.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** A change that was asked for. Nothing in it keeps it from happening twice but its key. */
export type Change = {
  readonly kind: 'invoice' | 'payment' | 'application' | 'run';
  /** What it is over; 0 for a run. */
  readonly minor: bigint;
  readonly path: string;
  readonly body: object;
  readonly key: string;
  /** Not there until it is heard. */
  answer?: Answer;
};

/** Whom the client works for. */
export type Business = {
  readonly key: string;
  readonly companyId: string;
  readonly customerIds: readonly string[];
  readonly today: PlainDate;
};

const LANES = 4;
/** Between two stories of a lane; keeps all of them together below the number of requests allowed in a minute. */
const PAUSE_MS = 150;
/** How many stories end with a reminder run. */
const RUN_CHANCE = 0.25;
const ANSWER_MS_MAX = 15_000;
const AGAIN_MS = 50;
/** A start takes two seconds, and a minute on a machine that does much else. */
const PATIENCE_MS = 180_000;
/** Overdue by so many days an invoice has one step of the built-in cadence to be said, and the next one in four days. */
const OVERDUE_DAYS = 10;
/** So far ahead nothing is said yet. */
const AHEAD_DAYS = 60;

/** Works in several lanes, each one story after the other: an invoice, a payment of a third of it, applied. */
export class Client {
  readonly changes: Change[] = [];
  /** Requests that a server was killed over, so that they were asked again. */
  unheard = 0;
  /** Where servers listen; nobody while all are killed. */
  readonly #addresses: () => readonly string[];
  readonly #business: Business;
  readonly #chance: Chance;
  #stopping = false;
  /** Servers are asked in turn. */
  #turn = 0;
  #patienceMs = PATIENCE_MS;
  #lanes: readonly Promise<void>[] = [];

  constructor(addresses: () => readonly string[], business: Business, chance: Chance) {
    this.#addresses = addresses;
    this.#business = business;
    this.#chance = chance;
  }

  /** Begins to work. */
  begin(): void {
    this.#stopping = false;
    this.#lanes = Array.from({ length: LANES }, () => this.#lane());
    // What goes wrong in a lane is told by the stop.
    for (const lane of this.#lanes) lane.catch(() => {});
  }

  /** Stops waiting for anybody, at the end of a test that may have failed. */
  quit(): void {
    this.#stopping = true;
    this.#patienceMs = 0;
  }

  /** Stops after the stories that are being told, with everything answered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#lanes);
  }

  /** Asks again for some of what was answered: the answer is the first one, to the letter. */
  async repeatAnswered(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const { answer, ...change } = this.#chance.oneOf(
        this.changes.filter((one) => one.answer !== undefined),
      );
      assert.deepEqual(await this.#ask({ ...change }), answer, `${change.kind} ${change.key} has one answer`);
    }
  }

  /** Starts a reminder run and waits for the answer. */
  async remind(): Promise<void> {
    await this.#change({ kind: 'run', minor: 0n, path: '/api/v1/reminder-runs', body: {} });
  }

  async #lane(): Promise<void> {
    while (!this.#stopping) {
      await this.#story();
      await sleep(PAUSE_MS);
    }
  }

  async #story(): Promise<void> {
    const { companyId, customerIds, today } = this.#business;
    const customerId = this.#chance.oneOf(customerIds);
    // A payment of a third is like no invoice, so that no machine takes it for one.
    const third = BigInt(this.#chance.whole(30_00, 49_99));
    const dueOn = addDays(today, this.#chance.happens(0.6) ? -OVERDUE_DAYS : AHEAD_DAYS);
    const line = { description: 'Goods', quantity: '3', unitPrice: text(third), taxPercent: '0' };
    const invoice = await this.#change({
      kind: 'invoice',
      minor: third * 3n,
      path: '/api/v1/invoices',
      body: {
        companyId,
        customerId,
        issuedOn: addDays(today, -OVERDUE_DAYS - 5).toString(),
        dueOn: dueOn.toString(),
        currency: 'EUR',
        lines: [line],
      },
    });
    const read = await this.#send(`/api/v1/invoices/${String(invoice.invoiceId)}`, {});
    const itemId = (read.items as readonly { readonly id: string }[])[0]?.id;
    const amount = { amount: text(third), currency: 'EUR' };
    const payment = await this.#change({
      kind: 'payment',
      minor: third,
      path: '/api/v1/payments',
      body: { companyId, customerId, receivedOn: today.toString(), amount },
    });
    // Either half done twice would fit into what the payment has left: only the key keeps it from being done twice.
    for (const minor of [third / 2n, third - third / 2n]) {
      const allocation = { itemId, amount: { amount: text(minor), currency: 'EUR' } };
      await this.#change({
        kind: 'application',
        minor,
        path: `/api/v1/payments/${String(payment.paymentId)}/applications`,
        body: { allocations: [allocation] },
      });
    }
    if (this.#chance.happens(RUN_CHANCE)) await this.remind();
  }

  async #change(asked: Omit<Change, 'key' | 'answer'>): Promise<Answer> {
    const change: Change = { ...asked, key: randomUUID() };
    this.changes.push(change);
    return this.#ask(change);
  }

  async #ask(change: Change): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': change.key };
    const answer = await this.#send(change.path, {
      method: 'POST',
      headers,
      body: JSON.stringify(change.body),
    });
    change.answer = answer;
    return answer;
  }

  /** Asks until a server answers. A refusal is none of what can happen here. */
  async #send(path: string, request: RequestInit): Promise<Answer> {
    const headers = { ...request.headers, authorization: `Bearer ${this.#business.key}` };
    const begun = performance.now();
    for (let tries = 1; ; tries += 1) {
      const addresses = this.#addresses();
      this.#turn += 1;
      const url = `${addresses[this.#turn % addresses.length]}${path}`;
      const signal = AbortSignal.timeout(ANSWER_MS_MAX);
      const heard = await fetch(url, { ...request, headers, signal })
        .then(
          async (response) => ({ status: response.status, body: (await response.json()) as Answer }),
          () => undefined,
        )
        .catch(() => undefined);
      if (heard !== undefined && heard.status < 500) {
        assert.ok(heard.status < 300, `${path} is not refused: ${JSON.stringify(heard.body)}`);
        return heard.body;
      }
      assert.ok(performance.now() - begun < this.#patienceMs, `${path} is answered in the end`);
      if (tries === 1) this.unheard += 1;
      await sleep(AGAIN_MS);
    }
  }
}

function text(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
}
