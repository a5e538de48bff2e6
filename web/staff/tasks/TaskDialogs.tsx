// What is asked before something is done with tasks: until when, whom; and a new task.

import { Checkbox, Group, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addTask, assignTasks, snoozeTasks } from '#tasks/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { lookedAt, type Task } from './task-words.ts';
import type { Done } from './use-desk.ts';

type Person = { readonly userId: string; readonly name: string };

export type TaskDialogProps = { readonly tasks: readonly Task[]; onClose(): void; onDone(done: Done): void };

export function manyWords(count: number): string {
  return count === 1 ? 'the task' : `${countText(count)} tasks`;
}

export function SnoozeTasks({ tasks, onClose, onDone }: TaskDialogProps) {
  const snooze = useCommand(snoozeTasks);
  const [until, setUntil] = useState('');
  return (
    <FormDialog
      title={`Put ${manyWords(tasks.length)} off`}
      opened
      onClose={onClose}
      onSubmit={() =>
        snooze.mutate(
          { body: { ...lookedAt(tasks), until } },
          { onSuccess: ({ actId, changed }) => onDone({ actId, says: `${manyWords(changed)} put off` }) },
        )
      }
      submitLabel="Put off"
      busy={snooze.isPending}
      problem={snooze.error}
    >
      <DayField label="Until" required value={until} onChange={setUntil} />
      <Text size="sm" c="dimmed">
        It is back on that day by itself, and not told as late before.
      </Text>
    </FormDialog>
  );
}

export function AssignTasks({
  tasks,
  people,
  onClose,
  onDone,
}: TaskDialogProps & { readonly people: readonly Person[] }) {
  const assign = useCommand(assignTasks);
  const [userId, setUserId] = useState<string | null>(null);
  return (
    <FormDialog
      title={`Give ${manyWords(tasks.length)} to`}
      opened
      onClose={onClose}
      onSubmit={() =>
        assign.mutate(
          { body: { ...lookedAt(tasks), userId } },
          { onSuccess: ({ actId, changed }) => onDone({ actId, says: `${manyWords(changed)} given` }) },
        )
      }
      submitLabel="Give"
      busy={assign.isPending}
      problem={assign.error}
    >
      <Select
        label="Whom"
        placeholder="nobody"
        openOnFocus={false}
        clearable
        searchable
        data-autofocus
        data={people.map((one) => ({ value: one.userId, label: one.name }))}
        value={userId}
        onChange={setUserId}
      />
    </FormDialog>
  );
}

type NewTaskProps = {
  readonly people: readonly Person[];
  readonly customerId?: string | undefined;
  onClose(): void;
};

/** A task of one's own, or for a colleague. */
export function NewTask({ people, customerId, onClose }: NewTaskProps) {
  const add = useCommand(addTask);
  const [title, setTitle] = useState('');
  const [note, setNote] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [notBefore, setNotBefore] = useState('');
  const [userId, setUserId] = useState<string | null>(null);
  const [isUrgent, setUrgent] = useState(false);
  return (
    <FormDialog
      title="New task"
      opened
      onClose={onClose}
      onSubmit={() =>
        add.mutate(
          {
            body: {
              title,
              dueOn,
              isUrgent,
              ...(notBefore === '' ? {} : { notBefore }),
              ...(note.trim() === '' ? {} : { note: note.trim() }),
              ...(customerId === undefined ? {} : { customerId }),
              ...(userId === null ? {} : { userId }),
            },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="Add"
      busy={add.isPending}
      problem={add.error}
    >
      <TextInput
        label="What is to be done"
        required
        data-autofocus
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <DayField label="By" required value={dueOn} onChange={setDueOn} />
        <DayField label="Not before" value={notBefore} onChange={setNotBefore} />
      </Group>
      <Select
        label="Whom"
        placeholder="me"
        clearable
        searchable
        data={people.map((one) => ({ value: one.userId, label: one.name }))}
        value={userId}
        onChange={setUserId}
      />
      <Textarea
        label="Note"
        autosize
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Checkbox
        label="Urgent: before everything else"
        checked={isUrgent}
        onChange={(event) => setUrgent(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
