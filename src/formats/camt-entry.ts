// From the elements of a camt message to the common shape: account, balances, entries, details. What a statement
// cannot be without (amount, currency, sign) refuses the file; what else cannot be read becomes a problem of its
// entry.

import type { Problem } from '#kernel/refusal.ts';
import type {
  AmountDetails,
  BankTransactionCode,
  ExchangeRate,
  StatementAccount,
  StatementAmount,
  StatementBalance,
  StatementBatch,
  StatementCharge,
  StatementDetail,
  StatementEntry,
  StatementParty,
  StatementReturn,
} from './bank-statement-shape.ts';
import { type Direction, directionOf, Problems, takeAmount, takeDirection } from './camt-amount.ts';
import { readRemittance } from './camt-remittance.ts';
import { nodeAt, nodesOf, textAt, type XmlNode } from './xml-part.ts';

/** Whose account a statement is of. */
export function readAccount(node: XmlNode | undefined): StatementAccount {
  const bank = nodeAt(node, 'Svcr', 'FinInstnId');
  return {
    iban: textAt(node, 'Id', 'IBAN'),
    otherId:
      textAt(node, 'Id', 'Othr', 'Id') ?? textAt(node, 'Id', 'PrtryAcct', 'Id') ?? textAt(node, 'Id', 'BBAN'),
    currency: textAt(node, 'Ccy'),
    owner: textAt(node, 'Ownr', 'Nm') ?? textAt(node, 'Ownr', 'Pty', 'Nm'),
    bankBic: textAt(bank, 'BICFI') ?? textAt(bank, 'BIC'),
  };
}

/** A balance with its sign. Refuses: `camt_amount_wrong`, `camt_currency_missing`, `camt_sign_wrong`. */
export function readBalance(node: XmlNode): StatementBalance {
  const type = nodeAt(node, 'Tp', 'CdOrPrtry');
  const written = textAt(node, 'Dt', 'DtTm');
  return {
    type: textAt(type, 'Cd') ?? textAt(type, 'Prtry') ?? '',
    subtype: textAt(node, 'Tp', 'SubTp', 'Cd') ?? textAt(node, 'Tp', 'SubTp', 'Prtry'),
    amount: takeAmount(nodeAt(node, 'Amt'), takeDirection(node), node),
    date: new Problems().day(nodeAt(node, 'Dt')),
    at: written,
    line: node.line,
  };
}

/** What an entry needs to know of the statement it is in. */
export type EntryContext = {
  readonly ordinal: number;
  /** Whether the message is one whose booked entries are posted. */
  readonly isStatement: boolean;
  readonly accountCurrency: string | undefined;
};

/**
 * An entry with the details that were read before it ended.
 * Refuses: `camt_amount_wrong`, `camt_currency_missing`, `camt_sign_wrong`.
 */
export function readEntry(
  node: XmlNode,
  details: readonly StatementDetail[],
  context: EntryContext,
): StatementEntry {
  const problems = new Problems();
  const direction = takeDirection(node);
  const amount = takeAmount(nodeAt(node, 'Amt'), direction, node);
  const amounts = readAmounts(nodeAt(node, 'AmtDtls'), direction, problems);
  const status = textAt(node, 'Sts', 'Cd') ?? textAt(node, 'Sts', 'Prtry') ?? textAt(node, 'Sts') ?? '';
  const only = details.length === 1 ? details[0] : undefined;
  return {
    ordinal: context.ordinal,
    line: node.line,
    reference: textAt(node, 'NtryRef'),
    bankReference: textAt(node, 'AcctSvcrRef'),
    amount,
    accountAmount: inAccountCurrency(
      amount,
      [amounts, only?.amounts],
      context.accountCurrency,
      (code, message) => problems.report(code, message, nodeAt(node, 'Amt') ?? node),
    ),
    isReversal: textAt(node, 'RvslInd') === 'true' || textAt(node, 'RvslInd') === '1',
    status,
    mayBook: context.isStatement && status === 'BOOK',
    bookingDate: problems.day(nodeAt(node, 'BookgDt')),
    valueDate: problems.day(nodeAt(node, 'ValDt')),
    code: readCode(nodeAt(node, 'BkTxCd')),
    amounts,
    charges: readCharges(node, problems),
    batches: nodesOf(node, 'NtryDtls').flatMap((group) => readBatches(group, direction, problems)),
    explainedBy: textAt(node, 'AddtlInfInd', 'MsgId'),
    details,
    info: textAt(node, 'AddtlNtryInf'),
    problems: problems.found,
  };
}

