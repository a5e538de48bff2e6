// Taking in what a bank announces. Nothing is booked; the same file again, or the same entry in another, adds nothing.

import {
  type Act,
  actorText,
  type CarryOutOptions,
  type Command,
  type Context,
  carryOut,
  type Door,
} from '#command/command.ts';
import type { FileSource } from '#formats/archive.ts';
import { isLockbox } from '#formats/bank-file.ts';
import type { Upload } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { hashOf } from '#payments/find-new-entries.ts';
import { fingerprint, withUpload } from '#payments/import-bank-file.ts';
import { takeBankAccounts } from '#payments/take-bank-accounts.ts';
import type { Announced } from './announcement.ts';
import { type AnnouncingPart, readAnnouncingFile } from './read-announcing-file.ts';
import { readLockboxDeposits } from './read-lockbox-deposits.ts';
import { findKnown, insertAnnouncements, type NewAnnouncement } from './store.ts';

export type ReceiveAnnouncements = {
  readonly fileName: string;
  readonly sha256: string;
  readonly bankAccountId?: string | undefined;
  /** Accounts that are not known are added to this company. */
  readonly addAccountsTo?: CompanyId | undefined;
};

/** What became of what was announced of one account. */
export type AnnouncedAccount = {
  readonly bankAccountId: string;
  readonly account: string;
  readonly currency: string;
  readonly announced: number;
  readonly newlyAnnounced: number;
  readonly payments: number;
  readonly moneyIn: ShownMoney;
  readonly moneyOut: ShownMoney;
};

export type AnnouncementsReceived = {
  readonly fileName: string;
  readonly accounts: readonly AnnouncedAccount[];
};

/**
 * The command that keeps what a file announces.
 *
 * Refuses: `bank_account_unknown`, `bank_account_not_named`, `bank_account_not_found`, `bank_account_differs`,
 * `company_not_found`, `unknown_currency`.
 */
function receiveAnnouncements(
  parts: readonly AnnouncingPart[],
): Command<ReceiveAnnouncements, AnnouncementsReceived> {
  return {
    name: 'receive-announcements',
    permission: 'bank.import',
    constraints: { bank_account_tenant_id_account_currency_key: 'bank_account_taken' },
    async run(act, input) {
      const taken = await takeBankAccounts(act, parts, input);
      const accounts: AnnouncedAccount[] = [];
      const ordinals = new Map<string, number>();
      for (const [index, { entries }] of parts.entries()) {
        const { account } = present(taken[index], 'every part has its account');
        const rows = entries.map((entry) => rowOf(entry, account.id, ordinals, act, input));
        const known = await findKnown(act, account.id, rows);
        const fresh = rows.filter((row) => !known.has(keyOf(row)));
        insertAnnouncements(act, fresh);
        accounts.push({
          bankAccountId: account.id,
          account: account.account,
          currency: account.currency,
          announced: entries.length,
          newlyAnnounced: fresh.length,
          payments: entries.reduce((count, entry) => count + entry.parts.length, 0),
          moneyIn: sumOf(entries, account.currency, 1n),
          moneyOut: sumOf(entries, account.currency, -1n),
        });
        if (fresh.length > 0)
          act.record({
            type: 'bank.announced',
            subjectId: account.id,
            data: { account: account.account, fileName: input.fileName, entries: fresh.length },
          });
      }
      return { fileName: input.fileName, accounts };
    },
  };
}

/**
 * Takes in a file of a bank that announces.
 *
 * Refuses: what reading an announcing file and keeping it refuse.
 */
export async function receiveAnnouncingFile(
  at: { readonly door: Door; readonly context: Context },
  file: FileSource,
  wish: Omit<ReceiveAnnouncements, 'fileName' | 'sha256'> = {},
  options: CarryOutOptions = {},
): Promise<AnnouncementsReceived> {
  const parts = (await isLockbox(file)) ? await lockboxParts(file) : await readAnnouncingFile(file);
  const sha256 = (await fingerprint(file)).toString('hex');
  const input = { ...wish, fileName: file.name, sha256 };
  return carryOut(at.door, at.context, receiveAnnouncements(parts), input, options);
}

/** A lockbox file names no account of ours: whoever hands it in says which account its deposits go to. */
async function lockboxParts(file: FileSource): Promise<readonly AnnouncingPart[]> {
  const entries = await readLockboxDeposits(file);
  return [{ account: undefined, currency: 'USD', owner: undefined, entries }];
}

/**
 * Takes in a file that a request carries.
 *
 * Refuses: `file_too_large`, and what `receiveAnnouncingFile` refuses.
 */
export function receiveUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Upload,
  wish: Omit<ReceiveAnnouncements, 'fileName' | 'sha256'>,
  options: CarryOutOptions = {},
): Promise<AnnouncementsReceived> {
  return withUpload(upload, (file) => receiveAnnouncingFile(at, file, wish, options));
}

/** What tells an announcement from others of its account: the entry, and of how many parts it tells. */
export function keyOf(row: { readonly identity: Uint8Array; readonly part_count: number }): string {
  return `${Buffer.from(row.identity).toString('hex')} ${row.part_count}`;
}

function rowOf(
  entry: Announced,
  bankAccountId: string,
  ordinals: Map<string, number>,
  act: Act,
  input: ReceiveAnnouncements,
): NewAnnouncement {
  const key = `${bankAccountId} ${entry.parts.length} ${entry.identity}`;
  const ordinal = ordinals.get(key) ?? 0;
  ordinals.set(key, ordinal + 1);
  return {
    id: newId<'announcement'>(),
    bank_account_id: bankAccountId,
    origin: entry.origin,
    status: entry.status,
    identity: hashOf(`${ordinal}\n${entry.identity}`),
    booked_on: entry.bookedOn,
    value_on: entry.valueOn,
    currency: entry.amount.currency,
    amount_minor: entry.amount.minor,
    bank_reference: entry.bankReference,
    batch_message_id: entry.batchMessageId,
    batch_payment_id: entry.batchPaymentId,
    message_id: entry.messageId,
    part_count: entry.parts.length,
    file_name: input.fileName.slice(0, 255),
    file_sha256: Buffer.from(input.sha256, 'hex'),
    recorded_by: actorText(act.actor),
    recorded_at: act.now,
    parts: entry.parts.map((part, index) => ({
      position: index + 1,
      amount_minor: part.amount.minor,
      payer_name: part.payerName,
      payer_account: part.payerAccount,
      end_to_end_id: part.endToEndId,
      structured_reference: part.structuredReference,
      remittance: part.remittance,
      returned: part.returned,
      details: jsonText(part.details),
    })),
  };
}

function sumOf(entries: readonly Announced[], currency: string, sign: 1n | -1n): ShownMoney {
  const minor = entries
    .filter((entry) => entry.amount.currency === currency)
    .map((entry) => entry.amount.minor * sign)
    .reduce((sum, value) => (value > 0n ? sum + value : sum), 0n);
  return shownMoney(money(minor, currency));
}
