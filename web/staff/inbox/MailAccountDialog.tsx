// Setting up a mailbox that is read: where it is, who reads it, and trying it out before it is kept.

import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { AFTERWARDS, checkMailAccount, IMAP_SECURITY, openMailAccount } from '#mailboxes/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { accessOf, isSignInWhole, NO_SIGN_IN, SignInFields } from './SignInFields.tsx';

const SECURITY_WORDS = {
  tls: 'TLS (993)',
  starttls: 'STARTTLS (143)',
  none: 'None, this machine only',
} as const;
const AFTERWARDS_WORDS = {
  leave: 'Leave it as it is',
  mark_seen: 'Mark it as read',
  move: 'Move it to a folder',
} as const;
const PORTS = { tls: 993, starttls: 143, none: 143 } as const;

export function MailAccountDialog({ onClose }: { onClose(): void }) {
  const open = useCommand(openMailAccount);
  const check = useCommand(checkMailAccount);
  const [companyId, setCompanyId] = useState('');
  const [brings, setBrings] = useState<'inbox' | 'remittances'>('inbox');
  const [host, setHost] = useState('');
  const [security, setSecurity] = useState<(typeof IMAP_SECURITY)[number]>('tls');
  const [port, setPort] = useState<number>(PORTS.tls);
  const [user, setUser] = useState('');
  const [signIn, setSignIn] = useState(NO_SIGN_IN);
  const [folder, setFolder] = useState('INBOX');
  const [readFrom, setReadFrom] = useState('');
  const [afterwards, setAfterwards] = useState<(typeof AFTERWARDS)[number]>('leave');
  const [moveTo, setMoveTo] = useState('');
  const body = {
    companyId,
    brings,
    host: host.trim(),
    port,
    security,
    user: user.trim(),
    ...accessOf(signIn),
    folder,
    afterwards,
    ...(readFrom ? { readFrom } : {}),
    ...(afterwards === 'move' ? { moveTo } : {}),
  };
  const isWhole = host !== '' && user !== '' && isSignInWhole(signIn) && companyId !== '';
  return (
    <FormDialog
      title="Read a mailbox"
      opened
      onClose={onClose}
      onSubmit={() => open.mutate({ body }, { onSuccess: onClose })}
      submitLabel="Read it"
      busy={open.isPending}
      problem={open.error ?? check.error}
    >
      <CompanySelect label="Company" value={companyId} onChange={setCompanyId} />
      <Select
        label="What it brings"
        allowDeselect={false}
        data={[
          { value: 'inbox', label: 'Answers of customers' },
          { value: 'remittances', label: 'Lists of what payments are for' },
        ]}
        value={brings}
        onChange={(value) => setBrings(value === 'remittances' ? 'remittances' : 'inbox')}
      />
      <TextInput
        label="Mail server"
        placeholder="imap.example.com"
        required
        value={host}
        onChange={(event) => setHost(event.currentTarget.value)}
      />
      <Group align="flex-end" grow>
        <Select
          label="Encryption"
          allowDeselect={false}
          data={IMAP_SECURITY.map((value) => ({ value, label: SECURITY_WORDS[value] }))}
          value={security}
          onChange={(value) => {
            const chosen = IMAP_SECURITY.find((one) => one === value) ?? 'tls';
            setSecurity(chosen);
            setPort(PORTS[chosen]);
          }}
        />
        <NumberInput
          label="Port"
          min={1}
          max={65_535}
          value={port}
          onChange={(value) => setPort(Number(value))}
        />
      </Group>
      <TextInput
        label="User"
        required
        autoComplete="off"
        value={user}
        onChange={(event) => setUser(event.currentTarget.value)}
      />
      <SignInFields value={signIn} onChange={setSignIn} />
      <Group align="flex-start" grow>
        <TextInput
          label="Folder"
          required
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        <DayField
          label="Mails from"
          description="Left out: from today on"
          value={readFrom}
          onChange={setReadFrom}
        />
      </Group>
      <Group align="flex-end" grow>
        <Select
          label="When a mail was taken"
          description="Nothing is ever deleted"
          allowDeselect={false}
          data={AFTERWARDS.map((value) => ({ value, label: AFTERWARDS_WORDS[value] }))}
          value={afterwards}
          onChange={(value) => setAfterwards(AFTERWARDS.find((one) => one === value) ?? 'leave')}
        />
        {afterwards === 'move' ? (
          <TextInput
            label="Folder to move to"
            required
            value={moveTo}
            onChange={(event) => setMoveTo(event.currentTarget.value)}
          />
        ) : null}
      </Group>
      <Group>
        <Button
          variant="default"
          disabled={!isWhole}
          loading={check.isPending}
          onClick={() => check.mutate({ body })}
        >
          Try it out
        </Button>
        {check.data && !check.error ? (
          <Text size="sm" role="status">
            It works: {check.data.mails} mails in {folder}.
          </Text>
        ) : null}
      </Group>
    </FormDialog>
  );
}
