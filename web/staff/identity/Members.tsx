// The people of the tenant and what each may do.

import { Badge, Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { addMember, changeMemberRole, listMembers, me, removeMember } from '#identity/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { momentWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { SecretShown } from '../../ui/SecretShown.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { ROLE_CHOICES, ROLES, type Role, roleWords } from './roles.ts';

type Member = Reply<typeof listMembers>['rows'][number];
type Added = { readonly name: string; readonly email: string; readonly password: string | null };

export function Members() {
  const pages = usePages(listMembers);
  const self = useRead(me).data?.user?.id;
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<Added | null>(null);
  const change = useCommand(changeMemberRole);
  const remove = useCommand(removeMember);
  return (
    <Panel
      title="People"
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Add a person
        </Button>
      }
    >
      <Stack>
        {added ? <Welcome added={added} /> : null}
        {change.error ? <Trouble problem={change.error} /> : null}
        <Shown read={pages}>
          {() => (
            <Scroll minWidth={620}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Name</Table.Th>
                    <Table.Th>Role</Table.Th>
                    <Table.Th>Since</Table.Th>
                    <Table.Th aria-label="Remove" />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rowsOf(pages.data).map((member) => (
                    <MemberRow
                      key={member.userId}
                      member={member}
                      isSelf={member.userId === self}
                      onRole={(role) =>
                        change.mutate(
                          { params: { userId: member.userId }, body: { role } },
                          {
                            onSuccess: () =>
                              notifications.show({ message: `${member.name} is ${roleWords(role)} now.` }),
                          },
                        )
                      }
                      onRemove={() => remove.mutateAsync({ params: { userId: member.userId } })}
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )}
        </Shown>
        <ShowMore pages={pages} />
      </Stack>
      {adding ? <AddDialog onClose={() => setAdding(false)} onAdded={setAdded} /> : null}
    </Panel>
  );
}

function MemberRow({
  member,
  isSelf,
  onRole,
  onRemove,
}: {
  readonly member: Member;
  readonly isSelf: boolean;
  onRole(role: Role): void;
  onRemove(): Promise<unknown>;
}) {
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={550}>
            {member.name}
          </Text>
          {isSelf ? <Badge color="gray">you</Badge> : null}
        </Group>
        <Text size="xs" c="dimmed">
          {member.email}
        </Text>
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`Role of ${member.name}`}
          size="xs"
          data={ROLES.map(({ value, label }) => ({ value, label }))}
          value={member.role}
          onChange={(role) => role && role !== member.role && onRole(role as Role)}
          allowDeselect={false}
          w={150}
        />
      </Table.Td>
      <Table.Td>{momentWords(member.since)}</Table.Td>
      <Table.Td className="numeric">
        <ConfirmButton
          label="Remove"
          spoken={`Remove ${member.name}`}
          title={`Remove ${member.name}?`}
          says="They are out at their next click. What they did stays recorded."
          confirmLabel="Remove"
          act={onRemove}
        />
      </Table.Td>
    </Table.Tr>
  );
}

function Welcome({ added }: { readonly added: Added }) {
  if (added.password === null) {
    return (
      <Text size="sm" role="status">
        {added.email} could sign in already and is a member now.
      </Text>
    );
  }
  return (
    <SecretShown
      label={`Password for ${added.email}`}
      secret={added.password}
      says="Give it to them on a safe way. They choose their own when they first sign in."
    />
  );
}

const FIELDS = ['email', 'name', 'role'];
const CODES = {
  email_not_valid: 'email',
  email_taken: 'email',
  already_member: 'email',
  name_not_valid: 'name',
};

function AddDialog({ onClose, onAdded }: { onClose(): void; onAdded(added: Added): void }) {
  const add = useCommand(addMember);
  const form = useFields({ email: '', name: '', role: 'viewer' });
  const { values } = form;
  const { at, rest } = placeTrouble(add.error, FIELDS, CODES);
  const submit = (): void =>
    add.mutate(
      { body: { email: values.email.trim(), name: values.name, role: values.role as Role } },
      {
        onSuccess: ({ oneTimePassword }) => {
          onAdded({ name: values.name, email: values.email.trim(), password: oneTimePassword });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title="Add a person"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Add"
      busy={add.isPending}
      problem={rest}
    >
      <TextInput label="Name" required data-autofocus {...form.text('name')} error={at('name')} />
      <TextInput label="E-mail" type="email" required {...form.text('email')} error={at('email')} />
      <Select
        label="Role"
        data={ROLE_CHOICES}
        value={values.role}
        onChange={(role) => form.put({ role: role ?? 'viewer' })}
        allowDeselect={false}
        error={at('role')}
      />
    </FormDialog>
  );
}
