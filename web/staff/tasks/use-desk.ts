// What is chosen among tasks, which one is marked, what is asked about them, and what can be undone; and the keys for all of it.

import { useEffect, useMemo, useRef, useState } from 'react';
import { finishTasks, undoTaskAct } from '#tasks/contract.ts';
import { useGo } from '../../lib/address.ts';
import { useCommand } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { type Shortcut, useShortcuts } from '../../lib/shortcuts.ts';
import { lookedAt, placeOf, type Task } from './task-words.ts';

/** What a dialog asks about. */
type Asking = 'snooze' | 'assign' | 'step' | 'new';

/** What is asked about which tasks. */
type Asked = { readonly about: Asking; readonly tasks: readonly Task[] };

/** What was done, so that it can be undone. */
export type Done = { readonly actId: string; readonly says: string };

/** What is chosen, which one is marked, and what is done with it. */
export type Desk = ReturnType<typeof useDesk>;

/** A desk over the rows that are shown. */
export function useDesk(rows: readonly Task[], mayWork: boolean) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mark = useMark(rows);
  // About the tasks of that moment: a list that is read again meanwhile must not put others in their place.
  const [asked, setAsked] = useState<Asked>();
  const [done, setDone] = useState<Done>();
  const finish = useCommand(finishTasks);
  const undoing = useCommand(undoTaskAct);
  const go = useGo();
  const { current } = mark;
  const picked = rows.filter(({ taskId }) => chosen.has(taskId));
  const tasks = picked.length > 0 ? picked : current ? [current] : [];
  const toggle = (taskId: string): void => {
    const next = new Set(chosen);
    if (!next.delete(taskId)) next.add(taskId);
    setChosen(next);
  };
  const close = (now?: Done): void => {
    setAsked(undefined);
    if (now === undefined) return;
    setDone(now);
    setChosen(new Set());
  };
  /** Of steps it is asked how they were done; the others are closed at once. */
  const finishAll = (): void => {
    const steps = tasks.filter((task) => task.kind === 'step_for_person');
    const others = tasks.filter((task) => task.kind !== 'step_for_person');
    const askOfSteps = (): void => {
      if (steps.length === 0) return;
      setChosen(new Set(steps.map(({ taskId }) => taskId)));
      setAsked({ about: 'step', tasks: steps });
    };
    if (others.length === 0) {
      askOfSteps();
      return;
    }
    finish.mutate(
      { body: { ...lookedAt(others), outcome: 'done' } },
      {
        onSuccess: ({ actId, changed }) => {
          close({ actId, says: changed === 1 ? 'the task closed' : `${countText(changed)} tasks closed` });
          askOfSteps();
        },
      },
    );
  };
  const undo = (): void => {
    if (done === undefined || undoing.isPending) return;
    undoing.mutate({ params: { actId: done.actId } }, { onSuccess: () => setDone(undefined) });
  };
  const ask = (about: Asking): void => {
    if (about === 'new' || tasks.length > 0) setAsked({ about, tasks });
  };
  const work = {
    x: () => current && toggle(current.taskId),
    d: () => tasks.length > 0 && !finish.isPending && finishAll(),
    s: () => ask('snooze'),
    a: () => ask('assign'),
    u: undo,
    n: () => ask('new'),
  };
  const open = (): void => {
    const place = current && placeOf(current);
    if (place !== undefined) go(place);
  };
  const acts = { j: () => mark.move(1), k: () => mark.move(-1), o: open };
  useKeys(asked === undefined ? { ...acts, ...(mayWork ? work : {}) } : {});
  return {
    chosen,
    current,
    tasks,
    asked,
    done,
    toggle,
    choose: (ids: readonly string[]) => setChosen(new Set(ids)),
    ask,
    close,
    finishAll,
    undo,
    look: mark.look,
    busy: finish.isPending,
    problem: finish.error ?? undoing.error,
  };
}

/** The marked row goes with its task, wherever a reload puts that; once it is gone, what took its place is marked. */
function useMark(rows: readonly Task[]) {
  const [mark, setMark] = useState<{ readonly taskId: string; readonly index: number }>();
  const found = rows.findIndex(({ taskId }) => taskId === mark?.taskId);
  const index = Math.max(0, found >= 0 ? found : Math.min(mark?.index ?? 0, rows.length - 1));
  const look = (at: number): void => {
    const task = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (task) setMark({ taskId: task.taskId, index: rows.indexOf(task) });
  };
  return { current: rows[index], look, move: (by: number) => look(index + by) };
}

const KEYS = {
  j: 'next task',
  k: 'task before',
  o: 'open what it is about',
  x: 'choose',
  d: 'done',
  s: 'put off',
  a: 'give to',
  u: 'undo',
  n: 'new task',
} as const;
type Key = keyof typeof KEYS;
type Acts = { readonly [K in Key]?: () => unknown };

/** The keys stay the same while what they do changes, so that a reload between two of them loses none. */
function useKeys(acts: Acts): void {
  const latest = useRef<Acts>(acts);
  useEffect(() => {
    latest.current = acts;
  });
  const shortcuts = useMemo(
    (): readonly Shortcut[] =>
      (Object.keys(KEYS) as Key[]).map((keys) => ({
        keys,
        does: KEYS[keys],
        run: () => void latest.current[keys]?.(),
      })),
    [],
  );
  useShortcuts(shortcuts);
}
