// As what and why the rests of rows are written off: asked once for all of them.

import { Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { type Money as Amount, add, zero } from '#kernel/money.ts';
import { WRITE_OFF_KINDS } from '#writeoffs/contract.ts';
import { Money } from '../../ui/Money.tsx';
import { NO_FACTS, ReliefFacts } from '../writeoffs/ReliefFacts.tsx';
import { KIND_CHOICES } from '../writeoffs/relief-words.ts';
import { toValue } from './amounts.ts';
import type { WrittenOff } from './rest.ts';

/** Before anybody said anything. */
export const NOT_SAID: WrittenOff = { kind: 'small_balance', reason: '' };

export function WrittenOffRest({
  amounts,
  how,
  onChange,
}: {
  readonly amounts: readonly Amount[];
  readonly how: WrittenOff;
  onChange(how: WrittenOff): void;
}) {
  const [first] = amounts;
  if (first === undefined) return null;
  const { kind, reason, facts } = how;
  return (
    <Stack gap="xs" role="group" aria-label="Written off">
      <Text size="sm">
        <Money value={toValue(amounts.reduce(add, zero(first.currency)))} /> is written off, and owed again if
        the payment is taken back.
      </Text>
      <Group align="flex-start" gap="sm">
        <Select
          label="Written off as"
          w={230}
          allowDeselect={false}
          data={KIND_CHOICES}
          value={kind}
          onChange={(value) => {
            const next = WRITE_OFF_KINDS.find((one) => one === value) ?? kind;
            onChange({ kind: next, reason, ...(next === 'bad_debt' ? { facts: facts ?? NO_FACTS } : {}) });
          }}
        />
        <TextInput
          label="Why it is written off"
          required
          flex="1 1 240px"
          maxLength={500}
          value={reason}
          onChange={(event) => onChange({ ...how, reason: event.currentTarget.value })}
        />
      </Group>
      {kind === 'bad_debt' ? (
        <ReliefFacts
          facts={{
            insolvency: facts?.insolvency ?? false,
            enforcementFailed: facts?.enforcementFailed ?? false,
            noticeGiven: facts?.noticeGiven ?? false,
          }}
          onChange={(changed) => onChange({ ...how, facts: changed })}
        />
      ) : null}
    </Stack>
  );
}
