import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { bankText, type Transfer, type TransferOrder, writePain001 } from './pain001.ts';
import type { XmlNode } from './xml-part.ts';
import { nodeAt, nodesOf, textAt } from './xml-part.ts';
import { readXmlTree } from './xml-tree.ts';

const transfer = (given: Partial<Transfer> = {}): Transfer => ({
  endToEndId: 'P-2026-00001',
  amount: money(12_30n, 'EUR'),
  name: 'Müller & Søn ApS',
  address: { street: 'Åvej 1', postalCode: '8000', town: 'Århus', country: 'DK' },
  account: 'DK5000400440116243',
  isIban: true,
  text: 'Credit of invoice №7',
  ...given,
});

const order = (given: Partial<TransferOrder> = {}): TransferOrder => ({
  messageId: 'R-1',
  createdAt: Temporal.Instant.from('2026-11-29T08:00:00.123Z'),
  executeOn: parseDate('2026-11-30'),
  debtor: {
    name: 'Nordwind GmbH',
    address: { street: null, postalCode: '20095', town: 'Hamburg', country: 'DE' },
    account: 'DE89370400440532013000',
    isIban: true,
  },
  transfers: [transfer(), transfer({ endToEndId: 'P-2026-00002', amount: money(1n, 'EUR'), address: null })],
  ...given,
});

const treeOf = (text: string): Promise<XmlNode> =>
  readXmlTree(Buffer.from(text), { elementsMax: 10_000, charactersMax: 10_000 });

/** The children of each element in the order that the schema of pain.001.001.09 asks for, of those that we write. */
const SEQUENCES: Readonly<Record<string, readonly string[]>> = {
  Document: ['CstmrCdtTrfInitn'],
  CstmrCdtTrfInitn: ['GrpHdr', 'PmtInf'],
  GrpHdr: ['MsgId', 'CreDtTm', 'NbOfTxs', 'CtrlSum', 'InitgPty'],
  PmtInf: [
    'PmtInfId',
    'PmtMtd',
    'BtchBookg',
    'NbOfTxs',
    'CtrlSum',
    'PmtTpInf',
    'ReqdExctnDt',
    'Dbtr',
    'DbtrAcct',
    'DbtrAgt',
    'ChrgBr',
    'CdtTrfTxInf',
  ],
  CdtTrfTxInf: ['PmtId', 'Amt', 'Cdtr', 'CdtrAcct', 'RmtInf'],
  Cdtr: ['Nm', 'PstlAdr'],
  Dbtr: ['Nm', 'PstlAdr'],
  PstlAdr: ['StrtNm', 'PstCd', 'TwnNm', 'Ctry'],
};

test('elements stand in the order of the schema, each with what it must have', async () => {
  const text = writePain001(order());
  const names = [...text.matchAll(/^( *)<(\w+)/gm)].map(
    ([, blanks = '', name = '']) => [blanks.length / 2, name] as const,
  );
  const path: string[] = [];
  const last = new Map<string, number>();
  for (const [depth, name] of names) {
    path.length = depth;
    const parent = path.at(-1);
    const sequence = parent === undefined ? undefined : SEQUENCES[parent];
    if (parent && sequence) {
      const place = sequence.indexOf(name);
      const key = path.join('/');
      assert.ok(place >= (last.get(key) ?? 0), `${name} in ${key}`);
      last.set(key, place);
    }
    path.push(name);
    for (const key of last.keys()) if (key.startsWith(`${path.join('/')}`)) last.delete(key);
  }
  assert.match(
    text,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">/,
  );
});

test('sums and counts are told twice and hold; parties and accounts are who they are', async () => {
  const root = await treeOf(writePain001(order()));
  const body = nodeAt(root, 'CstmrCdtTrfInitn') ?? root;
  for (const part of ['GrpHdr', 'PmtInf'])
    assert.deepEqual([textAt(body, part, 'NbOfTxs'), textAt(body, part, 'CtrlSum')], ['2', '12.31']);
  const payment = nodeAt(body, 'PmtInf');
  assert.ok(payment);
  assert.equal(textAt(payment, 'PmtTpInf', 'SvcLvl', 'Cd'), 'SEPA');
  assert.equal(textAt(payment, 'ReqdExctnDt', 'Dt'), '2026-11-30');
  assert.equal(textAt(payment, 'DbtrAcct', 'Id', 'IBAN'), 'DE89370400440532013000');
  const [first, second] = nodesOf(payment, 'CdtTrfTxInf');
  assert.ok(first && second);
  assert.equal(textAt(first, 'Cdtr', 'Nm'), 'Muller + Son ApS');
  assert.deepEqual(
    ['StrtNm', 'PstCd', 'TwnNm', 'Ctry'].map((name) => textAt(first, 'Cdtr', 'PstlAdr', name)),
    ['Avej 1', '8000', 'Arhus', 'DK'],
  );
  assert.equal(textAt(first, 'RmtInf', 'Ustrd'), 'Credit of invoice .7');
  assert.equal(nodeAt(second, 'Cdtr', 'PstlAdr'), undefined);
});

test('what does not go by SEPA says so neither in service nor in charges', () => {
  const text = writePain001(
    order({ transfers: [transfer({ account: '0123456789', isIban: false, amount: money(5_00n, 'USD') })] }),
  );
  assert.ok(!text.includes('SEPA'));
  assert.match(text, /<ChrgBr>SHAR<\/ChrgBr>/);
  assert.match(text, /<Othr>\s*<Id>0123456789<\/Id>/);
  assert.match(text, /<InstdAmt Ccy="USD">5.00<\/InstdAmt>/);
});

test('an order that cannot be is refused', () => {
  const refuse = (code: string, given: Partial<TransferOrder>) =>
    assert.throws(() => writePain001(order(given)), { code });
  refuse('transfers_missing', { transfers: [] });
  refuse('transfers_in_several_currencies', {
    transfers: [transfer(), transfer({ amount: money(1n, 'USD') })],
  });
  refuse('transfer_not_positive', { transfers: [transfer({ amount: money(0n, 'EUR') })] });
  refuse('transfer_id_not_valid', { transfers: [transfer({ endToEndId: 'x'.repeat(36) })] });
  refuse('transfer_id_not_valid', { messageId: '/R' });
});

test('a text holds only what banks pass on, and is cut to its length', () => {
  assert.equal(bankText('  Łódź – Straße №1  ', 70), 'Lodz - Strasse .1');
  assert.equal(bankText('a\u0000b\n<c>', 70), 'a.b .c.');
  assert.equal(bankText('abc def', 4), 'abc');
});
