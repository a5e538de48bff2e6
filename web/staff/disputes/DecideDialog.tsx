// Deciding a dispute. Where the customer was right and nothing was credited yet, the way leads over the credit note; what is given
// without being owed is written off in the same act.

import { Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { closeDispute, listDisputeReasons, type readDispute } from '#disputes/contract.ts';
import { readDisputeCreditPlan, writeOffDispute } from '#remedies/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Input, Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { useApprovalPlan, useAsk, WillAsk } from '../approvals/WillAsk.tsx';

type Dispute = Reply<typeof readDispute>;

const OUTCOMES = [
  { value: 'invalid', label: 'The customer is wrong: it is owed as before' },
  { value: 'valid', label: 'The customer is right: it is credited' },
  { value: 'goodwill', label: 'Given without being owed: it is written off' },
  { value: 'withdrawn', label: 'The customer took it back' },
  { value: 'settled', label: 'It was paid after all' },
] as const;
type Outcome = (typeof OUTCOMES)[number]['value'];

const isNothing = (amount: string): boolean => /^-?[0.]*$/.test(amount);

/** Writes off what is disputed, or asks others to, with the decision. */
function useGoodwill(dispute: Dispute, note: string, rootCause: string | null, isChosen: boolean) {
  const input: Input<typeof writeOffDispute> = {
    params: { disputeId: dispute.disputeId },
    body: {
      kind: 'goodwill',
      reason: note.trim() || '–',
      decision: { note: note.trim() || undefined, ...(rootCause ? { rootCause } : {}) },
    },
  };
  const { plan } = useApprovalPlan(writeOffDispute, input, isChosen);
  const post = useCommand(writeOffDispute);
  const asking = useAsk(writeOffDispute);
  const go = useGo();
  const submit = (onDone: () => void): void => {
    if (plan?.needed)
      asking.ask(input, note, {
        onSuccess: ({ approvalId }) => {
          notifications.show({ message: 'Others are asked.' });
          go(`approvals/${approvalId}`);
        },
      });
    else
      post.mutate(input, {
        onSuccess: ({ number }) => {
          notifications.show({ message: `Write-off ${number} is posted, and the dispute is decided.` });
          onDone();
        },
      });
  };
  return { plan, submit, busy: post.isPending || asking.busy, problem: post.error ?? asking.problem };
}

export function DecideDialog({ dispute, onClose }: { readonly dispute: Dispute; onClose(): void }) {
  const reasons = useRead(listDisputeReasons, {});
  const [outcome, setOutcome] = useState<Outcome>('invalid');
  const [rootCause, setRootCause] = useState<string | null>(dispute.reason);
  const [note, setNote] = useState('');
  const isOpen = !isNothing(dispute.amounts.open.amount);
  const writesOff = outcome === 'goodwill' && isOpen;
  const credits = outcome === 'valid' && isOpen;
  const go = useGo();
  const invoices = useCredits(dispute, credits);
  const toCredit = credits ? invoices?.[0] : undefined;
  const close = useCommand(closeDispute);
  const goodwill = useGoodwill(dispute, note, rootCause, writesOff);
  const { at, rest } = placeTrouble(
    writesOff ? goodwill.problem : close.error,
    ['outcome', 'rootCause', 'note'],
    { dispute_still_open: 'outcome' },
  );
  const submit = (): void => {
    if (writesOff) goodwill.submit(onClose);
    else if (toCredit) go(`credit-notes/new?invoice=${toCredit.invoiceId}&dispute=${dispute.disputeId}`);
    else
      close.mutate(
        {
          params: { disputeId: dispute.disputeId },
          body: {
            outcome,
            ...(rootCause ? { rootCause } : {}),
            ...(note.trim() ? { note } : {}),
          },
        },
        { onSuccess: onClose },
      );
  };
  const label = writesOff
    ? goodwill.plan?.needed
      ? 'Ask for it'
      : 'Write off and decide'
    : toCredit
      ? 'Write the credit note'
      : 'Decide';
  return (
    <FormDialog
      title={`Decide ${dispute.number}`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={label}
      busy={close.isPending || goodwill.busy}
      problem={rest}
    >
      <Select
        label="Outcome"
        required
        allowDeselect={false}
        data={[...OUTCOMES]}
        value={outcome}
        onChange={(value) => setOutcome(OUTCOMES.find((one) => one.value === value)?.value ?? outcome)}
        error={at('outcome')}
      />
      {credits ? <Credits invoices={invoices} /> : null}
      {writesOff ? (
        <Text size="sm">
          <Money value={dispute.amounts.open} /> is written off: just what is disputed.
        </Text>
      ) : null}
      {credits ? null : (
        <>
          <Select
            label="What really went wrong"
            searchable
            clearable
            data={(reasons.data?.reasons ?? []).map((one) => ({ value: one.code, label: one.name }))}
            value={rootCause}
            onChange={setRootCause}
            error={at('rootCause')}
          />
          <Textarea
            label="Why"
            required={writesOff}
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={at('note')}
          />
        </>
      )}
      <WillAsk plan={writesOff ? goodwill.plan : undefined} />
    </FormDialog>
  );
}

/** The invoices that are credited when the customer is right, in order. */
function useCredits(dispute: Dispute, isChosen: boolean) {
  const plan = useRead(
    readDisputeCreditPlan,
    { params: { disputeId: dispute.disputeId } },
    { enabled: isChosen },
  );
  return plan.data?.invoices.filter((one) => !isNothing(one.disputed.amount));
}

function Credits({ invoices }: { readonly invoices: ReturnType<typeof useCredits> }) {
  if (invoices === undefined) return null;
  if (invoices.length === 0)
    return <Text size="sm">No invoice is disputed. Take the part out, or write it off.</Text>;
  return (
    <Stack gap={4}>
      <Text size="sm">The credit note is written next; with the last one the dispute is decided.</Text>
      {invoices.map((one) => (
        <Text key={one.invoiceId} size="sm" fw={550}>
          {one.number}: <Money value={one.disputed} />
        </Text>
      ))}
    </Stack>
  );
}
