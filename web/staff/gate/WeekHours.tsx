// The hours of a week as a grid: one stop for the tab key, arrows move in it, the space bar opens or closes an hour.

import { Button, Group, Stack, Text } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Scroll } from '../../ui/Scroll.tsx';
import { DAYS } from './gate-words.ts';

const HOURS = 24;
const OPEN = '1';
const MARKED = [0, 3, 6, 9, 12, 15, 18, 21] as const;

type Props = { readonly value: string; onChange(value: string): void; readonly disabled: boolean };

/** Monday to Friday from 8 to 18. */
export const OFFICE_HOURS = `${'0'.repeat(8)}${'1'.repeat(10)}${'0'.repeat(6)}`.repeat(5) + '0'.repeat(48);

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -HOURS,
  ArrowDown: HOURS,
};

export function WeekHours({ value, onChange, disabled }: Props) {
  const [at, setAt] = useState(8);
  const grid = useRef<HTMLTableElement>(null);
  const flip = (indexes: readonly number[]): void => {
    const opens = indexes.some((index) => value[index] !== OPEN);
    onChange(
      [...value].map((sign, index) => (indexes.includes(index) ? (opens ? OPEN : '0') : sign)).join(''),
    );
  };
  const move = (event: KeyboardEvent): void => {
    const next = at + (STEPS[event.key] ?? 0);
    if (next === at || next < 0 || next >= value.length) return;
    event.preventDefault();
    setAt(next);
    grid.current?.querySelector<HTMLElement>(`[data-hour="${next}"]`)?.focus();
  };
  return (
    <Stack gap="xs">
      <Scroll minWidth={620} label="Hours of the week">
        <table
          ref={grid}
          style={{ borderCollapse: 'separate', borderSpacing: 2, width: '100%' }}
          onKeyDown={move}
        >
          <thead>
            <tr>
              <th aria-label="Day" />
              {MARKED.map((hour) => (
                <th key={hour} colSpan={3} style={{ textAlign: 'left', fontWeight: 400 }}>
                  <Text size="xs" c="dimmed">
                    {hour}
                  </Text>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {DAYS.map((day, row) => (
              <tr key={day}>
                <th style={{ textAlign: 'left', lineHeight: 0 }}>
                  <Button
                    variant="transparent"
                    size="compact-xs"
                    px={0}
                    disabled={disabled}
                    aria-label={`${day}, all hours`}
                    onClick={() => flip(Array.from({ length: HOURS }, (_, hour) => row * HOURS + hour))}
                  >
                    {day.slice(0, 3)}
                  </Button>
                </th>
                {Array.from({ length: HOURS }, (_, hour) => {
                  const index = row * HOURS + hour;
                  const isOpen = value[index] === OPEN;
                  return (
                    <td key={index} style={{ padding: 0 }}>
                      <button
                        type="button"
                        data-hour={index}
                        tabIndex={index === at ? 0 : -1}
                        aria-pressed={isOpen}
                        aria-label={`${day} ${hour}:00`}
                        disabled={disabled}
                        onClick={() => {
                          setAt(index);
                          flip([index]);
                        }}
                        style={{
                          display: 'block',
                          width: '100%',
                          minWidth: 20,
                          height: 24,
                          borderRadius: 3,
                          cursor: disabled ? 'default' : 'pointer',
                          border: '1px solid var(--mantine-color-default-border)',
                          background: isOpen ? 'var(--chart-main)' : 'transparent',
                        }}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={disabled} onClick={() => onChange(OFFICE_HOURS)}>
          Monday to Friday, 8 to 18
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={disabled}
          onClick={() => onChange(OPEN.repeat(value.length))}
        >
          All hours
        </Button>
      </Group>
    </Stack>
  );
}
