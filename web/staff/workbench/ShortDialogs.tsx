// What an item is short by: asked once, each answer by one key; and as what and why it is written off.

import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Money as Amount } from '#kernel/money.ts';
import { Money } from '../../ui/Money.tsx';
import { toValue } from '../payments/amounts.ts';
import type { WrittenOff } from '../payments/rest.ts';
import { NOT_SAID, WrittenOffRest } from '../payments/WrittenOffRest.tsx';
import { useLetters } from './use-letters.ts';

/** An item that the money does not pay in full. */
export type Short = { readonly reference: string; readonly missing: Amount };

/** What it can be that is missing. */
export type ShortAnswer = 'stays' | 'deduct' | 'drop' | 'write_off';

const ANSWERS: readonly (readonly [key: string, answer: ShortAnswer, says: string])[] = [
  ['p', 'stays', 'Partial payment: the rest stays due'],
  ['d', 'deduct', 'Kept back for a reason: a deduction'],
  ['w', 'drop', 'Too little to ask for: it is dropped'],
  ['x', 'write_off', 'Written off'],
];

export function ShortChoice({
  short,
  onAnswer,
}: {
  readonly short: Short | undefined;
  onAnswer(answer: ShortAnswer): void;
}) {
  useLetters((pressed) => {
    const found = ANSWERS.find(([key]) => key === pressed);
    if (found) onAnswer(found[1]);
    return found !== undefined;
  });
  return (
    <Stack gap="xs">
      {short ? (
        <Text size="sm">
          {short.reference} is short by <Money value={toValue(short.missing)} />.
        </Text>
      ) : null}
      {ANSWERS.map(([key, answer, says], index) => (
        <Button
          key={key}
          variant="default"
          justify="flex-start"
          leftSection={<Kbd>{key}</Kbd>}
          data-autofocus={index === 0 || undefined}
          onClick={() => onAnswer(answer)}
        >
          {says}
        </Button>
      ))}
    </Stack>
  );
}

export function WriteOffForm({
  short,
  before,
  onWriteOff,
}: {
  readonly short: Short | undefined;
  readonly before: WrittenOff | undefined;
  onWriteOff(how: WrittenOff): void;
}) {
  const [how, setHow] = useState(before ?? NOT_SAID);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (how.reason.trim() !== '') onWriteOff(how);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <WrittenOffRest amounts={short ? [short.missing] : []} how={how} onChange={setHow} />
        <Group justify="flex-end">
          <Button type="submit" disabled={how.reason.trim() === ''}>
            Write it off
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
