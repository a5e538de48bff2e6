// The steps of a policy around the due date: a line one can look at, and of a draft move, by dragging or with the arrow keys.

import { Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useIsNarrow } from '../../lib/narrow.ts';
import { heading } from '../../lib/words.ts';
import { dayOfStep, type FileStep, wayWords } from './policy-words.ts';
import { levelsOf } from './step-levels.ts';

/** Days that are shown around the steps, so that the first and last can be moved outward. */
const ROOM_DAYS = 7;
const DAYS = { min: -365, max: 3650 } as const;
const WEEK = 7;

type StepTimelineProps = {
  readonly name: string;
  readonly steps: readonly FileStep[];
  /** Moves a step to a day; left out, nothing is moved. */
  readonly onMove?: ((index: number, offsetDays: number) => void) | undefined;
  /** The step that is changed below the line, and choosing another. */
  readonly chosen?: number | null;
  readonly onChoose?: ((index: number) => void) | undefined;
};

/** How much of the line the dot of a step takes. */
const DOT_SHARE = { narrow: 0.09, wide: 0.03 };

export function StepTimeline({ name, steps, onMove, chosen = null, onChoose }: StepTimelineProps) {
  // A step keeps its number while it is moved past others: they are put in order when the set is saved.
  const numbered = steps.map((step, index) => ({ ...step, index, no: index + 1 }));
  const days = steps.map((step) => step.offsetDays);
  const from = Math.min(0, ...days) - ROOM_DAYS;
  const to = Math.max(0, ...days) + ROOM_DAYS;
  const isNarrow = useIsNarrow();
  const levels = levelsOf(days, (to - from) * (isNarrow ? DOT_SHARE.narrow : DOT_SHARE.wide));
  const place = (day: number): string => `${((day - from) / (to - from)) * 100}%`;
  const line = useRef<HTMLDivElement>(null);
  const drag = (index: number, event: PointerEvent): void => {
    const box = line.current?.getBoundingClientRect();
    if (!box || !onMove || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move(index, Math.round(from + ((event.clientX - box.left) / box.width) * (to - from)));
  };
  const move = (index: number, day: number): void => {
    const within = Math.max(DAYS.min, Math.min(DAYS.max, day));
    if (within !== steps[index]?.offsetDays) onMove?.(index, within);
  };
  const press = (index: number, event: KeyboardEvent): void => {
    if (event.key === 'Enter' && onChoose) {
      event.preventDefault();
      onChoose(index);
      return;
    }
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -WEEK, PageUp: WEEK }[
      event.key
    ];
    if (by === undefined || !onMove) return;
    event.preventDefault();
    move(index, (steps[index]?.offsetDays ?? 0) + (event.shiftKey ? by * WEEK : by));
  };
  return (
    <Stack gap="xs">
      <div ref={line} className="step-line">
        <div className="step-line-due" style={{ left: place(0) }}>
          due
        </div>
        {numbered.map(({ no, index, ...step }) => (
          <Tooltip key={no} label={`${heading(step.phase)}, ${dayOfStep(step.offsetDays)}`}>
            <button
              type="button"
              className="step-dot"
              data-phase={step.phase}
              data-chosen={index === chosen || undefined}
              data-level={levels[index] || undefined}
              style={{ left: place(step.offsetDays), touchAction: onMove ? 'none' : 'auto' }}
              {...(onMove
                ? {
                    role: 'slider',
                    'aria-valuemin': DAYS.min,
                    'aria-valuemax': DAYS.max,
                    'aria-valuenow': step.offsetDays,
                    'aria-valuetext': dayOfStep(step.offsetDays),
                  }
                : {})}
              aria-label={`${name}, step ${no}: ${heading(step.phase)}${onMove ? '' : `, ${dayOfStep(step.offsetDays)}`}`}
              onKeyDown={(event) => press(index, event)}
              onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
              onPointerMove={(event) => drag(index, event)}
            >
              {no}
            </button>
          </Tooltip>
        ))}
      </div>
      <Table horizontalSpacing="xs">
        <Table.Tbody>
          {numbered.map(({ no, index, ...step }) => (
            <Table.Tr key={no} {...(index === chosen ? { bg: 'var(--mantine-color-default-hover)' } : {})}>
              <Table.Td w={32}>{no}</Table.Td>
              <Table.Td w="45%">{dayOfStep(step.offsetDays)}</Table.Td>
              <Table.Td>
                {heading(step.phase)}
                <Text size="xs" c="dimmed">
                  {wayWords(step)}
                </Text>
              </Table.Td>
              {onChoose ? (
                <Table.Td w={1}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-expanded={index === chosen}
                    aria-label={`${index === chosen ? 'Close' : 'Change'} step ${no} of ${name}`}
                    onClick={() => onChoose(index)}
                  >
                    {index === chosen ? 'Close' : 'Change'}
                  </Button>
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {onMove ? (
        <Group>
          <Text size="xs" c="dimmed">
            Drag a step, or go to it with Tab and move it with the arrow keys: a day, with Shift a week. Or
            type its day under <em>Change</em>.
          </Text>
        </Group>
      ) : null}
    </Stack>
  );
}
