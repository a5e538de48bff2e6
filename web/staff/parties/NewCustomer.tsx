// Adding a customer by hand: what is needed to send the first invoice, nothing more.

import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { addCustomer } from '#parties/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { LANGUAGES } from '../../ui/choices.ts';
import { Trouble } from '../../ui/Page.tsx';

const EMPTY = { number: '', name: '', email: '', country: '', language: 'en' };

export function NewCustomer({
  opened,
  onClose,
  onAdded,
}: {
  readonly opened: boolean;
  onClose(): void;
  onAdded(customerId: string): void;
}) {
  const [form, setForm] = useState(EMPTY);
  const add = useCommand(addCustomer);
  const set =
    (field: keyof typeof EMPTY) => (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget;
      setForm((before) => ({ ...before, [field]: value }));
    };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const contacts =
      form.email.trim() === ''
        ? []
        : [{ name: form.name, role: 'billing' as const, email: form.email.trim() }];
    add.mutate(
      {
        body: {
          number: form.number,
          name: form.name,
          language: form.language,
          contacts,
          ...(form.country.trim() === '' ? {} : { country: form.country.trim().toUpperCase() }),
        },
      },
      {
        onSuccess: ({ customerId }) => {
          setForm(EMPTY);
          onClose();
          onAdded(customerId);
        },
      },
    );
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Add a customer">
      <form onSubmit={submit}>
        <Stack>
          {add.error ? <Trouble problem={add.error} /> : null}
          <TextInput
            label="Number"
            description="What you call this customer elsewhere"
            required
            data-autofocus
            value={form.number}
            onChange={set('number')}
          />
          <TextInput label="Name" required value={form.name} onChange={set('name')} />
          <TextInput
            label="E-mail for invoices and reminders"
            type="email"
            value={form.email}
            onChange={set('email')}
          />
          <Group grow>
            <TextInput
              label="Country"
              placeholder="DE"
              maxLength={2}
              value={form.country}
              onChange={set('country')}
            />
            <Select
              label="Language"
              data={LANGUAGES}
              searchable
              value={form.language}
              onChange={(value) => setForm((f) => ({ ...f, language: value ?? 'en' }))}
              allowDeselect={false}
            />
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
