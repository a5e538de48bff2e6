// A person at the customer: who, for what, and how to reach them.

import { Group, Select, TextInput } from '@mantine/core';
import { addContact, changeContact } from '#parties/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { languagesWith } from '../../ui/choices.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import type { Customer } from './Contacts.tsx';

type Contact = Customer['contacts'][number];
type Role = Contact['role'];

const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'billing', label: 'Billing' },
  { value: 'reminders', label: 'Reminders' },
  { value: 'management', label: 'Management' },
  { value: 'other', label: 'Other' },
];

const FIELDS = ['name', 'role', 'email', 'phone', 'language'];
const CODES = { email_not_valid: 'email', language_not_valid: 'language' };

export function ContactDialog({
  customerId,
  contact,
  onClose,
}: {
  readonly customerId: string;
  readonly contact: Contact | undefined;
  onClose(): void;
}) {
  const add = useCommand(addContact);
  const change = useCommand(changeContact);
  const form = useFields({
    name: contact?.name ?? '',
    role: contact?.role ?? 'billing',
    email: contact?.email ?? '',
    phone: contact?.phone ?? '',
    language: contact?.language ?? '',
  });
  const command = contact ? change : add;
  const { at, rest } = placeTrouble(command.error, FIELDS, CODES);
  const submit = (): void => {
    const { values } = form;
    const body = {
      name: values.name,
      role: ROLES.find((r) => r.value === values.role)?.value ?? 'other',
      email: filled(values.email) ?? null,
      phone: filled(values.phone) ?? null,
      language: filled(values.language) ?? null,
    };
    if (contact) change.mutate({ params: { contactId: contact.id }, body }, { onSuccess: onClose });
    else add.mutate({ params: { customerId }, body }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={contact ? `Change ${contact.name}` : 'Add a contact'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={contact ? 'Save' : 'Add'}
      busy={command.isPending}
      problem={rest}
    >
      <TextInput label="Name" required data-autofocus {...form.text('name')} error={at('name')} />
      <Select
        label="For"
        description="Reminders go to contacts for reminders, else to those for billing."
        data={[...ROLES]}
        value={form.values.role}
        onChange={(value) => form.put({ role: (value ?? 'other') as Role })}
        allowDeselect={false}
      />
      <TextInput label="E-mail" type="email" {...form.text('email')} error={at('email')} />
      <Group grow align="flex-start">
        <TextInput label="Phone" type="tel" {...form.text('phone')} error={at('phone')} />
        <Select
          label="Language"
          placeholder="As the customer"
          data={languagesWith(form.values.language)}
          value={form.values.language === '' ? null : form.values.language}
          onChange={(value) => form.put({ language: value ?? '' })}
          clearable
          error={at('language')}
        />
      </Group>
    </FormDialog>
  );
}
