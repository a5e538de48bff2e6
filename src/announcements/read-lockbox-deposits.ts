// From a lockbox file to what it announces: the cheques that a bank deposits of one box on one day come to one sum on the
// statement. The file names no account of ours, and no currency: a lockbox is one of US banks, in dollars.

import { bytesOf, type FileSource } from '#formats/archive.ts';
import { type LockboxCheck, readLockbox } from '#formats/lockbox.ts';
import { ANNOUNCED_PARTS_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Announced, depositOf } from './announcement.ts';

/**
 * Reads the deposits of a lockbox file. One whose totals do not hold is refused with what they are off by: what is missing of
 * a deposit would be taken for another's.
 *
 * Refuses: `lockbox_not_recognised`, `lockbox_differs`, `lockbox_without_day`, `too_many_lines`, and what reading text refuses.
 */
export async function readLockboxDeposits(file: FileSource): Promise<readonly Announced[]> {
  const deposits = new Map<string, LockboxCheck[]>();
  let kept = 0;
  for await (const event of readLockbox(bytesOf(file))) {
    if (event.kind === 'problem') throw differs(file, [event.problem.message]);
    if (event.kind === 'summary' && event.summary.problems.length > 0)
      throw differs(
        file,
        event.summary.problems.map((problem) => problem.message),
      );
    if (event.kind !== 'check') continue;
    const { box, depositedOn } = event.check;
    if (depositedOn === undefined) throw new Refusal('lockbox_without_day', { line: event.check.line });
    const key = `${box ?? ''} ${depositedOn.toString()}`;
    const checks = deposits.get(key) ?? [];
    checks.push(event.check);
    deposits.set(key, checks);
    kept += 1;
    if (kept > ANNOUNCED_PARTS_MAX) throw new Refusal('too_many_lines', { linesMax: ANNOUNCED_PARTS_MAX });
  }
  return [...deposits.values()].map((checks) => depositOf(checks, (cents) => money(cents, 'USD')));
}

/** How many problems are named in a refusal. */
const NAMED_PROBLEMS_MAX = 20;

function differs(file: FileSource, problems: readonly string[]): Refusal {
  return new Refusal('lockbox_differs', {
    file: file.name,
    problemCount: problems.length,
    problems: problems.slice(0, NAMED_PROBLEMS_MAX),
  });
}
