// Days the tenant keeps closed or open whatever calendars say.

import { Badge, Button, Group, SegmentedControl, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listOwnDays, removeOwnDay, setOwnDay } from '#terms/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';

export function OwnDays() {
  const days = useRead(listOwnDays);
  const remove = useCommand(removeOwnDay);
  const mayChange = useMay('company.manage');
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title="Our own days"
      actions={
        mayChange ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Add a day
          </Button>
        ) : null
      }
    >
      <Shown read={days}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              None: due dates go by the calendars alone.
            </Text>
          ) : (
            <Table>
              <Table.Tbody>
                {rows.map((day) => (
                  <Table.Tr key={day.on}>
                    <Table.Td>{dayWords(day.on)}</Table.Td>
                    <Table.Td>{day.name}</Table.Td>
                    <Table.Td>
                      <Badge variant="light" color={day.isOpen ? 'green' : 'gray'}>
                        {day.isOpen ? 'open' : 'closed'}
                      </Badge>
                    </Table.Td>
                    {mayChange ? (
                      <Table.Td className="numeric">
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={`Remove ${dayWords(day.on)}`}
                          onClick={() => remove.mutate({ query: { on: day.on } })}
                        >
                          Remove
                        </Button>
                      </Table.Td>
                    ) : null}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Shown>
      {adding ? <DayDialog onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function DayDialog({ onClose }: { onClose(): void }) {
  const set = useCommand(setOwnDay);
  const form = useFields({ on: '', name: '', kind: 'closed' });
  const { at, rest } = placeTrouble(set.error, ['on', 'name']);
  const submit = (): void => {
    const { on, name, kind } = form.values;
    set.mutate({ body: { on, name, isOpen: kind === 'open' } }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title="A day of our own"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Add"
      busy={set.isPending}
      problem={rest}
    >
      <Group align="flex-end">
        <DayField
          label="Day"
          required
          value={form.values.on}
          onChange={(on) => form.put({ on })}
          error={at('on')}
          width={180}
        />
        <SegmentedControl
          aria-label="Open or closed"
          data={[
            { value: 'closed', label: 'Closed' },
            { value: 'open', label: 'Open' },
          ]}
          value={form.values.kind}
          onChange={(kind) => form.put({ kind })}
        />
      </Group>
      <TextInput
        label="Name"
        placeholder="Works holiday"
        required
        {...form.text('name')}
        error={at('name')}
      />
    </FormDialog>
  );
}
