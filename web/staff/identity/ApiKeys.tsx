// Keys by which programs ask. A key's text is shown once, when it is made.

import { Badge, Button, Code, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listApiKeys, makeApiKey, revokeApiKey } from '#identity/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { momentWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { DayField } from '../../ui/DayField.tsx';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { SecretShown } from '../../ui/SecretShown.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { ROLE_CHOICES, type Role, roleWords } from './roles.ts';

type ApiKey = Reply<typeof listApiKeys>['rows'][number];

export function ApiKeys() {
  const pages = usePages(listApiKeys);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const rows = rowsOf(pages.data);
  return (
    <Panel
      title="API keys"
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setMaking(true)}
        >
          Make a key
        </Button>
      }
    >
      <Stack>
        {made === null ? null : (
          <SecretShown
            label="Key"
            secret={made}
            says="Keep it like a password. Send it in the header “Authorization: Bearer …”."
          />
        )}
        <Shown read={pages}>
          {() =>
            rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                None yet. What the API can do stands in its <a href="/api/docs">documentation</a>.
              </Text>
            ) : (
              <KeyTable rows={rows} />
            )
          }
        </Shown>
        <ShowMore pages={pages} />
      </Stack>
      {making ? <MakeDialog onClose={() => setMaking(false)} onMade={setMade} /> : null}
    </Panel>
  );
}

function KeyTable({ rows }: { readonly rows: readonly ApiKey[] }) {
  const revoke = useCommand(revokeApiKey);
  return (
    <Scroll minWidth={680}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Begins with</Table.Th>
            <Table.Th>Role</Table.Th>
            <Table.Th>Last used</Table.Th>
            <Table.Th>Until</Table.Th>
            <Table.Th aria-label="Revoke" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((key) => (
            <Table.Tr key={key.id}>
              <Table.Td>
                <Text size="sm" fw={550}>
                  {key.name}
                </Text>
                <Text size="xs" c="dimmed">
                  made {momentWords(key.createdAt)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Code>qt_{key.prefix}</Code>
              </Table.Td>
              <Table.Td>{roleWords(key.role)}</Table.Td>
              <Table.Td>{key.lastUsedAt ? momentWords(key.lastUsedAt) : 'never'}</Table.Td>
              <Table.Td>{key.expiresAt ? momentWords(key.expiresAt) : 'it is revoked'}</Table.Td>
              <Table.Td className="numeric">
                {key.revokedAt ? (
                  <Badge color="gray">revoked {momentWords(key.revokedAt)}</Badge>
                ) : (
                  <ConfirmButton
                    label="Revoke"
                    spoken={`Revoke ${key.name}`}
                    title={`Revoke ${key.name}?`}
                    says="Programs that use it are refused from now on. This cannot be undone."
                    confirmLabel="Revoke"
                    act={() => revoke.mutateAsync({ params: { apiKeyId: key.id } })}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function MakeDialog({ onClose, onMade }: { onClose(): void; onMade(key: string | null): void }) {
  const make = useCommand(makeApiKey);
  const form = useFields({ name: '', role: 'viewer', until: '' });
  const { values } = form;
  const { at, rest } = placeTrouble(make.error, ['name', 'role', 'expiresAt'], {
    expiry_not_in_future: 'expiresAt',
  });
  const submit = (): void =>
    make.mutate(
      {
        body: {
          name: values.name,
          role: values.role as Role,
          ...(values.until === '' ? {} : { expiresAt: `${values.until}T23:59:59Z` }),
        },
      },
      {
        onSuccess: ({ key }) => {
          onMade(key);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title="Make an API key"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Make it"
      busy={make.isPending}
      problem={rest}
    >
      <TextInput
        label="Name"
        description="Which program uses it"
        required
        data-autofocus
        {...form.text('name')}
        error={at('name')}
      />
      <Select
        label="Role"
        data={ROLE_CHOICES}
        value={values.role}
        onChange={(role) => form.put({ role: role ?? 'viewer' })}
        allowDeselect={false}
        error={at('role')}
      />
      <DayField
        label="Until the end of"
        description="Empty: until it is revoked"
        value={values.until}
        onChange={(until) => form.put({ until })}
        error={at('expiresAt')}
      />
    </FormDialog>
  );
}
