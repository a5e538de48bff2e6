// Handing items over: which, to whom, with interest or without; what is passed over is ticked one by one.

import { Alert, Checkbox, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { handOverItems, listAgencies } from '#escalation/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Input } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { amountText } from '../../lib/format.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { useApprovalPlan, useAsk, WillAsk } from '../approvals/WillAsk.tsx';
import { type Account, CONDITION_WORDS, type Condition, foundWords } from './escalation-words.ts';

type DialogProps = { readonly customerId: string; readonly account: Account; onClose(): void };

export function HandOverDialog({ customerId, account, onClose }: DialogProps) {
  const go = useGo();
  const free = account.items.filter((item) => item.handOverId === null);
  const agencies = (useRead(listAgencies).data?.rows ?? []).filter(({ inUse }) => inUse);
  const [route, setRoute] = useState<'agency' | 'legal'>('agency');
  const [chosenId, setAgencyId] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [interest, setInterest] = useState<'goes_on' | 'cut_off'>('goes_on');
  const [accepting, setAccepting] = useState<ReadonlySet<Condition['code']>>(new Set());
  const [note, setNote] = useState('');
  // A law firm is for lawyers and courts alone.
  const fitting = agencies.filter(({ kind }) => route === 'legal' || kind === 'agency');
  const agencyId = fitting.find((one) => one.agencyId === chosenId)?.agencyId ?? null;
  const chosen = free.filter((item) => !left.has(item.itemId));
  const words = filled(note);
  const input: Input<typeof handOverItems> = {
    body: {
      companyId: account.company.id,
      customerId,
      route,
      ...(agencyId ? { agencyId } : {}),
      itemIds: chosen.map((item) => item.itemId),
      interest,
      accepting: [...accepting],
      ...(words ? { note: words } : {}),
    },
  };
  const isReady = chosen.length > 0 && (route === 'legal' || agencyId !== null);
  const { plan, problem } = useApprovalPlan(handOverItems, input, isReady);
  const handOver = useCommand(handOverItems);
  const asking = useAsk(handOverItems);
  const isAsking = plan?.needed ?? false;
  const submit = (): void => {
    if (isAsking)
      asking.ask(input, words ?? 'As the account shows', {
        onSuccess: ({ approvalId }) => go(`approvals/${approvalId}`),
      });
    else
      handOver.mutate(input, {
        onSuccess: ({ handOverId, number }) => {
          notifications.show({ message: `Handed over, no. ${number}.` });
          go(`hand-overs/${handOverId}`);
        },
      });
  };
  const unmet = account.conditions.filter((condition) => !condition.isMet);
  return (
    <FormDialog
      title="Hand over"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={isAsking ? 'Ask for it' : 'Hand it over'}
      busy={handOver.isPending || asking.busy}
      problem={handOver.error ?? asking.problem ?? (problem?.code === 'hand_over_not_ripe' ? null : problem)}
      size="lg"
    >
      <SegmentedControl
        aria-label="Where it goes"
        data={[
          { value: 'agency', label: 'To an agency' },
          { value: 'legal', label: 'To lawyers or a court' },
        ]}
        value={route}
        onChange={(value) => setRoute(value as typeof route)}
      />
      {fitting.length === 0 ? (
        <Alert color="blue" title="No agency is known yet">
          Add one under <TenantLink to="hand-overs?tab=agencies">Agencies</TenantLink> first.
        </Alert>
      ) : (
        <Select
          label="To whom"
          required={route === 'agency'}
          clearable={route === 'legal'}
          data={fitting.map((agency) => ({ value: agency.agencyId, label: agency.name }))}
          value={agencyId}
          onChange={setAgencyId}
        />
      )}
      <Stack gap={6}>
        {free.map((item) => (
          <Checkbox
            key={item.itemId}
            label={`${item.reference} · ${amountText(item.open.amount, item.open.currency)} ${item.open.currency}`}
            checked={!left.has(item.itemId)}
            onChange={() => setLeft(toggled(left, item.itemId))}
          />
        ))}
      </Stack>
      <SegmentedControl
        aria-label="Interest"
        data={[
          { value: 'goes_on', label: 'Interest goes on' },
          { value: 'cut_off', label: 'It ends today' },
        ]}
        value={interest}
        onChange={(value) => setInterest(value as typeof interest)}
      />
      {unmet.length > 0 ? (
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            Not met
          </Text>
          {unmet.map((condition) => (
            <Checkbox
              key={condition.code}
              label={`${CONDITION_WORDS[condition.code]}: pass over`}
              description={[
                foundWords(condition),
                condition.isFirm ? 'settle it first, or leave the item out' : '',
              ]
                .filter(Boolean)
                .join(' · ')}
              disabled={condition.isFirm}
              checked={accepting.has(condition.code)}
              onChange={() => setAccepting(toggled(accepting, condition.code))}
            />
          ))}
        </Stack>
      ) : null}
      <Textarea
        label="Note"
        autosize
        minRows={2}
        required={accepting.size > 0}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <WillAsk plan={plan} />
    </FormDialog>
  );
}

function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  return set.has(one) ? new Set([...set].filter((other) => other !== one)) : new Set([...set, one]);
}
