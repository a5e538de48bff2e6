// The address to which payers send remittances: opened, copied, closed.

import { ActionIcon, Button, CopyButton, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconMailbox } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { closeMailbox, listMailboxes, openMailbox } from '#mailboxes/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';

export function MailboxPanel() {
  const read = useRead(listMailboxes);
  const companies = useCompanies();
  const mayManage = useMay('company.manage');
  const rows = read.data?.rows;
  if (rows === undefined || companies === undefined) return null;
  const without = companies.filter((company) => !rows.some((row) => row.companyId === company.id));
  if (rows.length === 0 && !mayManage) return null;
  return (
    <Panel title="By mail">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          What payers send to this address, or what you forward there, is read as if it was dropped here.
        </Text>
        {rows.map((row) => (
          <Mailbox
            key={row.mailboxId}
            mailboxId={row.mailboxId}
            address={row.address}
            company={companies.find((company) => company.id === row.companyId)?.name ?? ''}
            mayManage={mayManage}
          />
        ))}
        {mayManage && without.length > 0 ? <OpenMailbox isFirst={rows.length === 0} /> : null}
      </Stack>
    </Panel>
  );
}

type MailboxProps = {
  readonly mailboxId: string;
  readonly address: string;
  readonly company: string;
  readonly mayManage: boolean;
};

function Mailbox({ mailboxId, address, company, mayManage }: MailboxProps) {
  const [asks, setAsks] = useState(false);
  const close = useCommand(closeMailbox);
  return (
    <div>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={`Remittances to ${company}`}
          value={address}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
          style={{ flex: '1 1 260px' }}
          rightSection={
            <CopyButton value={address}>
              {({ copied, copy }) => (
                <Tooltip label={copied ? 'Copied' : 'Copy the address'}>
                  <ActionIcon
                    variant="subtle"
                    aria-label={copied ? 'Copied' : `Copy the address of ${company}`}
                    onClick={copy}
                  >
                    {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                  </ActionIcon>
                </Tooltip>
              )}
            </CopyButton>
          }
        />
        {mayManage ? (
          <Button
            variant={asks ? 'filled' : 'default'}
            color={asks ? 'red' : 'gray'}
            loading={close.isPending}
            onClick={() => (asks ? close.mutate({ params: { mailboxId }, body: {} }) : setAsks(true))}
            onBlur={() => setAsks(false)}
          >
            {asks ? 'Close it for good' : 'Close'}
          </Button>
        ) : null}
      </Group>
      {asks ? (
        <Text size="sm" c="dimmed" mt={4} role="status">
          Mail to this address will be refused. Another one can be opened.
        </Text>
      ) : null}
      {close.error ? <Trouble problem={close.error} /> : null}
    </div>
  );
}

function OpenMailbox({ isFirst }: { readonly isFirst: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [companyId, setCompanyId] = useState('');
  const [address, setAddress] = useState('');
  const open = useCommand(openMailbox);
  if (!isOpen)
    return (
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconMailbox size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {isFirst ? 'Open an address' : 'Open another address'}
      </Button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate({ body: { companyId, address } }, { onSuccess: () => setOpen(false) });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <CompanySelect label="Paid to" value={companyId} onChange={setCompanyId} width={260} />
        <TextInput
          label="Address"
          description="Its domain leads to the mail server of Quittance. A mark that nobody can guess is added."
          placeholder="remittance@mail.example.com"
          type="email"
          required
          data-autofocus
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          style={{ flex: '1 1 280px' }}
        />
        <Button type="submit" loading={open.isPending}>
          Open
        </Button>
        <Button variant="subtle" onClick={() => setOpen(false)}>
          Not now
        </Button>
      </Group>
      {open.error ? <Trouble problem={open.error} /> : null}
    </form>
  );
}
