// Bank statements for tests: camt.053 as a bank would write it, from the few things a test is about.

/** One payment within an entry. */
export type CamtDetail = {
  readonly amount: string;
  readonly text?: string;
  readonly structured?: string;
  /** Blocks of remittance information (Strd) as they stand in the file. */
  readonly blocks?: string;
  readonly endToEndId?: string;
  readonly payer?: string;
  readonly iban?: string;
  readonly returnReason?: string;
};

/** One entry; the amount is signed, money out is negative. */
export type CamtEntry = Omit<CamtDetail, 'amount'> & {
  readonly amount: string;
  readonly bookedOn?: string;
  readonly valueOn?: string;
  readonly bankReference?: string;
  readonly status?: 'BOOK' | 'PDNG' | 'INFO';
  /** Several payments booked as one sum. */
  readonly details?: readonly CamtDetail[];
};

export type CamtStatement = {
  readonly id?: string;
  readonly iban?: string;
  readonly currency?: string;
  readonly opening?: string;
  readonly closing?: string;
  readonly day?: string;
  readonly entries: readonly CamtEntry[];
};

export const TEST_IBAN = 'DE89370400440532013000';

/** The bytes of a camt.053.001.08 file with these statements. */
export function aCamt053(
  statements: readonly CamtStatement[],
  message: '052' | '053' | '054' = '053',
): Buffer {
  const [group, part] = {
    '052': ['BkToCstmrAcctRpt', 'Rpt'],
    '053': ['BkToCstmrStmt', 'Stmt'],
    '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
  }[message] as [string, string];
  const body = statements.map((s, index) => statementXml(s, index, part)).join('\n');
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${message}.001.08"><${group}>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-06T04:00:00</CreDtTm></GrpHdr>
${body}
</${group}></Document>`);
}

function statementXml(s: CamtStatement, index: number, part: string): string {
  const currency = s.currency ?? 'EUR';
  const day = s.day ?? '2026-01-05';
  const balance = (type: string, amount: string | undefined): string =>
    amount === undefined
      ? ''
      : `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp>${amountXml(amount, currency)}<Dt><Dt>${day}</Dt></Dt></Bal>`;
  return `<${part}><Id>${s.id ?? `S${index + 1}`}</Id><ElctrncSeqNb>${index + 1}</ElctrncSeqNb>
<Acct><Id><IBAN>${s.iban ?? TEST_IBAN}</IBAN></Id><Ccy>${currency}</Ccy><Ownr><Nm>Main Company</Nm></Ownr></Acct>
${balance('OPBD', s.opening)}${balance('CLBD', s.closing)}
${s.entries.map((e) => entryXml(e, currency, day)).join('\n')}</${part}>`;
}

function amountXml(amount: string, currency: string): string {
  const out = amount.startsWith('-');
  return `<Amt Ccy="${currency}">${amount.replace('-', '')}</Amt><CdtDbtInd>${out ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
}

function entryXml(e: CamtEntry, currency: string, day: string): string {
  const details = e.details ?? [e];
  return `<Ntry>${amountXml(e.amount, currency)}<Sts><Cd>${e.status ?? 'BOOK'}</Cd></Sts>
<BookgDt><Dt>${e.bookedOn ?? day}</Dt></BookgDt><ValDt><Dt>${e.valueOn ?? e.bookedOn ?? day}</Dt></ValDt>
${e.bankReference === undefined ? '' : `<AcctSvcrRef>${e.bankReference}</AcctSvcrRef>`}
<NtryDtls>${details.map((d) => detailXml(d, currency)).join('')}</NtryDtls></Ntry>`;
}

function detailXml(d: CamtDetail, currency: string): string {
  const party = d.amount.startsWith('-') ? 'Cdtr' : 'Dbtr';
  const parties =
    d.payer === undefined && d.iban === undefined
      ? ''
      : `<RltdPties>${d.payer === undefined ? '' : `<${party}><Pty><Nm>${escaped(d.payer)}</Nm></Pty></${party}>`}${
          d.iban === undefined ? '' : `<${party}Acct><Id><IBAN>${d.iban}</IBAN></Id></${party}Acct>`
        }</RltdPties>`;
  const structured =
    d.structured === undefined ? '' : `<Strd><CdtrRefInf><Ref>${d.structured}</Ref></CdtrRefInf></Strd>`;
  const text = d.text === undefined ? '' : `<Ustrd>${escaped(d.text)}</Ustrd>`;
  return `<TxDtls><Refs><EndToEndId>${d.endToEndId ?? 'NOTPROVIDED'}</EndToEndId></Refs>${amountXml(d.amount, currency)}
${parties}<RmtInf>${text}${structured}${d.blocks ?? ''}</RmtInf>${
    d.returnReason === undefined ? '' : `<RtrInf><Rsn><Cd>${d.returnReason}</Cd></Rsn></RtrInf>`
  }</TxDtls>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
