// What is looked at before an invoice is issued, check by check: of a company, or of a customer where it differs.

import { Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import type { z } from 'zod';
import type { replaceCompanyRules } from '#checks/contract.ts';
import { CHECKS, type CheckCode } from '#checks/contract.ts';
import { CHECK_WORDS } from './check-words.ts';

export type Stated = z.input<typeof replaceCompanyRules.body>['rules'];
type Rule = NonNullable<Stated[CheckCode]>;

const MODE_WORDS = { off: 'Off', warn: 'Warn', refuse: 'Refuse' } as const;

export function RulesEditor({
  stated,
  basis,
  disabled,
  onChange,
}: {
  readonly stated: Stated;
  /** What counts where nothing is stated. */
  readonly basis: Readonly<Record<string, Rule>>;
  readonly disabled: boolean;
  onChange(stated: Stated): void;
}) {
  const put = (code: CheckCode, rule: Rule | undefined): void => {
    const { [code]: _before, ...others } = stated;
    onChange(rule ? { ...others, [code]: rule } : others);
  };
  return (
    <Stack gap={0} className="check-rules">
      {CHECKS.map((code) => (
        <RuleRow
          key={code}
          code={code}
          rule={stated[code]}
          basis={basis[code] ?? { mode: 'off' }}
          disabled={disabled}
          onChange={(rule) => put(code, rule)}
        />
      ))}
    </Stack>
  );
}

function RuleRow({
  code,
  rule,
  basis,
  disabled,
  onChange,
}: {
  readonly code: CheckCode;
  readonly rule: Rule | undefined;
  readonly basis: Rule;
  readonly disabled: boolean;
  onChange(rule: Rule | undefined): void;
}) {
  const words = CHECK_WORDS[code];
  if (!words) return null;
  const modes = code === 'amount' ? (['off', 'warn'] as const) : (['off', 'warn', 'refuse'] as const);
  const choices = [
    { value: '', label: `As usual: ${MODE_WORDS[basis.mode].toLowerCase()}` },
    ...modes.map((mode) => ({ value: mode, label: MODE_WORDS[mode] })),
  ];
  const choose = (mode: string): void =>
    onChange(mode === '' ? undefined : { ...rule, mode: mode as Rule['mode'] });
  return (
    <Group justify="space-between" align="flex-start" py="sm" gap="sm" className="check-rule">
      <div style={{ flex: '1 1 260px' }}>
        <Text size="sm" fw={550}>
          {words.label}
        </Text>
        <Text size="sm" c="dimmed">
          {words.says}
        </Text>
      </div>
      <Group gap="xs" align="flex-start">
        {words.measure && rule && rule.mode !== 'off' ? (
          <Measure
            measure={words.measure}
            label={words.label}
            rule={rule}
            basis={basis}
            onChange={onChange}
            disabled={disabled}
          />
        ) : null}
        <NativeSelect
          aria-label={words.label}
          data={choices}
          value={rule?.mode ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
          disabled={disabled}
          w={170}
        />
      </Group>
    </Group>
  );
}

function Measure({
  measure,
  label,
  rule,
  basis,
  disabled,
  onChange,
}: {
  readonly measure: 'pattern' | 'days' | 'factor';
  readonly label: string;
  readonly rule: Rule;
  readonly basis: Rule;
  readonly disabled: boolean;
  onChange(rule: Rule): void;
}) {
  if (measure === 'pattern')
    return (
      <TextInput
        aria-label={`${label}: pattern`}
        placeholder="PO-######"
        description="# digit, @ letter, * anything"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={60}
        value={rule.pattern ?? ''}
        onChange={(event) => {
          const { pattern: _before, ...others } = rule;
          const text = event.currentTarget.value;
          onChange(text === '' ? others : { ...others, pattern: text });
        }}
        disabled={disabled}
        w={190}
      />
    );
  return (
    <NumberInput
      aria-label={`${label}: ${measure === 'days' ? 'days' : 'times'}`}
      suffix={measure === 'days' ? ' days' : ' times'}
      min={measure === 'days' ? 1 : 2}
      max={measure === 'days' ? 366 : 1_000}
      allowDecimal={false}
      value={rule[measure] ?? basis[measure] ?? ''}
      onChange={(value) => onChange(typeof value === 'number' ? { ...rule, [measure]: value } : rule)}
      disabled={disabled}
      w={130}
    />
  );
}
