// Writing off what will not be paid. Where the rules want a second person, the form says so and asks instead.

import { Button, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { WRITE_OFF_KINDS, writeOffItems } from '#writeoffs/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Input } from '../../lib/api.ts';
import { useCommand, useRehearsal } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { useApprovalPlan, useAsk, WillAsk } from '../approvals/WillAsk.tsx';
import { NO_FACTS, ReliefFacts, ReliefTold } from './ReliefFacts.tsx';
import { KIND_CHOICES } from './relief-words.ts';

export type WrittenOffItem = { readonly id: string; readonly open: MoneyValue; readonly dueOn: string };

const isOpen = (item: WrittenOffItem): boolean => !/^-?[0.]*$/.test(item.open.amount);

/** The button, for those who can write off or ask for it, where something is open. */
export function WriteOffButton({
  number,
  items,
}: {
  readonly number: string;
  readonly items: readonly WrittenOffItem[];
}) {
  const mayPost = useMay('write_off.post');
  const mayAsk = useMay('approval.request');
  const [opened, setOpened] = useState(false);
  const open = items.filter(isOpen);
  if (!(mayPost || mayAsk) || open.length === 0) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconEraser size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Write off
      </Button>
      {opened ? <WriteOffDialog number={number} items={open} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

const ALL = 'all';

function WriteOffDialog({
  number,
  items,
  onClose,
}: {
  readonly number: string;
  readonly items: readonly WrittenOffItem[];
  onClose(): void;
}) {
  const go = useGo();
  const [kind, setKind] = useState<(typeof WRITE_OFF_KINDS)[number]>('bad_debt');
  const [reason, setReason] = useState('');
  const [facts, setFacts] = useState(NO_FACTS);
  const [which, setWhich] = useState(items.length === 1 ? (items[0]?.id ?? ALL) : ALL);
  const [amount, setAmount] = useState(items.length === 1 ? (items[0]?.open.amount ?? '') : '');
  const chosen = items.filter((item) => which === ALL || item.id === which);
  const typed = typedDecimal(amount);
  const input: Input<typeof writeOffItems> = {
    body: {
      kind,
      reason,
      ...(kind === 'bad_debt' ? { facts } : {}),
      items: chosen.map((item) => ({
        itemId: item.id,
        ...(which === ALL || typed === undefined
          ? {}
          : { amount: { amount: typed, currency: item.open.currency } }),
      })),
    },
  };
  const isReady = which === ALL || typed !== undefined;
  const tried = { ...input, body: { ...input.body, reason: '–' } as NonNullable<typeof input.body> };
  const { plan, problem } = useApprovalPlan(writeOffItems, tried, isReady);
  const mayPost = useMay('write_off.post');
  const rehearsed = useRehearsal(writeOffItems, tried, isReady && mayPost);
  const post = useCommand(writeOffItems);
  const asking = useAsk(writeOffItems);
  const isAsking = plan?.needed ?? false;
  const { at, rest } = placeTrouble(post.error ?? asking.problem ?? problem, ['reason', 'items/'], {
    exceeds_open: 'items/',
    amount_not_positive: 'items/',
  });
  const submit = (): void => {
    if (isAsking)
      asking.ask(input, reason, {
        onSuccess: ({ approvalId }) => {
          notifications.show({ message: 'Others are asked.' });
          go(`approvals/${approvalId}`);
        },
      });
    else
      post.mutate(input, {
        onSuccess: ({ writeOffs }) => {
          notifications.show({ message: `${writeOffs.map((w) => w.number).join(', ')} is posted.` });
          onClose();
        },
      });
  };
  return (
    <FormDialog
      title={`Write off ${number}`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={isAsking ? 'Ask for it' : 'Write off'}
      busy={post.isPending || asking.busy}
      problem={rest}
      danger={!isAsking}
      size="lg"
    >
      <Stack gap="sm">
        {items.length > 1 ? (
          <Select
            label="Which"
            allowDeselect={false}
            data={[
              { value: ALL, label: 'All that is open' },
              ...items.map((item) => ({
                value: item.id,
                label: `due ${dayWords(item.dueOn)}: ${item.open.amount} ${item.open.currency}`,
              })),
            ]}
            value={which}
            onChange={(value) => {
              setWhich(value ?? ALL);
              setAmount(items.find((item) => item.id === value)?.open.amount ?? '');
            }}
          />
        ) : null}
        {which === ALL ? null : (
          <TextInput
            label={`Amount (${chosen[0]?.open.currency ?? ''})`}
            description={
              <>
                Open: <Money value={chosen[0]?.open ?? { amount: '0', currency: 'EUR' }} />
              </>
            }
            required
            inputMode="decimal"
            value={amount}
            onChange={(e) => setAmount(e.currentTarget.value)}
            error={at('items/')}
          />
        )}
        <Select
          label="Kind"
          allowDeselect={false}
          data={KIND_CHOICES}
          value={kind}
          onChange={(value) => setKind(WRITE_OFF_KINDS.find((known) => known === value) ?? kind)}
        />
        <TextInput
          label="Why"
          required
          data-autofocus
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          error={at('reason')}
        />
        {kind === 'bad_debt' ? <ReliefFacts facts={facts} onChange={setFacts} /> : null}
        <ReliefTold relief={rehearsed.data?.writeOffs.flatMap((one) => one.relief) ?? []} />
        <WillAsk plan={plan} />
      </Stack>
    </FormDialog>
  );
}
