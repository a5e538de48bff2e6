// Tasks of mine and of the team: worked through by keys, many at once, each act undone by one key.

import { Button, Group, Kbd, Select, Text } from '@mantine/core';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { listTasks, TASK_KINDS, TASK_VIEWS } from '#tasks/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { AlertsButton } from './AlertsDialog.tsx';
import { FinishSteps } from './FinishSteps.tsx';
import { AssignTasks, NewTask, SnoozeTasks } from './TaskDialogs.tsx';
import { TaskRows } from './TaskRows.tsx';
import { KIND_WORDS, type Task, VIEW_WORDS, type View } from './task-words.ts';
import { type Desk, type Done, useDesk } from './use-desk.ts';

export default function TasksPage() {
  const [search, setSearch] = useAddress();
  const view = TASK_VIEWS.find((one) => one === search.show) ?? 'mine';
  const kind = TASK_KINDS.find((one) => one === search.kind);
  const pages = usePages(listTasks, { query: { show: view, ...(kind ? { kind } : {}) } });
  const rows = rowsOf(pages.data);
  const page = pages.data?.pages[0];
  const desk = useDesk(rows, page?.may.work === true && view !== 'closed');
  const go = useGo();
  const mayWork = page?.may.work === true;
  return (
    <Page
      title="Tasks"
      subtitle={page ? headWords(page.counts) : undefined}
      actions={
        <>
          <AlertsButton />
          {page?.may.setRules === true ? (
            <Button variant="default" onClick={() => go('tasks/rules')}>
              Rules and skills
            </Button>
          ) : null}
          {mayWork ? (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => desk.ask('new')}>
              New task
            </Button>
          ) : null}
        </>
      }
    >
      <Views view={view} kind={kind} counts={page?.counts} set={setSearch} />
      {desk.problem ? <Trouble problem={desk.problem} /> : null}
      <Group justify="space-between" gap="xs" mih={30}>
        {mayWork && view !== 'closed' && rows.length > 0 ? <Acts desk={desk} /> : <span />}
        <UndoBar done={desk.done} undo={desk.undo} />
      </Group>
      <Shown read={pages}>
        {() => (
          <Panel>
            {rows.length === 0 ? (
              <Empty icon={<IconChecklist size={36} stroke={1.4} />} title="Nothing to do here">
                What wants a person comes here by itself: broken promises, mails that did not arrive, steps
                for a person, customers who wait.
              </Empty>
            ) : (
              <TaskRows rows={rows} desk={desk} mayChoose={mayWork && view !== 'closed'} />
            )}
            <ShowMore pages={pages} variant="subtle" mt="sm" />
          </Panel>
        )}
      </Shown>
      <Dialogs desk={desk} people={page?.people ?? []} />
    </Page>
  );
}

type Counts = Reply<typeof listTasks>['counts'];

function headWords({ mine, mineLate, team }: Counts): string {
  const late = mineLate > 0 ? `, ${countText(mineLate)} of them late` : '';
  return `${countText(mine)} of mine${late} · ${countText(team)} in the team`;
}

type ViewsProps = {
  readonly view: View;
  readonly kind: Task['kind'] | undefined;
  readonly counts: Counts | undefined;
  set(change: Readonly<Record<string, string>>): void;
};

function Views({ view, kind, counts, set }: ViewsProps) {
  const countOf = (one: View): number | undefined => (one === 'closed' ? undefined : counts?.[one]);
  return (
    <Group justify="space-between">
      <Group gap={6} role="group" aria-label="Which tasks">
        {VIEW_WORDS.map(([value, label]) => (
          <Button
            key={value}
            size="compact-sm"
            variant={value === view ? 'light' : 'subtle'}
            {...(value === 'late' && (counts?.late ?? 0) > 0 ? { color: 'red' } : {})}
            aria-pressed={value === view}
            onClick={() => set({ show: value === 'mine' ? '' : value })}
          >
            {label}
            {countOf(value) ? ` ${countText(countOf(value) ?? 0)}` : ''}
          </Button>
        ))}
      </Group>
      <Select
        aria-label="About what"
        placeholder="About everything"
        clearable
        w={260}
        data={TASK_KINDS.map((one) => ({ value: one, label: KIND_WORDS[one] }))}
        value={kind ?? null}
        onChange={(value) => set({ kind: value ?? '' })}
      />
    </Group>
  );
}

function UndoBar({ done, undo }: { readonly done: Done | undefined; undo(): void }) {
  return (
    <Group gap="xs" role="status">
      {done ? (
        <>
          <Text size="sm">{done.says.charAt(0).toUpperCase() + done.says.slice(1)}.</Text>
          <Button size="compact-sm" variant="subtle" onClick={undo}>
            Undo{' '}
            <Kbd ml={6} visibleFrom="sm">
              u
            </Kbd>
          </Button>
        </>
      ) : null}
    </Group>
  );
}

/** What can be done with the chosen tasks, or with the one that is marked. */
function Acts({ desk }: { readonly desk: Desk }) {
  const count = desk.tasks.length;
  return (
    <Group gap="xs">
      <Text size="sm" fw={600}>
        {desk.chosen.size > 0 ? `${countText(count)} chosen` : 'The marked one'}
      </Text>
      <Button size="compact-sm" loading={desk.busy} disabled={count === 0} onClick={desk.finishAll}>
        Done{' '}
        <Kbd ml={6} visibleFrom="sm">
          d
        </Kbd>
      </Button>
      <Button size="compact-sm" variant="default" disabled={count === 0} onClick={() => desk.ask('snooze')}>
        Put off{' '}
        <Kbd ml={6} visibleFrom="sm">
          s
        </Kbd>
      </Button>
      <Button size="compact-sm" variant="default" disabled={count === 0} onClick={() => desk.ask('assign')}>
        Give to{' '}
        <Kbd ml={6} visibleFrom="sm">
          a
        </Kbd>
      </Button>
      <Text size="xs" c="dimmed" visibleFrom="sm">
        <Kbd>j</Kbd> <Kbd>k</Kbd> move, <Kbd>x</Kbd> choose, <Kbd>o</Kbd> open
      </Text>
    </Group>
  );
}

function Dialogs({
  desk,
  people,
}: {
  readonly desk: Desk;
  readonly people: Reply<typeof listTasks>['people'];
}) {
  const { asked, close } = desk;
  if (asked === undefined) return null;
  const { about, tasks } = asked;
  if (about === 'new') return <NewTask people={people} onClose={() => close()} />;
  const props = { tasks, onClose: () => close(), onDone: close };
  if (about === 'snooze') return <SnoozeTasks {...props} />;
  if (about === 'assign') return <AssignTasks {...props} people={people} />;
  return <FinishSteps {...props} />;
}
