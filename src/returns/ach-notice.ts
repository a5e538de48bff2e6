// What a file of the ACH network tells: payments that came back, returns that were dishonoured or contested, and what banks want
// changed.

import type { AchEntry, AchNotice } from '#formats/ach.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { compactAccount } from '#parties/iban.ts';
import { type CorrectedAccount, readCorrected } from './correction.ts';
import { type ReadyNotice, referencesIn } from './notice.ts';

/** A notice of change ready to be kept. */
export type ReadyCorrection = {
  readonly companyId: CompanyId;
  readonly identity: string;
  readonly code: string;
  readonly account: string | null;
  readonly routing: string | null;
  readonly holder: string | null;
  readonly originalTrace: string;
  readonly said: string;
  readonly right: CorrectedAccount;
};

/** What the notices of an entry come to. Money of the network is in US dollars. */
export function noticesOf(
  entry: AchEntry,
  within: { readonly companyId: CompanyId; readonly on: PlainDate; readonly fileName: string },
): { readonly returns: readonly ReadyNotice[]; readonly corrections: readonly ReadyCorrection[] } {
  const { companyId } = within;
  const corrections = entry.notices.filter(({ kind }) => kind === 'change');
  const returns = entry.notices.filter(({ kind }) => kind !== 'change');
  return {
    returns: entry.cents === 0n ? [] : returns.map((notice) => returnOf(entry, notice, within)),
    corrections: corrections.map((notice) => correctionOf(entry, notice, companyId)),
  };
}

function returnOf(
  entry: AchEntry,
  notice: AchNotice,
  {
    companyId,
    on,
    fileName,
  }: { readonly companyId: CompanyId; readonly on: PlainDate; readonly fileName: string },
): ReadyNotice {
  // What we collected comes back as a debit of the payer's account; what we paid out, as a credit. That one was never received:
  // it names no receipt, so that none is taken back for it, and a person reads whose it was.
  const isOurs = entry.direction === 'credit';
  const account = accountOf(entry);
  const said = [
    isOurs ? 'Our own credit came back' : '',
    `ACH ${notice.code}`,
    notice.info ?? '',
    ...(isOurs
      ? [entry.name ?? '', account === null ? '' : `account ${account}`]
      : [entry.identification ?? '']),
    `trace ${notice.originalTrace}`,
  ];
  return {
    companyId,
    origin: 'ach',
    kind: notice.kind === 'change' ? 'return' : notice.kind,
    whose: isOurs ? 'ours' : 'payer',
    identity: identityOf(entry, notice, companyId),
    statementLineId: null,
    amount: money(entry.cents, 'USD'),
    fee: money(0n, 'USD'),
    returnedOn: on,
    code: /^R\d\d$/.test(notice.code) ? notice.code : null,
    endToEndId: null,
    references: isOurs ? [] : referencesIn([notice.originalTrace, entry.identification, notice.returnTrace]),
    payerName: isOurs ? null : (entry.name?.slice(0, 200) ?? null),
    payerAccount: isOurs ? null : account,
    said: said.filter((text) => text !== '').join(' · '),
    fileName,
  };
}

function correctionOf(entry: AchEntry, notice: AchNotice, companyId: CompanyId): ReadyCorrection {
  const said = notice.correctedData ?? '';
  return {
    companyId,
    identity: identityOf(entry, notice, companyId),
    code: notice.code,
    account: accountOf(entry),
    routing: /^\d{8,9}$/.test(entry.bank) ? entry.bank : null,
    holder: entry.name?.slice(0, 200) ?? null,
    originalTrace: notice.originalTrace.slice(0, 15),
    said: said.slice(0, 100),
    right: readCorrected(notice.code, said),
  };
}

function accountOf({ account }: AchEntry): string | null {
  return compactAccount(account ?? '').slice(0, 64) || null;
}

/** The same notice in whatever file it comes: trace numbers, what it says, amount and account. */
function identityOf(entry: AchEntry, notice: AchNotice, companyId: string): string {
  return JSON.stringify([
    'ach',
    companyId,
    notice.kind,
    notice.code,
    notice.originalTrace,
    notice.returnTrace ?? '',
    notice.correctedData ?? '',
    entry.trace,
    entry.cents.toString(),
    entry.account ?? '',
  ]);
}
