// What came of a call: chosen by one key, sent by Enter. What was promised or is disputed is taken with it.

import { Group, MultiSelect, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { listDisputeReasons } from '#disputes/contract.ts';
import { finishAccount, type readWorklistAccount } from '#worklist/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { lateWords } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import type { MoneyValue } from '../../ui/Money.tsx';
import { DespiteField, useCalling } from '../calls/CallBars.tsx';
import { OUTCOME_WORDS } from '../calls/call-words.ts';
import { OUTCOME_KEYS, type OutcomeKey } from './worklist-words.ts';

export type Desk = Reply<typeof readWorklistAccount>;

/** An open item that can be promised or disputed. */
export type Owed = {
  readonly id: string;
  readonly reference: string;
  readonly daysLate: number;
  readonly open: MoneyValue;
};

type OutcomeDialogProps = {
  readonly desk: Desk;
  readonly outcomeKey: OutcomeKey;
  readonly items: readonly Owed[];
  onClose(): void;
  onDone(says: string): void;
};

export function OutcomeDialog({ desk, outcomeKey, items, onClose, onDone }: OutcomeDialogProps) {
  const outcome = OUTCOME_KEYS[outcomeKey];
  const finish = useCommand(finishAccount);
  const [contactId, setContactId] = useState<string | null>(
    (desk.numbers.find((one) => one.phone !== null && !one.isWrong) ?? desk.numbers[0])?.contactId ?? null,
  );
  const known = desk.numbers.find((one) => one.contactId === contactId)?.phone ?? '';
  /** Another number than that of the contact. */
  const [typed, setTyped] = useState<string>();
  const [note, setNote] = useState('');
  const [nextOn, setNextOn] = useState(outcome === 'call_back' ? desk.proposed.callBack : '');
  const [promisedOn, setPromisedOn] = useState(desk.proposed.promise);
  const overdue = items.filter((item) => item.daysLate > 0);
  const [what, setWhat] = useState<'overdue' | 'all'>(overdue.length > 0 ? 'overdue' : 'all');
  const [reason, setReason] = useState<string | null>(null);
  const [disputed, setDisputed] = useState<string[]>(overdue.slice(0, 1).map((item) => item.id));
  const words = filled(note);
  const calling = useCalling(desk.customer.id);
  const [despite, setDespite] = useState('');
  const passedOver = filled(despite);
  const submit = (): void => {
    // The dialog stands until the next account comes: Enter once more notes nothing twice.
    if (finish.isPending || finish.isSuccess) return;
    const currency = items[0]?.open.currency;
    finish.mutate(
      {
        params: { companyId: desk.company.id, customerId: desk.customer.id },
        body: {
          call: {
            outcome,
            ...(contactId ? { contactId } : {}),
            ...(words ? { note: words } : {}),
            ...(nextOn ? { nextOn } : {}),
            ...(passedOver ? { despite: passedOver } : {}),
            ...(outcome === 'wrong_number' ? { number: typed ?? known } : {}),
            ...(outcome === 'promised'
              ? {
                  promise: {
                    on: promisedOn,
                    onlyOverdue: what === 'overdue',
                    ...(currency ? { currency } : {}),
                  },
                }
              : {}),
            ...(outcome === 'disputed'
              ? {
                  dispute: {
                    items: disputed.map((itemId) => ({ itemId })),
                    ...(reason ? { reason } : {}),
                    ...(words ? { note: words } : {}),
                  },
                }
              : {}),
          },
        },
      },
      { onSuccess: () => onDone(`${desk.customer.name}: ${OUTCOME_WORDS[outcome].toLowerCase()}`) },
    );
  };
  return (
    <FormDialog
      title={OUTCOME_WORDS[outcome]}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Note it, next"
      busy={finish.isPending || finish.isSuccess}
      problem={finish.error}
    >
      <DespiteField calling={calling} value={despite} onChange={setDespite} />
      {outcome === 'promised' ? (
        <>
          <DayField label="By" required value={promisedOn} onChange={setPromisedOn} />
          <SegmentedControl
            fullWidth
            aria-label="What is promised"
            data={[
              { value: 'overdue', label: 'What is overdue', disabled: overdue.length === 0 },
              { value: 'all', label: 'Everything open' },
            ]}
            value={what}
            onChange={(value) => setWhat(value as 'overdue' | 'all')}
          />
        </>
      ) : null}
      {outcome === 'disputed' ? (
        <Disputed
          items={items}
          chosen={disputed}
          reason={reason}
          onChosen={setDisputed}
          onReason={setReason}
        />
      ) : null}
      {outcome === 'wrong_number' ? (
        <TextInput
          label="Number that was wrong"
          required
          type="tel"
          maxLength={50}
          value={typed ?? known}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <TextInput
        label={outcome === 'disputed' ? 'What the customer says' : 'Note'}
        data-autofocus
        required={outcome === 'disputed' && reason === 'other'}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <Select
          label="With"
          placeholder="somebody"
          clearable
          data={desk.numbers.map((one) => ({ value: one.contactId, label: one.name }))}
          value={contactId}
          onChange={(chosen) => {
            setContactId(chosen);
            setTyped(undefined);
          }}
        />
        <DayField
          label={outcome === 'call_back' ? 'Call back on' : 'Look again on'}
          required={outcome === 'call_back'}
          value={nextOn}
          onChange={setNextOn}
        />
      </Group>
      <Text size="xs" c="dimmed">
        Enter notes it and brings the next account.
      </Text>
    </FormDialog>
  );
}

type DisputedProps = {
  readonly items: readonly Owed[];
  readonly chosen: string[];
  readonly reason: string | null;
  onChosen(ids: string[]): void;
  onReason(reason: string | null): void;
};

function Disputed({ items, chosen, reason, onChosen, onReason }: DisputedProps) {
  const reasons = useRead(listDisputeReasons, {}).data?.reasons ?? [];
  return (
    <>
      <Select
        label="Reason"
        required
        searchable
        data={reasons.filter((one) => one.inUse).map((one) => ({ value: one.code, label: one.name }))}
        value={reason}
        onChange={onReason}
      />
      <MultiSelect
        label="Of what"
        required
        data={items.map((item) => ({
          value: item.id,
          label: `${item.reference}, ${lateWords(item.daysLate)}`,
        }))}
        value={chosen}
        onChange={onChosen}
      />
    </>
  );
}
