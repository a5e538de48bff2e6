import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ENTRY_DETAILS_MAX, XML_PART_ELEMENTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  counterpartyOf,
  entryIdentity,
  type StatementEntry,
  type StatementEvent,
  type StatementSummary,
  statementMoney,
} from './bank-statement-shape.ts';
import { joinedLines } from './camt-remittance.ts';
import { readCamt } from './camt053.ts';
import { paymentsOf } from './statement-tally.ts';
import type { ByteSource } from './text-encoding.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';

type Parts = { namespace?: string; statement?: string; message?: string; header?: string };

/** A camt document around what the test is about. */
function camt({ namespace = NAMESPACE, statement = '', message = 'BkToCstmrStmt', header }: Parts): string {
  const group = header ?? '<GrpHdr><MsgId>M1</MsgId><CreDtTm>2024-01-31T18:00:00</CreDtTm></GrpHdr>';
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}"><${message}>${group}\n` +
    `<Stmt><Id>S1</Id>${statement}</Stmt></${message}></Document>`
  );
}

const account = '<Acct><Id><IBAN>CH9300762011623852957</IBAN></Id><Ccy>CHF</Ccy></Acct>';
const balance = (type: string, amount: string, sign = 'CRDT', currency = 'CHF') =>
  `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt>` +
  `<CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>2024-01-31</Dt></Dt></Bal>`;
