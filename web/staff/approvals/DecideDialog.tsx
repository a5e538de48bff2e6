// Approving or rejecting: says once more what it is about. What is approved is what was seen; its hash goes with the answer.

import { Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { decideApproval, type readApproval } from '#approvals/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';

type Request = Pick<
  Reply<typeof readApproval>,
  'approvalId' | 'title' | 'amounts' | 'parts' | 'contentHash' | 'requestedBy' | 'customerName' | 'steps'
>;
export type Verdict = 'approved' | 'rejected';

/** What a decision came to, in one sentence. */
const OUTCOMES: Readonly<Record<Reply<typeof decideApproval>['state'], string>> = {
  requested: 'Approved. It waits for the next step.',
  carried_out: 'Approved and carried out.',
  rejected: 'Rejected. Who asked is told.',
  failed: 'Approved, but the books do not allow it any more. Nothing was done.',
};

export function DecideDialog({
  request,
  verdict,
  onClose,
}: {
  readonly request: Request;
  readonly verdict: Verdict;
  onClose(): void;
}) {
  const [note, setNote] = useState('');
  const decide = useCommand(decideApproval);
  const isNo = verdict === 'rejected';
  const submit = (): void =>
    decide.mutate(
      {
        params: { approvalId: request.approvalId },
        body: {
          verdict,
          contentHash: request.contentHash,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
      },
      {
        onSuccess: (decided) => {
          notifications.show({
            message: OUTCOMES[decided.state],
            ...(decided.state === 'failed' ? { color: 'red' } : {}),
          });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={isNo ? 'Reject' : 'Approve'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={isNo ? 'Reject' : 'Approve'}
      busy={decide.isPending}
      problem={decide.error}
      danger={isNo}
    >
      <div>
        <Text fw={600}>
          {request.title}:{' '}
          {request.amounts.map((amount, index) => (
            <span key={amount.currency}>
              {index > 0 ? ' and ' : ''}
              <Money value={amount} />
            </span>
          ))}
        </Text>
        <Text size="sm" c="dimmed">
          {request.parts.map((part) => part.label).join(', ')}
          {request.customerName === null ? '' : ` · ${request.customerName}`} · asked by{' '}
          {request.requestedBy.name}
        </Text>
      </div>
      <TextInput
        label={isNo ? 'Why' : 'Note'}
        description={isNo ? 'Who asked reads it' : 'If there is something to say'}
        required={isNo}
        data-autofocus
        maxLength={500}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
    </FormDialog>
  );
}
