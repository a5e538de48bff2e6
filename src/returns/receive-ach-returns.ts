// Taking in a file of the ACH network: what came back is kept and matched a moment later, what banks want changed is kept for a
// second person. The same file again, or the same notice in another, adds nothing.

import { createHash } from 'node:crypto';
import {
  actorText,
  type CarryOutOptions,
  type Command,
  type Context,
  carryOut,
  type Door,
} from '#command/command.ts';
import { type AchEntry, readAch } from '#formats/ach.ts';
import { bytesOf, type FileSource } from '#formats/archive.ts';
import type { Upload } from '#http/route.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { NOTICES_OF_A_FILE_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { takeCompany } from '#parties/take-party.ts';
import { fingerprint, withUpload } from '#payments/import-bank-file.ts';
import { noticesOf, type ReadyCorrection } from './ach-notice.ts';
import { keepNotices } from './record-notices.ts';
import { insertCorrections } from './store-corrections.ts';

export type ReceiveAchReturns = {
  readonly fileName: string;
  readonly sha256: string;
  readonly companyId: CompanyId;
  /** The day the money came back; left out, today. */
  readonly on?: PlainDate | undefined;
};

export type AchReturnsReceived = {
  readonly fileName: string;
  readonly returns: number;
  readonly dishonoured: number;
  readonly contested: number;
  readonly corrections: number;
  /** Of these, what was not kept before. */
  readonly newlyKept: number;
  readonly cameBack: ShownMoney;
  /** Totals of the file that do not hold. */
  readonly problems: readonly string[];
};

const NAMED_PROBLEMS_MAX = 20;

/** What a file holds that is a notice of something. */
type ReadFile = { readonly entries: readonly AchEntry[]; readonly problems: readonly string[] };

/**
 * Keeps what a file tells.
 *
 * Refuses: `company_not_found`, `returned_in_future`, `no_returns_in_file`.
 */
function receiveAchReturns(read: ReadFile): Command<ReceiveAchReturns, AchReturnsReceived> {
  return {
    name: 'receive-ach-returns',
    permission: 'bank.import',
    constraints: { return_notice_once: 'changed_meanwhile', account_correction_once: 'changed_meanwhile' },
    async run(act, input) {
      const company = await takeCompany(act, input.companyId);
      const on = input.on ?? act.today;
      if (isAfter(on, act.today))
        throw new Refusal('returned_in_future', { on: on.toString(), today: act.today.toString() });
      if (read.entries.length === 0) throw new Refusal('no_returns_in_file', { file: input.fileName });
      const fileName = input.fileName.slice(0, 255);
      const told = read.entries.map((entry) => noticesOf(entry, { companyId: company.id, on, fileName }));
      const returns = told.flatMap((one) => one.returns);
      const corrections = told.flatMap((one) => one.corrections);
      const kept = await keepNotices(act, returns);
      const corrected = await insertCorrections(
        act,
        corrections.map((one) => correctionRow(one, { fileName, by: actorText(act.actor), at: act.now })),
      );
      if (kept > 0)
        act.record({ type: 'return.noticed', subjectId: company.id, data: { fileName, notices: kept } });
      if (corrected > 0)
        act.record({
          type: 'account_correction.received',
          subjectId: company.id,
          data: { fileName, corrections: corrected },
        });
      const count = (kind: string): number => returns.filter((one) => one.kind === kind).length;
      const cents = returns.reduce((sum, one) => (one.kind === 'return' ? sum + one.amount.minor : sum), 0n);
      return {
        fileName,
        returns: count('return'),
        dishonoured: count('dishonoured'),
        contested: count('contested'),
        corrections: corrections.length,
        newlyKept: kept + corrected,
        cameBack: shownMoney(money(cents, 'USD')),
        problems: read.problems,
      };
    },
  };
}

function correctionRow(
  one: ReadyCorrection,
  how: { readonly fileName: string; readonly by: string; readonly at: Temporal.Instant },
) {
  return {
    id: newId<'account_correction'>(),
    company_id: one.companyId,
    identity: new Uint8Array(createHash('sha256').update(one.identity).digest()),
    code: one.code,
    account: one.account,
    routing: one.routing,
    holder: one.holder,
    original_trace: one.originalTrace,
    said: one.said,
    right_account: one.right.account,
    right_routing: one.right.routing,
    file_name: how.fileName,
    recorded_by: how.by,
    recorded_at: how.at,
  };
}

/**
 * Takes in a file of returns and notices of change.
 *
 * Refuses: what reading an ACH file and keeping it refuse, `too_many_notices`.
 */
export async function receiveAchFile(
  at: { readonly door: Door; readonly context: Context },
  file: FileSource,
  wish: Omit<ReceiveAchReturns, 'fileName' | 'sha256'>,
  options: CarryOutOptions = {},
): Promise<AchReturnsReceived> {
  const read = await readNotices(file);
  const sha256 = (await fingerprint(file)).toString('hex');
  return carryOut(
    at.door,
    at.context,
    receiveAchReturns(read),
    { ...wish, fileName: file.name, sha256 },
    options,
  );
}

/** Takes in a file that a request carries. Refuses: `file_too_large`, and what `receiveAchFile` refuses. */
export function receiveAchUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Upload,
  wish: Omit<ReceiveAchReturns, 'fileName' | 'sha256'>,
  options: CarryOutOptions = {},
): Promise<AchReturnsReceived> {
  return withUpload(upload, (file) => receiveAchFile(at, file, wish, options));
}

async function readNotices(file: FileSource): Promise<ReadFile> {
  const entries: AchEntry[] = [];
  let problems: readonly string[] = [];
  for await (const event of readAch(bytesOf(file))) {
    if (event.kind === 'entry' && event.entry.notices.length > 0) {
      if (entries.length >= NOTICES_OF_A_FILE_MAX)
        throw new Refusal('too_many_notices', { noticesMax: NOTICES_OF_A_FILE_MAX });
      entries.push(event.entry);
    }
    if (event.kind === 'summary')
      problems = event.summary.problems.slice(0, NAMED_PROBLEMS_MAX).map((problem) => problem.message);
  }
  return { entries, problems };
}
