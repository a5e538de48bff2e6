// One due rule: its kind, and the numbers of that kind.

import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DUE_KINDS, type Due, newDue } from './rules.ts';

type DueFieldsProps = { readonly due: Due; readonly name: string; onChange(due: Due): void };

export function DueFields({ due, name, onChange }: DueFieldsProps) {
  return (
    <Group gap="xs" align="flex-end" style={{ flex: '1 1 220px' }}>
      <Select
        label="Counted in"
        aria-label={`${name}: counted in`}
        data={DUE_KINDS}
        value={due.kind}
        onChange={(kind) => onChange(newDue(kind ?? 'days'))}
        allowDeselect={false}
        w={190}
      />
      <Numbers due={due} name={name} onChange={onChange} />
    </Group>
  );
}

function Numbers({ due, name, onChange }: DueFieldsProps): ReactNode {
  switch (due.kind) {
    case 'days':
      return (
        <Whole
          name={name}
          label="Days"
          value={due.days}
          max={730}
          onChange={(days) => onChange({ ...due, days })}
        />
      );
    case 'months':
      return (
        <Whole
          name={name}
          label="Months"
          min={1}
          value={due.months}
          max={24}
          onChange={(months) => onChange({ ...due, months })}
        />
      );
    case 'month_end':
      return (
        <>
          <Whole
            name={name}
            label="Days before"
            value={due.daysBefore ?? 0}
            max={730}
            onChange={(daysBefore) => onChange({ ...due, daysBefore })}
          />
          <Whole
            name={name}
            label="Days after"
            value={due.daysAfter ?? 0}
            max={730}
            onChange={(daysAfter) => onChange({ ...due, daysAfter })}
          />
          <CutOff
            name={name}
            value={due.cutOffDay ?? null}
            onChange={(cutOffDay) => onChange({ ...due, cutOffDay })}
          />
        </>
      );
    case 'fixed_day':
      return (
        <>
          <DaysOfMonth name={name} value={due.days} onChange={(days) => onChange({ ...due, days })} />
          <Whole
            name={name}
            label="Months on"
            value={due.months ?? 0}
            max={24}
            onChange={(months) => onChange({ ...due, months })}
          />
          <CutOff
            name={name}
            value={due.cutOffDay ?? null}
            onChange={(cutOffDay) => onChange({ ...due, cutOffDay })}
          />
        </>
      );
  }
}

function Whole(props: {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  onChange(value: number): void;
}) {
  const { name, label, value, min = 0, max, onChange } = props;
  return (
    <NumberInput
      label={label}
      aria-label={`${name}: ${label.toLowerCase()}`}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      value={value}
      onChange={(typed) => onChange(Math.max(min, Number(typed) || 0))}
      w={96}
    />
  );
}

function CutOff({
  name,
  value,
  onChange,
}: {
  readonly name: string;
  readonly value: number | null;
  onChange(day: number | null): void;
}) {
  return (
    <NumberInput
      label="Cut-off day"
      aria-label={`${name}: cut-off day`}
      placeholder="none"
      min={1}
      max={31}
      clampBehavior="strict"
      allowDecimal={false}
      value={value ?? ''}
      onChange={(typed) => onChange(typed === '' ? null : Number(typed))}
      w={100}
    />
  );
}

/** Days of a month as text, `10, 25`; kept as typed until it can be read. */
function DaysOfMonth({
  name,
  value,
  onChange,
}: {
  readonly name: string;
  readonly value: readonly number[];
  onChange(days: number[]): void;
}) {
  const [text, setText] = useState(value.join(', '));
  const read = (typed: string): number[] =>
    typed
      .split(/[^\d]+/)
      .filter(Boolean)
      .map(Number);
  const isRight = (days: readonly number[]): boolean =>
    days.length > 0 && days.every((day) => day >= 1 && day <= 31);
  return (
    <TextInput
      label="Day"
      aria-label={`${name}: day of the month`}
      inputMode="numeric"
      value={text}
      error={isRight(read(text)) ? undefined : '1 to 31'}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        if (isRight(read(typed))) onChange(read(typed));
      }}
      w={90}
    />
  );
}
