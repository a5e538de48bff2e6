// Noting a call from the page of a customer: what came of it, with whom, when to look again.

import { Group, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CALL_DIRECTIONS, CALL_OUTCOMES, CALL_WAYS, isOurs, recordCall } from '#calls/contract.ts';
import { readCustomer } from '#parties/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { heading } from '../../lib/words.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { DespiteField, useCalling } from './CallBars.tsx';
import { DIRECTION_WORDS, OUTCOME_WORDS, WAY_WORDS } from './call-words.ts';

type Noted = {
  readonly outcome: (typeof CALL_OUTCOMES)[number];
  readonly way: (typeof CALL_WAYS)[number];
  readonly direction: (typeof CALL_DIRECTIONS)[number];
};

/** Outcomes without something taken with them: promises and disputes have places of their own on the page. */
const PLAIN = CALL_OUTCOMES.filter((outcome) => outcome !== 'promised' && outcome !== 'disputed');

export function CallDialog({ customerId, onClose }: { readonly customerId: string; onClose(): void }) {
  const record = useCommand(recordCall);
  const customer = useRead(readCustomer, { params: { customerId } }).data;
  const [noted, setNoted] = useState<Noted>({ outcome: 'reached', way: 'phone', direction: 'out' });
  const [contactId, setContactId] = useState<string | null>(null);
  const contacts = customer?.contacts ?? [];
  const known = contacts.find((contact) => contact.id === contactId)?.phone ?? '';
  /** Another number than that of the contact. */
  const [typed, setTyped] = useState<string>();
  const [note, setNote] = useState('');
  const [nextOn, setNextOn] = useState('');
  const calling = useCalling(customerId);
  const [despite, setDespite] = useState('');
  const reason = isOurs(noted) ? filled(despite) : undefined;
  const isWrong = noted.outcome === 'wrong_number';
  const submit = (): void => {
    const words = filled(note);
    record.mutate(
      {
        body: {
          customerId,
          ...noted,
          ...(contactId ? { contactId } : {}),
          ...(words ? { note: words } : {}),
          ...(nextOn ? { nextOn } : {}),
          ...(isWrong ? { number: typed ?? known } : {}),
          ...(reason ? { despite: reason } : {}),
        },
      },
      { onSuccess: onClose },
    );
  };
  const change = (given: Partial<Noted>): void => setNoted((before) => ({ ...before, ...given }));
  return (
    <FormDialog
      title="Note a call"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Note it"
      busy={record.isPending}
      problem={record.error}
    >
      <Select
        label="What came of it"
        allowDeselect={false}
        data={PLAIN.map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
        value={noted.outcome}
        onChange={(value) => change({ outcome: CALL_OUTCOMES.find((one) => one === value) ?? 'reached' })}
      />
      <Group grow>
        <Select
          label="How"
          allowDeselect={false}
          data={CALL_WAYS.map((value) => ({ value, label: heading(WAY_WORDS[value]) }))}
          value={noted.way}
          onChange={(value) => change({ way: CALL_WAYS.find((one) => one === value) ?? 'phone' })}
        />
        <Select
          label="Who called"
          allowDeselect={false}
          data={CALL_DIRECTIONS.map((value) => ({ value, label: heading(DIRECTION_WORDS[value]) }))}
          value={noted.direction}
          onChange={(value) => change({ direction: CALL_DIRECTIONS.find((one) => one === value) ?? 'out' })}
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label="With"
          placeholder="somebody"
          clearable
          data={contacts.map((contact) => ({ value: contact.id, label: contact.name }))}
          value={contactId}
          onChange={(chosen) => {
            setContactId(chosen);
            setTyped(undefined);
          }}
        />
        <DayField
          label="Look again on"
          required={noted.outcome === 'call_back'}
          value={nextOn}
          onChange={setNextOn}
        />
      </Group>
      {isOurs(noted) ? <DespiteField calling={calling} value={despite} onChange={setDespite} /> : null}
      {isWrong ? (
        <TextInput
          label="Number that was wrong"
          required
          type="tel"
          maxLength={50}
          value={typed ?? known}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <Textarea
        label="Note"
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
