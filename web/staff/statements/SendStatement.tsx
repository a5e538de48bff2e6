// Sending a customer its statement now, to whom it wants.

import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { sendStatement } from '#statements/contract.ts';
import { useCommand, useRehearsal } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { type Kind, kindWords } from './statement-words.ts';

type Wanted = {
  readonly customerId: string;
  readonly kind: Kind;
  readonly asOf: string;
  readonly from?: string | undefined;
  readonly group: boolean;
};

export function SendStatement({ wanted, onSent }: { readonly wanted: Wanted; onSent(): void }) {
  const [opened, setOpened] = useState(false);
  const maySend = useMay('reminder.send');
  if (!maySend) return null;
  return (
    <>
      <Button leftSection={<IconSend size={16} aria-hidden />} onClick={() => setOpened(true)}>
        Send
      </Button>
      {opened ? <Dialog wanted={wanted} onSent={onSent} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

function Dialog({ wanted, onSent, onClose }: { readonly wanted: Wanted; onSent(): void; onClose(): void }) {
  const [companyId, setCompanyId] = useState('');
  const [allCompanies, setAllCompanies] = useState(false);
  const companies = useCompanies() ?? [];
  const { customerId, kind, asOf, from, group } = wanted;
  const send = useCommand(sendStatement);
  const input = {
    params: { customerId },
    body: {
      companyId,
      kind,
      asOf,
      group,
      allCompanies,
      ...(kind === 'balance_forward' && from ? { from } : {}),
    },
  };
  const way = useRehearsal(sendStatement, input, companyId !== '');
  const submit = (): void =>
    send.mutate(input, {
      onSuccess: ({ recipient }) => {
        notifications.show({ message: `The statement is on its way to ${recipient}.` });
        onClose();
        onSent();
      },
    });
  return (
    <FormDialog
      title="Send the statement"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Send it"
      busy={send.isPending}
      problem={send.error ?? way.error}
    >
      <Stack gap="xs">
        <Text size="sm">
          {kindWords({ kind, isGroup: group, allCompanies })} as of {dayWords(asOf)}. It is read again when it
          leaves.
        </Text>
        {way.data && !way.error ? (
          <Text size="sm" role="status">
            {way.data.channel === 'post' ? 'By post to' : 'By e-mail to'} <b>{way.data.recipient}</b>
          </Text>
        ) : null}
      </Stack>
      <CompanySelect value={companyId} onChange={setCompanyId} />
      {companies.length > 1 ? (
        <Checkbox
          label="What is owed to all companies, each for itself"
          checked={allCompanies}
          onChange={(event) => setAllCompanies(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}
