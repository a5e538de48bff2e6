// Mailboxes that are read over IMAP: what came, what stands in the way, and setting one up.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  changeMailPassword,
  closeMailAccount,
  listMailAccounts,
  readMailAccountNow,
} from '#mailboxes/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { MailAccountDialog } from './MailAccountDialog.tsx';
import { accessOf, NO_SIGN_IN, SignInFields } from './SignInFields.tsx';

type Account = Reply<typeof listMailAccounts>['rows'][number];

/** What stands in the way, and what to do; the words of the mail server stand beside. */
const TROUBLE_WORDS: Readonly<Record<string, string>> = {
  host_not_allowed: 'The mail server stands in a private network, which this server may not read.',
  not_reached: 'No mail server answers there. It is tried again every two minutes.',
  not_trusted: 'The certificate of the mail server is not for it, or nobody known signed it.',
  not_encrypted: 'The mail server offers no encryption any more.',
  sign_in_refused: 'The mail server does not know user and password any more. Give the new password.',
  token_refused: 'The sign-in service gives no access for the token any more. Give another.',
  token_no_answer: 'The sign-in service does not answer. It is asked again every two minutes.',
  folder_missing: 'The folder is gone.',
  lost: 'The connection broke. It is tried again every two minutes.',
  not_kept: 'A mail could not be kept. The log of the worker says why.',
  password_sealed_elsewhere:
    'The secret of the server is another one than the password was sealed with. Give it again.',
};

const REASON_WORDS: Readonly<Record<string, string>> = {
  mail_file_too_large: 'larger than 25 MiB',
  not_kept: 'could not be kept after several tries; the log of the worker says why',
  mail_not_readable: 'cannot be read as a mail',
};

export function MailAccountsPanel() {
  const read = useRead(listMailAccounts, {}, { refreshMs: 30_000 });
  const [isAdding, setAdding] = useState(false);
  const mayManage = read.data?.may.manage === true;
  return (
    <Panel
      title="Mailboxes"
      actions={
        mayManage ? (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            Read a mailbox
          </Button>
        ) : null
      }
    >
      <Shown read={read}>
        {({ rows }) => (
          <Stack gap="md">
            {rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                No mailbox is read. Its mails stay where they are; nothing is deleted there.
              </Text>
            ) : (
              rows.map((account) => (
                <AccountShown key={account.accountId} account={account} mayManage={mayManage} />
              ))
            )}
          </Stack>
        )}
      </Shown>
      {isAdding ? <MailAccountDialog onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function AccountShown({ account, mayManage }: { readonly account: Account; readonly mayManage: boolean }) {
  const { trouble, accountId } = account;
  const close = useCommand(closeMailAccount);
  const now = useCommand(readMailAccountNow);
  const [isChanging, setChanging] = useState(false);
  const params = { accountId };
  return (
    <Stack gap={4} role="group" aria-label={`Mailbox ${account.user}`}>
      <Group justify="space-between" align="flex-start">
        <Stack gap={0}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {account.user}
            </Text>
            <Badge variant="light" color={trouble ? 'red' : 'teal'}>
              {trouble ? 'Trouble' : account.readAt ? 'Works' : 'Not read yet'}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {account.host} · {account.folder} · {account.companyName} ·{' '}
            {account.brings === 'inbox' ? 'answers' : 'remittances'}
          </Text>
          <Text size="sm" c="dimmed">
            {account.mailsTaken === 1 ? '1 mail taken' : `${account.mailsTaken} mails taken`}
            {account.readAt ? `, last read ${momentWords(account.readAt)}` : ''}
          </Text>
        </Stack>
        {mayManage ? (
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              loading={now.isPending}
              onClick={() => now.mutate({ params, body: {} })}
            >
              Read now
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setChanging(true)}>
              Sign-in
            </Button>
            <ConfirmButton
              label="Read it no more"
              spoken={`Read ${account.user} no more`}
              title="Read this mailbox no more?"
              says="What was taken stays. Its mails are where they were."
              confirmLabel="Read it no more"
              act={() => close.mutateAsync({ params, body: {} })}
            />
          </Group>
        ) : null}
      </Group>
      {trouble ? (
        <Text size="sm" role="status">
          Since {momentWords(trouble.since)}: {TROUBLE_WORDS[trouble.code] ?? trouble.code} “{trouble.words}”
        </Text>
      ) : null}
      {account.skips.map((skip) => (
        <Text size="sm" key={`${skip.notedAt} ${skip.subject}`} style={{ overflowWrap: 'anywhere' }}>
          Not taken: “{skip.subject || 'no subject'}” from {skip.sender || 'nobody named'},{' '}
          {REASON_WORDS[skip.reason] ?? skip.reason.replaceAll('_', ' ')}. It is still in the mailbox.
        </Text>
      ))}
      {now.error ? <Trouble problem={now.error} /> : null}
      {isChanging ? <SignInDialog accountId={accountId} onClose={() => setChanging(false)} /> : null}
    </Stack>
  );
}

function SignInDialog({ accountId, onClose }: { readonly accountId: string; onClose(): void }) {
  const change = useCommand(changeMailPassword);
  const [signIn, setSignIn] = useState(NO_SIGN_IN);
  return (
    <FormDialog
      title="Another way to sign in"
      opened
      onClose={onClose}
      onSubmit={() =>
        change.mutate({ params: { accountId }, body: accessOf(signIn) }, { onSuccess: onClose })
      }
      submitLabel="Keep it"
      busy={change.isPending}
      problem={change.error}
    >
      <SignInFields value={signIn} onChange={setSignIn} />
    </FormDialog>
  );
}