const entry = (amount: string, inside = '', { sign = 'CRDT', status = 'BOOK', currency = 'CHF' } = {}) =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts>` +
  `<Cd>${status}</Cd></Sts><BookgDt><Dt>2024-01-31</Dt></BookgDt>${inside}</Ntry>`;
const details = (...payments: string[]) =>
  `<NtryDtls>${payments.map((payment) => `<TxDtls>${payment}</TxDtls>`).join('')}</NtryDtls>`;
const paid = (amount: string) => `<Amt Ccy="CHF">${amount}</Amt>`;

const read = (source: string | ByteSource) =>
  Array.fromAsync(readCamt(typeof source === 'string' ? Buffer.from(source) : source));

async function outcome(source: string | ByteSource) {
  const events: StatementEvent[] = [];
  try {
    for await (const event of readCamt(typeof source === 'string' ? Buffer.from(source) : source))
      events.push(event);
    return { events };
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return { events, code: error.code, facts: error.facts };
  }
}

async function entriesOf(source: string): Promise<StatementEntry[]> {
  return (await read(source)).flatMap((event) => (event.kind === 'entry' ? [event.entry] : []));
}

async function entryOf(
  inside: string,
  about?: { sign?: string; status?: string; currency?: string },
): Promise<StatementEntry> {
  const [first] = await entriesOf(camt({ statement: account + entry('100.00', inside, about) }));
  assert.ok(first);
  return first;
}

async function summaryOf(statement: string, namespace = NAMESPACE): Promise<StatementSummary> {
  const last = (await read(camt({ statement, namespace }))).at(-1);
  assert.ok(last?.kind === 'summary');
  return last.summary;
}

test('file, statement, entries and summary come in that order, with balances before entries', async () => {
  const statement = `<ElctrncSeqNb>12</ElctrncSeqNb><LglSeqNb>7</LglSeqNb>
    <FrToDt><FrDtTm>2024-01-31T00:00:00</FrDtTm><ToDtTm>2024-01-31T23:59:59</ToDtTm></FrToDt>
    <Acct><Id><IBAN>CH9300762011623852957</IBAN></Id><Ccy>CHF</Ccy>
    <Ownr><Nm>Acme</Nm></Ownr><Svcr><FinInstnId><BICFI>UBSWCHZH80A</BICFI></FinInstnId></Svcr></Acct>
    ${balance('OPBD', '10.00')}${balance('CLBD', '30.00')}${entry('20.00')}`;
  const events = await read(camt({ statement }));
  assert.deepEqual(
    events.map((event) => event.kind),
    ['file', 'statement', 'entry', 'summary'],
  );
  const [file, head] = events;
  assert.ok(file?.kind === 'file' && head?.kind === 'statement');
  assert.deepEqual(
    { ...file.file },
    { format: 'camt.053', version: '08', messageId: 'M1', createdAt: '2024-01-31T18:00:00', page: undefined },
  );
  const { balances, account: holder, ...about } = head.statement;
  assert.deepEqual(holder, {
    iban: 'CH9300762011623852957',
    otherId: undefined,
    currency: 'CHF',
    owner: 'Acme',
    bankBic: 'UBSWCHZH80A',
  });
  assert.deepEqual(about, {
    id: 'S1',
    electronicSequence: '12',
    legalSequence: '7',
    page: undefined,
    createdAt: undefined,
    from: '2024-01-31T00:00:00',
    to: '2024-01-31T23:59:59',
    line: 3,
  });
  assert.deepEqual(
    balances.map(({ type, amount }) => [type, amount.decimal]),
    [
      ['OPBD', '10.00'],
      ['CLBD', '30.00'],
    ],
  );
});

test('the message is told by its namespace, in all its forms', async () => {
  for (const [namespace, format, version] of [
    ['urn:iso:std:iso:20022:tech:xsd:camt.053.001.02', 'camt.053', '02'],
    ['urn:iso:std:iso:20022:tech:xsd:camt.053.001.13', 'camt.053', '13'],
    ['http://www.six-interbank-clearing.com/de/camt.053.001.04.ch.02.xsd', 'camt.053', '04'],
    ['urn:iso:std:iso:20022:tech:xsd:camt.054.001.08', 'camt.054', '08'],
    ['ISO:camt.052.001.06', 'camt.052', '06'],
  ] as const) {
    const [first] = await read(camt({ namespace }));
    assert.ok(first?.kind === 'file');
    assert.deepEqual([first.file.format, first.file.version], [format, version]);
  }
});

test('a document with a prefix, or in an envelope, is read the same', async () => {
  const plain = camt({ statement: account + entry('5') });
  const prefixed = plain.replace('xmlns=', 'xmlns:n=').replace(/<(\/?)(?=[A-Z])/g, '<$1n:');
  const wrapped = plain
    .replace('<Document', '<Envelope><AppHdr xmlns="urn:x"><Id>1</Id></AppHdr><Document')
    .replace(/$/, '</Envelope>');
  const shape = async (source: string) =>
    (await entriesOf(source)).map(({ amount, mayBook }) => [amount.decimal, mayBook]);
  assert.deepEqual(await shape(prefixed), [['5', true]]);
  assert.deepEqual(await shape(wrapped), [['5', true]]);
});

test('what is no camt statement is refused, and says what it is', async () => {
  for (const [source, code] of [
    [camt({ namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09' }), 'camt_not_recognised'],
    [camt({ namespace: '' }), 'camt_not_recognised'],
    ['<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', 'camt_not_recognised'],
    [camt({ namespace: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.14' }), 'camt_version_unknown'],
    [
      `<Document xmlns="${NAMESPACE}"><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>`,
      'camt_without_statement',
    ],
    [`<Document xmlns="${NAMESPACE}"/>`, 'camt_without_statement'],
    [`<!DOCTYPE x [<!ENTITY y "z">]>${camt({})}`.replace(/<\?xml.*?\?>/, ''), 'xml_dtd_refused'],
    ['Date;Amount\n', 'xml_not_well_formed'],
  ] as const) {
    assert.equal((await outcome(source)).code, code, source.slice(0, 120));
  }
});

test('only booked entries of a camt.053 may be booked', async () => {
  const statement =
    account + ['BOOK', 'PDNG', 'INFO'].map((status) => entry('1.00', '', { status })).join('');
  const mayBook = async (namespace: string) =>
    (await entriesOf(camt({ statement, namespace }))).map((one) => one.mayBook);
  assert.deepEqual(await mayBook(NAMESPACE), [true, false, false]);
  assert.deepEqual(await mayBook(NAMESPACE.replace('053', '052')), [false, false, false]);
  assert.deepEqual(await mayBook(NAMESPACE.replace('053', '054')), [false, false, false]);
  const text = camt({
    statement: account + entry('1').replace('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>'),
  });
  assert.deepEqual(
    (await entriesOf(text)).map(({ status, mayBook: may }) => [status, may]),
    [['BOOK', true]],
  );
});

test('the sign comes from the entry, also when it is a reversal', async () => {
  const reversal = await entryOf('<RvslInd>true</RvslInd>', { sign: 'DBIT' });
  assert.deepEqual([reversal.amount.decimal, reversal.isReversal], ['-100.00', true]);
  const nothing = await entriesOf(camt({ statement: account + entry('0.00', '', { sign: 'DBIT' }) }));
  assert.equal(nothing[0]?.amount.decimal, '0.00', 'nothing has no sign');
  const plain = await entryOf('<RvslInd>false</RvslInd>');
  assert.deepEqual([plain.amount.decimal, plain.isReversal], ['100.00', false]);
});

test('opening, booked entries and closing are compared and the difference is shown', async () => {
  const summary = await summaryOf(
    [
      account,
      balance('OPBD', '100.00'),
      balance('CLAV', '1.00'),
      balance('CLBD', '24.90', 'DBIT'),
      entry('25.10'),
      entry('150.00', '', { sign: 'DBIT' }),
      entry('999', '', { status: 'PDNG' }),
    ].join(''),
  );
  assert.equal(summary.check, 'agrees');
  assert.deepEqual(summary.difference, { decimal: '0.00', currency: 'CHF' });
  assert.deepEqual(summary.bookedNet, { decimal: '-124.90', currency: 'CHF' });
  assert.deepEqual(summary.totals, [{ currency: 'CHF', credit: '1024.10', debit: '150.00' }]);
  assert.deepEqual(summary.byStatus, { BOOK: 2, PDNG: 1 });
  const off = await summaryOf(
    `${account}${balance('PRCD', '100')}${balance('CLBD', '100.125')}${entry('0.50')}`,
  );
  assert.deepEqual([off.check, off.difference?.decimal, off.opening?.type], ['differs', '0.375', 'PRCD']);
});

test('balances that cannot be compared are not compared', async () => {
  assert.equal((await summaryOf(account + balance('CLBD', '1'))).check, 'no_balances');
  const two = await summaryOf(account + balance('OPBD', '1') + balance('CLBD', '1', 'CRDT', 'EUR'));
  assert.deepEqual([two.check, two.difference], ['currencies_differ', undefined]);
  const lost = await summaryOf(
    account + balance('OPBD', '1') + balance('CLBD', '1') + entry('5', '', { currency: 'EUR' }),
  );
  assert.deepEqual([lost.check, lost.bookedNet], ['amount_missing', undefined]);
});

test('a statement that says how many entries it has is taken at its word', async () => {
  const counted = (count: number) =>
    summaryOf(
      `${account}<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries></TtlNtries></TxsSummry>${entry('1')}`,
    );
  assert.deepEqual((await counted(1)).problems, []);
  assert.deepEqual(
    (await counted(2)).problems.map(({ code, line }) => [code, line]),
    [['statement_entry_count_differs', 3]],
  );
});

test('an entry in another currency takes its value in that of the account, or says that it is not told', async () => {
  const foreign = (inside: string) => entryOf(inside, { currency: 'EUR' });
  const counter = await foreign(
    '<AmtDtls><InstdAmt><Amt Ccy="CHF">96.00</Amt></InstdAmt><CntrValAmt><Amt Ccy="CHF">95.00</Amt>' +
      '<CcyXchg><SrcCcy>EUR</SrcCcy><TrgtCcy>CHF</TrgtCcy><XchgRate>0.95</XchgRate></CcyXchg>' +
      '</CntrValAmt></AmtDtls>',
  );
  assert.deepEqual(counter.accountAmount, { decimal: '95.00', currency: 'CHF' });
  assert.deepEqual(counter.amounts.exchange, { source: 'EUR', target: 'CHF', unit: undefined, rate: '0.95' });
  assert.deepEqual(
    counter.problems.map((problem) => problem.code),
    ['entry_in_other_currency'],
  );
  const inDetail = await foreign(details('<AmtDtls><TxAmt><Amt Ccy="CHF">94.00</Amt></TxAmt></AmtDtls>'));
  assert.equal(inDetail.accountAmount?.decimal, '94.00');
  const missing = await foreign('');
  assert.deepEqual(
    [missing.accountAmount, missing.problems[0]?.code],
    [undefined, 'entry_account_amount_missing'],
  );
  const byBalance = await entriesOf(
    camt({ statement: balance('OPBD', '1') + entry('5', '', { currency: 'EUR' }) }),
  );
  assert.equal(byBalance[0]?.accountAmount, undefined, 'the currency of the account is told by its balances');
});

test('decimals are never lost, and those beyond the currency are reported', async () => {
  const [fine, odd] = await entriesOf(camt({ statement: account + entry('8.850') + entry('0.00001') }));
  assert.ok(fine && odd);
  assert.equal(fine.amount.decimal, '8.850');
  assert.deepEqual(statementMoney(fine.amount), { money: { minor: 885n, currency: 'CHF' } });
  const refused = statementMoney(odd.amount, odd.line);
  assert.ok('problem' in refused);
  assert.deepEqual(
    [refused.problem.code, refused.problem.line, refused.problem.value],
    ['amount_too_many_decimals', 3, '0.00001'],
  );
  const unknown = statementMoney({ decimal: '1', currency: 'XXX' });
  assert.equal('problem' in unknown && unknown.problem.code, 'unknown_currency');
});

test('what a payment says about itself is all there', async () => {
  const payment = `<Refs><AcctSvcrRef>B1</AcctSvcrRef><PmtInfId>P1</PmtInfId><InstrId>I1</InstrId>
    <EndToEndId>E1</EndToEndId><UETR>U1</UETR><TxId>T1</TxId><MndtId>D1</MndtId></Refs>
    <Amt Ccy="CHF">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>VCOM</SubFmlyCd></Fmly></Domn>
    <Prtry><Cd>A90</Cd></Prtry></BkTxCd>
    <Chrgs><TtlChrgsAndTaxAmt Ccy="CHF">2.00</TtlChrgsAndTaxAmt>
    <Rcrd><Amt Ccy="CHF">2.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd>
    <Tp><Cd>DEBT</Cd></Tp></Rcrd></Chrgs>
    <RltdPties><Dbtr><Pty><Nm>Payer</Nm></Pty></Dbtr>
    <DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>
    <UltmtDbtr><Pty><Nm>Debtor</Nm></Pty></UltmtDbtr></RltdPties>
    <RltdAgts><DbtrAgt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></DbtrAgt></RltdAgts>
    <Purp><Cd>GDDS</Cd></Purp>
    <RmtInf><Ustrd>Invoice 17</Ustrd><Ustrd>and 18</Ustrd>
    <Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>17</Nb>
    <RltdDt><Dt>2024-01-01</Dt></RltdDt></RfrdDocInf>
    <RfrdDocAmt><RmtdAmt Ccy="CHF">60.00</RmtdAmt></RfrdDocAmt>
    <CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>ISO</Issr></Tp>
    <Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>
    <RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf><AddtlTxInf>more</AddtlTxInf>`;
  const whole = await entryOf(
    `<NtryRef>N1</NtryRef><AcctSvcrRef>A1</AcctSvcrRef><ValDt><Dt>2024-02-01</Dt>` +
      `</ValDt>${details(payment)}<AddtlNtryInf>entry info</AddtlNtryInf>`,
  );
  assert.deepEqual(
    [
      whole.reference,
      whole.bankReference,
      whole.info,
      whole.bookingDate?.toString(),
      whole.valueDate?.toString(),
    ],
    ['N1', 'A1', 'entry info', '2024-01-31', '2024-02-01'],
  );
  const [detail] = whole.details;
  assert.ok(detail);
  const { amounts, ultimateDebtor, debtor, ...rest } = detail;
  assert.deepEqual(debtor, {
    name: 'Payer',
    iban: 'DE89370400440532013000',
    otherAccount: undefined,
    bic: 'COBADEFF',
  });
  assert.equal(ultimateDebtor?.name, 'Debtor');
  assert.deepEqual(rest, {
    amount: { decimal: '100.00', currency: 'CHF' },
    endToEndId: 'E1',
    bankReference: 'B1',
    instructionId: 'I1',
    paymentInformationId: 'P1',
    transactionId: 'T1',
    mandateId: 'D1',
    uetr: 'U1',
    structured: [{ type: 'SCOR', issuer: 'ISO', reference: 'RF18539007547034' }],
    documents: [
      { type: 'CINV', number: '17', date: '2024-01-01', amount: { decimal: '60.00', currency: 'CHF' } },
    ],
    unstructured: ['Invoice 17', 'and 18'],
    text: 'Invoice 17 and 18',
    places: {
      structured: [21],
      documents: [17],
      documentAmounts: [{ amount: 19, discount: undefined, credited: undefined, adjustments: [] }],
      unstructured: [16, 16],
    },
    creditor: undefined,
    ultimateCreditor: undefined,
    charges: [{ amount: { decimal: '-2.00', currency: 'CHF' }, isIncluded: true, type: 'DEBT' }],
    returned: { code: 'AC04', info: ['closed'] },
    code: { domain: 'PMNT', family: 'RCDT', subfamily: 'VCOM', proprietary: 'A90' },
    purpose: 'GDDS',
    info: 'more',
  });
});

test('a document says what is due, what is taken off and why; each block stands on a line of its own', async () => {
  const amount = (name: string, value: string) => `<${name} Ccy="CHF">${value}</${name}>`;
  const remittance = `<RmtInf>
    <Strd><RfrdDocInf><Nb>17</Nb></RfrdDocInf><RfrdDocAmt>${amount('DuePyblAmt', '100.00')}
    <DscntApldAmt>${amount('Amt', '2.00')}</DscntApldAmt>${amount('CdtNoteAmt', '5.00')}
    <AdjstmntAmtAndRsn>${amount('Amt', '3.00')}<CdtDbtInd>CRDT</CdtDbtInd><Rsn>DMGD</Rsn><AddtlInf>two boxes</AddtlInf></AdjstmntAmtAndRsn>
    <AdjstmntAmtAndRsn>${amount('Amt', '1.00')}<CdtDbtInd>DBIT</CdtDbtInd></AdjstmntAmtAndRsn>
    ${amount('RmtdAmt', '91.00')}</RfrdDocAmt></Strd>
    <Strd><RfrdDocInf><Nb>18</Nb></RfrdDocInf><RfrdDocAmt>${amount('DscntApldAmt', '1.50')}
    ${amount('RmtdAmt', '9.00')}</RfrdDocAmt><AddtlRmtInf>rest follows</AddtlRmtInf></Strd></RmtInf>`;
  const [detail] = (await entryOf(details(remittance))).details;
  const chf = (decimal: string) => ({ decimal, currency: 'CHF' });
  const [first, second] = detail?.documents ?? [];
  assert.deepEqual(
    [first?.amount, first?.due, first?.discount, first?.credited],
    [chf('91.00'), chf('100.00'), chf('2.00'), chf('5.00')],
  );
  assert.deepEqual(first?.adjustments, [
    { amount: chf('-3.00'), reason: 'DMGD', info: 'two boxes' },
    { amount: chf('1.00'), reason: undefined, info: undefined },
  ]);
  assert.deepEqual([second?.number, second?.amount, second?.discount], ['18', chf('9.00'), chf('1.50')]);
  assert.equal(detail?.text, 'rest follows');
  const [one = 0, two = 0] = detail?.places?.documents ?? [];
  assert.equal(two - one, 5);
  assert.deepEqual(detail?.places?.unstructured, [two + 1]);
});

test('an amount for several documents together is not taken for each of them', async () => {
  const two =
    '<RmtInf><Strd><RfrdDocInf><Nb>1</Nb></RfrdDocInf><RfrdDocInf><Nb>2</Nb></RfrdDocInf>' +
    '<RfrdDocAmt><RmtdAmt Ccy="CHF">100.00</RmtdAmt></RfrdDocAmt></Strd></RmtInf>';
  const [detail] = (await entryOf(details(two))).details;
  assert.deepEqual(
    detail?.documents.map(({ number, amount }) => [number, amount]),
    [
      ['1', undefined],
      ['2', undefined],
    ],
  );
});

test('an entry sent again is known by what the bank or the payer said, not by what a second edition changes', async () => {
  const identityOf = async (inside: string, about?: { sign?: string }) =>
    entryIdentity(await entryOf(inside, about));
  const bank = await identityOf('<AcctSvcrRef>A1</AcctSvcrRef>');
  assert.equal(await identityOf('<AcctSvcrRef>A1</AcctSvcrRef><AddtlNtryInf>more</AddtlNtryInf>'), bank);
  assert.notEqual(await identityOf('<AcctSvcrRef>A2</AcctSvcrRef>'), bank);
  assert.notEqual(await identityOf('<AcctSvcrRef>A1</AcctSvcrRef>', { sign: 'DBIT' }), bank);
  const said = await identityOf(details('<RmtInf><Ustrd>Invoice 1</Ustrd></RmtInf>'));
  assert.equal(
    await identityOf(
      `<ValDt><Dt>2024-02-02</Dt></ValDt>${details('<RmtInf><Ustrd>Invoice 1</Ustrd></RmtInf>')}`,
    ),
    said,
  );
  assert.notEqual(await identityOf(details('<RmtInf><Ustrd>Invoice 2</Ustrd></RmtInf>')), said);
  const [short, long] = await entriesOf(camt({ statement: account + entry('8.850') + entry('8.85') }));
  assert.ok(short && long);
  assert.equal(entryIdentity(short), entryIdentity(long));
});

test('older versions name parties and charges without wrappers', async () => {
  const payment =
    `<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="CHF">100.00</Amt>` +
    `</TxAmt></AmtDtls><Chrgs><Amt Ccy="CHF">1.50</Amt></Chrgs><RltdPties><Dbtr><Nm>Old Payer</Nm>` +
    `</Dbtr><DbtrAcct><Id><Othr><Id>12-3</Id></Othr></Id></DbtrAcct></RltdPties><RltdAgts><DbtrAgt>` +
    `<FinInstnId><BIC>OLDBIC</BIC></FinInstnId></DbtrAgt></RltdAgts>`;
  const [detail] = (await entryOf(details(payment))).details;
  assert.deepEqual(detail?.debtor, {
    name: 'Old Payer',
    iban: undefined,
    otherAccount: '12-3',
    bic: 'OLDBIC',
  });
  assert.equal(detail?.endToEndId, undefined, 'NOTPROVIDED is no reference');
  assert.equal(detail?.amount?.decimal, '100.00', 'the transferred amount is that of the payment');
  assert.deepEqual(detail?.charges[0]?.amount.decimal, '-1.50');
});

test('the other side of an entry is the one it is for, and stays the same when a payment is taken back', async () => {
  const parties =
    '<RltdPties><Dbtr><Nm>Payer</Nm></Dbtr><UltmtDbtr><Nm>For Whom</Nm></UltmtDbtr><Cdtr>' +
    '<Nm>Payee</Nm></Cdtr></RltdPties>';
  const nameOf = async (inside: string, sign: string) => {
    const one = await entryOf(inside, { sign });
    const [detail] = one.details;
    return detail && counterpartyOf(one, detail)?.name;
  };
  assert.equal(await nameOf(details(parties), 'CRDT'), 'For Whom');
  assert.equal(await nameOf(details(parties), 'DBIT'), 'Payee');
  assert.equal(await nameOf(`<RvslInd>true</RvslInd>${details(parties)}`, 'DBIT'), 'For Whom');
  const only = '<RltdPties><Dbtr><Nm>Payer</Nm></Dbtr></RltdPties>';
  assert.equal(await nameOf(`<RvslInd>true</RvslInd>${details(only)}`, 'CRDT'), 'Payer');
  assert.equal(await nameOf(details(only), 'DBIT'), undefined, 'we are not our own counterparty');
  assert.equal(await nameOf(details(''), 'CRDT'), undefined);
});

test('a batch is split when its payments add up to it, else it stays whole', async () => {
  const amountsOf = async (...payments: string[]) =>
    paymentsOf(await entryOf(details(...payments))).map(({ amount }) => amount.decimal);
  assert.deepEqual(await amountsOf(paid('60.00'), paid('40.0')), ['60.00', '40.0']);
  assert.deepEqual(
    await amountsOf(`${paid('110')}<CdtDbtInd>CRDT</CdtDbtInd>`, `${paid('10')}<CdtDbtInd>DBIT</CdtDbtInd>`),
    ['110', '-10'],
  );
  assert.deepEqual(await amountsOf(paid('60.00'), paid('39.99')), ['100.00']);
  assert.deepEqual(await amountsOf(paid('60.00'), ''), ['100.00']);
  assert.deepEqual(await amountsOf('<Amt Ccy="EUR">60</Amt>', paid('40')), ['100.00']);
  assert.deepEqual(await amountsOf(paid('99.00')), ['100.00'], 'a single payment is the entry');
  assert.deepEqual(await amountsOf(), ['100.00']);
});

test('lines of text are joined, without a gap where the form cut them', () => {
  assert.equal(joinedLines(['Invoice', '17']), 'Invoice 17');
  assert.equal(joinedLines(['x'.repeat(140), '17']), `${'x'.repeat(140)}17`);
  assert.equal(joinedLines([`${'y'.repeat(33)}20`, '24-001']), `${'y'.repeat(33)}2024-001`);
  assert.equal(joinedLines([]), '');
});

test('dates may be times with an offset, and one that does not exist is a problem of its entry', async () => {
  const timed = await entryOf('<ValDt><DtTm>2023-07-07T00:00:00+02:00</DtTm></ValDt>');
  assert.equal(timed.valueDate?.toString(), '2023-07-07');
  const broken = await entryOf('<ValDt>\n<Dt>2023-02-30</Dt></ValDt>');
  assert.equal(broken.valueDate, undefined);
  assert.deepEqual(
    broken.problems.map(({ code, line, column, value }) => [code, line, column, value]),
    [['date_not_valid', 4, 'Dt', '2023-02-30']],
  );
});

test('an entry without amount, currency or sign refuses the file, with line and element', async () => {
  for (const [broken, code, element] of [
    [entry('1,00'), 'camt_amount_wrong', 'Ntry/Amt'],
    [entry(''), 'camt_amount_wrong', 'Ntry/Amt'],
    [entry('-5.00'), 'camt_amount_wrong', 'Ntry/Amt'],
    [entry('1e5'), 'camt_amount_wrong', 'Ntry/Amt'],
    [entry('1', '', { currency: 'chf' }), 'camt_currency_missing', 'Ntry/Amt/@Ccy'],
    [entry('1', '', { sign: 'CREDIT' }), 'camt_sign_wrong', 'Ntry/CdtDbtInd'],
    ['<Ntry><Sts>BOOK</Sts></Ntry>', 'camt_sign_wrong', 'Ntry/CdtDbtInd'],
    [balance('OPBD', 'x'), 'camt_amount_wrong', 'Bal/Amt'],
  ] as const) {
    const seen = await outcome(camt({ statement: `${account}\n${broken}` }));
    assert.equal(seen.code, code, broken);
    assert.deepEqual([seen.facts?.element, seen.facts?.line], [element, 4]);
  }
  const oddDetail = await entryOf(details('<Amt Ccy="CHF">?</Amt>'));
  assert.deepEqual(
    oddDetail.problems.map((problem) => problem.code),
    ['camt_amount_wrong'],
    'a detail may be odd',
  );
});

test('entries with very many payments are read, parts of any other size are refused', async () => {
  const many = await entryOf(details(...new Array(XML_PART_ELEMENTS_MAX).fill(paid('0.01'))));
  assert.equal(many.details.length, XML_PART_ELEMENTS_MAX);
  const bloated = camt({ statement: account + entry('1', '<X/>'.repeat(XML_PART_ELEMENTS_MAX)) });
  assert.equal((await outcome(bloated)).code, 'xml_part_too_large');
  const flood = camt({
    statement: account + entry('1', `<NtryDtls>${'<TxDtls/>'.repeat(ENTRY_DETAILS_MAX + 1)}</NtryDtls>`),
  });
  assert.equal((await outcome(flood)).code, 'statement_too_many_details');
});

const sample = camt({
  statement: [
    account,
    balance('OPBD', '1.00'),
    balance('CLBD', '101.00'),
    entry(
      '100.00',
      '<ValDt><DtTm>2024-02-01T00:00:00Z</DtTm></ValDt>' +
        details(`<RmtInf><Ustrd>ä &amp; 1</Ustrd></RmtInf>${paid('60')}`, paid('40')),
    ),
  ].join(''),
});

test('however a file is cut or spoiled, it gives events or a refusal, and always the same', async () => {
  const change = fc.record({
    at: fc.nat(sample.length),
    drop: fc.nat(8),
    put: fc.constantFrom(
      '',
      '<',
      '</Ntry>',
      '<Ntry>',
      '<TxDtls>',
      '</Stmt>',
      '<Stmt>',
      '-',
      '9',
      ',',
      '&',
      '<Document>',
      'é',
      'Ccy="EUR"',
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 3 }), async (changes) => {
      let text = sample;
      for (const { at, drop, put } of changes) text = text.slice(0, at) + put + text.slice(at + drop);
      const bytes = Buffer.from(text);
      const whole = await outcome(bytes);
      const pieces = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
      assert.deepEqual(await outcome(pieces), whole);
    }),
    { numRuns: 150 },
  );
});
