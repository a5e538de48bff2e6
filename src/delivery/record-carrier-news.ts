// What a letter or SMS service says of a message it took over, kept once for each step; what failed or came back is work for a person,
// and what failed may go another way.

import type { Severity } from '#carriers/bounce-severity.ts';
import type { LetterStep } from '#carriers/read-letter-status.ts';
import type { Command } from '#command/command.ts';
import type { MessageId } from '#kernel/id.ts';
import type { ProblemKind, SignalKind } from './fate.ts';
import { HAPPENED } from './record-inbound.ts';
import { lockMessage } from './store.ts';
import { findSignals, insertProblems, insertSignals } from './store-fate.ts';

/** A step of a letter, or the arrival of a text message. */
export type CarrierNews = {
  readonly messageId: MessageId;
  readonly step: LetterStep | 'delivered';
  /** The words of the service. */
  readonly detail: string;
  /** Of a failure: whether the number or address is dead. */
  readonly severity?: Severity | undefined;
};

const WORK: Readonly<Partial<Record<CarrierNews['step'], ProblemKind>>> = {
  failed: 'bounced',
  returned: 'returned',
};

/** Keeps what was said; a step that is known already, or a message that no service took over, changes nothing. */
export const recordCarrierNews: Command<CarrierNews, { readonly recorded: boolean }> = {
  name: 'record-carrier-news',
  permission: 'reminder.send',
  async run(act, { messageId, step, detail, severity = 'policy' }) {
    const message = await lockMessage(act, messageId);
    if (message?.transport !== 'letter_service' && message?.transport !== 'sms_service')
      return { recorded: false };
    const kind: SignalKind = step === 'failed' ? 'bounced' : step;
    const known = await findSignals(act, [messageId]);
    if (known.some((signal) => signal.kind === kind)) return { recorded: false };
    const told = { severity: kind === 'bounced' ? severity : null, address: message.recipient, detail };
    insertSignals(act, messageId, [{ kind, ...told }]);
    const work = WORK[step];
    if (work) insertProblems(act, { ...message, messageId }, [{ kind: work, ...told }]);
    act.record({
      ...HAPPENED[kind],
      subjectId: messageId,
      customerId: message.customerId,
      data: {
        purpose: message.purpose,
        documentId: message.documentId,
        address: message.recipient,
        severity: told.severity,
        detail: detail.slice(0, 300),
        isLost: step === 'failed',
      },
    });
    return { recorded: true };
  },
};
