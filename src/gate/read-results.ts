// Reading what people see of the send gate: its setting with what there is to choose from, and the results of a message.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { takeMessage } from '#delivery/read-message.ts';
import type { MessageId } from '#kernel/id.ts';
import { mayDo } from '#parties/may.ts';
import type * as contract from './contract.ts';
import { RULE_PACKS } from './rule-packs.ts';
import { countWaiting, findReadAccounts, findResults, findSetting } from './store.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;

/** What is asked before a reminder leaves. */
export async function readSendGate(tx: Tx, context: Context): Promise<Reply<typeof contract.readSendGate>> {
  const [setting, accounts, waiting] = await Promise.all([
    findSetting(tx),
    findReadAccounts(tx),
    countWaiting(tx),
  ]);
  return {
    setting: { ...setting, unwatched: [...setting.unwatched], packs: [...setting.packs] },
    accounts: accounts.map(({ id, name, upTo }) => ({ bankAccountId: id, name, upTo: upTo.toString() })),
    packs: RULE_PACKS.map(({ code, name, source, countries, calls }) => ({
      code,
      name,
      source,
      countries: [...countries],
      calls,
    })),
    waiting: waiting.map(({ reason, messages }) => ({ reason, messages: Number(messages) })),
    may: { set: mayDo(context, 'company.manage') },
  };
}

/** What the gate saw of a message. Refuses: `message_not_found`. */
export async function readGateResults(
  tx: Tx,
  messageId: MessageId,
): Promise<Reply<typeof contract.listGateResults>> {
  await takeMessage(tx, messageId);
  const rows = await findResults(tx, messageId);
  return {
    rows: rows.map((row) => ({
      resultId: row.id,
      verdict: row.verdict as 'passed' | 'waits' | 'dropped',
      attemptNo: row.attempt_no,
      reason: row.reason,
      waitsUntil: row.waits_until?.toString() ?? null,
      checks: row.checks.map(({ check, verdict, seen }) => ({ check, verdict, seen: { ...seen } })),
      recordedAt: row.recorded_at.toString(),
    })),
  };
}
