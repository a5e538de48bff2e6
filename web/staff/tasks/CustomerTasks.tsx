// The open tasks of a customer, on its page, and a button that makes one.

import { ActionIcon, Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { listTasks } from '#tasks/contract.ts';
import { useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { NewTask } from './TaskDialogs.tsx';
import { headOf, placeOf, seenWords, type Task } from './task-words.ts';

function useTasksOf(customerId: string) {
  return useRead(listTasks, { query: { show: 'team', customerId } }).data;
}

/** Makes a task about a customer; nothing for those who may not. */
export function CustomerTaskButton({ customerId }: { readonly customerId: string }) {
  const data = useTasksOf(customerId);
  const [adding, setAdding] = useState(false);
  if (data?.may.work !== true) return null;
  return (
    <>
      <Tooltip label="New task">
        <ActionIcon variant="default" size={36} aria-label="New task" onClick={() => setAdding(true)}>
          <IconChecklist size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {adding ? (
        <NewTask people={data.people} customerId={customerId} onClose={() => setAdding(false)} />
      ) : null}
    </>
  );
}

export function CustomerTasks({ customerId }: { readonly customerId: string }) {
  const data = useTasksOf(customerId);
  if (!data || data.rows.length === 0) return null;
  return (
    <Panel title="Tasks">
      <Stack gap="xs">
        {data.rows.map((task) => (
          <Row key={task.taskId} task={task} />
        ))}
      </Stack>
    </Panel>
  );
}

function Row({ task }: { readonly task: Task }) {
  const place = placeOf(task);
  const head = headOf(task);
  const below = [task.kind === 'manual' ? '' : seenWords(task), task.assignedTo?.name ?? 'nobody’s'];
  // A task that is worked on here leads nowhere else.
  const isElsewhere = place !== undefined && !place.startsWith('customers/');
  return (
    <Group gap="xs">
      {isElsewhere ? (
        <TenantLink to={place}>{head}</TenantLink>
      ) : (
        <Text size="sm" fw={600}>
          {head}
        </Text>
      )}
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {below.filter(Boolean).join(' · ')}
      </Text>
      <Badge color={task.isLate ? 'red' : 'gray'} variant="light">
        {task.isLate ? 'late since' : 'by'} {momentWords(task.dueAt)}
      </Badge>
    </Group>
  );
}
