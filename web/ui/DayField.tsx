// A calendar day: typed or picked, written as the reader writes days, kept as 2026-02-28.

import '@mantine/dates/styles.css';
import { DateInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { dayWords, typedDay } from '../lib/format.ts';

type DayFieldProps = {
  readonly label: string;
  readonly value: string;
  onChange(day: string): void;
  readonly required?: boolean;
  readonly description?: string;
  readonly width?: number;
  readonly size?: 'xs' | 'sm';
  readonly error?: string | undefined;
  /** The field of the request it stands for, by which it is found. */
  readonly path?: string;
};

export function DayField(props: DayFieldProps) {
  const { label, value, onChange, required = false, description, width, size = 'sm', error, path } = props;
  return (
    <DateInput
      label={label}
      size={size}
      description={description}
      error={error}
      required={required}
      clearable={!required}
      value={value === '' ? null : value}
      onChange={(day) => onChange(day ?? '')}
      valueFormat={dayWords}
      dateParser={(text) => typedDay(text) ?? null}
      leftSection={<IconCalendar size={16} aria-hidden />}
      data-path={path}
      {...(width === undefined ? {} : { w: width })}
    />
  );
}
