// One rule of the worklist: what it asks, what it gives, and what it is called.

import { Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { RULE_KINDS, RULE_NEEDS } from '#worklist/contract.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { DAYS_WORDS, KIND_WORDS, type Rule, type RuleKind } from './rule-words.ts';

type RuleDialogProps = {
  /** Undefined for a new one. */
  readonly rule: Rule | undefined;
  /** Names of the other rules. */
  readonly taken: readonly string[];
  onClose(): void;
  onDone(rule: Rule): void;
};

/** What a new rule of a kind begins with. */
const FIRST = { amount: 1000, days: 14, percent: 70 } as const;

export function RuleDialog({ rule, taken, onClose, onDone }: RuleDialogProps) {
  const [draft, setDraft] = useState<Rule>(
    rule ?? { name: '', when: 'overdue', points: 10, amount: FIRST.amount },
  );
  const set = (more: Partial<Rule>): void => setDraft({ ...draft, ...more });
  const needs = RULE_NEEDS[draft.when];
  const isTaken = taken.includes(draft.name.trim());
  const submit = (): void => {
    if (!isTaken) onDone({ ...draft, name: draft.name.trim() });
  };
  const field = (key: 'amount' | 'days' | 'percent', label: string, max: number) =>
    needs.includes(key) ? (
      <NumberInput
        label={label}
        required
        min={key === 'percent' ? 1 : 0}
        max={max}
        allowDecimal={false}
        thousandSeparator={key === 'amount'}
        value={draft[key] ?? FIRST[key]}
        onChange={(value) => set({ [key]: Number(value) || 0 })}
      />
    ) : null;
  return (
    <FormDialog
      title={rule ? 'Change the rule' : 'Add a rule'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={rule ? 'Change' : 'Add'}
      busy={false}
      problem={null}
    >
      <Select
        label="When"
        required
        data-autofocus
        allowDeselect={false}
        data={RULE_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
        value={draft.when}
        onChange={(value) => value && setDraft(ofKind(draft, value as RuleKind))}
      />
      <Group grow align="flex-start">
        {field('amount', 'From amount', 1_000_000_000)}
        {field('days', DAYS_WORDS[draft.when] ?? 'Days', 3650)}
        {field('percent', 'From so many percent', 100)}
        <NumberInput
          label="Points"
          required
          min={1}
          max={1000}
          allowDecimal={false}
          value={draft.points}
          onChange={(value) => set({ points: Number(value) || 1 })}
        />
      </Group>
      <TextInput
        label="Name"
        description="As it is read beside each account."
        required
        maxLength={100}
        error={isTaken ? 'Another rule has this name.' : undefined}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <NumberInput
        label="Only where at least so much is overdue"
        description="Left empty, it counts whatever is owed."
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        thousandSeparator
        value={draft.onlyFrom ?? ''}
        onChange={(value) => setDraft(withFrom(draft, value))}
      />
      <Text size="xs" c="dimmed">
        Amounts are whole units of the currency in which a company keeps its books.
      </Text>
    </FormDialog>
  );
}

/** The rule with what its new kind asks, and nothing else. */
function ofKind({ name, points, onlyFrom, ...rest }: Rule, when: RuleKind): Rule {
  const asked = RULE_NEEDS[when].map((key) => [key, rest[key] ?? FIRST[key]] as const);
  const from = onlyFrom === undefined ? {} : { onlyFrom };
  return { name: name || KIND_WORDS[when], when, points, ...Object.fromEntries(asked), ...from };
}

function withFrom({ onlyFrom: _before, ...rest }: Rule, value: number | string): Rule {
  return value === '' ? rest : { ...rest, onlyFrom: Number(value) || 0 };
}
