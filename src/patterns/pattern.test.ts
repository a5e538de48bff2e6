import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { formKey, formsOf, type WayForm, writtenFor } from '#matching/learnt-way.ts';
import { readReferences } from '#matching/references.ts';
import {
  checkPattern,
  type PastDocument,
  type PastReceipt,
  proposePatterns,
  rightShare,
  tallyOf,
  tryForm,
} from './pattern.ts';

function document(id: string, more: Partial<PastDocument> = {}): PastDocument {
  return {
    id,
    number: `INV-2026-${id}`,
    orders: [],
    postedOn: parseDate('2026-01-01'),
    closedOn: null,
    ...more,
  };
}

function receipt(text: string, paidIds: readonly string[], more: Partial<PastReceipt> = {}): PastReceipt {
  return {
    paymentId: `p ${text}`,
    number: 'PAY-1',
    receivedOn: parseDate('2026-02-01'),
    texts: [text],
    paidIds,
    isByHand: true,
    ...more,
  };
}

const ENDING: WayForm = { kind: 'ending', figures: 3 };

test('a number written in a way is right, wrong or tied by what was open then and what was paid', () => {
  const closed = document('11042', { closedOn: parseDate('2026-01-20') });
  const later = document('12042', { postedOn: parseDate('2026-03-01') });
  const documents = [
    document('00042'),
    document('00043'),
    document('10043'),
    document('00044'),
    closed,
    later,
  ];
  const receipts = [
    receipt('no 042', ['00042']),
    receipt('no 043', ['00043']),
    receipt('no 044', ['00042']),
    receipt('no 099', ['00042']),
    receipt('INV-2026-00044', ['00044']),
  ];
  const trials = tryForm(ENDING, receipts, documents);
  assert.deepEqual(
    trials.map(({ written, verdict }) => [written, verdict]),
    [
      ['042', 'right'],
      ['043', 'tied'],
      ['044', 'wrong'],
    ],
    'what was closed before, or came later, is not meant; a full number and one that fits nothing are no trials',
  );
  assert.deepEqual(tallyOf(trials), { right: 1, wrong: 1, tied: 1 });
});

test('what people applied shows the last figures, other letters and orders; of what reads all alike one is proposed', () => {
  const documents = [
    document('04711', { orders: ['PO-77'] }),
    document('04712', { orders: ['PO-78'] }),
    document('04713', { orders: ['PO-79'] }),
  ];
  const proposed = (...texts: readonly string[]): readonly string[] =>
    proposePatterns(
      texts.map((text, index) => receipt(text, [documents[index]?.id ?? ''])),
      documents,
    ).map(({ form, right }) => `${formKey(form)}: ${right}`);
  assert.deepEqual(proposed('4711', '4712'), ['ending 4: 2']);
  assert.deepEqual(proposed('RE-4711 of May', 're 04712', 'RE4713'), ['series RE INV2026: 2']);
  assert.deepEqual(proposed('po-77', 'for PO-78'), ['order: 2']);
  assert.deepEqual(proposed('4711'), [], 'once is no pattern');
  assert.deepEqual(proposed('4712', '4713'), [], 'what was wrong is none');
});

test('what the machine applied teaches nothing by itself but is tried on', () => {
  const documents = [document('04711'), document('04712'), document('04713')];
  const byMachine = [
    receipt('4711', ['04711'], { isByHand: false }),
    receipt('4712', ['04712'], { isByHand: false }),
  ];
  assert.deepEqual(proposePatterns(byMachine, documents), []);
  const [proposal] = proposePatterns([...byMachine, receipt('4713', ['04713'])], documents);
  assert.equal(proposal?.right, 3);
  assert.equal(proposal?.paymentId, 'p 4713');
});

test('what is written for a document fits every form it shows, and what is proposed would be accepted', () => {
  const token = fc.stringMatching(/^[A-Z]{0,4}[0-9]{1,8}$/);
  const number = fc.stringMatching(/^[A-Z]{0,3}-?(20[0-9]{2}-)?[0-9]{1,6}$/);
  fc.assert(
    fc.property(token, number, (written, own) => {
      const one = document('x', { number: own, orders: [written] });
      for (const form of formsOf(written, one)) assert.ok(writtenFor(form, written, one));
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(token, fc.nat(3)), { maxLength: 6 }), (said) => {
      const documents = [0, 1, 2, 3].map((index) =>
        document(`0000${index}`, { number: `R-${index}${index}71` }),
      );
      const receipts = said.map(([text, of], index) =>
        receipt(text, [`0000${of}`], { paymentId: String(index) }),
      );
      for (const proposal of proposePatterns(receipts, documents)) checkPattern(proposal);
    }),
  );
});

test('few cases are believed less than many, none wholly, and none that was wrong as often', () => {
  assert.ok(rightShare({ right: 2, wrong: 0 }) < rightShare({ right: 50, wrong: 0 }));
  assert.ok(rightShare({ right: 1_000_000, wrong: 0 }) < 1);
  assert.throws(() => checkPattern({ right: 2, wrong: 2, tied: 0 }), { code: 'pattern_not_supported' });
  assert.throws(() => checkPattern({ right: 0, wrong: 0, tied: 9 }), { code: 'pattern_not_supported' });
});

test('a learnt way reads what is nothing else, and leaves in doubt what fits two', () => {
  const way = { kind: 'series', theirs: 'RE', ours: 'INV2026', id: 'w', right: 0.9 } as const;
  const open = ['INV-2026-04711', 'INV-2026-04712', 'INV-2025-04711'].map((number) => ({
    ...{ id: number, amount: 100, due: 0, issued: 0, number },
  }));
  const read = (text: string, ways: Parameters<typeof readReferences>[2]) =>
    readReferences([text], open, ways).named.map(({ way: by, documents }) => [
      by,
      ...documents.map(({ id }) => id),
    ]);
  assert.deepEqual(read('RE-4711', []), []);
  assert.deepEqual(read('RE-4711', [way]), [['learnt', 'INV-2026-04711']]);
  const older = { ...way, ours: 'INV2025', id: 'v' };
  assert.deepEqual(read('RE-4711', [way, older]), [['learnt', 'INV-2026-04711', 'INV-2025-04711']]);
  assert.deepEqual(read('INV-2026-04712', [way]), [['exact', 'INV-2026-04712']]);
});
