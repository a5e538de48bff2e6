// Starting a run over what was chosen. Where the rules want a second person, the form says so and asks instead.

import { Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { startWriteOffRun } from '#writeoffruns/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Input } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { useApprovalPlan, useAsk, WillAsk } from '../approvals/WillAsk.tsx';
import { kindWords } from '../writeoffs/relief-words.ts';
import { Amounts, sumsOf } from './Amounts.tsx';
import type { planInput } from './rule.ts';
import type { PlannedItem } from './run-words.ts';

export function StartRunDialog({
  asked,
  chosen,
  onClose,
}: {
  readonly asked: NonNullable<ReturnType<typeof planInput>['body']>;
  readonly chosen: readonly PlannedItem[];
  onClose(): void;
}) {
  const go = useGo();
  const [reason, setReason] = useState('');
  const { companyId, kind, facts } = asked;
  const body = {
    companyId,
    kind,
    reason,
    ...(facts ? { facts } : {}),
    items: chosen.map((row) => ({ itemId: row.itemId, amount: row.open })),
  };
  const input: Input<typeof startWriteOffRun> = { body };
  const { plan, problem } = useApprovalPlan(startWriteOffRun, { body: { ...body, reason: '–' } }, true);
  const start = useCommand(startWriteOffRun);
  const asking = useAsk(startWriteOffRun);
  const isAsking = plan?.needed ?? false;
  const { at, rest } = placeTrouble(start.error ?? asking.problem ?? problem, ['reason']);
  const relief = chosen.flatMap((row) => (row.relief.state === 'claimed' ? [row.relief.tax] : []));
  const submit = (): void => {
    if (isAsking)
      asking.ask(input, reason, {
        onSuccess: ({ approvalId }) => {
          notifications.show({ message: 'Others are asked.' });
          go(`approvals/${approvalId}`);
        },
      });
    else start.mutate(input, { onSuccess: ({ runId }) => go(`write-offs/runs/${runId}`) });
  };
  return (
    <FormDialog
      title={`Write ${countText(chosen.length)} ${chosen.length === 1 ? 'item' : 'items'} off`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={isAsking ? 'Ask for it' : 'Write off'}
      busy={start.isPending || asking.busy}
      problem={rest}
      danger={!isAsking}
      size="lg"
    >
      <Stack gap="sm">
        <Text size="sm">
          <b>
            <Amounts sums={sumsOf(chosen.map((row) => row.open))} />
          </b>{' '}
          as {kindWords(kind).toLowerCase()}
          {relief.length > 0 ? (
            <>
              ; tax of <Amounts sums={sumsOf(relief)} /> comes back
            </>
          ) : null}
          . What is paid, disputed or promised before its turn is left out. Each write-off can be taken back,
          and so can all together.
        </Text>
        <TextInput
          label="Why"
          required
          data-autofocus
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={at('reason')}
        />
        <WillAsk plan={plan} />
      </Stack>
    </FormDialog>
  );
}
