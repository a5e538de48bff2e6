// What is asked before something is done with tasks: until when, whom, how a step was done; and a new task.

import { Checkbox, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addTask, assignTasks, finishTasks, snoozeTasks } from '#tasks/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { OUTCOME_WORDS, type Task } from './task-words.ts';
import type { Done } from './use-desk.ts';

type Person = { readonly userId: string; readonly name: string };

type TaskDialogProps = { readonly tasks: readonly Task[]; onClose(): void; onDone(done: Done): void };

function manyWords(count: number): string {
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
          { body: { taskIds: tasks.map(({ taskId }) => taskId), until } },
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
          { body: { taskIds: tasks.map(({ taskId }) => taskId), userId } },
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

const STEP_OUTCOMES = ['called', 'visited', 'written', 'skipped'] as const;
const STEP_WORDS = {
  called: 'We called',
  visited: 'We visited',
  written: 'We wrote by other means',
  skipped: 'Let this step pass',
} as const;

function outcomeWords(outcome: (typeof STEP_OUTCOMES)[number], superseded: number): string {
  const words = OUTCOME_WORDS[outcome];
  if (superseded === 0) return words;
  return `${words}; ${countText(superseded)} had been overtaken by a message or a colleague, and nothing was noted of it`;
}

/** How a step that waited for a person was done. */
export function FinishSteps({ tasks, onClose, onDone }: TaskDialogProps) {
  const finish = useCommand(finishTasks);
  const [outcome, setOutcome] = useState<(typeof STEP_OUTCOMES)[number]>('called');
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title="How was the step done?"
      opened
      onClose={onClose}
      onSubmit={() =>
        finish.mutate(
          {
            body: {
              taskIds: tasks.map(({ taskId }) => taskId),
              outcome,
              ...(note.trim() === '' ? {} : { note: note.trim() }),
            },
          },
          {
            onSuccess: ({ actId, changed, superseded }) =>
              onDone({ actId, says: `${manyWords(changed)} closed: ${outcomeWords(outcome, superseded)}` }),
          },
        )
      }
      submitLabel="Done"
      busy={finish.isPending}
      problem={finish.error}
    >
      <Radio.Group
        label="What was done"
        value={outcome}
        onChange={(value) => setOutcome(STEP_OUTCOMES.find((one) => one === value) ?? 'called')}
      >
        <Stack gap="xs" mt="xs">
          {STEP_OUTCOMES.map((one, index) => (
            <Radio
              key={one}
              value={one}
              label={STEP_WORDS[one]}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label="Note"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        No message is sent for this step any more; the next step of the policy comes on its day.
      </Text>
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
      <DayField label="By" required value={dueOn} onChange={setDueOn} />
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
