// What approval an operation would need, before it is sent: for every form whose command may ask a second person.

import { Alert, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconUserCheck } from '@tabler/icons-react';
import { planApproval, requestApproval } from '#approvals/contract.ts';
import type { Operation } from '#http/contract.ts';
import type { ApiProblem, Input, Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { Staircase } from './Staircase.tsx';

export type ApprovalPlan = Reply<typeof planApproval>;

/** Keys are pressed faster than a server should be asked. */
const PAUSE_MS = 350;

type Asked = { readonly [key: string]: unknown };

/**
 * What the rules say about an operation with this input; asked again as it changes, never while it is not ready. `plan` is
 * undefined as long as nobody knows, and for those who may not ask.
 */
export function useApprovalPlan<O extends Operation>(
  operation: O,
  input: Input<O>,
  ready: boolean,
): { readonly plan: ApprovalPlan | undefined; readonly problem: ApiProblem | null } {
  const mayAsk = useMay('approval.request');
  const [text] = useDebouncedValue(JSON.stringify(input), PAUSE_MS);
  const settled = JSON.parse(text) as Input<O>;
  const read = useRead(
    planApproval,
    {
      body: {
        operation: operation.id,
        params: (settled.params ?? {}) as Asked,
        body: (settled.body ?? {}) as Asked,
      },
    },
    { enabled: ready && mayAsk },
  );
  return { plan: ready && mayAsk ? read.data : undefined, problem: ready ? read.error : null };
}

/** Asks for an operation instead of carrying it out. */
export function useAsk<O extends Operation>(operation: O) {
  const command = useCommand(requestApproval);
  const ask = (
    input: Input<O>,
    reason: string,
    options: { readonly onSuccess: (asked: Reply<typeof requestApproval>) => void },
  ): void =>
    command.mutate(
      {
        body: {
          operation: operation.id,
          params: (input.params ?? {}) as Asked,
          body: (input.body ?? {}) as Asked,
          reason,
        },
      },
      options,
    );
  return { ask, busy: command.isPending, problem: command.error };
}

/** Says who would be asked; nothing where nobody is. */
export function WillAsk({ plan }: { readonly plan: ApprovalPlan | undefined }) {
  if (!plan?.needed) return null;
  return (
    <Alert
      role="status"
      color={plan.enoughPeople ? 'blue' : 'red'}
      variant="light"
      icon={<IconUserCheck aria-hidden />}
      title={plan.enoughPeople ? 'Others decide about this' : 'There are too few people to decide about this'}
    >
      <Text size="sm" mb="xs">
        {plan.enoughPeople
          ? `It is asked for, and carried out in your name with the last approval. Nothing happens before that; unanswered it lapses after ${plan.expiryDays} ${plan.expiryDays === 1 ? 'day' : 'days'}.`
          : 'The rules name more people than there are besides you. An owner can change them, or add members.'}
      </Text>
      <Staircase order={plan.order} steps={plan.steps} />
    </Alert>
  );
}
