// Putting a customer on hold, or releasing a hold.

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { placeHold, releaseHold } from '#collections/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Trouble } from '../../ui/Page.tsx';

export function HoldButton({
  customerId,
  release,
}: {
  readonly customerId: string;
  readonly release?: string;
}) {
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const place = useCommand(placeHold);
  const end = useCommand(releaseHold);
  if (release !== undefined) {
    return (
      <Button
        size="xs"
        variant="default"
        loading={end.isPending}
        onClick={() => end.mutate({ params: { holdId: release } })}
      >
        Release
      </Button>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    place.mutate({ body: { customerId, reason, until } }, { onSuccess: () => setOpened(false) });
  };
  return (
    <>
      <Button variant="default" leftSection={<IconHandStop size={16} />} onClick={() => setOpened(true)}>
        Hold
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Stop chasing for a while">
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">
              No reminder goes to this customer until the hold ends. Then the latest step that is due is said,
              once.
            </Text>
            {place.error ? <Trouble problem={place.error} /> : null}
            <TextInput
              label="Why"
              required
              data-autofocus
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
            />
            <DayField label="Until" required value={until} onChange={setUntil} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpened(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={place.isPending}>
                Hold
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