/**
 * The amount in the currency of the account. An entry in another currency takes what stands beside it in that
 * currency (counter value, else transferred, else ordered) and says so; where there is none that is a problem,
 * never a guess.
 */
function inAccountCurrency(
  amount: StatementAmount,
  beside: readonly (AmountDetails | undefined)[],
  currency: string | undefined,
  report: (code: string, message: string) => void,
): StatementAmount | undefined {
  if (currency === undefined || amount.currency === currency) return amount;
  for (const source of ['counterValue', 'transaction', 'instructed'] as const) {
    const found = beside
      .map((amounts) => amounts?.[source])
      .find((candidate) => candidate?.currency === currency);
    if (found === undefined) continue;
    const taken = `${found.decimal} ${currency} is taken from its ${source} amount`;
    report(
      'entry_in_other_currency',
      `The entry is ${amount.decimal} ${amount.currency} on an account in ${currency}; ${taken}.`,
    );
    return found;
  }
  report(
    'entry_account_amount_missing',
    `The entry is in ${amount.currency}; its value in ${currency} is not told.`,
  );
  return undefined;
}

function readBatches(group: XmlNode, direction: Direction, problems: Problems): readonly StatementBatch[] {
  return nodesOf(group, 'Btch').map((batch) => ({
    messageId: textAt(batch, 'MsgId'),
    paymentInformationId: textAt(batch, 'PmtInfId'),
    count: textAt(batch, 'NbOfTxs'),
    total: problems.amount(nodeAt(batch, 'TtlAmt'), directionOf(textAt(batch, 'CdtDbtInd')) ?? direction),
  }));
}

/** One payment (TxDtls) of the entry being read; where it states no direction it has the one of its entry. */
export function readDetail(
  node: XmlNode,
  entry: XmlNode | undefined,
): { detail: StatementDetail; problems: readonly Problem[] } {
  const problems = new Problems();
  const direction = directionOf(textAt(node, 'CdtDbtInd')) ?? directionOf(textAt(entry, 'CdtDbtInd')) ?? 'in';
  const references = nodeAt(node, 'Refs');
  const remittance = nodeAt(node, 'RmtInf');
  const amounts = readAmounts(nodeAt(node, 'AmtDtls'), direction, problems);
  const endToEndId = textAt(references, 'EndToEndId');
  const detail: StatementDetail = {
    amount: problems.amount(nodeAt(node, 'Amt'), direction) ?? amounts.transaction,
    amounts,
    endToEndId: endToEndId === 'NOTPROVIDED' ? undefined : endToEndId,
    bankReference: textAt(references, 'AcctSvcrRef'),
    instructionId: textAt(references, 'InstrId'),
    paymentInformationId: textAt(references, 'PmtInfId'),
    transactionId: textAt(references, 'TxId'),
    mandateId: textAt(references, 'MndtId'),
    uetr: textAt(references, 'UETR'),
    ...readRemittance(remittance, direction, problems),
    ...readParties(node),
    charges: readCharges(node, problems),
    returned: readReturn(nodeAt(node, 'RtrInf')),
    code: readCode(nodeAt(node, 'BkTxCd')),
    purpose: textAt(node, 'Purp', 'Cd') ?? textAt(node, 'Purp', 'Prtry'),
    info: textAt(node, 'AddtlTxInf'),
  };
  return { detail, problems: problems.found };
}

function readAmounts(node: XmlNode | undefined, direction: Direction, problems: Problems): AmountDetails {
  const exchange = ['CntrValAmt', 'TxAmt', 'InstdAmt']
    .map((name) => nodeAt(node, name, 'CcyXchg'))
    .find(Boolean);
  return {
    instructed: problems.amount(nodeAt(node, 'InstdAmt', 'Amt'), direction),
    transaction: problems.amount(nodeAt(node, 'TxAmt', 'Amt'), direction),
    counterValue: problems.amount(nodeAt(node, 'CntrValAmt', 'Amt'), direction),
    exchange: exchange && readExchange(exchange),
  };
}

