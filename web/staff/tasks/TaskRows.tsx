// Tasks one below the other: what, of whom, by when, whose.

import { Badge, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { TASKS_CHANGED_MAX } from '#tasks/contract.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { useIsNarrow } from '../../lib/narrow.ts';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { HOW_WORDS, headOf, OUTCOME_WORDS, placeOf, seenWords, type Task } from './task-words.ts';
import type { Desk } from './use-desk.ts';

type RowsProps = { readonly rows: readonly Task[]; readonly desk: Desk; readonly mayChoose: boolean };

export function TaskRows(props: RowsProps) {
  return useIsNarrow() ? <Cards {...props} /> : <Wide {...props} />;
}

function Wide({ rows, desk, mayChoose }: RowsProps) {
  return (
    <Scroll minWidth={900} label="Tasks">
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {mayChoose ? (
              <Table.Th w={40}>
                <ChooseAll rows={rows} desk={desk} />
              </Table.Th>
            ) : null}
            <Table.Th>What</Table.Th>
            <Table.Th>Customer</Table.Th>
            <Table.Th className="numeric">Amount</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th>Whose</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((task, index) => (
            <Table.Tr
              key={task.taskId}
              {...(mayChoose && desk.current?.taskId === task.taskId
                ? { 'aria-current': true, bg: 'var(--mantine-color-default-hover)' }
                : {})}
              onClick={() => desk.look(index)}
            >
              {mayChoose ? (
                <Table.Td>
                  <Choose task={task} desk={desk} />
                </Table.Td>
              ) : null}
              <Table.Td>
                <What task={task} />
              </Table.Td>
              <Table.Td>
                <Who task={task} />
              </Table.Td>
              <Table.Td className="numeric">{task.amount ? <Money value={task.amount} /> : '–'}</Table.Td>
              <Table.Td>
                <When task={task} />
              </Table.Td>
              <Table.Td>
                <Text size="sm">{task.assignedTo?.name ?? 'nobody'}</Text>
                <Text size="xs" c="dimmed">
                  {task.kind === 'manual' && task.assignedHow === 'nobody'
                    ? 'for whoever has time'
                    : HOW_WORDS[task.assignedHow]}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** On a phone: one below the other. */
function Cards({ rows, desk, mayChoose }: RowsProps) {
  return (
    <Stack gap="lg" role="list" aria-label="Tasks">
      {rows.map((task) => (
        <Group key={task.taskId} gap="sm" wrap="nowrap" align="flex-start" role="listitem">
          {mayChoose ? <Choose task={task} desk={desk} /> : null}
          <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
            <What task={task} />
            <Group justify="space-between" gap="xs">
              <Who task={task} />
              {task.amount ? <Money value={task.amount} /> : null}
            </Group>
            <Group justify="space-between" gap="xs">
              <When task={task} />
              <Text size="xs" c="dimmed">
                {task.assignedTo?.name ?? 'nobody’s'}
              </Text>
            </Group>
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}

function ChooseAll({ rows, desk }: Omit<RowsProps, 'mayChoose'>) {
  const count = rows.filter(({ taskId }) => desk.chosen.has(taskId)).length;
  return (
    <Checkbox
      aria-label="Choose all that are shown"
      checked={count > 0 && count === rows.length}
      indeterminate={count > 0 && count < rows.length}
      onChange={() =>
        desk.choose(count === 0 ? rows.slice(0, TASKS_CHANGED_MAX).map(({ taskId }) => taskId) : [])
      }
    />
  );
}

function Choose({ task, desk }: { readonly task: Task; readonly desk: Desk }) {
  return (
    <Checkbox
      aria-label={`Choose ${seenWords(task)}${task.customer ? ` of ${task.customer.name}` : ''}`}
      checked={desk.chosen.has(task.taskId)}
      onChange={() => desk.toggle(task.taskId)}
    />
  );
}

function What({ task }: { readonly task: Task }) {
  const place = placeOf(task);
  const head = headOf(task);
  const below = [
    task.kind === 'manual' ? '' : seenWords(task),
    task.note,
    task.madeBy ? `by ${task.madeBy}` : '',
  ];
  return (
    <div>
      <Group gap={6}>
        {place ? (
          <TenantLink to={place}>{head}</TenantLink>
        ) : (
          <Text size="sm" fw={600}>
            {head}
          </Text>
        )}
        {task.isUrgent ? (
          <Badge color="orange" variant="light">
            urgent
          </Badge>
        ) : null}
      </Group>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {below.filter(Boolean).join(' · ')}
      </Text>
    </div>
  );
}

function Who({ task }: { readonly task: Task }) {
  if (!task.customer)
    return (
      <Text size="sm" c="dimmed">
        –
      </Text>
    );
  return (
    <div>
      <TenantLink to={`customers/${task.customer.id}`}>{task.customer.name}</TenantLink>
      <Text size="xs" c="dimmed">
        {[task.customer.number, task.companyCode].filter(Boolean).join(' · ')}
      </Text>
    </div>
  );
}

function When({ task }: { readonly task: Task }) {
  if (task.state !== 'open')
    return (
      <Text size="sm">
        {task.state === 'gone' ? 'closed by itself' : task.outcome ? OUTCOME_WORDS[task.outcome] : ''}
        {task.closedAt ? ` ${momentWords(task.closedAt)}` : ''}
      </Text>
    );
  return (
    <Group gap={6}>
      <Text size="sm">{momentWords(task.dueAt)}</Text>
      {task.isEscalated ? (
        <Badge color="red">escalated</Badge>
      ) : task.isLate ? (
        <Badge color="red" variant="light">
          late
        </Badge>
      ) : null}
      {task.snoozedUntil ? (
        <Badge color="gray" variant="light">
          off until {dayWords(task.snoozedUntil)}
        </Badge>
      ) : null}
    </Group>
  );
}
