// Whether a customer's money on account may go to its next invoice by itself: who said so there, and when.

import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { getConsent, putConsent } from '#consents/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';

export function CustomerConsent({ customerId }: { readonly customerId: string }) {
  const mayChange = useMay('customer.edit');
  const read = useRead(getConsent, { params: { customerId } });
  const [saying, setSaying] = useState(false);
  const isGiven = read.data?.isGiven ?? false;
  return (
    <Panel
      title="Money on account"
      actions={
        mayChange && read.data ? (
          <Button size="xs" variant="default" onClick={() => setSaying(true)}>
            {isGiven ? 'It was taken back' : 'The customer consented'}
          </Button>
        ) : null
      }
    >
      <Shown read={read}>
        {({ said }) => (
          <Stack gap="xs">
            <Text size="sm">
              {isGiven
                ? 'Goes to the next invoice by itself when that is issued, the oldest money first.'
                : 'Stays on account until a person says what it is for: the customer did not consent to more.'}
            </Text>
            {said.map((one) => (
              <Group key={one.consentId} gap={6}>
                <Badge color={one.isGiven ? 'teal' : 'gray'}>
                  {one.isGiven ? 'consented' : 'taken back'}
                </Badge>
                <Text size="sm">
                  {dayWords(one.saidOn)}, {one.saidBy}
                  {one.note ? `: ${one.note}` : ''}
                </Text>
              </Group>
            ))}
          </Stack>
        )}
      </Shown>
      {saying ? (
        <SaidDialog customerId={customerId} isGiven={!isGiven} onClose={() => setSaying(false)} />
      ) : null}
    </Panel>
  );
}

function SaidDialog({
  customerId,
  isGiven,
  onClose,
}: {
  readonly customerId: string;
  readonly isGiven: boolean;
  onClose(): void;
}) {
  const put = useCommand(putConsent);
  const form = useFields({ saidBy: '', note: '' });
  const [saidOn, setSaidOn] = useState('');
  const { at, rest } = placeTrouble(put.error, ['saidBy', 'note', 'saidOn'], { dated_in_future: 'saidOn' });
  return (
    <FormDialog
      title={isGiven ? 'The customer consented' : 'The consent was taken back'}
      opened
      onClose={onClose}
      onSubmit={() =>
        put.mutate(
          {
            params: { customerId },
            body: {
              isGiven,
              saidBy: form.values.saidBy,
              ...(saidOn ? { saidOn } : {}),
              ...(filled(form.values.note) ? { note: form.values.note } : {}),
            },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="Record it"
      busy={put.isPending}
      problem={rest}
    >
      <Text size="sm">
        {isGiven
          ? 'Money on account then goes to the next invoice by itself. Each time it can be taken back.'
          : 'From now on money on account waits for a person.'}
      </Text>
      <TextInput
        label="Who said so"
        description="The person at the customer"
        required
        data-autofocus
        {...form.text('saidBy')}
        error={at('saidBy')}
      />
      <DayField
        label="On"
        description="Left empty, today"
        value={saidOn}
        onChange={setSaidOn}
        error={at('saidOn')}
      />
      <TextInput label="Note" maxLength={500} {...form.text('note')} error={at('note')} />
    </FormDialog>
  );
}