function readExchange(node: XmlNode): ExchangeRate {
  return {
    source: textAt(node, 'SrcCcy'),
    target: textAt(node, 'TrgtCcy'),
    unit: textAt(node, 'UnitCcy'),
    rate: textAt(node, 'XchgRate'),
  };
}

function readCode(node: XmlNode | undefined): BankTransactionCode | undefined {
  if (node === undefined) return undefined;
  return {
    domain: textAt(node, 'Domn', 'Cd'),
    family: textAt(node, 'Domn', 'Fmly', 'Cd'),
    subfamily: textAt(node, 'Domn', 'Fmly', 'SubFmlyCd'),
    proprietary: textAt(node, 'Prtry', 'Cd'),
  };
}

/** Charges of an entry or payment: records where there are any, else the total (version 02 has only that). */
function readCharges(node: XmlNode, problems: Problems): readonly StatementCharge[] {
  return nodesOf(node, 'Chrgs').flatMap((charges) => {
    const records = nodesOf(charges, 'Rcrd');
    return (records.length > 0 ? records : [charges]).flatMap((record) => readCharge(record, problems) ?? []);
  });
}

function readCharge(record: XmlNode, problems: Problems): StatementCharge | undefined {
  const direction = directionOf(textAt(record, 'CdtDbtInd')) ?? 'out';
  const amount = problems.amount(nodeAt(record, 'Amt') ?? nodeAt(record, 'TtlChrgsAndTaxAmt'), direction);
  if (amount === undefined) return undefined;
  const included = textAt(record, 'ChrgInclInd');
  const type = nodeAt(record, 'Tp');
  return {
    amount,
    isIncluded: included === undefined ? undefined : included === 'true' || included === '1',
    type: textAt(type, 'Cd') ?? textAt(type, 'Prtry', 'Id') ?? textAt(type, 'Prtry'),
  };
}

function readReturn(node: XmlNode | undefined): StatementReturn | undefined {
  if (node === undefined) return undefined;
  return {
    code: textAt(node, 'Rsn', 'Cd') ?? textAt(node, 'Rsn', 'Prtry'),
    info: nodesOf(node, 'AddtlInf').map((line) => line.text),
  };
}

function readParties(
  node: XmlNode,
): Pick<StatementDetail, 'debtor' | 'creditor' | 'ultimateDebtor' | 'ultimateCreditor'> {
  const parties = nodeAt(node, 'RltdPties');
  const agents = nodeAt(node, 'RltdAgts');
  return {
    debtor: readParty(nodeAt(parties, 'Dbtr'), nodeAt(parties, 'DbtrAcct'), nodeAt(agents, 'DbtrAgt')),
    creditor: readParty(nodeAt(parties, 'Cdtr'), nodeAt(parties, 'CdtrAcct'), nodeAt(agents, 'CdtrAgt')),
    ultimateDebtor: readParty(nodeAt(parties, 'UltmtDbtr')),
    ultimateCreditor: readParty(nodeAt(parties, 'UltmtCdtr')),
  };
}

function readParty(node?: XmlNode, account?: XmlNode, agent?: XmlNode): StatementParty | undefined {
  if (node === undefined && account === undefined) return undefined;
  const bank = nodeAt(agent, 'FinInstnId');
  return {
    // Since version 08 a party is wrapped in Pty, or in Agt when it is a bank.
    name: textAt(node, 'Nm') ?? textAt(node, 'Pty', 'Nm') ?? textAt(node, 'Agt', 'FinInstnId', 'Nm'),
    iban: textAt(account, 'Id', 'IBAN'),
    otherAccount: textAt(account, 'Id', 'Othr', 'Id') ?? textAt(account, 'Prxy', 'Id'),
    bic: textAt(bank, 'BICFI') ?? textAt(bank, 'BIC'),
  };
}
